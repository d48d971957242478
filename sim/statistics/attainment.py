"""Whether a measure meets a target: in how many replications, with which certainty, or on average."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from sim.statistics.intervals import CONFIDENCE, FloatArray, intervals

BoolArray = npt.NDArray[np.bool_]

Sense = Literal["at_most", "at_least"]
On = Literal["replications", "mean"]

FALL_LEVEL = 0.001
"""Level of the one-sided test that says that the target is met less often at one amount than at another: strict,
since many pairs of amounts are compared."""
ROUNDING = 1e-9


@dataclass(frozen=True)
class Bound:
    """A value that a measure may not go above (``at_most``) or below (``at_least``)."""

    sense: Sense
    value: float

    def slack(self, values: FloatArray) -> FloatArray:
        """Return how far values are on the good side; NaN where a value is not known, shape as ``values``."""
        return values - self.value if self.sense == "at_least" else self.value - values

    def met(self, values: FloatArray) -> BoolArray:
        """Return which values meet the bound; one that is not known (a quantile that was not reached) does not."""
        slack = self.slack(values)
        return np.isfinite(slack) & (slack >= -ROUNDING * max(1.0, abs(self.value)))


@dataclass(frozen=True)
class Observed:
    """One measure in replications 1, 2, ... at one amount.

    Attributes
    ----------
    values
        Value of each replication, NaN where it is not known, shape (n,).
    counts
        Whether the replication says anything about the target: nobody waits where nobody asked, shape (n,).
    """

    values: FloatArray
    counts: BoolArray

    @property
    def said(self) -> FloatArray:
        """Values of the replications that count."""
        return self.values[self.counts]


@dataclass(frozen=True)
class Score:
    """How well a target is met, on a scale on which it is met from ``goal`` up, with a 95% interval."""

    estimate: float
    low: float
    high: float
    goal: float


@dataclass(frozen=True)
class Rule:
    """When a target counts as met.

    Attributes
    ----------
    bound
        The bound on the measure.
    on
        ``replications``: it has to hold in a share of at least ``probability`` of the replications. ``mean``: it has
        to hold for the mean over replications, with 95% confidence.
    probability
        That share.
    """

    bound: Bound
    on: On = "replications"
    probability: float = 0.8

    def score(self, observed: Observed) -> Score:
        """Return how well the target is met at one amount.

        On replications: the share that meets the bound with its Wilson interval, and 0 where no replication counts.
        On the mean: the mean slack with its t-interval, minus infinity where a value is not known, since the mean of
        the others would be too good.
        """
        if self.on == "mean":
            return self._mean_score(observed.said)
        share, low, high = share_met(self.bound, observed)
        return Score(share, low, high, self.probability)

    def _mean_score(self, values: FloatArray) -> Score:
        slack = self.bound.slack(values)
        if slack.size == 0 or not np.isfinite(slack).all():
            return Score(-np.inf, -np.inf, -np.inf, 0.0)
        mean, low, high = mean_interval(slack)
        return Score(mean, -np.inf if np.isnan(low) else low, np.inf if np.isnan(high) else high, 0.0)

    @property
    def confident(self) -> bool:
        """Whether the answer is where the lower bound reaches the goal, and not where the estimate does."""
        return self.on == "mean"

    def falls(self, before: Observed, after: Observed) -> bool:
        """Tell whether the target is met less well in ``after`` than in ``before``, beyond chance.

        Only replications of both amounts are compared, each with itself: by the exact test of McNemar (1947) for
        shares, by a paired t-interval for means.
        """
        n = min(len(before.values), len(after.values))
        both = before.counts[:n] & after.counts[:n]
        if not both.any():
            return False
        first, second = before.values[:n][both], after.values[:n][both]
        if self.on == "mean":
            high = mean_interval(self.bound.slack(second) - self.bound.slack(first))[2]
            return bool(high < 0.0)
        return _fewer(self.bound.met(first), self.bound.met(second))


def share_met(bound: Bound, observed: Observed) -> tuple[float, float, float]:
    """Return the share of the replications that count in which a bound is met, with its 95% Wilson interval.

    Source of the interval: Wilson (1927), Journal of the American Statistical Association 22:209.

    Returns
    -------
    tuple of float
        Share, lower and upper bound; 0, 0 and 1 where no replication counts.
    """
    from scipy.stats import binomtest

    met = bound.met(observed.said)
    if met.size == 0:
        return 0.0, 0.0, 1.0
    interval = binomtest(int(met.sum()), met.size).proportion_ci(CONFIDENCE, method="wilson")
    return float(met.mean()), float(interval.low), float(interval.high)


def mean_interval(values: FloatArray) -> tuple[float, float, float]:
    """Return the mean of the finite values and the bounds of its 95% t-interval; NaN where they are not known."""
    found = intervals(np.zeros(values.size, dtype=np.int64), values, 1)
    mean, half = float(found.mean[0]), float(found.half_width[0])
    return mean, mean - half, mean + half


def _fewer(before: BoolArray, after: BoolArray) -> bool:
    from scipy.stats import binomtest

    lost, won = int((before & ~after).sum()), int((~before & after).sum())
    if lost <= won:
        return False
    return float(binomtest(lost, lost + won, 0.5, alternative="greater").pvalue) < FALL_LEVEL
