"""The tables of the boxes of assumptions, from the difference that SMW makes at each set of assumptions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.parameters.register import load_register
from sim.questions.prevention.assumptions import ASSUMPTIONS, Assumption
from sim.statistics.boxes import Box, Quality, Share, find_boxes, foretold
from sim.statistics.intervals import FloatArray
from sim.statistics.range_effects import range_effects

if TYPE_CHECKING:
    import pandas as pd

TABLES = ("boxes", "quality", "effects", "points")
BOX_COLUMNS = (
    *("side", "box", "assumption", "key", "unit", "low", "high", "range_low", "range_high", "points", "cases"),
    *("coverage", "coverage_low", "coverage_high", "density", "density_low", "density_high"),
)


def discover(places: FloatArray, net: FloatArray, seed: int) -> dict[str, pd.DataFrame]:
    """Find the boxes among sets of assumptions whose effect is known.

    Parameters
    ----------
    places
        Places in the range of each of ``ASSUMPTIONS``, from 0 to 1, shape (points, assumptions).
    net
        Difference that SMW makes, shape (replications, points).
    seed
        For dividing points into folds.

    Returns
    -------
    dict
        The tables of ``TABLES``; see ``sim.questions.prevention.boxes.Discovery``.
    """
    import pandas as pd

    values = np.stack([_values(column, one) for column, one in zip(places.T, ASSUMPTIONS, strict=True)], axis=1)
    mean = net.mean(axis=0)
    fewer = mean < 0.0
    rows = [
        {"side": side, "box": number} | row
        for side, holds in (("fewer", fewer), ("more", ~fewer))
        for number, box in enumerate(find_boxes(values, holds, seed), 1)
        for row in _box_rows(box)
    ]
    differ = (net.min(axis=0) < 0.0) & (net.max(axis=0) > 0.0)
    noisy = float(np.mean(differ)) if len(net) > 1 else float("nan")
    columns = {one.name: values[:, number] for number, one in enumerate(ASSUMPTIONS)}
    points = {"point": np.arange(1, len(values) + 1)} | columns | {"mean": mean, "fewer": fewer}
    return {
        "boxes": pd.DataFrame(rows, columns=list(BOX_COLUMNS)),
        "quality": pd.DataFrame([_quality_row(foretold(values, fewer, seed)) | {"noisy": noisy}]),
        "effects": _effects(places, mean),
        "points": pd.DataFrame(points),
    }


def _values(places: FloatArray, assumption: Assumption) -> FloatArray:
    return np.array([assumption.value(float(place), assumption.keys[0]) for place in places])


def _box_rows(box: Box) -> list[dict[str, object]]:
    shares = _named("coverage", box.coverage) | _named("density", box.density)
    rows: list[dict[str, object]] = []
    for factor, (low, high) in sorted(box.bounds.items()):
        known = load_register()[ASSUMPTIONS[factor].keys[0]]
        row: dict[str, object] = {"assumption": ASSUMPTIONS[factor].name, "key": known.key, "unit": known.unit}
        row |= {"low": _or_nan(low), "high": _or_nan(high), "range_low": known.low, "range_high": known.high}
        rows.append(row | {"points": box.points, "cases": box.cases} | shares)
    return rows


def _or_nan(bound: float) -> float:
    return bound if np.isfinite(bound) else float("nan")


def _named(name: str, share: Share) -> dict[str, float]:
    return {name: share.value, f"{name}_low": share.low, f"{name}_high": share.high}


def _quality_row(quality: Quality) -> dict[str, object]:
    counts: dict[str, object] = {"points": quality.points, "cases": quality.cases, "base": quality.base}
    shares = _named("accuracy", quality.accuracy) | _named("gain", quality.gain)
    rest = {"density": quality.density, "coverage": quality.coverage}
    return counts | shares | rest | {"better_than_chance": quality.better_than_chance}


def _effects(places: FloatArray, mean: FloatArray) -> pd.DataFrame:
    import pandas as pd

    found = range_effects(places, mean)
    names = [one.name for one in ASSUMPTIONS]
    columns = {"mean": found.mean, "low": found.low, "high": found.high, "explained": found.explained}
    return pd.DataFrame({"assumption": names} | columns)
