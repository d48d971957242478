"""What each factor of a grid does by itself, averaged over the others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.statistics.intervals import FloatArray, Intervals
from sim.statistics.rows import paired_rows, row_intervals

BoolArray = npt.NDArray[np.bool_]
IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True)
class MainEffect:
    """One factor of a grid.

    Attributes
    ----------
    levels
        Numbers of the levels that are known, in order; others are left out.
    means
        Mean at each level over the same combinations of the other factors.
    differences
        Paired difference of each level with the first one.
    combinations
        Over how many combinations of the other factors the means are taken.
    """

    levels: IntArray
    means: Intervals
    differences: Intervals
    combinations: int


def main_effects(values: FloatArray, known: BoolArray, shape: tuple[int, ...]) -> list[MainEffect | None]:
    """Average a full grid over all factors but one, for each factor.

    A level without any known cell is left out first. Then the mean of each level is taken over the combinations of
    the other factors whose cells are known at all its levels, so that levels are compared on the same combinations.

    Parameters
    ----------
    values
        Shape (cells, replications), the last factor of the grid running fastest.
    known
        Which cells have a value in every replication, shape (cells,).
    shape
        Number of levels of each factor.

    Returns
    -------
    list
        An effect for each factor; None where fewer than two levels, or no combination, can be compared.
    """
    grid = known.reshape(shape)
    axes = range(len(shape))
    kept = [np.flatnonzero(grid.any(axis=tuple(other for other in axes if other != axis))) for axis in axes]
    cells = np.arange(grid.size).reshape(shape)[np.ix_(*kept)]
    return [_effect(values, known, np.moveaxis(cells, axis, 0), kept[axis]) for axis in axes]


def _effect(values: FloatArray, known: BoolArray, cells: IntArray, levels: IntArray) -> MainEffect | None:
    if len(levels) < 2 or cells.size == 0:
        return None
    rows = cells.reshape(len(levels), -1)
    rows = rows[:, known[rows].all(axis=0)]
    if rows.shape[1] == 0:
        return None
    means = values[rows].mean(axis=1)
    return MainEffect(levels, row_intervals(means), row_intervals(paired_rows(means, means[0])), rows.shape[1])
