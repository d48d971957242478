"""From rows of municipalities and schools to a region: checks what a person wrote, then fills the arrays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeVar

import numpy as np

from sim.errors import InputError, unknown_name
from sim.region.identifiers import check_new_identifier, index_of
from sim.region.region import GATEWAY_TYPES, SCHOOL_TYPES, TYPES_OF_SECTOR, FloatArray, IntArray, Region
from sim.region.residence import residence_shares
from sim.scenario.base import LEVELS, SECTORS

Levels = tuple[int, int, int, int]

MOST_STUDENTS = 10_000_000
_MISMATCHES_SHOWN = 5


class MunicipalityRow(NamedTuple):
    """A municipality; ``where`` says for error messages where the row stands.

    Rows without an ``area`` are all in one; ``inhabitants`` weighs the municipality as a place where students live
    (None: its pupils).
    """

    municipality: str
    name: str
    gateway: str
    pupils: int
    area: str = ""
    inhabitants: int | None = None
    where: str = ""


class SchoolRow(NamedTuple):
    """A school; ``type`` is empty for PO; ``where`` says for error messages where the row stands.

    ``levels`` holds the students of an mbo institution at levels 1 to 4; other schools have none.
    """

    school: str
    name: str
    sector: str
    type: str
    municipality: str
    students: int
    levels: Levels | None = None
    where: str = ""


_Row = TypeVar("_Row", MunicipalityRow, SchoolRow)


def make_region(
    name: str,
    municipalities: Sequence[MunicipalityRow],
    schools: Sequence[SchoolRow],
    own_municipality_share: Sequence[float] = (1.0, 1.0, 1.0),
    beyond_share: Sequence[float] = (0.0, 0.0, 0.0),
) -> Region:
    """Check the rows and build the region, in the order of the rows.

    Parameters
    ----------
    name
        Name of the region.
    municipalities
        At least one; pupils must be the sum of the students of its schools.
    schools
        At least one, and at least one student together.
    own_municipality_share
        Share of the students who live in the municipality of their school, in the order of ``SECTORS``.
    beyond_share
        Share that lives outside the area of the school, likewise; the others live in the other municipalities of the
        area (see ``residence_shares``).

    Returns
    -------
    Region
        The region.

    Raises
    ------
    InputError
        If a row is wrong; the message names the row and the column, what was found and what is allowed.
    """
    towns = [_placed(row, "municipality", number) for number, row in enumerate(municipalities, 1)]
    places = [_placed(row, "school", number) for number, row in enumerate(schools, 1)]
    _check_municipalities(name, towns)
    _check_schools(name, places)
    ids = [row.municipality for row in towns]
    municipality = _integers(
        index_of(f"{row.where}, column municipality", "municipality", row.municipality, ids) for row in places
    )
    _check_sums(towns, municipality, _integers(row.students for row in places))
    sector = _integers(SECTORS.index(row.sector) for row in places)
    area = _areas(towns)
    residence = residence_shares(
        np.asarray(own_municipality_share, dtype=np.float64)[sector],
        np.asarray(beyond_share, dtype=np.float64)[sector],
        municipality,
        area,
        np.array([row.pupils if row.inhabitants is None else row.inhabitants for row in towns], dtype=np.float64),
    )
    return _region(name, towns, places, municipality, area, residence)


def _region(
    name: str,
    towns: Sequence[MunicipalityRow],
    schools: Sequence[SchoolRow],
    municipality: IntArray,
    area: IntArray,
    residence: FloatArray,
) -> Region:
    return Region(
        name=name,
        municipality_ids=tuple(row.municipality for row in towns),
        municipality_names=tuple(row.name for row in towns),
        gateway_type=_integers(GATEWAY_TYPES.index(row.gateway) for row in towns),
        area=area,
        pupils=_integers(row.pupils for row in towns),
        school_ids=tuple(row.school for row in schools),
        school_names=tuple(row.name for row in schools),
        sector=_integers(SECTORS.index(row.sector) for row in schools),
        school_type=_integers(SCHOOL_TYPES.index(row.type) for row in schools),
        municipality=municipality,
        students=_integers(row.students for row in schools),
        level_students=np.array([_levels(row) for row in schools], dtype=np.int64),
        residence=residence,
    )


def _areas(towns: Sequence[MunicipalityRow]) -> IntArray:
    """Return the number of the area of each municipality, in the order in which areas are first named."""
    names = list(dict.fromkeys(row.area for row in towns))
    return _integers(names.index(row.area) for row in towns)


def _levels(row: SchoolRow) -> Levels:
    return row.levels or (row.students, 0, 0, 0)


def _placed(row: _Row, what: str, number: int) -> _Row:
    return row if row.where else row._replace(where=f"{what} {number}")


def _check_municipalities(region: str, rows: Sequence[MunicipalityRow]) -> None:
    if not rows:
        raise InputError(f"region '{region}': found no municipalities\n  allowed: one or more")
    taken: dict[str, str] = {}
    for row in rows:
        check_new_identifier(f"{row.where}, column municipality", row.municipality, taken)
        taken[row.municipality] = row.where
        _check_name(row.where, row.name)
        if row.gateway not in GATEWAY_TYPES:
            raise unknown_name(f"{row.where}, column gateway", "gateway", row.gateway, GATEWAY_TYPES)
        _check_count(f"{row.where}, column pupils", row.pupils)
        _check_place(row, any(other.area for other in rows))


def _check_place(row: MunicipalityRow, with_areas: bool) -> None:
    if with_areas and not row.area:
        raise InputError(f"{row.where}, column area: found nothing\n  allowed: an area in every row, or in none")
    if row.inhabitants is not None:
        _check_count(f"{row.where}, column inhabitants", row.inhabitants)


def _check_schools(region: str, rows: Sequence[SchoolRow]) -> None:
    if not rows:
        raise InputError(f"region '{region}': found no schools\n  allowed: one or more")
    taken: dict[str, str] = {}
    for row in rows:
        check_new_identifier(f"{row.where}, column school", row.school, taken)
        taken[row.school] = row.where
        _check_name(row.where, row.name)
        if row.sector not in SECTORS:
            raise unknown_name(f"{row.where}, column sector", "sector", row.sector, SECTORS)
        _check_type(f"{row.where}, column type", row)
        _check_count(f"{row.where}, column students", row.students)
        _check_levels(row)
    if not any(row.students for row in rows):
        raise InputError(f"region '{region}': its schools have no students at all\n  allowed: one student or more")


def _check_name(where: str, name: str) -> None:
    if not name:
        raise InputError(f"{where}, column name: found nothing\n  allowed: a name for people to read")


def _check_type(where: str, row: SchoolRow) -> None:
    types = TYPES_OF_SECTOR[row.sector]
    if types == ("",):
        if row.type:
            raise InputError(
                f"{where}: found '{row.type}' for a {row.sector} school\n"
                "  allowed: nothing; only schools of vo and mbo have a type"
            )
        return
    if not row.type:
        raise InputError(f"{where}: found nothing for a {row.sector} school\n  allowed: {', '.join(types)}")
    if row.type not in types:
        raise unknown_name(where, f"{row.sector} school type", row.type, types)


def _check_levels(row: SchoolRow) -> None:
    """Check that an mbo institution has its students by level, and that no other school has."""
    where = f"{row.where}, columns level_1 to level_{len(LEVELS)}"
    if row.sector != "mbo":
        if row.levels is not None:
            raise InputError(f"{where}: found {_shown(row.levels)} for a {row.sector} school\n  allowed: nothing")
        return
    if row.levels is None:
        raise InputError(f"{where}: found nothing for an mbo institution\n  allowed: its students at each level")
    for level, number in zip(LEVELS, row.levels, strict=True):
        _check_count(f"{row.where}, column level_{level}", number)
    if sum(row.levels) != row.students:
        raise InputError(
            f"{row.where}, column students: found {row.students}, but its levels have {_shown(row.levels)}, "
            f"{sum(row.levels)} together\n  allowed: the exact sum of the levels"
        )


def _shown(levels: Levels) -> str:
    return ", ".join(map(str, levels))


def _check_count(where: str, number: int) -> None:
    if not 0 <= number <= MOST_STUDENTS:
        raise InputError(f"{where}: found {number}\n  allowed: a whole number from 0 to {MOST_STUDENTS}")


def _check_sums(towns: Sequence[MunicipalityRow], municipality: IntArray, students: IntArray) -> None:
    lines = []
    for index, row in enumerate(towns):
        here = students[municipality == index]
        total = int(here.sum())
        if total != row.pupils:
            lines.append(
                f"{row.where}, column pupils: found {row.pupils} for '{row.municipality}', but its {len(here)} "
                f"schools have {total} students together ({total - row.pupils:+d})"
            )
    if lines:
        more = len(lines) - _MISMATCHES_SHOWN
        shown = lines[:_MISMATCHES_SHOWN] + ([f"and {more} more municipalities"] if more > 0 else [])
        raise InputError("\n".join([*shown, "  allowed: the exact sum of the students of its schools"]))


def _integers(values: Iterable[int]) -> IntArray:
    return np.fromiter(values, dtype=np.int64)
