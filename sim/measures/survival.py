"""Times to an event when some have not had it yet: Kaplan-Meier and Aalen-Johansen, in plain numpy.

Sources: Kaplan and Meier (1958), J Am Stat Assoc 53:457; Aalen and Johansen (1978), Scand J Stat 5:141; competing
exits as in Putter, Fiocco and Geskus (2007), Stat Med 26:2389.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.measures.arrays import BoolArray, FloatArray, IntArray

# Products of risk fractions can end a hair above the share they stand for.
ROUNDING = 1e-12


@dataclass(frozen=True)
class Curve:
    """Share without any exit, and shares that have left by each exit, over time; both are step functions.

    Attributes
    ----------
    time
        Distinct observed times in increasing order, censored ones included, shape (k,).
    survival
        Share still without an exit just after each time, shape (k,).
    incidence
        Share that has left by each exit up to and including each time, shape (exits, k).
    """

    time: FloatArray
    survival: FloatArray
    incidence: FloatArray

    @property
    def complete(self) -> bool:
        """Whether the curve is known at every time: nobody is left after the longest observed time."""
        return bool(self.time.size) and bool(self.survival[-1] <= ROUNDING)


def kaplan_meier(duration: FloatArray, event: BoolArray) -> Curve:
    """Estimate the share without an event over time.

    Parameters
    ----------
    duration
        Observed times, not negative, shape (n,).
    event
        Whether the time ended in the event; otherwise it is censored, after the events of the same time.

    Raises
    ------
    ValueError
        If a duration is negative or not a number.
    """
    return aalen_johansen(duration, event.astype(np.int64), 1)


def aalen_johansen(duration: FloatArray, exit_: IntArray, exits: int) -> Curve:
    """Estimate the cumulative incidence of competing exits.

    Parameters
    ----------
    duration
        Observed times, not negative, shape (n,).
    exit_
        Exit 1 to ``exits``, or 0 for a censored time, shape (n,).
    exits
        Number of exits.

    Raises
    ------
    ValueError
        If a duration is negative or not a number.
    """
    if not np.all(duration >= 0.0):
        raise ValueError("durations must be numbers from 0")
    if not duration.size:
        return Curve(np.empty(0), np.empty(0), np.empty((exits, 0)))
    order = np.argsort(duration, kind="stable")
    time, kind = duration[order], exit_[order]
    first = np.flatnonzero(np.concatenate([[True], time[1:] != time[:-1]]))
    at_risk = duration.size - first
    left = np.add.reduceat(kind == np.arange(1, exits + 1)[:, None], first, axis=1, dtype=np.int64)
    survival = np.cumprod(1.0 - left.sum(axis=0) / at_risk)
    before = np.concatenate([[1.0], survival[:-1]])
    return Curve(time[first], survival, np.cumsum(before * left / at_risk, axis=1))


def incidence_at(curve: Curve, exit_: int, times: FloatArray) -> FloatArray:
    """Return the share that has left by ``exit_`` (from 1) at ``times``.

    NaN beyond the longest observed time if somebody is left.
    """
    if not curve.time.size:
        return np.full(times.shape, np.nan)
    index = np.searchsorted(curve.time, times, side="right")
    result = np.concatenate([[0.0], curve.incidence[exit_ - 1]])[index]
    if not curve.complete:
        result[times > curve.time[-1]] = np.nan
    return result


def quantile(curve: Curve, share: float) -> float:
    """Return the first time by which at least ``share`` has left; NaN if the curve does not get there."""
    reached = curve.survival <= 1.0 - share + ROUNDING
    return float(curve.time[np.argmax(reached)]) if reached.any() else float("nan")


def restricted_mean(curve: Curve, limit: float | None = None) -> float:
    """Return the mean time without an exit up to ``limit``: the area under the survival curve.

    Parameters
    ----------
    curve
        A Kaplan-Meier curve.
    limit
        Time at which the mean is restricted; the longest observed time if None.

    Returns
    -------
    float
        Mean in the unit of the durations; NaN without observations, or if the curve is not known up to ``limit``.
    """
    if not curve.time.size:
        return float("nan")
    longest = float(curve.time[-1])
    until = longest if limit is None else limit
    if until > longest and not curve.complete:
        return float("nan")
    inside = curve.time < until
    edges = np.concatenate([[0.0], curve.time[inside], [until]])
    level = np.concatenate([[1.0], curve.survival[inside]])
    return float(np.dot(level, np.diff(edges)))


def inverse_of_censoring(censoring: Curve, times: FloatArray) -> FloatArray:
    """Integrate the inverse of the share not censored from 0 to each of ``times``.

    The Aalen-Johansen estimate of the share that has left by one exit is the mean over people of what happened to
    each, with what happened at time ``u`` weighted by ``1 / G(u)``, where ``G`` is the share not censored (Satten
    and Datta 2001, American Statistician 55:207). For a risk that runs at a constant rate the weight is the rate
    times the difference of this integral over that time.

    Parameters
    ----------
    censoring
        Kaplan-Meier curve of the time until censoring, in which all exits count as censored.
    times
        Times at which somebody was still followed, shape (n,).
    """
    knots = np.concatenate([[0.0], censoring.time])
    free = np.concatenate([[1.0], censoring.survival])[:-1]
    total = np.concatenate([[0.0], np.cumsum(np.diff(knots) / free)])
    integral: FloatArray = np.interp(times, knots, total)
    return integral
