"""Means over replications: lines over days or weeks with a band, and flows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.region.region import FloatArray
from sim.report.inputs import ReportInput
from sim.statistics.intervals import t_quantile

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Line:
    """A line with its 95% band; the band is the line itself where there is one replication only.

    Attributes
    ----------
    x, mean, low, high
        Position, mean over replications and bounds, shape (n,).
    """

    x: FloatArray
    mean: FloatArray
    low: FloatArray
    high: FloatArray

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw."""
        return self.x.size == 0


def line_of(x: FloatArray, y: FloatArray) -> Line:
    """Average ``y`` over replications at every ``x``.

    Parameters
    ----------
    x, y
        Position and value of one scenario and one series in every replication, shape (rows,); values that are not
        known are left out.

    Returns
    -------
    Line
        Mean with the band mean +- t(0.975, n-1) sd / sqrt(n).
    """
    known = ~np.isnan(y)
    places, place = np.unique(x[known], return_inverse=True)
    values, size = y[known], places.size
    count = np.bincount(place, minlength=size).astype(np.float64)
    mean = np.bincount(place, values, minlength=size) / count
    squares = np.bincount(place, (values - mean[place]) ** 2, minlength=size)
    sd = np.sqrt(np.divide(squares, count - 1.0, out=np.full(size, np.nan), where=count > 1.0))
    half = np.nan_to_num(t_quantile(count) * sd / np.sqrt(count))
    return Line(places, mean, mean - half, mean + half)


class Lines:
    """The lines of a long table.

    Parameters
    ----------
    table
        Rows of all replications; with or without a column ``replication``.
    keys
        Columns that tell one line from another.
    x, y
        Columns with positions and values.
    """

    def __init__(self, table: pd.DataFrame, keys: Sequence[str], x: str, y: str) -> None:
        self._rows = table.groupby(list(keys), sort=False, observed=True).indices
        self._x, self._y = (table[column].to_numpy(dtype=np.float64) for column in (x, y))

    def line(self, *key: str) -> Line:
        """Return the line with these values in the columns of the keys; an empty one if there is none."""
        rows = self._rows.get(key, [])
        return line_of(self._x[rows], self._y[rows])


def weekly_lines(study: ReportInput) -> Lines:
    """Return the lines by scenario and series over the weeks of the run, all sectors together."""
    return study.once("weekly lines", lambda: _weekly(study.weekly))


def _weekly(weekly: pd.DataFrame) -> Lines:
    return Lines(weekly[weekly["sector"] == "all"], ("scenario", "series"), "week", "value")


def curve_lines(study: ReportInput) -> Lines:
    """Return the lines by scenario, curve and sector over the days of waiting."""
    return study.once("curve lines", lambda: Lines(study.curves, ("scenario", "curve", "sector"), "day", "share"))


def flows_of(study: ReportInput, scenario: str) -> dict[tuple[str, str], float]:
    """Return the cases a year from state to state in a scenario, averaged over its replications."""
    return study.once("flows", lambda: _mean_flows(study.flows)).get(scenario, {})


def _mean_flows(flows: pd.DataFrame) -> dict[str, dict[tuple[str, str], float]]:
    found = {}
    for scenario, rows in flows.groupby("scenario", sort=False, observed=True):
        count = rows["replication"].nunique() if "replication" in rows else 1
        means = rows.groupby(["source", "target"], sort=False, observed=True)["value"].sum() / max(count, 1)
        found[str(scenario)] = dict(zip(means.index.tolist(), means.tolist(), strict=True))
    return found
