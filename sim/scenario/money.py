"""Settings of the money: who pays, what an hour costs, how hours are spread over schools."""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

from sim.scenario.base import BySector, ByType, Frozen, NonNegative, Positive, PositiveCount, Share

Payer = Literal["municipality", "samenwerkingsverband", "state", "school", "vsv_programme"]
SectorName = Literal["po", "vo", "mbo"]
Rule = Literal[
    "per_student",
    "equal",
    "base_plus_flexible",
    "by_school_type",
    "by_level_1_2_share",
    "by_expected_need",
    "pooled",
    "own_table",
]


class Source(Frozen):
    """One amount of money a year for the SMW of one sector.

    ``municipalities`` is empty for money that is not municipal; ``("all",)`` spreads the amount over all
    municipalities in proportion to pupils, names restrict the payers without raising their part: the amount
    stands for all municipalities together, and those not named leave theirs out. ``only_schools_in`` names the
    municipalities whose schools get the money (empty: all schools of the sector); such an amount is paid in full.
    """

    name: str
    payer: Payer
    sector: SectorName
    amount: NonNegative
    needs_cooperation: bool = False
    municipalities: tuple[str, ...] = ()
    only_schools_in: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _municipal(self) -> Source:
        if (self.payer == "municipality") != bool(self.municipalities):
            raise ValueError(
                "municipal money names its municipalities (['all'] or names), other money has none; "
                f"found payer '{self.payer}' with municipalities {list(self.municipalities)}"
            )
        return self


class Funding(Frozen):
    """All money for SMW, and the schools that decline municipal co-operation (``opt_out``, school ids).

    ``scale`` multiplies all amounts of a sector.
    """

    sources: tuple[Source, ...]
    scale: BySector[NonNegative] = BySector[NonNegative](po=1.0, vo=1.0, mbo=1.0)
    opt_out: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _unique(self) -> Funding:
        names = [source.name for source in self.sources]
        double = sorted({name for name in names if names.count(name) > 1})
        if double:
            raise ValueError(f"each source needs a name of its own; found twice: {', '.join(double)}")
        return self


class Spreading(Frozen):
    """How the hours of a sector are spread over its schools.

    Flexible hours (``base_plus_flexible``, ``pooled``) are given again every ``reassign_weeks`` school weeks to the
    schools with the longest expected waits. ``type_weights`` weigh the students of each type of school.
    ``table`` is a CSV file with the weight of every school, for the rule ``own_table``; other rules do not read it.
    """

    rule: BySector[Rule]
    base_share: Share
    max_weekly_hours: Positive
    reassign_weeks: PositiveCount
    type_weights: ByType[NonNegative]
    table: str | None = None

    @model_validator(mode="after")
    def _table_given(self) -> Spreading:
        if "own_table" in self.rule.values() and not self.table:
            raise ValueError(
                "the rule own_table needs spreading.table, a CSV file with the columns school and weight; found null"
            )
        return self

    @property
    def own_table(self) -> str | None:
        """The table where a sector is spread by it, else None."""
        return self.table if "own_table" in self.rule.values() else None


class Costs(Frozen):
    """Unit costs in euros of the reference year."""

    smw_hour_hired: Positive
    smw_hour_employed: Positive
    employed_share: BySector[Share]
    management_share: BySector[Share]
    base_care_hour: NonNegative
    education_care_case: NonNegative
    gateway_trajectory: NonNegative
    youth_care_month: NonNegative
    ggz_month: NonNegative
    leerplicht_case: NonNegative
    early_leaver: NonNegative
