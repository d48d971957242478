"""The levels at which measures are given: total, sector, type, group, municipality, school, and people."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.cases.table import CaseTable
from sim.measures.arrays import FloatArray, IntArray
from sim.region.region import Region
from sim.scenario.base import GROUPS, SECTORS, TYPES

PEOPLE = ("students", "background")
SCHOOL_TYPES = TYPES[1:]
"""Types of schools within a sector; the schools of PO have none."""
MBO_LEVELS = GROUPS[2:]
"""Groups of students within a sector: the levels of the mbo."""


@dataclass(frozen=True)
class Level:
    """A way to divide cases.

    Attributes
    ----------
    name
        Name of the level.
    units
        Names of its units.
    of_case
        Unit of each case, -1 for cases that do not count at this level, shape (cases,).
    """

    name: str
    units: tuple[str, ...]
    of_case: IntArray

    def count(self, cases: IntArray, weight: FloatArray | None = None) -> FloatArray:
        """Count cases by unit, or add up their weights.

        Parameters
        ----------
        cases
            Rows of the case table, shape (n,); a case may occur more than once.
        weight
            One weight for each, shape (n,).

        Returns
        -------
        FloatArray
            Counts, shape (units,).
        """
        return _sums(self.of_case[cases], weight, len(self.units))


@dataclass(frozen=True)
class SchoolLevel(Level):
    """A way to divide students' cases, students and schools; background people do not count.

    Cases and students belong to the municipality where the student lives, hours to the municipality of the school.

    Attributes
    ----------
    of_school
        Unit of the hours of each school, -1 where they cannot be divided, shape (schools,).
    of_students
        Unit of the students of each school and level of the mbo, -1 if they do not count, shape (schools, levels).
    residence
        Share of each school's students in each unit, shape (schools, units), instead of ``of_students``; None where
        the school and the level tell the unit.
    students
        Students of each unit, shape (units,).
    """

    of_school: IntArray
    of_students: IntArray
    residence: FloatArray | None
    students: FloatArray

    @property
    def has_hours(self) -> bool:
        """Whether the hours of schools can be divided over the units."""
        return bool((self.of_school >= 0).any())

    def home(self, number: FloatArray) -> FloatArray:
        """Add up numbers of students by the unit that the students belong to, shape (units,).

        Parameters
        ----------
        number
            By school and level of the mbo, shape (schools, levels).
        """
        return _home(number, self.of_students, self.residence, len(self.units))

    def place(self, number: FloatArray) -> FloatArray:
        """Add up numbers by school, shape (schools,), by the unit that the school belongs to, shape (units,)."""
        return _sums(self.of_school, number, len(self.units))


def school_levels(region: Region, table: CaseTable) -> tuple[SchoolLevel, ...]:
    """Return the levels total, sector, type, group, municipality and school.

    Sectors, types and groups are those that have students, and a level without any is left out: ``type`` holds the
    types of VO and mbo schools, ``group`` the levels of the mbo.
    """
    groups = groups_of(region)
    parts = (
        _of_schools("total", ("all",), np.zeros_like(region.sector), region, table),
        _of_schools("sector", SECTORS, region.sector, region, table),
        _of_schools("type", SCHOOL_TYPES, region.school_type - 1, region, table),
        _of_groups("group", MBO_LEVELS, groups - GROUPS.index(MBO_LEVELS[0]), region, table),
        _by_municipality(region, table),
        _of_schools("school", region.school_ids, np.arange(len(region.school_ids)), region, table),
    )
    return tuple(_with_students(level) for level in parts if level.students.any())


def group_level(region: Region, table: CaseTable) -> SchoolLevel:
    """Return the level whose units are all ``GROUPS``: po, vo and the levels of the mbo."""
    return _of_groups("group", GROUPS, groups_of(region), region, table)


def groups_of(region: Region) -> IntArray:
    """Return the index into ``GROUPS`` of the students of each school and level of the mbo, shape (schools, levels).

    Schools of PO and VO have students at the first level only; the other columns mean nothing there.
    """
    groups: IntArray = np.add.outer(region.sector, np.arange(region.level_students.shape[1]))
    return groups


def people_level(table: CaseTable) -> Level:
    """Return the level that keeps students and background people apart."""
    return Level("people", PEOPLE, np.where(table.school >= 0, 0, 1).astype(np.int64))


def _of_schools(
    name: str, units: tuple[str, ...], of_school: IntArray, region: Region, table: CaseTable
) -> SchoolLevel:
    """Return a level in which a school tells the unit of its students."""
    of_students = np.repeat(of_school[:, None], region.level_students.shape[1], axis=1)
    of_case = np.where(table.school >= 0, of_school[table.school], -1)
    return _level(name, units, of_case, of_school, of_students, None, region)


def _of_groups(name: str, units: tuple[str, ...], groups: IntArray, region: Region, table: CaseTable) -> SchoolLevel:
    """Return a level in which school and level of the mbo tell the unit; negative groups do not count."""
    of_students = np.maximum(groups, -1)
    of_case = np.where(table.school >= 0, of_students[table.school, table.level], -1)
    return _level(name, units, of_case, np.full(len(groups), -1), of_students, None, region)


def _by_municipality(region: Region, table: CaseTable) -> SchoolLevel:
    of_case = np.where(table.school >= 0, table.municipality, -1)
    nowhere = np.full(region.level_students.shape, -1)
    units = region.municipality_ids
    return _level("municipality", units, of_case, region.municipality, nowhere, region.residence, region)


def _level(
    name: str,
    units: tuple[str, ...],
    of_case: IntArray,
    of_school: IntArray,
    of_students: IntArray,
    residence: FloatArray | None,
    region: Region,
) -> SchoolLevel:
    students = _home(region.level_students.astype(np.float64), of_students, residence, len(units))
    return SchoolLevel(name, units, of_case.astype(np.int64), of_school, of_students, residence, students)


def _with_students(level: SchoolLevel) -> SchoolLevel:
    """Leave out the units of sectors, types and groups that have no students."""
    if level.name not in ("sector", "type", "group") or level.students.all():
        return level
    kept = np.flatnonzero(level.students > 0.0)
    number = np.full(len(level.units) + 1, -1)
    number[kept] = np.arange(kept.size)
    return SchoolLevel(
        level.name,
        tuple(level.units[unit] for unit in kept),
        number[level.of_case],
        number[level.of_school],
        number[level.of_students],
        level.residence,
        level.students[kept],
    )


def _home(number: FloatArray, of_students: IntArray, residence: FloatArray | None, units: int) -> FloatArray:
    if residence is not None:
        at_home: FloatArray = number.sum(axis=1) @ residence
        return at_home
    return _sums(of_students.ravel(), number.ravel(), units)


def _sums(unit: IntArray, weight: FloatArray | None, units: int) -> FloatArray:
    """Count by unit, or add up weights; unit -1 does not count."""
    return np.bincount(unit + 1, weight, minlength=units + 1)[1:].astype(np.float64)
