"""The levels at which measures are given: in total, by sector, municipality and school, and by people."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.cases.table import CaseTable
from sim.measures.arrays import FloatArray, IntArray
from sim.region.region import Region
from sim.scenario.base import SECTORS

PEOPLE = ("students", "background")


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
        unit = self.of_case[cases]
        counts = np.bincount(unit + 1, weight, minlength=len(self.units) + 1)
        return counts[1:].astype(np.float64)


@dataclass(frozen=True)
class SchoolLevel(Level):
    """A way to divide students' cases and schools; background people do not count.

    A case belongs to the municipality where its student lives, hours to the municipality of the school.

    Attributes
    ----------
    home
        Share of each school's students that belongs to the unit, shape (units, schools).
    place
        1 where the school belongs to the unit, shape (units, schools).
    students
        Students of each unit, shape (units,).
    """

    home: FloatArray
    place: FloatArray
    students: FloatArray


def school_levels(region: Region, table: CaseTable) -> tuple[SchoolLevel, ...]:
    """Return the levels total, sector, municipality and school."""
    schools = len(region.school_ids)
    is_student = table.school >= 0
    sector = _one_hot(region.sector, len(SECTORS))
    town = _one_hot(region.municipality, len(region.municipality_ids))
    every, each = np.ones((1, schools)), np.eye(schools)
    parts = (
        ("total", ("all",), np.where(is_student, 0, -1), every, every),
        ("sector", SECTORS, table.sector, sector, sector),
        (
            "municipality",
            region.municipality_ids,
            np.where(is_student, table.municipality, -1),
            region.residence.T,
            town,
        ),
        ("school", region.school_ids, table.school, each, each),
    )
    return tuple(
        SchoolLevel(name, units, of_case.astype(np.int64), home, place, home @ region.students)
        for name, units, of_case, home, place in parts
    )


def people_level(table: CaseTable) -> Level:
    """Return the level that keeps students and background people apart."""
    return Level("people", PEOPLE, np.where(table.school >= 0, 0, 1).astype(np.int64))


def _one_hot(index: IntArray, units: int) -> FloatArray:
    matrix: FloatArray = np.eye(units)[:, index]
    return matrix
