"""Rows of values, a column for each replication: intervals of every row, and differences in pairs."""

from __future__ import annotations

import numpy as np

from sim.statistics.intervals import FloatArray, Intervals, intervals
from sim.statistics.paired import ROUNDING


def row_intervals(values: FloatArray) -> Intervals:
    """Return mean and 95% t-interval of every row, values that are not finite left out.

    Parameters
    ----------
    values
        Shape (rows, replications).
    """
    rows, columns = values.shape
    return intervals(np.repeat(np.arange(rows), columns), values.ravel(), rows)


def paired_rows(values: FloatArray, base: FloatArray) -> FloatArray:
    """Return values less those of a base, replication by replication; what is only rounding counts as no difference.

    Parameters
    ----------
    values
        Shape (rows, replications).
    base
        Shape (replications,), or that of ``values``.
    """
    difference: FloatArray = values - base
    small = np.abs(difference) <= ROUNDING * np.maximum(np.abs(values), np.abs(base))
    difference[small] = 0.0
    return difference
