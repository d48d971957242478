"""The levels at which measures are given: total, sector, type, group, municipality, school, and people."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Generic, TypeVar

import numpy as np

from sim.measures.arrays import BoolArray, FloatArray, IntArray
from sim.measures.division import divide, find_units
from sim.measures.origins import Origins, Tally
from sim.region.region import Region
from sim.scenario.base import GROUPS, SECTORS, TYPES

PEOPLE = ("students", "background")
SCHOOL_TYPES = TYPES[1:]
"""Types of schools within a sector; the schools of PO have none."""
MBO_LEVELS = GROUPS[2:]
"""Groups of students within a sector: the levels of the mbo."""


@dataclass(frozen=True)
class Level(ABC):
    """A way to divide cases.

    Attributes
    ----------
    name
        Name of the level.
    units
        Names of its units.
    """

    name: str
    units: tuple[str, ...]

    @property
    @abstractmethod
    def by_town(self) -> bool:
        """Whether the municipality of students tells their unit, and not their school and level of the mbo."""

    @property
    @abstractmethod
    def unit_of(self) -> IntArray:
        """Unit of each ``group`` of ``Origins``, or of each ``town``; -1 for those that do not count."""


@dataclass(frozen=True)
class PeopleLevel(Level):
    """Students apart from background people.

    Attributes
    ----------
    groups
        Number of pairs of school and level of the mbo.
    """

    groups: int

    @property
    def by_town(self) -> bool:
        """School and level of the mbo tell who is a student."""
        return False

    @property
    def unit_of(self) -> IntArray:
        """Unit of each ``group`` of ``Origins``, shape (1 + groups,)."""
        return np.append(1, np.zeros(self.groups, dtype=np.int64))


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

    @property
    def by_town(self) -> bool:
        """Whether the municipality of students tells their unit, and not their school and level of the mbo."""
        return self.residence is not None

    @property
    def unit_of(self) -> IntArray:
        """Unit of each ``group`` of ``Origins``, or of each ``town``; background people do not count."""
        units = self.of_students.ravel() if self.residence is None else np.arange(len(self.units))
        return np.append(-1, units)

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


L = TypeVar("L", bound=Level, covariant=True)


@dataclass(frozen=True)
class Levels(Generic[L]):
    """Levels side by side: figures by unit of all of them stand in one array, level after level.

    Attributes
    ----------
    parts
        The levels.
    """

    parts: tuple[L, ...]

    @cached_property
    def bounds(self) -> list[int]:
        """Number of the first unit of each level, and behind them the number of units."""
        return list(accumulate((len(level.units) for level in self.parts), initial=0))

    @property
    def size(self) -> int:
        """Number of units."""
        return self.bounds[-1]

    @property
    def units(self) -> tuple[str, ...]:
        """Names of all units."""
        return tuple(unit for level in self.parts for unit in level.units)

    @cached_property
    def unit_of(self) -> IntArray:
        """Unit, counted through all levels, of each group or town; -1 where it does not count."""
        rows = [level.unit_of for level in self.parts]
        table = np.full((len(rows), max(row.size for row in rows)), -1, dtype=np.int32)
        for number, (row, first) in enumerate(zip(rows, self.bounds, strict=False)):
            table[number, : row.size] = np.where(row < 0, -1, row + first)
        return table

    @cached_property
    def of_town(self) -> BoolArray:
        """Which levels town tells, and not group, shape (levels,)."""
        return np.array([level.by_town for level in self.parts])

    def divide(self, tally: Tally) -> FloatArray:
        """Return a tally by unit, shape (units,)."""
        return divide(self.unit_of, self.of_town, tally.by_group, tally.by_town, self.size)

    def units_of(self, origins: Origins, cases: IntArray) -> IntArray:
        """Return the unit of each of ``cases``, -1 where it does not count at a level, shape (levels, cases)."""
        return find_units(self.unit_of, self.of_town, cases, origins.group, origins.town)


class SchoolLevels(Levels[SchoolLevel]):
    """Levels that divide students' cases, students and schools."""

    @cached_property
    def students(self) -> FloatArray:
        """Students of each unit, shape (units,)."""
        return np.concatenate([level.students for level in self.parts])

    def home(self, number: FloatArray) -> FloatArray:
        """Add up numbers of students, shape (schools, levels), by the unit they belong to, shape (units,)."""
        return np.concatenate([level.home(number) for level in self.parts])

    def named(self, *names: str) -> SchoolLevels:
        """Return the levels with these names, as far as the region has them."""
        return SchoolLevels(tuple(level for level in self.parts if level.name in names))

    @cached_property
    def above_schools(self) -> SchoolLevels:
        """All levels but that of single schools."""
        return SchoolLevels(tuple(level for level in self.parts if level.name != "school"))

    @cached_property
    def with_people(self) -> Levels[Level]:
        """These levels, and students apart from background people."""
        return Levels((*self.parts, PeopleLevel("people", PEOPLE, self.parts[0].of_students.size)))


def school_levels(region: Region) -> SchoolLevels:
    """Return the levels total, sector, type, group, municipality and school.

    Sectors, types and groups are those that have students, and a level without any is left out: ``type`` holds the
    types of VO and mbo schools, ``group`` the levels of the mbo.
    """
    groups = groups_of(region)
    parts = (
        _of_schools("total", ("all",), np.zeros_like(region.sector), region),
        _of_schools("sector", SECTORS, region.sector, region),
        _of_schools("type", SCHOOL_TYPES, region.school_type - 1, region),
        _of_groups("group", MBO_LEVELS, groups - GROUPS.index(MBO_LEVELS[0]), region),
        _by_municipality(region),
        _of_schools("school", region.school_ids, np.arange(len(region.school_ids)), region),
    )
    return SchoolLevels(tuple(_with_students(level) for level in parts if level.students.any()))


def group_levels(region: Region) -> SchoolLevels:
    """Return the level whose units are all ``GROUPS``: po, vo and the levels of the mbo."""
    return SchoolLevels((_of_groups("group", GROUPS, groups_of(region), region),))


def groups_of(region: Region) -> IntArray:
    """Return the index into ``GROUPS`` of the students of each school and level of the mbo, shape (schools, levels).

    Schools of PO and VO have students at the first level only; the other columns mean nothing there.
    """
    groups: IntArray = np.add.outer(region.sector, np.arange(region.level_students.shape[1]))
    return groups


def _of_schools(name: str, units: tuple[str, ...], of_school: IntArray, region: Region) -> SchoolLevel:
    """Return a level in which a school tells the unit of its students."""
    of_students = np.repeat(of_school[:, None], region.level_students.shape[1], axis=1)
    return _level(name, units, of_school, of_students, None, region)


def _of_groups(name: str, units: tuple[str, ...], groups: IntArray, region: Region) -> SchoolLevel:
    """Return a level in which school and level of the mbo tell the unit; negative groups do not count."""
    return _level(name, units, np.full(len(groups), -1), np.maximum(groups, -1), None, region)


def _by_municipality(region: Region) -> SchoolLevel:
    nowhere = np.full(region.level_students.shape, -1)
    units = region.municipality_ids
    return _level("municipality", units, region.municipality, nowhere, region.residence, region)


def _level(
    name: str,
    units: tuple[str, ...],
    of_school: IntArray,
    of_students: IntArray,
    residence: FloatArray | None,
    region: Region,
) -> SchoolLevel:
    students = _home(region.level_students.astype(np.float64), of_students, residence, len(units))
    return SchoolLevel(name, units, of_school, of_students, residence, students)


def _with_students(level: SchoolLevel) -> SchoolLevel:
    """Leave out the units of sectors, types and groups that have no students."""
    if level.name not in ("sector", "type", "group") or level.students.all():
        return level
    kept = np.flatnonzero(level.students > 0.0)
    number = np.full(len(level.units) + 1, -1)
    number[kept] = np.arange(kept.size)
    units = tuple(level.units[unit] for unit in kept)
    of_school, of_students = number[level.of_school], number[level.of_students]
    return SchoolLevel(level.name, units, of_school, of_students, level.residence, level.students[kept])


def _home(number: FloatArray, of_students: IntArray, residence: FloatArray | None, units: int) -> FloatArray:
    if residence is not None:
        # Not by matrix product, whose order of summation depends on the number of threads.
        at_home: FloatArray = np.einsum("s,sm->m", number.sum(axis=1), residence)
        return at_home
    return _sums(of_students.ravel(), number.ravel(), units)


def _sums(unit: IntArray, weight: FloatArray, units: int) -> FloatArray:
    """Add up weights by unit; unit -1 does not count."""
    return np.bincount(unit + 1, weight, minlength=units + 1)[1:].astype(np.float64)
