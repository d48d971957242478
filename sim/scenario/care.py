"""Settings of the care chain: what each station does with a case, and the levers on it."""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

from sim.scenario.base import (
    ByKind,
    BySector,
    BySeverity,
    Count,
    Frozen,
    NonNegative,
    Positive,
    PositiveCount,
    Share,
)

Order = Literal["arrival", "severity"]


class BaseCare(Frozen):
    """The mentor or internal supervisor tries first."""

    mean_weeks: Positive
    gain: ByKind[Share]
    pass_on: BySeverity[Share]
    hours: NonNegative


class Team(Frozen):
    """A care team that meets every so many school weeks (zat in VO, mdo in PO)."""

    every_weeks: PositiveCount
    cases: PositiveCount
    smw_minutes: NonNegative
    order: Order


class Routes(Frozen):
    """What the care team decides, by severity; what is left over stays with the mentor."""

    smw: BySeverity[Share]
    municipality: BySeverity[Share]
    education_care: BySeverity[Share]
    oza: BySeverity[Share]

    @model_validator(mode="after")
    def _at_most_one(self) -> Routes:
        for severity in ("light", "moderate", "severe"):
            parts = (self.smw, self.municipality, self.education_care, self.oza)
            total = sum(getattr(part, severity) for part in parts)
            if total > 1.0 + 1e-9:
                raise ValueError(f"the shares for {severity} add up to {total:.3g}; at most 1 is allowed")
        return self


class Balking(Frozen):
    """Schools that do not ask SMW because the wait they can expect is long."""

    enabled: bool
    half_weeks: Positive


class WithoutSmw(Frozen):
    """What a school does when SMW is not asked, not there or refused."""

    outside_share: Share


class Presence(Frozen):
    """Noticing and base care are raised by SMW hours, levelling off per 100 students."""

    notice_gain: NonNegative
    notice_half_hours: Positive
    consultation_notice_gain: NonNegative
    consultation_base_care_gain: NonNegative
    consultation_half_hours: Positive


class Prevention(Frozen):
    """Group prevention lowers onset, levelling off per 100 students."""

    onset_reduction: Share
    half_hours: Positive


class TimeShares(Frozen):
    """Shares of a visit, after travel, that do not go to cases."""

    overhead: Share
    consultation: Share
    group_prevention: Share

    @model_validator(mode="after")
    def _below_one(self) -> TimeShares:
        total = self.overhead + self.consultation + self.group_prevention
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


class Smw(Frozen):
    """School social work: visits in hours, conversations, effects and the levers on them."""

    visits: Visits
    shares: TimeShares
    conversation_minutes: BySector[Positive]
    conversations_mean: BySector[Positive]
    max_conversations: Count | None
    max_hours: NonNegative | None
    gap_days: Count
    order: Order
    intake_share: Share
    caseload_cap: PositiveCount | None
    direct_access_share: Share
    gain: ByKind[Share]
    escalation_factor: NonNegative
    gp_factor: NonNegative
    leaving_factor: NonNegative
    referral_share: Share
    warm_handover: bool
    handover_minutes: NonNegative
    balking: Balking
    presence: Presence
    prevention: Prevention


class EducationCare(Frozen):
    """Education care (onderwijszorg), through the mdo or zat."""

    mean_weeks: Positive
    gain: ByKind[Share]
    leaving_factor: NonNegative


class Referral(Frozen):
    """From the school to the gateway: who arrives, and after how long."""

    arrival_warm: Share
    arrival_letter: Share
    mean_days: NonNegative


class GatewayType(Frozen):
    """A wijkteam (assesses and helps itself) or a toegang (assesses and allots care)."""

    slots_per_1000_pupils: NonNegative
    assessment_weeks: NonNegative
    help_weeks: NonNegative
    gain: ByKind[Share]
    onward: BySeverity[Share]


class Gateway(Frozen):
    """The municipal teams."""

    wijkteam: GatewayType
    toegang: GatewayType
    order: Order
    shared_assessment: bool
    service_cv: NonNegative | None
    leaving_factor: NonNegative
    escalation_factor: NonNegative


class YouthCare(Frozen):
    """Specialised regional youth care."""

    slots: Count
    mean_months: Positive
    service_cv: NonNegative | None
    order: Order
    gain: ByKind[Share]
    leaving_factor: NonNegative
    escalation_factor: NonNegative
    repeat_share: Share
    repeat_mean_months: Positive


class VeiligThuis(Frozen):
    """Safety concerns at home are handed over at once."""

    mean_weeks: Positive
    to_youth_care: Share


class Care(Frozen):
    """The care chain, station by station."""

    base_care: BaseCare
    zat: Team
    mdo: Team
    routes: Routes
    without_smw: WithoutSmw
    smw: Smw
    education_care: EducationCare
    veilig_thuis: VeiligThuis
    referral: Referral
    gateway: Gateway
    youth_care: YouthCare
