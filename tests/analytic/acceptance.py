"""When simulated means agree with theory: an interval that is narrow enough to fail."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import stats

ALPHA = 0.05
MOST_HALF_WIDTH = 0.05
LEAST_REPLICATIONS = 30


@dataclass(frozen=True)
class Verdict:
    """One comparison with theory.

    Attributes
    ----------
    theory, mean, half_width
        What theory says, the mean over replications, and half the width of its interval at the level that keeps the
        chance of any false alarm in all comparisons together below ``ALPHA`` (Bonferroni).
    replications
        Number of replications.
    """

    theory: float
    mean: float
    half_width: float
    replications: int

    @property
    def agrees(self) -> bool:
        """Whether theory lies in the interval."""
        return abs(self.mean - self.theory) <= self.half_width

    @property
    def can_fail(self) -> bool:
        """Whether the interval is narrow enough, from enough replications, to see a deviation."""
        enough = self.replications >= LEAST_REPLICATIONS
        return enough and self.half_width <= MOST_HALF_WIDTH * abs(self.theory)

    def __str__(self) -> str:
        share = self.half_width / abs(self.theory)
        return f"theory {self.theory:.6g}, simulated {self.mean:.6g} +- {self.half_width:.3g} ({share:.1%})"


def compare(values: npt.ArrayLike, theory: float, comparisons: int) -> Verdict:
    """Compare one value for each independent replication with theory.

    Parameters
    ----------
    values
        Shape (replications,).
    theory
        The value the mean should have.
    comparisons
        Number of comparisons that are made together.
    """
    sample = np.asarray(values, dtype=np.float64)
    n = sample.size
    critical = float(stats.t.ppf(1.0 - ALPHA / (2.0 * comparisons), n - 1))
    return Verdict(theory, float(sample.mean()), critical * float(sample.std(ddof=1)) / n**0.5, n)
