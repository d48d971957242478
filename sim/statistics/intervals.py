"""Means over replications with their 95% intervals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import stdtrit

CONFIDENCE = 0.95
MEASURE = ["measure", "level", "unit"]

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]


def t_quantile(n: FloatArray) -> FloatArray:
    """Return the factor on the standard error of a two-sided 95% interval: Student's t with n - 1 degrees of freedom.

    Parameters
    ----------
    n
        Numbers of values; NaN is returned below 2.
    """
    degrees = np.where(n >= 2, n - 1.0, np.nan)
    return np.asarray(stdtrit(degrees, 0.5 + CONFIDENCE / 2.0), dtype=np.float64)


@dataclass(frozen=True)
class Intervals:
    """Means of groups of values with their 95% t-intervals; every array has one entry a group.

    Attributes
    ----------
    n
        Values that count: finite ones.
    mean, sd
        Mean, NaN without values, and standard deviation, NaN below two values.
    half_width
        Half-width of the interval; NaN below two values, 0 if all are equal.
    """

    n: IntArray
    mean: FloatArray
    sd: FloatArray
    half_width: FloatArray

    def columns(self) -> dict[str, npt.NDArray[np.float64] | npt.NDArray[np.int64]]:
        """Return mean, sd, bounds and half-width as columns of a table."""
        low, high = self.mean - self.half_width, self.mean + self.half_width
        return {"mean": self.mean, "sd": self.sd, "low": low, "high": high, "half_width": self.half_width}


def intervals(group: IntArray, values: FloatArray, groups: int) -> Intervals:
    """Compute mean and interval of groups of independent values.

    Parameters
    ----------
    group
        Group of each value, from 0, shape (n,).
    values
        The values, shape (n,); those that are not finite are left out.
    groups
        Number of groups.
    """
    known = np.isfinite(values)
    group, values = group[known], values[known]
    n = np.bincount(group, minlength=groups)
    first = np.full(groups, np.nan)
    first[group[::-1]] = values[::-1]
    # Distances from the first value: equal values then have exactly that mean and no spread at all.
    mean = first + _over(_sums(group, values - first[group], groups), n)
    sd = np.sqrt(_over(_sums(group, (values - mean[group]) ** 2, groups), n - 1))
    half_width = t_quantile(n.astype(np.float64)) * sd / np.sqrt(np.maximum(n, 1))
    return Intervals(n, mean, sd, half_width)


def _sums(group: IntArray, weight: FloatArray, groups: int) -> FloatArray:
    return np.bincount(group, weight, minlength=groups).astype(np.float64)


def _over(part: FloatArray, number: IntArray) -> FloatArray:
    return np.where(number > 0, part / np.maximum(number, 1), np.nan)


def summarise(values: pd.DataFrame) -> pd.DataFrame:
    """Summarise measures over replications.

    Parameters
    ----------
    values
        Columns scenario, replication, measure, level, unit and value; one row for each replication. Values that
        are not finite (a quantile that was not reached, a wait that nobody had) count as missing.

    Returns
    -------
    pandas.DataFrame
        Columns scenario, measure, level, unit, n (replications with a value), n_missing (replications of the scenario
        without one), mean, sd, low, high (95% t-interval) and half_width, in the order of first appearance. Where
        ``n_missing`` is above 0 the mean is that of the other replications and may be biased: a quantile is missing
        where waits are long. With one replication the interval is unknown (NaN).
    """
    keys = ["scenario", *MEASURE]
    group, table = number_groups(values, keys)
    result = intervals(group, values["value"].to_numpy(dtype=np.float64), len(table))
    replications = values.groupby("scenario", observed=True)["replication"].nunique()
    table["n"] = result.n
    table["n_missing"] = table["scenario"].map(replications).to_numpy(dtype=np.int64) - result.n
    return table.assign(**result.columns())


def number_groups(values: pd.DataFrame, keys: list[str]) -> tuple[IntArray, pd.DataFrame]:
    """Give each combination of ``keys`` a number, in the order of first appearance.

    Returns
    -------
    tuple
        Number of each row, shape (rows,), and the combinations, one row each.
    """
    group, _ = pd.factorize(_combined(values, keys))
    rows = np.arange(len(values))
    first = np.empty(int(group.max(initial=-1)) + 1, dtype=np.int64)
    first[group[::-1]] = rows[::-1]
    return group, values[keys].iloc[first].reset_index(drop=True)


def _combined(values: pd.DataFrame, keys: list[str]) -> IntArray:
    """Return a number for each row that is the same where all ``keys`` are, shape (rows,)."""
    combined = np.zeros(len(values), dtype=np.int64)
    for key in keys:
        code, found = pd.factorize(values[key], use_na_sentinel=False)
        combined = combined * len(found) + code
    return combined
