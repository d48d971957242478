"""Where cases come from, and numbers of cases by that: every level of the measures is a sum of these."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.cases.table import CaseTable
from sim.compiling import compiled, has_numba
from sim.measures.arrays import FloatArray, IntArray
from sim.region.region import Region


@dataclass(frozen=True)
class Tally:
    """Numbers of cases, or sums of their weights, by where they come from.

    Attributes
    ----------
    by_group
        By ``Origins.group``, shape (1 + schools * levels,).
    by_town
        By ``Origins.town``, shape (1 + municipalities,).
    """

    by_group: FloatArray
    by_town: FloatArray

    @property
    def by_people(self) -> FloatArray:
        """Of students and of background people, shape (2,)."""
        return np.array([self.by_town[1:].sum(), self.by_town[0]])


@dataclass(frozen=True)
class Origins:
    """Where cases come from.

    Attributes
    ----------
    group
        1 + school and level of the mbo of each case (schools, then levels), 0 for background people, shape (cases,).
    town
        1 + municipality where the student lives, 0 for background people, shape (cases,).
    groups, towns
        Numbers of both, background people not counted.
    """

    group: IntArray
    town: IntArray
    groups: int
    towns: int

    def tally(self, cases: IntArray, weight: FloatArray | None = None) -> Tally:
        """Count cases, or add up their weights, shape (n,); a case may occur more than once."""
        each = np.ones(cases.size) if weight is None else weight
        add = add_up if has_numba() else add_up_in_numpy
        return Tally(*add(cases, each, self.group, self.town, self.groups + 1, self.towns + 1))


def origins_of(region: Region, table: CaseTable) -> Origins:
    """Return where the cases of a table come from."""
    schools, levels = region.level_students.shape
    is_student = table.school >= 0
    group = np.where(is_student, 1 + table.school * levels + table.level, 0).astype(np.int32)
    town = np.where(is_student, 1 + table.municipality, 0).astype(np.int32)
    return Origins(group, town, schools * levels, len(region.municipality_ids))


@compiled()
def add_up(
    cases: IntArray, weight: FloatArray, group: IntArray, town: IntArray, groups: int, towns: int
) -> tuple[FloatArray, FloatArray]:
    """Return the columns of ``Tally``: the weights of ``cases``, added up by the group and the town of each case."""
    by_group, by_town = np.zeros(groups), np.zeros(towns)
    for number in range(cases.size):
        case = cases[number]
        by_group[group[case]] += weight[number]
        by_town[town[case]] += weight[number]
    return by_group, by_town


def add_up_in_numpy(
    cases: IntArray, weight: FloatArray, group: IntArray, town: IntArray, groups: int, towns: int
) -> tuple[FloatArray, FloatArray]:
    """Return what ``add_up`` does, soonest in plain numpy."""
    by_group = np.bincount(group[cases], weight, minlength=groups)
    by_town = np.bincount(town[cases], weight, minlength=towns)
    return by_group.astype(np.float64), by_town.astype(np.float64)
