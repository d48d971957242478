"""Settings of the money: who pays, what an hour costs, how hours are spread over schools."""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

from sim.scenario.base import BySector, Frozen, NonNegative, Positive, Share

Payer = Literal["municipality", "samenwerkingsverband", "state", "school", "vsv_programme"]
SectorName = Literal["po", "vo"]
Rule = Literal["per_student", "equal", "base_plus_flexible", "by_school_type", "by_expected_need", "own_table"]


class Source(Frozen):
    """One amount of money a year for the SMW of one sector.

    ``municipalities`` is empty for money that is not municipal; ``("all",)`` spreads the amount over all
    municipalities in proportion to pupils, names restrict the payers without raising their part: the amount
    stands for all municipalities together, and those not named leave theirs out.
    """

    name: str
    payer: Payer
    sector: SectorName
    amount: NonNegative
    needs_cooperation: bool = False
    municipalities: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _municipal(self) -> Source:
        if (self.payer == "municipality") != bool(self.municipalities):
            raise ValueError(
                "municipal money names its municipalities (['all'] or names), other money has none; "
                f"found payer '{self.payer}' with municipalities {list(self.municipalities)}"
            )
        return self


class Funding(Frozen):
    """All money for SMW, and the schools that decline municipal co-operation (``opt_out``, school ids)."""

    sources: tuple[Source, ...]
    opt_out: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _unique(self) -> Funding:
        names = [source.name for source in self.sources]
        double = sorted({name for name in names if names.count(name) > 1})
        if double:
            raise ValueError(f"each source needs a name of its own; found twice: {', '.join(double)}")
        return self


class TypeWeights(Frozen):
    """Weights of VO school types a (light), b (moderate) and c (intensive)."""

    a: NonNegative
    b: NonNegative
    c: NonNegative


class Spreading(Frozen):
    """How the hours of a sector are spread over its schools.

    ``table`` is a CSV file with the weight of every school, for the rule ``own_table``; other rules do not read it.
    """

    rule: BySector[Rule]
    base_share: Share
    max_weekly_hours: Positive
    type_weights: TypeWeights
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
    management_share: Share
    base_care_hour: NonNegative
    education_care_case: NonNegative
    gateway_trajectory: NonNegative
    youth_care_month: NonNegative
    early_leaver: NonNegative
