"""How much each factor of a sample moves an outcome from the low to the high end of its range, the others apart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.statistics.intervals import FloatArray, t_quantile


@dataclass(frozen=True)
class RangeEffects:
    """Effects of factors, shape (factors,), with 95% intervals, and the share of the variance that they explain.

    Attributes
    ----------
    mean, low, high
        Change of the outcome over the whole range of the factor; the bounds are NaN with too few points.
    explained
        Share of the variance of the outcome (R squared) that straight lines explain.
    """

    mean: FloatArray
    low: FloatArray
    high: FloatArray
    explained: float


def range_effects(places: FloatArray, outcome: FloatArray) -> RangeEffects:
    """Fit a straight line in every factor at once, by least squares.

    Parameters
    ----------
    places
        Places of the points in the range of each factor, from 0 to 1, shape (points, factors).
    outcome
        Outcome at each point, shape (points,).
    """
    points, factors = places.shape
    design = np.column_stack([np.ones(points), places])
    inverse = np.linalg.pinv(design)
    fitted = inverse @ outcome
    rest = outcome - design @ fitted
    degrees = points - factors - 1
    half = np.full(factors, np.nan)
    if degrees > 0:
        spread = float(rest @ rest) / degrees
        error = np.sqrt(spread * np.sum(inverse**2, axis=1)[1:])
        half = float(t_quantile(np.array([degrees + 1.0]))[0]) * error
    total = float(np.sum((outcome - outcome.mean()) ** 2))
    explained = 1.0 - float(rest @ rest) / total if total > 0.0 else 0.0
    return RangeEffects(fitted[1:], fitted[1:] - half, fitted[1:] + half, explained)
