"""Points that are the best for what they cost: the Pareto frontier of two simulated measures, and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from sim.statistics.intervals import FloatArray, Intervals
from sim.statistics.rows import paired_rows, row_intervals

BoolArray = npt.NDArray[np.bool_]
Place = Literal["frontier", "equal", "near", "dominated", "unknown"]
DECIMALS = 9
FEWEST_PAIRS = 2


@dataclass(frozen=True)
class ParetoFrontier:
    """Where points stand when two measures should both be low.

    Attributes
    ----------
    order
        Numbers of the points on the frontier, from the lowest cost on; of points with the same means the first.
    places
        For every point: ``frontier``; ``equal`` to a point on the frontier in both means; ``near``: a point on the
        frontier has better means, but no paired interval is sure of it; ``dominated``: surely worse than a point on
        the frontier; ``unknown``: a measure has no value in some replication.
    """

    order: tuple[int, ...]
    places: tuple[Place, ...]


def pareto_frontier(cost: FloatArray, outcome: FloatArray, done: BoolArray) -> ParetoFrontier:
    """Find the points that no other beats: with a lower mean in one measure and no higher one in the other.

    A point on the frontier is surely better than another if the paired 95% interval of the difference lies above zero
    in one measure and not below zero in the other. Each pair of points is judged by itself: among many points some
    are called dominated by chance.

    Parameters
    ----------
    cost, outcome
        Values of the two measures, shape (points, replications).
    done
        Which replications are finished, same shape.
    """
    known = all_known(cost, done) & all_known(outcome, done)
    means = np.column_stack([_coarse(_means(cost, done), known), _coarse(_means(outcome, done), known)])
    order, equal = _non_dominated(means, known)
    first = frozenset(order)
    sure = np.zeros(len(known), dtype=bool)
    for best in order:
        rest = np.flatnonzero(known & ~sure)
        sure[rest] = _surely_worse((cost[rest], cost[best]), (outcome[rest], outcome[best]))
    places: list[Place] = []
    for point in range(len(known)):
        if not known[point]:
            places.append("unknown")
        elif point in equal:
            places.append("frontier" if point in first else "equal")
        else:
            places.append("dominated" if sure[point] else "near")
    return ParetoFrontier(order, tuple(places))


def all_known(values: FloatArray, done: BoolArray) -> BoolArray:
    """Return which rows have some finished replication, and a value in each of them, shape (points,)."""
    known: BoolArray = np.asarray(done.any(axis=1) & (np.isfinite(values) | ~done).all(axis=1))
    return known


@dataclass(frozen=True)
class Lowest:
    """The point with the lowest mean, and those that cannot be told from it.

    Attributes
    ----------
    best
        Its number.
    tied
        Which points have a paired difference with it whose 95% interval does not lie above zero, itself included,
        shape (points,).
    """

    best: int
    tied: BoolArray


def lowest(values: FloatArray, done: BoolArray) -> Lowest | None:
    """Find the point with the lowest mean; None if no point has a value in all its replications.

    Parameters
    ----------
    values
        Shape (points, replications).
    done
        Which replications are finished, same shape.
    """
    known = all_known(values, done)
    if not known.any():
        return None
    best = int(np.argmin(np.where(known, _means(values, done), np.inf)))
    apart = row_intervals(paired_rows(values, values[best]))
    surely = (apart.n >= FEWEST_PAIRS) & (apart.mean - apart.half_width > 0.0)
    return Lowest(best, known & ~surely)


def steps(values: FloatArray, order: tuple[int, ...]) -> Intervals:
    """Return what each point on a frontier differs from the one before it, in pairs; nothing for the first.

    Parameters
    ----------
    values
        Shape (points, replications).
    order
        Numbers of the points.
    """
    rows = values[list(order)]
    before = np.vstack([np.full((1, values.shape[1]), np.nan), rows[:-1]])
    return row_intervals(paired_rows(rows, before))


def _means(values: FloatArray, done: BoolArray) -> FloatArray:
    return row_intervals(np.where(done, values, np.nan)).mean


def _coarse(means: FloatArray, known: BoolArray) -> FloatArray:
    """Round means such that what is only rounding is no difference."""
    scale = np.max(np.abs(means[known]), initial=0.0)
    coarse: FloatArray = np.round(means / scale, DECIMALS) if scale > 0.0 else means
    return coarse


def _non_dominated(means: FloatArray, known: BoolArray) -> tuple[tuple[int, ...], frozenset[int]]:
    """Return the first of the points on the frontier at each place, by rising cost, and all points there."""
    numbers = np.flatnonzero(known)
    order: list[int] = []
    equal: set[int] = set()
    for number in numbers[np.lexsort((numbers, means[numbers, 1], means[numbers, 0]))]:
        if not order or means[number, 1] < means[order[-1], 1]:
            order.append(int(number))
            equal.add(int(number))
        elif (means[number] == means[order[-1]]).all():
            equal.add(int(number))
    return tuple(order), frozenset(equal)


def _surely_worse(cost: tuple[FloatArray, FloatArray], outcome: tuple[FloatArray, FloatArray]) -> BoolArray:
    """Tell which rows are surely worse than one; each measure as the rows and that one."""
    lows = []
    enough = np.ones(len(cost[0]), dtype=bool)
    for values, best in (cost, outcome):
        found = row_intervals(paired_rows(values, best))
        enough &= found.n >= FEWEST_PAIRS
        lows.append(found.mean - found.half_width)
    more_cost, more = lows
    worse: BoolArray = enough & (more_cost >= 0.0) & (more >= 0.0) & ((more_cost > 0.0) | (more > 0.0))
    return worse
