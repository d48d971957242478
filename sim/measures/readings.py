"""What is read of curves: shares at given times, quantiles and means."""

from __future__ import annotations

import numpy as np

from sim.compiling import compiled
from sim.measures.arrays import FloatArray, IntArray
from sim.measures.survival import ROUNDING, Curves


def incidence_at(curves: Curves, exit_: int, times: FloatArray) -> FloatArray:
    """Return the share of each group that has left by ``exit_`` (from 1) at ``times``, shape (groups, times).

    NaN beyond the longest observed time if somebody is left.
    """
    return read_at(curves.time, curves.survival, curves.incidence[exit_ - 1], curves.bounds, times)


@compiled()
def read_at(
    time: FloatArray, survival: FloatArray, incidence: FloatArray, bounds: IntArray, times: FloatArray
) -> FloatArray:
    """Read the incidence by one exit at ``times``, in increasing order; shape (groups, times)."""
    result = np.full((bounds.size - 1, times.size), np.nan)
    for group in range(bounds.size - 1):
        place, last = bounds[group], bounds[group + 1]
        if place == last:
            continue
        share, complete = 0.0, survival[last - 1] <= ROUNDING
        for number in range(times.size):
            while place < last and time[place] <= times[number]:
                share = incidence[place]
                place += 1
            if complete or times[number] <= time[last - 1]:
                result[group, number] = share
    return result


def quantile(curves: Curves, share: float) -> FloatArray:
    """Return the first time by which at least ``share`` of each group has left; NaN if a curve does not get there."""
    return first_down_to(curves.time, curves.survival, curves.bounds, 1.0 - share + ROUNDING)


@compiled()
def first_down_to(time: FloatArray, survival: FloatArray, bounds: IntArray, share: float) -> FloatArray:
    """Return the first time of each group at which at most ``share`` is without an exit, NaN if there is none."""
    result = np.full(bounds.size - 1, np.nan)
    for group in range(bounds.size - 1):
        for place in range(bounds[group], bounds[group + 1]):
            if survival[place] <= share:
                result[group] = time[place]
                break
    return result


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
    area = area_until(curves.time, curves.survival, curves.bounds, until)
    if limit is not None:
        area[~curves.complete & ~(curves.longest >= limit)] = np.nan
    return area


@compiled()
def area_until(time: FloatArray, survival: FloatArray, bounds: IntArray, until: float) -> FloatArray:
    """Return the area under the survival curve of each group up to ``until``, NaN without a curve."""
    result = np.full(bounds.size - 1, np.nan)
    for group in range(bounds.size - 1):
        area, before, level = 0.0, 0.0, 1.0
        for place in range(bounds[group], bounds[group + 1]):
            now = min(time[place], until)
            area += level * (now - before)
            before, level = now, survival[place]
        if bounds[group + 1] > bounds[group]:
            result[group] = area
    return result
