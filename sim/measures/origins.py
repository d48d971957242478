"""Where cases come from, and numbers of cases by that: every level of the measures is a sum of these."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.cases.table import CaseTable
from sim.measures.arrays import FloatArray, IntArray
from sim.region.region import Region


@dataclass(frozen=True)
class Tally:
    """Numbers of cases, or sums of their weights.

    Attributes
    ----------
    by_group
        Of students by school and level of the mbo, shape (schools, levels).
    by_town
        Of students by the municipality where they live, shape (municipalities,).
    background
        Of background people.
    """

    by_group: FloatArray
    by_town: FloatArray
    background: float

    @property
    def by_people(self) -> FloatArray:
        """Of students and of background people, shape (2,)."""
        return np.array([self.by_town.sum(), self.background])


@dataclass(frozen=True)
class Origins:
    """Where cases come from.

    Attributes
    ----------
    home
        Group and municipality of each case in one number, shape (cases,): groups are 1 + school and level of the mbo
        (schools, then levels), municipalities 1 + that where the student lives, and both are 0 for background people.
    shape
        Number of schools and of levels.
    towns
        Number of municipalities.
    """

    home: IntArray
    shape: tuple[int, int]
    towns: int

    @property
    def group(self) -> IntArray:
        """1 + school and level of the mbo, 0 for background people, shape (cases,)."""
        return self.home // (self.towns + 1)

    @property
    def town(self) -> IntArray:
        """1 + municipality where the student lives, 0 for background people, shape (cases,)."""
        return self.home % (self.towns + 1)

    def take(self, cases: IntArray) -> Origins:
        """Return where some of the cases come from; a case may occur more than once."""
        return Origins(self.home[cases], self.shape, self.towns)

    def tally(self, weight: FloatArray | None = None) -> Tally:
        """Count the cases, or add up their weights, shape (cases,)."""
        schools, levels = self.shape
        homes = (schools * levels + 1, self.towns + 1)
        numbers = np.bincount(self.home, weight, minlength=homes[0] * homes[1]).reshape(homes)
        by_group, by_town = numbers.sum(axis=1, dtype=np.float64), numbers.sum(axis=0, dtype=np.float64)
        # All background people are in the first group and the first municipality.
        return Tally(by_group[1:].reshape(self.shape), by_town[1:], float(by_group[0]))


def origins_of(region: Region, table: CaseTable) -> Origins:
    """Return where the cases of a table come from."""
    schools, levels = region.level_students.shape
    towns = len(region.municipality_ids)
    home = (1 + table.school.astype(np.int64) * levels + table.level) * (towns + 1) + 1 + table.municipality
    return Origins(np.where(table.school >= 0, home, 0), (schools, levels), towns)
