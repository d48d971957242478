"""Settings of the demand: who develops a problem, how it runs, what happens without any policy."""

from __future__ import annotations

from sim.scenario.base import (
    ByGroup,
    ByKind,
    BySector,
    BySeverity,
    Frozen,
    KindMix,
    NonNegative,
    Positive,
    SeverityMix,
    Share,
)


class Recovery(Frozen):
    """Natural recovery: a monthly rate by kind times a factor by severity."""

    per_month: ByKind[NonNegative]
    severity_factor: BySeverity[NonNegative]


class Noticing(Frozen):
    """Noticing by a teacher or mentor, in school time only: rate by severity times factor by kind."""

    per_month: BySeverity[NonNegative]
    kind_factor: ByKind[NonNegative]
    again_factor: NonNegative


class GiveUp(Frozen):
    """Monthly rate of leaving each waiting list."""

    smw: NonNegative
    gateway: NonNegative
    youth_care: NonNegative
    ggz: NonNegative


class EarlyLeaving(Frozen):
    """Early leaving (vsv): yearly rate of a student without a problem, and ratios for those with one."""

    base_per_year: ByGroup[NonNegative]
    sector_ratio: BySector[NonNegative]
    kind_ratio: ByKind[NonNegative]
    severity_ratio: BySeverity[NonNegative]
    stacked_ratio: NonNegative


class Background(Frozen):
    """People who come to the gateways and to youth care without passing through a school."""

    gateway_per_year: NonNegative
    youth_care_per_year: NonNegative
    severity: SeverityMix


class InitialPlaces(Frozen):
    """Where the open cases of students are on day 0 (shares; what is left over is hidden)."""

    base_care: Share
    team_wait: Share
    smw_wait: Share
    smw_care: Share
    monitored: Share
    education_care: Share
    leerplicht: Share
    gateway_wait: Share
    gateway_help: Share
    youth_care_wait: Share
    youth_care: Share
    ggz_wait: Share
    ggz: Share
    after_care: Share


class InitialBackground(Frozen):
    """Background people inside care and on its waiting lists on day 0."""

    gateway_help: NonNegative
    gateway_wait: NonNegative
    youth_care: NonNegative
    youth_care_wait: NonNegative
    ggz: NonNegative
    ggz_wait: NonNegative
    after_care: NonNegative


class InitialRecovered(Frozen):
    """Of those in a trajectory on day 0: the share whose problem is over and who only finish it."""

    gateway_help: Share
    youth_care: Share
    ggz: Share


class Demand(Frozen):
    """Everything about problem episodes that is the same in every scenario."""

    onset_per_year: ByGroup[NonNegative]
    stock_prevalence: ByGroup[NonNegative]
    entry_prevalence: ByGroup[NonNegative]
    stay_years: ByGroup[Positive]
    entry_age: ByGroup[NonNegative]
    entry_age_spread: ByGroup[NonNegative]
    study_only_share: BySector[Share]
    kinds: BySector[KindMix]
    severity_onset: SeverityMix
    severity_stock: SeverityMix
    stacked_share: BySeverity[Share]
    safety_concern_share: Share
    frailty_shape: Positive
    recovery: Recovery
    escalation_per_month: BySeverity[NonNegative]
    notice: Noticing
    absence_per_month: BySeverity[NonNegative]
    gp_per_month: BySeverity[NonNegative]
    give_up_per_month: GiveUp
    early_leaving: EarlyLeaving
    background: Background
    initial_places: BySector[InitialPlaces]
    initial_background: InitialBackground
    initial_recovered: InitialRecovered
