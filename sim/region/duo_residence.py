"""Places to live for a region with mbo: DUO's files say where an institution is, not where its students live."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sim.region.build import MunicipalityRow, SchoolRow
from sim.region.identifiers import identifier

NATIONAL_STUDENTS = 480_000
"""Students of all mbo institutions together, as table 3.2 of KBA Nijmegen (2018) implies."""

AROUND, BEYOND = "Omgeving", "Elders"
AROUND_PER_OWN = 40 / 30
WHOLE_REGION = "region"


def places_to_live(
    towns: Sequence[MunicipalityRow], schools: Sequence[SchoolRow], areas: Mapping[str, str]
) -> list[MunicipalityRow]:
    """Give municipalities an area and a weight as places to live, and add made-up ones where mbo students need them.

    Students of PO and VO live in municipalities that have schools of PO and VO, so pupils are their weight. Around an
    institution without such municipalities stands one made-up municipality for its area, and one for all places
    beyond, which weighs as much as the rest of the country does against this region.

    Parameters
    ----------
    towns
        The municipalities with schools.
    schools
        The schools.
    areas
        RMC region by identifier of the municipality, as far as the files tell.

    Returns
    -------
    list of MunicipalityRow
        The municipalities with area and weight, the made-up ones last; unchanged without mbo and RMC regions.
    """
    mbo = [school for school in schools if school.sector == "mbo"]
    if not mbo and not areas:
        return list(towns)
    others = len(mbo) < len(schools)
    placed = [
        row._replace(
            area=_area(row, areas, others), inhabitants=_pupils(row, schools, ("po", "vo") if others else ())
        )
        for row in towns
    ]
    return placed + _made_up(placed, mbo, others) if mbo else placed


def _area(row: MunicipalityRow, areas: Mapping[str, str], others: bool) -> str:
    """Return the RMC region; without it all of a region with PO or VO, or the town itself in one with mbo only."""
    known = areas.get(row.municipality, "")
    return f"rmc-{known}" if known else WHOLE_REGION if others else row.municipality


def _pupils(row: MunicipalityRow, schools: Sequence[SchoolRow], sectors: Sequence[str]) -> int:
    """Return the students in some sectors (none named: all) of a municipality's schools."""
    here = [school for school in schools if school.municipality == row.municipality]
    return sum(school.students for school in here if not sectors or school.sector in sectors)


def _made_up(towns: Sequence[MunicipalityRow], mbo: Sequence[SchoolRow], others: bool) -> list[MunicipalityRow]:
    at = {row.municipality: row for row in towns}
    areas = list(dict.fromkeys(at[school.municipality].area for school in mbo))
    lonely = [area for area in areas if not others or len([row for row in towns if row.area == area]) == 1]
    around = [_around(area, [row for row in towns if row.area == area]) for area in lonely]
    weight = sum(row.inhabitants or 0 for row in [*towns, *around])
    students = sum(school.students for school in mbo)
    rest = max(1, round(weight * max(NATIONAL_STUDENTS - students, 0) / students))
    beyond = MunicipalityRow(identifier(BEYOND), BEYOND, "toegang", 0, identifier(BEYOND), rest)
    return [*around, beyond]


def _around(area: str, towns: Sequence[MunicipalityRow]) -> MunicipalityRow:
    core = max(towns, key=lambda row: row.pupils)
    weight = max(1, round(AROUND_PER_OWN * sum(row.inhabitants or 0 for row in towns)))
    name = f"{AROUND} {core.name}"
    return MunicipalityRow(identifier(name), name, "toegang", 0, area, weight)
