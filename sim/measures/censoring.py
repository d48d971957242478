"""Weights of those still followed, who stand for those who were censored before."""

from __future__ import annotations

import numpy as np

from sim.compiling import compiled
from sim.measures.arrays import FloatArray, IntArray
from sim.measures.survival import Curves


def inverse_of_censoring(censoring: Curves, times: FloatArray, group: IntArray | None = None) -> FloatArray:
    """Integrate the inverse of the share not censored from 0 to each of ``times``.

    The Aalen-Johansen estimate of the share that has left by one exit is the mean over people of what happened to
    each, with what happened at time ``u`` weighted by ``1 / G(u)``, where ``G`` is the share not censored (Satten
    and Datta 2001, American Statistician 55:207). For a risk that runs at a constant rate the weight is the rate
    times the difference of this integral over that time.

    Parameters
    ----------
    censoring
        Kaplan-Meier curves of the time until censoring, in which all exits count as censored.
    times
        Times at which somebody of the group was still followed, shape (n,).
    group
        Group whose curve counts at each time, or -1, for which the integral is 0, shape (n,); the first if None.
    """
    of_group = np.zeros(times.size, dtype=np.int32) if group is None else group
    return integral_at(censoring.time, censoring.survival, censoring.bounds, times, of_group)


@compiled()
def integral_at(
    time: FloatArray, survival: FloatArray, bounds: IntArray, times: FloatArray, group: IntArray
) -> FloatArray:
    """Return the integral of the inverse of the curve of each ``group`` from 0 to each of ``times``."""
    days = int(time.max()) + 2 if time.size else 1
    # From which position on to look for a time, by the whole days in it; there are few times a day.
    until, begin = np.empty(time.size), np.zeros((bounds.size - 1, days), dtype=np.int64)
    for mine in range(bounds.size - 1):
        total, before, free, day = 0.0, 0.0, 1.0, 0
        for place in range(bounds[mine], bounds[mine + 1]):
            total += (time[place] - before) / free
            until[place], before, free = total, time[place], survival[place]
            while day <= time[place]:
                begin[mine, day] = place
                day += 1
        begin[mine, day:] = bounds[mine + 1]
    result = np.zeros(times.size)
    for number in range(times.size):
        mine, moment = group[number], times[number]
        if mine < 0:
            continue
        place, last = begin[mine, min(int(moment), days - 1)], bounds[mine + 1]
        while place < last and time[place] <= moment:
            place += 1
        result[number] = moment
        if place > bounds[mine]:
            beyond = 0.0 if place == last else (moment - time[place - 1]) / survival[place - 1]
            result[number] = until[place - 1] + beyond
    return result
