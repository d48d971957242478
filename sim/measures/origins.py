"""Where cases come from, and numbers of cases by that: every level of the measures is a sum of these."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.cases.table import CaseTable
from sim.measures.arrays import BoolArray, FloatArray, IntArray
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
        return np.array([self.by_group.sum(), self.background])


@dataclass(frozen=True)
class Origins:
    """Where cases come from.

    Attributes
    ----------
    group
        1 + school and level of the mbo in one number (schools, then levels), 0 for background people, shape (cases,).
    town
        1 + municipality where the student lives, 0 for background people, shape (cases,).
    shape
        Number of schools and of levels.
    towns
        Number of municipalities.
    """

    group: IntArray
    town: IntArray
    shape: tuple[int, int]
    towns: int

    @property
    def is_student(self) -> BoolArray:
        """Which cases are students', shape (cases,)."""
        return self.group > 0

    def take(self, cases: IntArray) -> Origins:
        """Return where some of the cases come from; a case may occur more than once."""
        return Origins(self.group[cases], self.town[cases], self.shape, self.towns)

    def tally(self, weight: FloatArray | None = None) -> Tally:
        """Count the cases, or add up their weights, shape (cases,)."""
        schools, levels = self.shape
        by_group = np.bincount(self.group, weight, minlength=schools * levels + 1).astype(np.float64)
        by_town = np.bincount(self.town, weight, minlength=self.towns + 1).astype(np.float64)
        return Tally(by_group[1:].reshape(self.shape), by_town[1:], float(by_group[0]))

    def tally_of(self, cases: IntArray, weight: FloatArray | None = None) -> Tally:
        """Count some of the cases, or add up their weights; a case may occur more than once."""
        if cases.size < self.group.size:
            return self.take(cases).tally(weight)
        # Many cases occur often: it is sooner done to add up by case, and then these.
        return self.tally(np.bincount(cases, weight, minlength=self.group.size).astype(np.float64))


def origins_of(region: Region, table: CaseTable) -> Origins:
    """Return where the cases of a table come from."""
    schools, levels = region.level_students.shape
    is_student = table.school >= 0
    # Wide integers, in which numpy counts without a copy.
    return Origins(
        group=np.where(is_student, 1 + table.school * levels + table.level, 0).astype(np.int64),
        town=np.where(is_student, 1 + table.municipality, 0).astype(np.int64),
        shape=(schools, levels),
        towns=len(region.municipality_ids),
    )
