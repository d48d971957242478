"""Boxes of assumptions in which something holds, from a small decision tree, and whether they beat chance.

Scenario discovery as Bryant and Lempert (2010), "Thinking inside the box", Technological Forecasting and Social
Change 77:34, with a classification tree (Breiman et al. 1984) that looks for the boxes: coverage is the share of all
cases that a box holds, density the share of the points in it that are cases.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

from sim.errors import InputError
from sim.statistics.intervals import FloatArray, t_quantile

if TYPE_CHECKING:
    from sklearn.tree import DecisionTreeClassifier

BoolArray = npt.NDArray[np.bool_]

MOST_DEPTH = 3
LEAST_SHARE, LEAST_POINTS = 0.05, 5
FOLDS, REPEATS = 5, 10
MISSING = (
    "boxes of assumptions need scikit-learn, which is not installed; add it with: pip install 'smw-sim[experiments]'"
)

Leaf: TypeAlias = "tuple[dict[int, tuple[float, float]], bool]"
"""Bounds by number of the factor, and whether most points in them are cases."""


@dataclass(frozen=True)
class Share:
    """A share of points with its 95% interval; NaN where there are no points."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Box:
    """Bounds within which most points are cases.

    Attributes
    ----------
    bounds
        Lower and upper bound by number of the factor; infinite where there is none.
    points, cases
        Points in it, and cases among them.
    coverage, density
        See the module; of the very points that the box was looked for in, so on the sunny side.
    """

    bounds: dict[int, tuple[float, float]]
    points: int
    cases: int
    coverage: Share
    density: Share


@dataclass(frozen=True)
class Quality:
    """How well a tree foretells points that it has not seen, over folds.

    Attributes
    ----------
    points, cases
        Points, and cases among them.
    base
        Share that is right if every point gets the more frequent answer.
    accuracy
        Share that the tree gets right.
    gain
        Accuracy less base.
    density, coverage
        Of the points that the tree calls cases the share that are, and of the cases the share that it calls so.
    """

    points: int
    cases: int
    base: float
    accuracy: Share
    gain: Share
    density: float
    coverage: float

    @property
    def better_than_chance(self) -> bool:
        """True if the interval of the gain lies above zero."""
        return bool(self.gain.low > 0.0)


def find_boxes(factors: FloatArray, holds: BoolArray, seed: int) -> tuple[Box, ...]:
    """Find the boxes of a tree of at most three splits in a row, the one with the largest coverage first.

    Parameters
    ----------
    factors
        Values of the factors, shape (points, factors).
    holds
        Whether a point is a case, shape (points,).
    seed
        For ties between equally good splits.

    Returns
    -------
    tuple
        Boxes; none if no point or every point is a case.

    Raises
    ------
    InputError
        If scikit-learn is not installed.
    """
    if holds.all() or not holds.any():
        return ()
    tree = _fitted(factors, holds, seed)
    leaves = _merged(tree, 0, {})
    boxes = [_box(bounds, factors, holds) for bounds, is_case in leaves if is_case]
    return tuple(sorted(boxes, key=lambda box: (-box.coverage.value, sorted(box.bounds.items()))))


def foretold(factors: FloatArray, holds: BoolArray, seed: int) -> Quality:
    """Foretell every point by trees that were made without it.

    Parameters
    ----------
    factors, holds, seed
        As for ``find_boxes``; the seed also divides the points into folds.

    Returns
    -------
    Quality
        Shares over all repeats; the intervals are over points. With too few points of one kind to divide into folds
        every point is foretold to be of the other kind.
    """
    share = np.full(holds.shape, float(holds.mean() > 0.5))
    if min(holds.sum(), (~holds).sum()) >= FOLDS:
        share = _share_called_case(factors, holds, seed)
    common = max(float(holds.mean()), 1.0 - float(holds.mean()))
    right = np.where(holds, share, 1.0 - share)
    usual = (holds == (holds.mean() > 0.5)).astype(np.float64)
    called = float(share.sum())
    return Quality(
        points=holds.size,
        cases=int(holds.sum()),
        base=common,
        accuracy=_within(_mean(right)),
        gain=_mean(right - usual),
        density=float(share[holds].sum()) / called if called else float("nan"),
        coverage=float(share[holds].mean()) if holds.any() else float("nan"),
    )


def wilson(cases: int, points: int) -> Share:
    """Return a share with the interval of Wilson (1927)."""
    from scipy.stats import binomtest

    if points == 0:
        return Share(*[float("nan")] * 3)
    found = binomtest(cases, points).proportion_ci(method="wilson")
    return Share(cases / points, float(found.low), float(found.high))


def _mean(values: FloatArray) -> Share:
    n, mean = values.size, float(values.mean())
    half = float(t_quantile(np.array([float(n)]))[0] * values.std(ddof=1) / np.sqrt(n)) if n > 1 else float("nan")
    return Share(mean, mean - half, mean + half)


def _within(share: Share) -> Share:
    """Cut an interval off at 0 and 1."""
    return Share(share.value, max(share.low, 0.0), min(share.high, 1.0))


def _share_called_case(factors: FloatArray, holds: BoolArray, seed: int) -> FloatArray:
    """Return in which share of the repeats a tree without a point calls it a case, shape (points,)."""
    from sklearn.model_selection import RepeatedStratifiedKFold

    called = np.zeros(holds.size)
    folds = RepeatedStratifiedKFold(n_splits=FOLDS, n_repeats=REPEATS, random_state=seed)
    for others, own in folds.split(factors, holds):
        called[own] += _fitted(factors[others], holds[others], seed).predict(factors[own])
    return called / REPEATS


def _fitted(factors: FloatArray, holds: BoolArray, seed: int) -> DecisionTreeClassifier:
    try:
        from sklearn.tree import DecisionTreeClassifier
    except ImportError:
        raise InputError(MISSING) from None
    least = max(LEAST_POINTS, round(LEAST_SHARE * holds.size))
    return DecisionTreeClassifier(max_depth=MOST_DEPTH, min_samples_leaf=least, random_state=seed).fit(factors, holds)


def _merged(fitted: DecisionTreeClassifier, node: int, bounds: dict[int, tuple[float, float]]) -> list[Leaf]:
    """Return the leaves below a node; two branches that say the same become one."""
    tree = fitted.tree_
    left, right = int(tree.children_left[node]), int(tree.children_right[node])
    if left == right:
        other, case = tree.value[node][0]
        return [(bounds, bool(case > other))]
    factor, at = int(tree.feature[node]), float(tree.threshold[node])
    low, high = bounds.get(factor, (-np.inf, np.inf))
    leaves = [
        *_merged(fitted, left, bounds | {factor: (low, at)}),
        *_merged(fitted, right, bounds | {factor: (at, high)}),
    ]
    said = {is_case for _, is_case in leaves}
    return [(bounds, said.pop())] if len(said) == 1 else leaves


def _box(bounds: dict[int, tuple[float, float]], factors: FloatArray, holds: BoolArray) -> Box:
    inside = np.ones(holds.size, dtype=np.bool_)
    for factor, (low, high) in bounds.items():
        inside &= (factors[:, factor] > low) & (factors[:, factor] <= high)
    points, cases = int(inside.sum()), int((inside & holds).sum())
    return Box(bounds, points, cases, wilson(cases, int(holds.sum())), wilson(cases, points))
