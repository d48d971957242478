"""Requests and starts outside school by point and replication, as arrays, and how samples become rows of a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.errors import InputError
from sim.measures.levels import PEOPLE
from sim.measures.outside_use import USES
from sim.statistics.intervals import FloatArray, intervals
from sim.statistics.paired import verdicts

if TYPE_CHECKING:
    import pandas as pd

    from sim.runs.points import PointRun

WHOSE = (*PEOPLE, "all")
STUDENTS, ALL = WHOSE.index("students"), WHOSE.index("all")
PER = 1000.0

__all__ = ["ALL", "PER", "STUDENTS", "USES", "WHOSE", "OutsideCounts", "described", "read_counts"]


@dataclass(frozen=True)
class OutsideCounts:
    """Numbers of requests and starts.

    Attributes
    ----------
    numbers
        By point: shape (replications, uses, people, years), in the order of ``USES`` and ``WHOSE``.
    replications
        Replications that all points have, in rising order.
    """

    numbers: Mapping[str, FloatArray]
    replications: tuple[int, ...]

    def per_1000(self, point: str, students: float) -> FloatArray:
        """Return the numbers per 1,000 students a year, mean over the years, shape (replications, uses, people)."""
        rates: FloatArray = self.numbers[point].mean(axis=-1) * (PER / students)
        return rates

    def a_year(self, point: str) -> FloatArray:
        """Return the numbers a year, mean over the years, shape (replications, uses, people)."""
        mean: FloatArray = self.numbers[point].mean(axis=-1)
        return mean


def read_counts(run: PointRun) -> OutsideCounts:
    """Read the table ``outside`` of a run, of the replications that all of its points have.

    Raises
    ------
    InputError
        If there are fewer than two of those.
    """
    common = set.intersection(*(set(numbers) for numbers in run.replications.values()))
    if len(common) < 2:
        raise InputError(f"{len(common)} replications were finished in all worlds, of 2 that a comparison needs")
    table = run.table("outside")
    table = table[table["replication"].isin(common)]
    numbers = {
        str(name): _array(part["number"].to_numpy(dtype=np.float64), len(common))
        for name, part in table.groupby("scenario", observed=True, sort=False)
    }
    return OutsideCounts(numbers, tuple(sorted(common)))


def _array(number: FloatArray, replications: int) -> FloatArray:
    """Give the numbers of a point their shape, with everybody behind students and background people."""
    by_people = number.reshape(replications, len(USES), len(PEOPLE), -1)
    everybody: FloatArray = np.concatenate([by_people, by_people.sum(axis=2, keepdims=True)], axis=2)
    return everybody


def described(keys: Mapping[str, Sequence[object]], samples: FloatArray) -> pd.DataFrame:
    """Describe samples by mean and 95% interval.

    Parameters
    ----------
    keys
        Columns that tell the rows, one entry a row.
    samples
        Values by replication and row, shape (replications, rows); what is NaN is left out.

    Returns
    -------
    pandas.DataFrame
        The keys, mean, low, high, verdict (``more``, ``less`` or ``cannot tell``: where zero lies) and n.
    """
    import pandas as pd

    replications, rows = samples.shape
    found = intervals(np.tile(np.arange(rows), replications), samples.ravel(), rows)
    columns = found.columns()
    bounds = {name: np.asarray(columns[name], dtype=np.float64) for name in ("mean", "low", "high")}
    said = verdicts(bounds["low"], bounds["high"], np.zeros(rows, dtype=np.int64))
    return pd.DataFrame({**keys, **bounds, "verdict": said, "n": found.n})
