"""The price of an effect: a ratio of two paired means with its interval."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from sim.statistics.intervals import FloatArray, t_quantile


@dataclass(frozen=True)
class Ratio:
    """A ratio of means with its 95% interval."""

    value: float
    low: float
    high: float


def fieller(numerator: FloatArray, denominator: FloatArray) -> Ratio | None:
    """Return the ratio of two paired means with Fieller's interval.

    Parameters
    ----------
    numerator, denominator
        Values by replication, shape (n,).

    Returns
    -------
    Ratio or None
        None where the interval is not bounded: the denominator cannot be told from zero.

    Notes
    -----
    Fieller (1954), "Some problems in interval estimation", J. R. Stat. Soc. B 16:175-185: the interval holds all
    ratios r for which the mean of ``numerator - r * denominator`` cannot be told from zero.
    """
    n = numerator.size
    if n < 2:
        return None
    (var_a, cov), (_, var_b) = (np.cov(numerator, denominator) / n).tolist()
    a, b = float(numerator.mean()), float(denominator.mean())
    t2 = float(t_quantile(np.array([float(n)]))[0]) ** 2
    lead = b * b - t2 * var_b
    if lead <= 0.0:
        return None
    half = a * b - t2 * cov
    root = math.sqrt(max(half * half - lead * (a * a - t2 * var_a), 0.0))
    return Ratio(a / b, (half - root) / lead, (half + root) / lead)
