"""Settings of school social work: visits in hours, conversations, effects and the levers on them."""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

from sim.scenario.base import (
    SECTORS,
    ByGroup,
    ByKind,
    BySector,
    ByType,
    Count,
    Frozen,
    NonNegative,
    Order,
    Positive,
    PositiveCount,
    Share,
)

WhenHoursStop = Literal["handed_over", "waiting", "closed"]


class Balking(Frozen):
    """Schools that do not ask SMW because the wait they can expect is long."""

    enabled: bool
    half_weeks: Positive


class Presence(Frozen):
    """Noticing and base care are raised by SMW hours, levelling off per 100 students."""

    notice_gain: NonNegative
    notice_half_hours: Positive
    consultation_notice_gain: NonNegative
    consultation_base_care_gain: NonNegative
    consultation_half_hours: Positive
    class_notice_gain: NonNegative
    class_half_hours: Positive


class Prevention(Frozen):
    """Group prevention lowers onset, levelling off per 100 students."""

    onset_reduction: Share
    half_hours: Positive


class TimeShares(Frozen):
    """Shares of a visit, after travel, that do not go to cases."""

    overhead: Share
    coordination: Share
    consultation: Share
    group_prevention: Share
    class_presence: Share

    def values(self) -> tuple[float, ...]:
        """Return the shares in the order of the tasks in ``sim.records.TASKS``."""
        return (self.overhead, self.coordination, self.consultation, self.group_prevention, self.class_presence)

    @property
    def not_for_cases(self) -> float:
        """Share of a visit, after travel, that is not for cases."""
        return sum(self.values())

    @model_validator(mode="after")
    def _below_one(self) -> TimeShares:
        total = self.not_for_cases
        if total > 1.0 + 1e-9:
            raise ValueError(f"the shares of a visit add up to {total:.3g}; at most 1 is allowed")
        return self


class Visits(Frozen):
    """How weekly hours become visits."""

    min_hours: Positive
    max_hours: Positive
    travel_minutes: NonNegative
    hours_per_worker: Positive

    @model_validator(mode="after")
    def _ordered(self) -> Visits:
        if self.min_hours > self.max_hours:
            raise ValueError(f"min_hours ({self.min_hours:g}) is above max_hours ({self.max_hours:g})")
        return self


class Limits(Frozen):
    """Limits of the help, and at which share of the schools of each type they hold."""

    max_conversations: Count | None
    max_hours: NonNegative | None
    max_at: ByType[Share]
    age: PositiveCount | None
    age_at: ByType[Share]
    study_only_excluded_at: ByType[Share]


class Bridging(Frozen):
    """SMW keeps in touch with students who wait outside after it referred them; null means that it does not."""

    every_days: PositiveCount | None
    minutes: NonNegative
    leaving_factor: NonNegative


class Smw(Frozen):
    """School social work: visits in hours, conversations, effects and the levers on them."""

    visits: Visits
    shares: TimeShares
    conversation_minutes: BySector[Positive]
    registration_minutes: BySector[NonNegative]
    conversations_mean: ByGroup[Positive]
    limits: Limits
    gap_days: Count
    order: Order
    intake_share: Share
    caseload_cap: PositiveCount | None
    direct_access_share: BySector[Share]
    gain: ByKind[Share]
    gain_factor: ByGroup[NonNegative]
    escalation_factor: NonNegative
    gp_factor: NonNegative
    leaving_factor: NonNegative
    referral_share: Share
    warm_handover: bool
    handover_minutes: NonNegative
    bridging: Bridging
    when_hours_stop: WhenHoursStop
    balking: Balking
    presence: Presence
    prevention: Prevention

    @model_validator(mode="after")
    def _registration_inside(self) -> Smw:
        for sector in SECTORS:
            inside, whole = getattr(self.registration_minutes, sector), getattr(self.conversation_minutes, sector)
            if inside > whole:
                raise ValueError(
                    f"registration_minutes.{sector} ({inside:g}) is part of a conversation and is above "
                    f"conversation_minutes.{sector} ({whole:g})"
                )
        return self
