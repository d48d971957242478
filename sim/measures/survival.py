"""Times to an event when some have not had it yet: Kaplan-Meier and Aalen-Johansen, in plain numpy.

Sources: Kaplan and Meier (1958), J Am Stat Assoc 53:457; Aalen and Johansen (1978), Scand J Stat 5:141; competing
exits as in Putter, Fiocco and Geskus (2007), Stat Med 26:2389.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.compiling import compiled
from sim.measures.arrays import BoolArray, FloatArray, IntArray, stable_order

# Products of risk fractions can end a hair above the share they stand for.
ROUNDING = 1e-12


@dataclass(frozen=True)
class Curves:
    """Share without any exit, and shares that have left by each exit, over time, of one or more groups of people.

    All are step functions; the k times are those of the first group, then those of the second, and so on.

    Attributes
    ----------
    time
        Distinct observed times of each group in increasing order, censored ones included, shape (k,).
    survival
        Share still without an exit just after each time, shape (k,).
    incidence
        Share that has left by each exit up to and including each time, shape (exits, k).
    alone
        Share still without an exit just after each time if that exit were the only one and all else were censored
        (Kaplan-Meier), shape (exits, k).
    bounds
        Where the times of each group begin and end, shape (groups + 1,).
    """

    time: FloatArray
    survival: FloatArray
    incidence: FloatArray
    alone: FloatArray
    bounds: IntArray

    @property
    def first(self) -> IntArray:
        """Position of the first time of each group, that of another group where it has none, shape (groups,)."""
        return self.bounds[:-1]

    @property
    def known(self) -> BoolArray:
        """Which groups have any time, shape (groups,)."""
        some: BoolArray = self.bounds[1:] > self.bounds[:-1]
        return some

    @property
    def longest(self) -> FloatArray:
        """Longest observed time of each group, NaN where there is none, shape (groups,)."""
        return self._last(self.time)

    @property
    def complete(self) -> BoolArray:
        """Whether each curve is known at every time: nobody is left after the longest observed time."""
        return self._last(self.survival) <= ROUNDING

    def first_groups(self, groups: int) -> Curves:
        """Return the curves of the first so many groups."""
        k = self.bounds[groups]
        bounds = self.bounds[: groups + 1]
        return Curves(self.time[:k], self.survival[:k], self.incidence[:, :k], self.alone[:, :k], bounds)

    def only(self, exit_: int) -> Curves:
        """Return the Kaplan-Meier curves of one exit (from 1), all else censored."""
        alone = self.alone[exit_ - 1 : exit_]
        return Curves(self.time, alone[0], 1.0 - alone, alone, self.bounds)

    def _last(self, values: FloatArray) -> FloatArray:
        return np.where(self.known, np.append(values, np.nan)[self.bounds[1:] - 1], np.nan)


@dataclass(frozen=True)
class Observed:
    """Observed times of one or more groups of people, by group and, within a group, in order of time.

    Attributes
    ----------
    duration
        Observed times, shape (n,).
    exit_
        Exit from 1 on, or 0 for a censored time, shape (n,).
    bounds
        Where the people of each group begin and end, shape (groups + 1,).
    """

    duration: FloatArray
    exit_: IntArray
    bounds: IntArray


def observe(
    duration: FloatArray, exit_: IntArray | BoolArray, group: IntArray | None = None, groups: int = 1
) -> Observed:
    """Put observed times in order.

    Parameters
    ----------
    duration
        Observed times, not negative, shape (n,).
    exit_
        Exit from 1 on, or 0 for a censored time, shape (n,).
    group
        Group of each person, from 0 to below ``groups``, shape (n,); all are one group if None.
    groups
        Number of groups.

    Raises
    ------
    ValueError
        If a duration is negative or not a number.
    """
    if not np.all(duration >= 0.0):
        raise ValueError("durations must be numbers from 0")
    of_group = np.zeros(duration.size, dtype=np.int64) if group is None else group
    order = _by_group_and_time(duration, of_group, groups)
    bounds = np.concatenate([[0], np.cumsum(np.bincount(of_group, minlength=groups))])
    return Observed(duration[order], exit_[order].astype(np.int8), bounds)


def _by_group_and_time(duration: FloatArray, group: IntArray, groups: int) -> IntArray:
    """Return the order by group and, within a group, by time; soonest found where the times are in order already."""
    order = stable_order(group, groups)
    time, unit = duration[order], group[order]
    if np.any((time[1:] < time[:-1]) & (unit[1:] == unit[:-1])):
        by_time = np.argsort(duration, kind="stable")
        order = by_time[stable_order(group[by_time], groups)]
    return order


def kaplan_meier(observed: Observed) -> Curves:
    """Estimate the share without exit 1 over time; people with any other exit count as censored."""
    return aalen_johansen(observed, 1)


def aalen_johansen(observed: Observed, exits: int) -> Curves:
    """Estimate the cumulative incidence of the competing exits 1 to ``exits``.

    Times that end in another exit are censored, after the exits of the same time.
    """
    return Curves(*follow(observed.duration, observed.exit_, observed.bounds, exits))


@compiled()
def follow(
    duration: FloatArray, exit_: IntArray, bounds: IntArray, exits: int
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray, IntArray]:
    """Follow each group through its times, which stand in order; return the columns of ``Curves``.

    The arguments are the columns of ``Observed``, and the number of exits that count.
    """
    time, survival = np.empty(duration.size), np.empty(duration.size)
    incidence, alone = np.empty((exits, duration.size)), np.empty((exits, duration.size))
    ends = np.zeros(bounds.size, dtype=np.int64)
    left, gone, still = np.zeros(exits + 1, dtype=np.int64), np.zeros(exits), np.zeros(exits)
    found = 0
    for group in range(bounds.size - 1):
        share, person, last = 1.0, bounds[group], bounds[group + 1]
        gone[:], still[:] = 0.0, 1.0
        while person < last:
            now, at_risk, all_left = duration[person], last - person, 0
            left[:] = 0
            while person < last and duration[person] == now:
                left[exit_[person] if exit_[person] <= exits else 0] += 1
                person += 1
            for number in range(exits):
                all_left += left[number + 1]
                gone[number] += share * left[number + 1] / at_risk
                still[number] *= 1.0 - left[number + 1] / at_risk
                incidence[number, found], alone[number, found] = gone[number], still[number]
            share *= 1.0 - all_left / at_risk
            time[found], survival[found] = now, share
            found += 1
        ends[group + 1] = found
    return time[:found], survival[:found], incidence[:, :found], alone[:, :found], ends


def incidence_at(curves: Curves, exit_: int, times: FloatArray) -> FloatArray:
    """Return the share of each group that has left by ``exit_`` (from 1) at ``times``, shape (groups, times).

    NaN beyond the longest observed time if somebody is left.
    """
    shares = np.append(0.0, curves.incidence[exit_ - 1])
    until = _last_until(curves, times)
    result = shares[np.where(until >= curves.first[:, None], until + 1, 0)]
    unknown = ~curves.complete[:, None] & ~(times <= curves.longest[:, None])
    return np.where(unknown, np.nan, result)


def _last_until(curves: Curves, times: FloatArray) -> IntArray:
    """Return the position of the last time of each group up to ``times``, that of another group if there is none."""
    group = np.repeat(np.arange(curves.known.size), np.diff(curves.bounds))
    wanted = np.add.outer(np.arange(curves.known.size), 1j * times)
    # Complex numbers are in order of their real parts, and within these of their imaginary ones.
    until: IntArray = np.searchsorted(group + 1j * curves.time, wanted.ravel(), side="right").reshape(wanted.shape)
    return until - 1


def quantile(curves: Curves, share: float) -> FloatArray:
    """Return the first time by which at least ``share`` of each group has left; NaN if a curve does not get there."""
    reached = np.append(np.flatnonzero(curves.survival <= 1.0 - share + ROUNDING), curves.time.size)
    first = reached[np.searchsorted(reached, curves.first)]
    return np.where(first < curves.bounds[1:], np.append(curves.time, np.nan)[first], np.nan)


def restricted_mean(curves: Curves, limit: float | None = None) -> FloatArray:
    """Return the mean time without an exit up to ``limit``: the area under the survival curve of each group.

    Parameters
    ----------
    curves
        Kaplan-Meier curves.
    limit
        Time at which the mean is restricted; the longest observed time if None.

    Returns
    -------
    FloatArray
        Means in the unit of the durations, shape (groups,); NaN without observations, or if the curve is not known
        up to ``limit``.
    """
    until = np.inf if limit is None else limit
    begins = curves.first[curves.known]
    edges, level = np.minimum(curves.time, until), np.ones(curves.time.size)
    level[1:] = curves.survival[:-1]
    level[begins] = 1.0
    width = np.empty(edges.size)
    np.subtract(edges[1:], edges[:-1], out=width[1:])
    width[begins] = edges[begins]
    area = np.full(curves.known.size, np.nan)
    area[curves.known] = np.add.reduceat(level * width, begins) if begins.size else 0.0
    if limit is not None:
        area[~curves.complete & ~(curves.longest >= limit)] = np.nan
    return area


def inverse_of_censoring(censoring: Curves, times: FloatArray) -> FloatArray:
    """Integrate the inverse of the share not censored from 0 to each of ``times``.

    The Aalen-Johansen estimate of the share that has left by one exit is the mean over people of what happened to
    each, with what happened at time ``u`` weighted by ``1 / G(u)``, where ``G`` is the share not censored (Satten
    and Datta 2001, American Statistician 55:207). For a risk that runs at a constant rate the weight is the rate
    times the difference of this integral over that time.

    Parameters
    ----------
    censoring
        Kaplan-Meier curve of one group of the time until censoring, in which all exits count as censored.
    times
        Times at which somebody was still followed, shape (n,).
    """
    knots = np.concatenate([[0.0], censoring.time])
    free = np.concatenate([[1.0], censoring.survival])[:-1]
    total = np.concatenate([[0.0], np.cumsum(np.diff(knots) / free)])
    integral: FloatArray = np.interp(times, knots, total)
    return integral
