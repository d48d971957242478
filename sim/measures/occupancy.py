"""How many at a time: numbers at given moments, time above a level, and time with at least one."""

from __future__ import annotations

import numpy as np

from sim.measures.arrays import FloatArray, IntArray


def number_at(times: FloatArray, start: FloatArray, end: FloatArray, group: IntArray, groups: int) -> IntArray:
    """Count the intervals that cover each moment; an interval covers its start and not its end.

    Parameters
    ----------
    times
        Moments in increasing order, shape (k,).
    start, end
        Intervals, shape (n,).
    group
        Group of each interval, from 0, shape (n,).
    groups
        Number of groups.

    Returns
    -------
    IntArray
        Numbers, shape (groups, k).
    """
    width = times.size + 1
    counts = np.zeros(groups * width, dtype=np.int64)
    for moment, sign in ((start, 1), (end, -1)):
        place = group * width + np.searchsorted(times, moment, side="left")
        counts += sign * np.bincount(place, minlength=counts.size)
    return np.cumsum(counts.reshape(groups, width), axis=1)[:, :-1]


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
    time, running = _number_over_time(np.clip(start, low, high), np.clip(end, low, high))
    above = np.maximum(running - level, 0.0)
    return float(np.dot(above[:-1], np.diff(time)) / (high - low)) if time.size else 0.0


def _number_over_time(start: FloatArray, end: FloatArray) -> tuple[FloatArray, IntArray]:
    time = np.concatenate([start, end])
    change = np.repeat([1, -1], start.size)
    order = np.argsort(time, kind="stable")
    return time[order], np.cumsum(change[order])


def covered(owner: IntArray, start: FloatArray, end: FloatArray) -> tuple[IntArray, FloatArray, FloatArray]:
    """Cut the time in which each owner has at least one interval into segments without overlap.

    Parameters
    ----------
    owner
        Owner of each interval, shape (n,).
    start, end
        Finite intervals, shape (n,).

    Returns
    -------
    tuple
        An interval of the segment's owner (its position), and start and end of each segment.
    """
    interval = np.tile(np.arange(owner.size), 2)
    time = np.concatenate([start, end])
    change = np.repeat([1, -1], owner.size)
    order = np.lexsort((time, owner[interval]))
    running = np.flatnonzero(np.cumsum(change[order])[:-1] > 0)
    return interval[order][running], time[order][running], time[order][running + 1]
