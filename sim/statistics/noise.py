"""Noise of replications: squares and products of means from which it has been taken away.

All points of a design are simulated with the same replications: common random numbers. The value of a point in a
replication is what the point does, plus what the luck of that replication does to it, and the luck of one replication
may be much alike at two points. Products of values from *different* replications have no luck in common, so their
mean estimates the product of what the points do without any noise in it, however the luck of points hangs together.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]


def product_without_noise(first: FloatArray, second: FloatArray) -> FloatArray:
    """Return the mean product of two values over all pairs of different replications.

    Parameters
    ----------
    first, second
        Values, the last axis replications: shape (..., r) with r of 2 or more. With one replication noise cannot be
        told apart and the plain product is returned.

    Returns
    -------
    numpy.ndarray
        Shape (...). The mean over replications of a square is too large by the variance of that mean; this is not.
    """
    replications = first.shape[-1]
    whole = first.mean(axis=-1) * second.mean(axis=-1)
    if replications == 1:
        return np.asarray(whole, dtype=np.float64)
    same = (first * second).mean(axis=-1)
    return np.asarray((replications * whole - same) / (replications - 1), dtype=np.float64)


def variance_of_mean(values: FloatArray) -> FloatArray:
    """Return the variance that noise leaves in the mean over replications.

    Parameters
    ----------
    values
        Shape (..., r), the last axis replications.

    Returns
    -------
    numpy.ndarray
        ``s**2 / r``, shape (...); NaN with one replication.
    """
    replications = values.shape[-1]
    if replications == 1:
        return np.full(values.shape[:-1], np.nan)
    return np.asarray(values.var(axis=-1, ddof=1) / replications, dtype=np.float64)
