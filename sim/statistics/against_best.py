"""Systems against the best of them: paired differences, with intervals that hold for all at once, and verdicts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import stdtrit

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

FEWEST = 2


@dataclass(frozen=True)
class Differences:
    """Systems against one of them, on the replications that both have; every array has one entry a system.

    Attributes
    ----------
    n
        Pairs of replications.
    mean, low, high
        Mean difference (system less reference) and its simultaneous interval; 0 for the reference itself.
    """

    n: IntArray
    mean: FloatArray
    low: FloatArray
    high: FloatArray


def against(values: FloatArray, reference: int, confidence: float) -> Differences:
    """Compare all systems with one, with intervals that hold for all at once, whichever one it is.

    Bonferroni over all pairs of systems: whichever is chosen, its differences are among them. Over the differences
    with one system alone it would not hold: the best of several that are alike owes its place to luck.

    Parameters
    ----------
    values
        Values by system and replication, NaN where not done, shape (systems, n).
    reference
        The system that the others are compared with.
    confidence
        Probability that all intervals are right together.
    """
    pairs = max(len(values) * (len(values) - 1) // 2, 1)
    difference = values - values[reference]
    known = np.isfinite(difference)
    n = known.sum(axis=1)
    mean = np.array([_mean(row[there]) for row, there in zip(difference, known, strict=True)])
    sd = np.array([_sd(row[there]) for row, there in zip(difference, known, strict=True)])
    factor = stdtrit(np.maximum(n - 1.0, 1.0), 1.0 - (1.0 - confidence) / (2.0 * pairs))
    half = np.where(n >= FEWEST, factor * sd / np.sqrt(np.maximum(n, 1)), np.nan)
    half[reference] = 0.0
    return Differences(n, mean, mean - half, mean + half)


def _mean(values: FloatArray) -> float:
    return float(values.mean()) if values.size else np.nan


def _sd(values: FloatArray) -> float:
    return float(values.std(ddof=1)) if values.size >= FEWEST else np.nan


def verdicts(found: Differences, reference: int, delta: float, higher: bool) -> Sequence[str]:
    """Say of each system how it stands to the reference.

    Parameters
    ----------
    found
        Its differences.
    reference
        The system that the others are compared with.
    delta
        The smallest difference that matters.
    higher
        Whether higher values are better.

    Returns
    -------
    sequence of str
        ``best`` for the reference; ``worse`` where the whole interval is worse by more than ``delta``, ``perhaps``
        where it is worse than nothing but may be so by less than ``delta``, ``same`` where it lies within ``delta``
        on both sides, else ``cannot tell``.
    """
    worst, least = (found.low, found.high) if higher else (-found.high, -found.low)
    said = []
    for system, (low, high) in enumerate(zip(worst.tolist(), least.tolist(), strict=True)):
        if system == reference:
            said.append("best")
        elif high < -delta:
            said.append("worse")
        elif -delta <= low and high <= delta:
            said.append("same")
        else:
            said.append("perhaps" if high < 0.0 else "cannot tell")
    return said
