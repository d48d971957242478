"""Sobol indices: which part of the variance of an output each factor makes, without the noise of replications."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.statistics.noise import product_without_noise

FloatArray = npt.NDArray[np.float64]

RESAMPLES = 1000
PERCENTILES = (2.5, 97.5)
FEWEST_BLOCKS = 8
"""Fewer blocks than this say nothing about a variance."""


@dataclass(frozen=True)
class Indices:
    """Indices of each factor; arrays have one entry a factor.

    Attributes
    ----------
    first, first_low, first_high
        Part of the variance that the factor makes alone, with a 95% bootstrap interval.
    total, total_low, total_high
        Part that it has a hand in, alone and together with others.
    first_raw, total_raw
        The same with the noise left in: as if the means over replications were exact.
    variance
        Variance of the output over the space of factors, without noise.
    noise_share
        Part of the variance of the means over replications that is noise; NaN with one replication.
    n, n_missing
        Blocks of the design that count, and those left out since an output in them is unknown.
    """

    first: FloatArray
    first_low: FloatArray
    first_high: FloatArray
    total: FloatArray
    total_low: FloatArray
    total_high: FloatArray
    first_raw: FloatArray
    total_raw: FloatArray
    variance: float
    noise_share: float
    n: int
    n_missing: int


@dataclass(frozen=True)
class _Parts:
    """What a block of the design adds to each sum.

    Attributes
    ----------
    first, total
        Numerators of the indices, shape (blocks, k).
    square
        Mean square of the outputs in A and B, shape (blocks,).
    level
        Mean of the outputs in A and B, shape (blocks, r).
    """

    first: FloatArray
    total: FloatArray
    square: FloatArray
    level: FloatArray


def sobol_indices(output: FloatArray, factors: int, generator: np.random.Generator) -> Indices:
    """Analyse Saltelli's sample whose outputs were simulated in several replications.

    Parameters
    ----------
    output
        Shape (n * (k + 2), r): blocks of rows A, AB_1 to AB_k, B; r replications, the same ones at all points. A
        block in which a value is not finite is left out as a whole.
    factors
        k.
    generator
        Random numbers of the bootstrap, which draws blocks.

    Returns
    -------
    Indices
        NaN where fewer than 8 blocks are left, or the variance cannot be told from noise.

    Notes
    -----
    First order after Saltelli et al. (2010), Computer Physics Communications 181:259; total after Jansen (1999),
    Computer Physics Communications 117:35: those of SALib, to which they are equal with one replication. Squares and
    products are taken over pairs of different replications (``sim.statistics.noise``), so noise adds nothing to the
    indices but spread. The interval is that of the points, for these replications.
    """
    blocks = output.reshape(-1, factors + 2, output.shape[1])
    known = np.isfinite(blocks).all(axis=(1, 2))
    kept = blocks[known]
    missing = int(len(blocks) - len(kept))
    if len(kept) < FEWEST_BLOCKS:
        return _nothing(factors, len(kept), missing)
    kept = kept - kept.mean(axis=(0, 1))
    parts, raw_parts = _parts(kept), _parts(kept.mean(axis=2, keepdims=True))
    equal = np.full((1, len(kept)), 1.0 / len(kept))
    drawn = generator.multinomial(len(kept), equal[0], size=RESAMPLES) / len(kept)
    first, total, variance = _indices(parts, equal)
    first_raw, total_raw, raw_variance = _indices(raw_parts, equal)
    firsts, totals, variances = _indices(parts, drawn)
    if not np.percentile(variances, PERCENTILES[0]) > 0.0:
        first, total, firsts, totals = (np.full_like(found, np.nan) for found in (first, total, firsts, totals))
    first_low, first_high = np.percentile(firsts, PERCENTILES, axis=0)
    total_low, total_high = np.percentile(totals, PERCENTILES, axis=0)
    return Indices(
        first=first[0],
        first_low=first_low,
        first_high=first_high,
        total=total[0],
        total_low=total_low,
        total_high=total_high,
        first_raw=first_raw[0],
        total_raw=total_raw[0],
        variance=float(variance[0]),
        noise_share=_noise_share(float(variance[0]), float(raw_variance[0]), kept.shape[2]),
        n=len(kept),
        n_missing=missing,
    )


def _noise_share(without: float, whole: float, replications: int) -> float:
    """Return which part of a variance is noise; NaN if it cannot be known."""
    if replications == 1 or not whole > 0.0:
        return np.nan
    return float(np.clip(1.0 - without / whole, 0.0, 1.0))


def _parts(blocks: FloatArray) -> _Parts:
    one, exchanged, other = blocks[:, 0], blocks[:, 1:-1], blocks[:, -1]
    change = exchanged - one[:, None]
    beside = np.broadcast_to(other[:, None], change.shape)
    return _Parts(
        first=product_without_noise(beside, change),
        total=0.5 * product_without_noise(change, change),
        square=0.5 * (product_without_noise(one, one) + product_without_noise(other, other)),
        level=0.5 * (one + other),
    )


def _indices(parts: _Parts, weights: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return first-order and total indices and the variance for rows of weights of the blocks, shape (rows, k)."""
    level = weights @ parts.level
    variance = weights @ parts.square - product_without_noise(level, level)
    safe = np.where(variance > 0.0, variance, np.nan)[:, None]
    return weights @ parts.first / safe, weights @ parts.total / safe, variance


def _nothing(factors: int, n: int, missing: int) -> Indices:
    unknown = np.full(factors, np.nan)
    return Indices(*(unknown,) * 8, variance=np.nan, noise_share=np.nan, n=n, n_missing=missing)
