"""Money against outcome: what an effect costs, on paired differences against a reference.

An effect is something good, such as early leavers avoided. ``worth`` is what one unit of it is worth to whoever
decides, the willingness to pay; the net benefit is worth times effect less cost (Stinnett and Mullahy 1998, Medical
Decision Making 18:S68-80).

Two questions about chance are kept apart everywhere. Of the *mean*: how sure is it that the expected net benefit is
positive? Of *one region*: in which part of the replications, each the luck of one region, is it positive? Neither
holds what is not known about the parameters.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from scipy.special import fdtri, stdtr

from sim.statistics.intervals import CONFIDENCE, FloatArray, Intervals, intervals
from sim.statistics.paired import paired_values, totals
from sim.statistics.ratio import Ratio, fieller

Standing = Literal[
    "same",
    "not_told",
    "dominates",
    "dominated",
    "better_dearer",
    "worse_cheaper",
    "better_cost_not_told",
    "worse_cost_not_told",
]
Quadrant = Literal["better_dearer", "better_cheaper", "worse_dearer", "worse_cheaper", "on_an_axis"]
OUTLINE = 61
FEWEST_FOR_ELLIPSE = 3


@dataclass(frozen=True)
class Estimate:
    """A mean with its 95% t-interval (NaN where it is not known) and how many values it rests on."""

    mean: float
    low: float
    high: float
    n: int

    @property
    def sign(self) -> int:
        """1 or -1 if the interval lies above or below zero, else 0."""
        return int(self.low > 0.0) - int(self.high < 0.0)


@dataclass(frozen=True)
class Pairs:
    """Effect and extra cost of one scenario against the reference, by replication.

    Attributes
    ----------
    effect
        What is gained, shape (n,).
    cost
        Euros more, shape (n,).
    missing
        Replications without one of the two; those that are left may be a biased part.
    """

    effect: FloatArray
    cost: FloatArray
    missing: int = 0

    @property
    def n(self) -> int:
        """Number of pairs."""
        return int(self.effect.size)

    def turned(self) -> Pairs:
        """Return the reference against this scenario."""
        return Pairs(-self.effect, -self.cost, self.missing)

    def over(self, other: Pairs) -> Pairs:
        """Return this scenario against another one with the same reference and replications."""
        return Pairs(self.effect - other.effect, self.cost - other.cost, self.missing + other.missing)


def pairs_of(effect: FloatArray, cost: FloatArray) -> Pairs:
    """Pair effects with costs; a pair that lacks one of them counts as missing."""
    known = np.isfinite(effect) & np.isfinite(cost)
    return Pairs(effect[known], cost[known], int(known.size - known.sum()))


def read_pairs(values: pd.DataFrame, reference: str, harm: str, cost: str = "cost") -> dict[str, Pairs]:
    """Read effect and cost of every scenario against the reference.

    Parameters
    ----------
    values
        As for ``sim.statistics.paired.differences``; only totals are used.
    reference
        The scenario that the others are compared with.
    harm
        A measure of which less is better; the effect is what is avoided of it.
    cost
        A measure in euros.

    Returns
    -------
    dict
        Pairs by scenario, without the reference.
    """
    harms, costs = (paired_values(totals(values, measure), reference) for measure in (harm, cost))
    return {name: pairs_of(-harms[name], costs[name]) for name in harms if name != reference}


def estimate(values: FloatArray) -> Estimate:
    """Return the mean of independent values with its 95% interval."""
    found = _intervals(values)
    mean, half = float(found.mean[0]), float(found.half_width[0])
    return Estimate(mean, mean - half, mean + half, int(found.n[0]))


def _intervals(values: FloatArray) -> Intervals:
    return intervals(np.zeros(values.size, dtype=np.int64), values, 1)


def standing(pairs: Pairs) -> Standing:
    """Say where a scenario stands on the plane, as far as both means can be told from zero.

    Returns
    -------
    str
        ``same`` if nothing differs in any replication; ``not_told`` if the mean effect cannot be told from zero, or
        pairs are missing; ``dominates`` and ``dominated`` if effect and cost point the same way; ``better_dearer``
        and ``worse_cheaper`` if money is traded for effect; otherwise the cost cannot be told from zero.
    """
    if pairs.n and not pairs.missing and not pairs.effect.any() and not pairs.cost.any():
        return "same"
    effect, cost = estimate(pairs.effect).sign, estimate(pairs.cost).sign
    if pairs.missing or not effect:
        return "not_told"
    if not cost:
        return "better_cost_not_told" if effect > 0 else "worse_cost_not_told"
    if effect > 0:
        return "better_dearer" if cost > 0 else "dominates"
    return "dominated" if cost > 0 else "worse_cheaper"


def icer(pairs: Pairs) -> Ratio | None:
    """Return the incremental cost-effectiveness ratio with Fieller's 95% interval.

    Returns
    -------
    Ratio or None
        Euros a unit of effect; None where the mean effect cannot be told from zero: there is no such price then.
    """
    return None if pairs.missing else fieller(pairs.cost, pairs.effect)


def net_benefit(pairs: Pairs, worth: float) -> FloatArray:
    """Return worth times effect less cost by replication, shape (n,)."""
    return worth * pairs.effect - pairs.cost


def chance_for_one(pairs: Pairs, worths: FloatArray) -> FloatArray:
    """Return the part of the replications with a positive net benefit; one of zero counts half.

    Parameters
    ----------
    pairs
        Effect and cost by replication.
    worths
        What a unit of effect may be worth, shape (k,).

    Returns
    -------
    numpy.ndarray
        Shape (k,); NaN without pairs. At a worth of zero it is the part in which money is saved.
    """
    if not pairs.n:
        return np.full(worths.shape, np.nan)
    benefit = worths[:, None] * pairs.effect - pairs.cost
    share: FloatArray = (benefit > 0.0).mean(axis=1) + 0.5 * (benefit == 0.0).mean(axis=1)
    return share


def sureness_of_mean(pairs: Pairs, worths: FloatArray) -> FloatArray:
    """Return the probability that the expected net benefit is positive, by Student's t of the paired mean.

    Parameters
    ----------
    pairs
        Effect and cost by replication.
    worths
        What a unit of effect may be worth, shape (k,).

    Returns
    -------
    numpy.ndarray
        One-sided level of confidence, shape (k,); NaN below two pairs, and 0, 0.5 or 1 where nothing varies.
    """
    if pairs.n < 2:
        return np.full(worths.shape, np.nan)
    benefit = worths[:, None] * pairs.effect - pairs.cost
    mean, error = benefit.mean(axis=1), benefit.std(axis=1, ddof=1) / np.sqrt(pairs.n)
    certain = np.where(mean == 0.0, 0.0, np.copysign(np.inf, mean))
    t = np.divide(mean, error, out=certain, where=error > 0.0)
    return np.asarray(stdtr(pairs.n - 1.0, t), dtype=np.float64)


def quadrants(pairs: Pairs) -> dict[Quadrant, float]:
    """Return the share of the replications in each quadrant of the plane; NaN without pairs."""
    effect, cost = np.sign(pairs.effect), np.sign(pairs.cost)
    signs: dict[Quadrant, tuple[int, int]] = {
        "better_dearer": (1, 1),
        "better_cheaper": (1, -1),
        "worse_dearer": (-1, 1),
        "worse_cheaper": (-1, -1),
    }
    n = pairs.n or np.nan
    found: dict[Quadrant, float] = {
        name: float(((effect == up) & (cost == dear)).sum() / n) for name, (up, dear) in signs.items()
    }
    return {**found, "on_an_axis": float((effect * cost == 0.0).sum() / n)}


def ellipse_of_mean(pairs: Pairs) -> FloatArray:
    """Return the outline of the joint 95% confidence region of mean effect and mean cost.

    Returns
    -------
    numpy.ndarray
        Points (effect, cost), shape (k, 2), closed; empty below three pairs.

    Notes
    -----
    Hotelling's T squared: all means m with n (x - m)' S^-1 (x - m) <= 2 (n - 1) / (n - 2) F(0.95; 2, n - 2) (Johnson
    and Wichern, Applied Multivariate Statistical Analysis, section 5.4). Where one does not vary it is a line.
    """
    n = pairs.n
    if n < FEWEST_FOR_ELLIPSE:
        return np.empty((0, 2))
    points = np.column_stack([pairs.effect, pairs.cost])
    scale = 2.0 * (n - 1.0) / (n - 2.0) * fdtri(2.0, n - 2.0, CONFIDENCE) / n
    # Effects and euros differ by many orders of magnitude: both are measured in their own spread first.
    spread = points.std(axis=0, ddof=1)
    unit = np.divide(points - points.mean(axis=0), spread, out=np.zeros_like(points), where=spread > 0.0)
    width, axes = np.linalg.eigh(unit.T @ unit / (n - 1.0))
    angle = np.linspace(0.0, 2.0 * np.pi, OUTLINE)
    circle = np.column_stack([np.cos(angle), np.sin(angle)]) * np.sqrt(np.maximum(width, 0.0) * scale)
    outline: FloatArray = points.mean(axis=0) + circle @ axes.T * spread
    return outline
