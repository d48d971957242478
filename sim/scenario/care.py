"""Settings of the care chain: what each station does with a case, and the levers on it."""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

from sim.scenario.base import (
    ByGroup,
    ByKind,
    BySeverity,
    Count,
    Frozen,
    NonNegative,
    Order,
    Positive,
    PositiveCount,
    Share,
)
from sim.scenario.smw import Smw

LinkingModel = Literal["own_neighbourhood", "municipal_youth_team", "school_as_neighbourhood"]


class BaseCare(Frozen):
    """The mentor or internal supervisor tries first."""

    mean_weeks: Positive
    gain: ByKind[Share]
    pass_on: BySeverity[Share]
    hours: NonNegative


class Team(Frozen):
    """A care team that meets every so many school weeks (zat in VO, mdo in PO, the second line in mbo)."""

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


class WithoutSmw(Frozen):
    """What a school does when SMW is not asked, not there or refused."""

    outside_share: Share


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
    """A wijkteam (assesses and helps itself), a toegang (assesses and allots care), or a jeugdteam near a school.

    ``slots_per_1000`` counts the students who live in the municipality, for a jeugdteam those whom it serves.
    """

    slots_per_1000: NonNegative
    assessment_weeks: NonNegative
    help_weeks: NonNegative
    gain: ByKind[Share]
    onward: BySeverity[Share]


class Gateway(Frozen):
    """The municipal teams."""

    wijkteam: GatewayType
    toegang: GatewayType
    jeugdteam: GatewayType
    order: Order
    shared_assessment: bool
    service_cv: NonNegative | None
    leaving_factor: NonNegative
    escalation_factor: NonNegative


class Linking(Frozen):
    """Which team outside the care team of the school a student is referred to.

    ``own_neighbourhood``: the gateway of the municipality where the student lives. ``municipal_youth_team``: one
    jeugdteam of the municipality of the school. ``school_as_neighbourhood``: a jeugdteam inside the school, without
    a hand-over. Those who live beyond the region of the school arrive less often in the first.
    """

    model: ByGroup[LinkingModel]
    beyond_arrival_factor: Share


class SpecialisedCare(Frozen):
    """A form of specialised regional care with slots and a waiting list."""

    slots: Count
    mean_months: Positive
    service_cv: NonNegative | None
    order: Order
    gain: ByKind[Share]
    leaving_factor: NonNegative
    escalation_factor: NonNegative
    repeat_share: Share
    repeat_mean_months: Positive


class Ggz(SpecialisedCare):
    """Youth mental-health care; ``share`` of those who ask for specialised care need this form of it."""

    share: ByKind[Share]


class Leerplicht(Frozen):
    """Leerplicht (school age) and RMC (up to 23): absence and early leaving are noticed there.

    After about ``mean_weeks`` a student with a problem goes to the care team of the school or straight to the
    gateway; what is left over stays as it was. Of the early leavers ``reach_early_leavers`` is found and brought to
    the gateway.
    """

    mean_weeks: Positive
    to_team: Share
    to_gateway: Share
    reach_early_leavers: Share

    @model_validator(mode="after")
    def _at_most_one(self) -> Leerplicht:
        total = self.to_team + self.to_gateway
        if total > 1.0 + 1e-9:
            raise ValueError(f"to_team and to_gateway add up to {total:.3g}; at most 1 is allowed")
        return self


class VeiligThuis(Frozen):
    """Safety concerns at home are handed over at once."""

    mean_weeks: Positive
    to_youth_care: Share


class Care(Frozen):
    """The care chain, station by station."""

    base_care: BaseCare
    zat: Team
    mdo: Team
    second_line: Team
    routes: Routes
    without_smw: WithoutSmw
    smw: Smw
    education_care: EducationCare
    veilig_thuis: VeiligThuis
    referral: Referral
    linking: Linking
    gateway: Gateway
    youth_care: SpecialisedCare
    ggz: Ggz
    leerplicht: Leerplicht

    def team(self, sector: int) -> Team:
        """Return the settings of the care team of a sector: mdo, zat or second line."""
        return (self.mdo, self.zat, self.second_line)[sector]
