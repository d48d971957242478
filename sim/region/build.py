"""From rows of municipalities and schools to a region: checks what a person wrote, then fills the arrays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeVar

import numpy as np

from sim.errors import InputError, unknown_name
from sim.region.identifiers import check_new_identifier, index_of
from sim.region.region import GATEWAY_TYPES, SCHOOL_TYPES, FloatArray, IntArray, Region
from sim.scenario.base import SECTORS

MOST_STUDENTS = 10_000_000
_MISMATCHES_SHOWN = 5


class MunicipalityRow(NamedTuple):
    """A municipality; ``where`` says for error messages where the row stands."""

    municipality: str
    name: str
    gateway: str
    pupils: int
    where: str = ""


class SchoolRow(NamedTuple):
    """A school; ``type`` is empty for PO; ``where`` says for error messages where the row stands."""

    school: str
    name: str
    sector: str
    type: str
    municipality: str
    students: int
    where: str = ""


_Row = TypeVar("_Row", MunicipalityRow, SchoolRow)


def make_region(
    name: str,
    municipalities: Sequence[MunicipalityRow],
    schools: Sequence[SchoolRow],
    own_municipality_share: Sequence[float] = (1.0, 1.0),
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
        Share of the students who live in the municipality of their school, in the order of ``SECTORS``; the others
        live in the other municipalities in proportion to pupils.

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
    return _region(name, towns, places, municipality, own_municipality_share)


def _region(
    name: str,
    towns: Sequence[MunicipalityRow],
    schools: Sequence[SchoolRow],
    municipality: IntArray,
    own_municipality_share: Sequence[float],
) -> Region:
    sector = _integers(SECTORS.index(row.sector) for row in schools)
    pupils = _integers(row.pupils for row in towns)
    own = np.asarray(own_municipality_share, dtype=np.float64)[sector]
    return Region(
        name=name,
        municipality_ids=tuple(row.municipality for row in towns),
        municipality_names=tuple(row.name for row in towns),
        gateway_type=_integers(GATEWAY_TYPES.index(row.gateway) for row in towns),
        pupils=pupils,
        school_ids=tuple(row.school for row in schools),
        school_names=tuple(row.name for row in schools),
        sector=sector,
        school_type=_integers(SCHOOL_TYPES.index(row.type) for row in schools),
        municipality=municipality,
        students=_integers(row.students for row in schools),
        residence=residence_shares(own, municipality, pupils),
    )


def residence_shares(own_share: FloatArray, municipality: IntArray, pupils: IntArray) -> FloatArray:
    """Share of each school's students that lives in each municipality.

    Parameters
    ----------
    own_share
        Share that lives in the municipality of the school, shape (s,).
    municipality
        Municipality index of the school, shape (s,).
    pupils
        Pupils by municipality, shape (m,).

    Returns
    -------
    FloatArray
        Shares, shape (s, m), rows adding up to 1; where no other municipality has pupils, all live in their own.
    """
    school = np.arange(len(municipality))
    others = np.tile(pupils.astype(np.float64), (len(municipality), 1))
    others[school, municipality] = 0.0
    elsewhere = others.sum(axis=1)
    own = np.where(elsewhere > 0.0, own_share, 1.0)
    shares = others * ((1.0 - own) / np.where(elsewhere > 0.0, elsewhere, 1.0))[:, np.newaxis]
    shares[school, municipality] = own
    return shares


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
    if not any(row.students for row in rows):
        raise InputError(f"region '{region}': its schools have no students at all\n  allowed: one student or more")


def _check_name(where: str, name: str) -> None:
    if not name:
        raise InputError(f"{where}, column name: found nothing\n  allowed: a name for people to read")


def _check_type(where: str, row: SchoolRow) -> None:
    if row.sector == "po":
        if row.type:
            raise InputError(
                f"{where}: found '{row.type}' for a po school\n  allowed: nothing; only vo schools have a type"
            )
        return
    types = tuple(kind for kind in SCHOOL_TYPES if kind)
    if not row.type:
        raise InputError(f"{where}: found nothing for a vo school\n  allowed: {', '.join(types)}")
    if row.type not in types:
        raise unknown_name(where, "school type", row.type, types)


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
