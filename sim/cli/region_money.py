"""Money of an imported region: what others than municipalities pay in the scenarios that ship, by its students."""

from __future__ import annotations

from collections.abc import Sequence

from sim.cli.region_reference import MBO, Reference
from sim.region.duo import Imported
from sim.scenario.money import Source

LOW_LEVELS = 2


def sources(imported: Imported, references: Sequence[Reference]) -> list[dict[str, object]]:
    """Return the sources of money of an imported region.

    Parameters
    ----------
    imported
        The region.
    references
        The scenarios whose money is taken over: that of partnerships for PO and VO, and for mbo all that is not
        municipal, of which the state's subsidy in proportion to students at levels 1 and 2.
    """
    found: list[dict[str, object]] = []
    for one in references:
        found += _of_mbo(imported, one) if one.sectors == MBO else _of_schools(imported, one)
    return found


def money_assumptions(imported: Imported, references: Sequence[Reference]) -> list[str]:
    """Say in plain words where the money comes from."""
    return [_about_mbo(one) if one.sectors == MBO else _about_schools(imported, one) for one in references]


def _of_schools(imported: Imported, one: Reference) -> list[dict[str, object]]:
    return [
        _source(f"partnership_{sector}", "samenwerkingsverband", sector, euros * imported.students(sector))
        for sector, euros in _per_student(imported, one).items()
    ]


def _of_mbo(imported: Imported, one: Reference) -> list[dict[str, object]]:
    low = sum(sum(row.levels[:LOW_LEVELS]) for row in imported.schools if row.levels)
    shares = {True: low / int(one.region.low_level_students.sum()), False: one.factor(imported)}
    return [
        _source(source.name, source.payer, "mbo", source.amount * shares[source.payer == "state"])
        for source in _not_municipal(one)
    ]


def _source(name: str, payer: str, sector: str, amount: float) -> dict[str, object]:
    return {"name": name, "payer": payer, "sector": sector, "amount": round(amount)}


def _per_student(imported: Imported, one: Reference) -> dict[str, float]:
    """Return what partnerships pay for a student, by sector of the import."""
    return {
        sector: sum(
            source.amount
            for source in one.scenario.funding.sources
            if source.sector == sector and source.payer == "samenwerkingsverband"
        )
        / one.in_sector(sector)
        for sector in one.sectors
        if imported.students(sector)
    }


def _not_municipal(one: Reference) -> list[Source]:
    return [source for source in one.scenario.funding.sources if source.payer != "municipality"]


def _about_schools(imported: Imported, one: Reference) -> str:
    euros = ", ".join(
        f"{amount:.2f} euros a student in {sector}" for sector, amount in _per_student(imported, one).items()
    )
    return (
        f"Money for SMW: what the partnerships of {one.place} pay ({euros}), and no municipal money. "
        "Fill in the amounts of your region."
    )


def _about_mbo(one: Reference) -> str:
    state = sum(source.amount for source in _not_municipal(one) if source.payer == "state")
    others = sum(source.amount for source in _not_municipal(one) if source.payer != "state")
    for_each, for_all = state / int(one.region.low_level_students.sum()), others / one.in_sector("mbo")
    return (
        f"Money for SMW in the mbo, as in {one.place}: the state's subsidy ({state:,.0f} euros for the country, by "
        f"students at levels 1 and 2: {for_each:.2f} euros each), {for_all:.2f} euros a student from institutions "
        "and the programme against early leaving, and no municipal money. Fill in the amounts of your institutions."
    )
