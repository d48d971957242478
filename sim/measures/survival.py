"""Times to an event when some have not had it yet: Kaplan-Meier and Aalen-Johansen, in plain numpy.

Sources: Kaplan and Meier (1958), J Am Stat Assoc 53:457; Aalen and Johansen (1978), Scand J Stat 5:141; competing
exits as in Putter, Fiocco and Geskus (2007), Stat Med 26:2389.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.compiling import compiled
from sim.measures.arrays import BoolArray, FloatArray, IntArray

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
        Group of each person, from 0 to below ``groups``, or -1, shape (n,), or the same for several divisions of them
        into groups, shape (divisions, n); all are one group if None.
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
    of_group = np.zeros((1, duration.size), dtype=np.int32) if group is None else group
    # Which of two people with the same time stands first makes no difference.
    order = np.argsort(duration)
    return Observed(*sort_by_group(order, duration, exit_.astype(np.int8), np.atleast_2d(of_group), groups))


@compiled()
def sort_by_group(
    order: IntArray, duration: FloatArray, exit_: IntArray, group: IntArray, groups: int
) -> tuple[FloatArray, IntArray, IntArray]:
    """Return the columns of ``Observed``; ``order`` is that of the durations, ``group`` as in ``observe``."""
    bounds = np.zeros(groups + 1, dtype=np.int64)
    for division in range(group.shape[0]):
        for person in range(order.size):
            bounds[group[division, person] + 1] += 1
    # Those without a group have been counted before the first.
    bounds[0] = 0
    for number in range(groups):
        bounds[number + 1] += bounds[number]
    place = bounds[:-1].copy()
    times, exits = np.empty(bounds[groups]), np.empty(bounds[groups], dtype=np.int8)
    for division in range(group.shape[0]):
        for person in order:
            mine = group[division, person]
            if mine >= 0:
                times[place[mine]], exits[place[mine]] = duration[person], exit_[person]
                place[mine] += 1
    return times, exits, bounds


def kaplan_meier(observed: Observed) -> Curves:
    """Estimate the share without exit 1 over time; people with any other exit count as censored."""
    return aalen_johansen(observed, 1)


def aalen_johansen(observed: Observed, exits: int) -> Curves:
    """Estimate the cumulative incidence of the competing exits 1 to ``exits``.

    Times that end in another exit are censored, after the exits of the same time.
    """
    return Curves(*follow(observed.duration, observed.exit_, observed.bounds, exits))


def leave_together(
    exit_: IntArray, at_risk: int, share: float, left: IntArray, gone: FloatArray, still: FloatArray
) -> float:
    """Let people exit at the same time; change ``gone`` and ``still`` and return the share without any exit."""
    exits, all_left = gone.size, 0
    left[:] = 0
    for one in exit_:
        left[one if one <= exits else 0] += 1
    for number in range(exits):
        all_left += left[number + 1]
        gone[number] += share * left[number + 1] / at_risk
        still[number] *= 1.0 - left[number + 1] / at_risk
    return share * (1.0 - all_left / at_risk)


@compiled(leave_together)
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
        share, first, last = 1.0, bounds[group], bounds[group + 1]
        gone[:], still[:] = 0.0, 1.0
        while first < last:
            behind = first + 1
            while behind < last and duration[behind] == duration[first]:
                behind += 1
            at_risk, exit_of_one = last - first, exit_[first]
            if behind > first + 1:
                share = leave_together(exit_[first:behind], at_risk, share, left, gone, still)
            elif 0 < exit_of_one <= exits:
                gone[exit_of_one - 1] += share / at_risk
                still[exit_of_one - 1] *= 1.0 - 1.0 / at_risk
                share *= 1.0 - 1.0 / at_risk
            for number in range(exits):
                incidence[number, found], alone[number, found] = gone[number], still[number]
            time[found], survival[found] = duration[first], share
            found += 1
            first = behind
        ends[group + 1] = found
    return time[:found], survival[:found], incidence[:, :found], alone[:, :found], ends
