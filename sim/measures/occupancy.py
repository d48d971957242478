"""How many at a time: numbers at given moments, time above a level, and time with at least one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.compiling import compiled
from sim.measures.arrays import FloatArray, IntArray
from sim.measures.period import weeks_before


@compiled(weeks_before)
def number_by_week(
    at: IntArray, start: FloatArray, end: FloatArray, case: IntArray, group: IntArray, groups: int, weeks: int
) -> IntArray:
    """Count the intervals that cover the end of each week; an interval covers its start and not its end.

    Parameters
    ----------
    at
        Positions of the intervals that count, shape (k,).
    start, end, case
        Days of each interval and whose it is, shape (n,).
    group
        Group of each case, from 0 to below ``groups``; a negative one does not count, shape (cases,).
    groups
        Number of groups.
    weeks
        Number of weeks from day 0 on.

    Returns
    -------
    IntArray
        Numbers, shape (groups, weeks).
    """
    number = np.zeros((groups, weeks + 1), dtype=np.int64)
    for interval in at:
        mine = group[case[interval]]
        if mine >= 0:
            number[mine, weeks_before(start[interval], weeks)] += 1
            number[mine, weeks_before(end[interval], weeks)] -= 1
    for mine in range(groups):
        for week in range(weeks):
            number[mine, week + 1] += number[mine, week]
    return number[:, :weeks].copy()


def mean_above(start: FloatArray, end: FloatArray, level: float, low: float, high: float) -> float:
    """Return the time-average of ``max(0, number - level)`` over [low, high].

    Parameters
    ----------
    start, end
        Intervals that make up the number, shape (n,).
    level
        Level that is compared with.
    low, high
        Start and end of the period.
    """
    moments = (np.sort(np.clip(start, low, high)), np.sort(np.clip(end, low, high)))
    return float(area_above(*moments, float(level)) / (high - low))


@compiled()
def area_above(start: FloatArray, end: FloatArray, level: float) -> float:
    """Return the area above ``level`` of the number of intervals, from their starts and ends, each in order."""
    area, before, begun = 0.0, 0.0, 0
    for ended in range(end.size):
        while begun < start.size and start[begun] <= end[ended]:
            area += max(begun - ended - level, 0.0) * (start[begun] - before)
            before = start[begun]
            begun += 1
        area += max(begun - ended - level, 0.0) * (end[ended] - before)
        before = end[ended]
    return area


@dataclass(frozen=True)
class Segments:
    """Time in which owners have at least one interval, in segments without overlap, by owner and in order.

    Attributes
    ----------
    interval
        An interval of the segment's owner (its position), shape (k,).
    start, end
        Start and end of each segment.
    rank
        Highest rank of the intervals that cover it.
    """

    interval: IntArray
    start: FloatArray
    end: FloatArray
    rank: IntArray


def covered(owner: IntArray, start: FloatArray, end: FloatArray, rank: IntArray, ranks: int) -> Segments:
    """Cut the time in which each owner has at least one interval into segments, at every start and every end.

    Parameters
    ----------
    owner
        Owner of each interval, shape (n,).
    start, end
        Finite intervals, shape (n,).
    rank
        Rank of each interval, from 0, shape (n,).
    ranks
        Number of ranks.
    """
    if np.all(owner[1:] >= owner[:-1]):
        return Segments(*find_covered(owner, start, end, rank, ranks))
    order = np.argsort(owner, kind="stable")
    interval, low, high, highest = find_covered(owner[order], start[order], end[order], rank[order], ranks)
    return Segments(order[interval], low, high, highest)


def order_moments(start: FloatArray, end: FloatArray, time: FloatArray, moment: IntArray) -> None:
    """Put starts and ends of intervals in order of time; of those that fall together starts stand before ends.

    Fills the last two arguments with the time of each moment, and with which it is: ``2 i`` is the start of interval
    ``i`` and ``2 i + 1`` its end.
    """
    for number in range(2 * start.size):
        is_end = number & 1
        when = end[number >> 1] if is_end else start[number >> 1]
        # Insertion, since the moments of each case are in order as they come, and people have few cases.
        place = number
        while place > 0 and time[place - 1] >= when:
            if time[place - 1] == when and moment[place - 1] & 1 <= is_end:
                break
            time[place], moment[place] = time[place - 1], moment[place - 1]
            place -= 1
        time[place], moment[place] = when, number


@compiled(order_moments)
def find_covered(
    owner: IntArray, start: FloatArray, end: FloatArray, rank: IntArray, ranks: int
) -> tuple[IntArray, FloatArray, FloatArray, IntArray]:
    """Return the columns of ``Segments`` of intervals that stand by owner."""
    time, moment = np.empty(2 * owner.size), np.empty(2 * owner.size, dtype=np.int32)
    interval, highest = np.empty(2 * owner.size, dtype=np.int32), np.empty(2 * owner.size, dtype=np.int8)
    low, high = np.empty(2 * owner.size), np.empty(2 * owner.size)
    running = np.zeros(ranks, dtype=np.int64)
    found = first = 0
    while first < owner.size:
        last, in_turn = first + 1, True
        while last < owner.size and owner[last] == owner[first]:
            in_turn = in_turn and start[last] >= end[last - 1]
            last += 1
        if in_turn:
            for one in range(first, last):
                if end[one] > start[one]:
                    interval[found], highest[found], low[found], high[found] = one, rank[one], start[one], end[one]
                    found += 1
        else:
            order_moments(start[first:last], end[first:last], time, moment)
            for number in range(2 * (last - first) - 1):
                one = first + (moment[number] >> 1)
                running[rank[one]] += 1 - 2 * (moment[number] & 1)
                top = ranks - 1
                while top >= 0 and running[top] == 0:
                    top -= 1
                if top >= 0 and time[number + 1] > time[number]:
                    interval[found], highest[found] = one, top
                    low[found], high[found] = time[number], time[number + 1]
                    found += 1
            running[:] = 0
        first = last
    return interval[:found], low[:found], high[:found], highest[:found]
