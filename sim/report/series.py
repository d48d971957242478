"""Lines over days or weeks with a band: means over replications."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.region.region import FloatArray
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


def line_of(table: pd.DataFrame, x: str, y: str) -> Line:
    """Average ``y`` over replications at every ``x``.

    Parameters
    ----------
    table
        Rows of one scenario and one series; with or without a column ``replication``.
    x, y
        Columns.

    Returns
    -------
    Line
        Mean with the band mean +- t(0.975, n-1) sd / sqrt(n).
    """
    groups = table.dropna(subset=[y]).groupby(x, sort=True)[y]
    mean, count, sd = (np.asarray(part, dtype=np.float64) for part in (groups.mean(), groups.count(), groups.std()))
    half = np.nan_to_num(t_quantile(count) * sd / np.sqrt(count))
    return Line(np.asarray(list(groups.groups), dtype=np.float64), mean, mean - half, mean + half)


def chosen(table: pd.DataFrame, **columns: str) -> pd.DataFrame:
    """Return the rows that have the given value in every given column."""
    wanted = np.ones(len(table), dtype=np.bool_)
    for column, value in columns.items():
        wanted &= np.asarray(table[column] == value, dtype=np.bool_)
    return table[wanted]
