"""What one unit more is worth at each of many places, and which places can be told apart from their average."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import stdtr

from sim.statistics.intervals import t_quantile

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

FEWEST = 2


@dataclass(frozen=True)
class Estimates:
    """Means of paired differences; every array has one entry a place.

    Attributes
    ----------
    n
        Replications.
    mean, half_width
        Mean and half-width of its 95% interval, NaN below two replications.
    """

    n: IntArray
    mean: FloatArray
    half_width: FloatArray

    @property
    def low(self) -> FloatArray:
        """Lower bounds."""
        return self.mean - self.half_width

    @property
    def high(self) -> FloatArray:
        """Upper bounds."""
        return self.mean + self.half_width

    @property
    def standard_error(self) -> FloatArray:
        """Standard errors of the means."""
        errors: FloatArray = self.half_width / t_quantile(self.n.astype(np.float64))
        return errors


def estimates(rows: Sequence[FloatArray]) -> Estimates:
    """Return mean and interval of the differences of each place.

    Parameters
    ----------
    rows
        Differences of each place by replication; those that are not finite do not count.
    """
    known = [row[np.isfinite(row)] for row in rows]
    n = np.array([row.size for row in known], dtype=np.int64)
    mean = np.array([row.mean() if row.size else np.nan for row in known])
    error = np.array([row.std(ddof=1) / np.sqrt(row.size) if row.size >= FEWEST else np.nan for row in known])
    return Estimates(n, mean, t_quantile(n.astype(np.float64)) * error)


@dataclass(frozen=True)
class FromAverage:
    """How places differ from their average.

    Attributes
    ----------
    average
        Mean of all places.
    p, q
        Probability of such a difference or a larger one by chance, as it is and corrected for the number of places
        (false discovery rate, Benjamini and Hochberg 1995), shape (places,).
    verdicts
        ``above``, ``below`` or ``cannot tell`` of each place.
    """

    average: float
    p: FloatArray
    q: FloatArray
    verdicts: tuple[str, ...]


def from_average(found: Estimates, rate: float = 0.05) -> FromAverage:
    """Tell which places differ from the average of all.

    The average is taken as it was estimated: with many places its own error is small next to that of a place. It
    is added to the error of each place as if all places were independent, which common random numbers make too much
    rather than too little.

    Parameters
    ----------
    found
        Estimates of all places, each from 2 replications at least.
    rate
        False discovery rate: of the places called above or below, this part is expected to be so by chance.
    """
    from scipy.stats import false_discovery_control

    average, places = float(found.mean.mean()), max(len(found.mean), 1)
    own = found.standard_error
    error = np.hypot(own, float(np.sqrt((own**2).sum())) / places)
    apart = found.mean - average
    t = np.divide(apart, error, out=np.where(apart == 0.0, 0.0, np.copysign(np.inf, apart)), where=error > 0.0)
    p = np.minimum(2.0 * stdtr(np.maximum(found.n - 1.0, 1.0), -np.abs(t)), 1.0)
    q = np.asarray(false_discovery_control(p), dtype=np.float64) if p.size else p
    said = tuple(
        "cannot tell" if not q_ <= rate else "above" if a > 0.0 else "below" for q_, a in zip(q, apart, strict=True)
    )
    return FromAverage(average, p, q, said)
