"""Differences against a reference scenario, paired by replication: the same students in both."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.errors import unknown_name
from sim.statistics.intervals import MEASURE, FloatArray, IntArray, intervals, number_groups

# Two sums of the same terms in another order may differ by this part of their size; that is no difference.
ROUNDING = 1e-9


def differences(values: pd.DataFrame, reference: str) -> pd.DataFrame:
    """Compare every scenario with the reference, replication by replication.

    Parameters
    ----------
    values
        Columns scenario, replication, measure, level, unit and value; one row for each replication.
    reference
        The scenario that the others are compared with.

    Returns
    -------
    pandas.DataFrame
        Columns scenario, measure, level, unit, n (pairs of replications with a value in both), n_missing (common
        replications without), mean, sd, low, high (95% t-interval of the mean difference, scenario less reference),
        half_width, share_of_reference (mean difference as a part of the reference's mean over the same pairs, NaN if
        that is 0) and verdict. Only replications that both scenarios have are compared.

        The verdict is ``more`` or ``less`` if the interval lies above or below zero, otherwise ``cannot tell``: also
        with a single pair, and where pairs are missing, since those left may be a biased part. It is for one measure
        at a time: of twenty measures without any effect, one is expected to get a wrong ``more`` or ``less``.

    Raises
    ------
    InputError
        If the reference is not among the scenarios.
    """
    pairs = _pairs(values, reference)
    keys = ["scenario", *MEASURE]
    group, table = number_groups(pairs, keys)
    difference = _difference(pairs)
    result = intervals(group, difference, len(table))
    both = np.where(np.isfinite(difference), pairs["value_reference"].to_numpy(dtype=np.float64), np.nan)
    base = intervals(group, both, len(table)).mean
    common = _common_replications(values, reference)
    table["n"] = result.n
    table["n_missing"] = table["scenario"].map(common).to_numpy(dtype=np.int64) - result.n
    table = table.assign(**result.columns())
    table["share_of_reference"] = np.divide(result.mean, base, out=np.full(base.shape, np.nan), where=base != 0.0)
    table["verdict"] = verdicts(table["low"].to_numpy(), table["high"].to_numpy(), table["n_missing"].to_numpy())
    return table


def verdicts(low: FloatArray, high: FloatArray, missing: IntArray) -> npt.NDArray[np.object_]:
    """Say whether intervals of differences lie above zero, below zero, or neither.

    Parameters
    ----------
    low, high
        Bounds of the intervals, NaN if unknown, shape (n,).
    missing
        Pairs that are missing, shape (n,).

    Returns
    -------
    numpy.ndarray
        ``more``, ``less`` or ``cannot tell``, shape (n,).
    """
    said = np.full(low.shape, "cannot tell", dtype=object)
    said[(low > 0.0) & (missing == 0)] = "more"
    said[(high < 0.0) & (missing == 0)] = "less"
    return said


def totals(values: pd.DataFrame, measure: str) -> pd.DataFrame:
    """Return the rows of a measure in total.

    Raises
    ------
    InputError
        If no such measure is there.
    """
    in_total = values[values["level"] == "total"]
    table = in_total[in_total["measure"] == measure]
    if table.empty:
        raise unknown_name("values", "measure", measure, set(in_total["measure"]))
    return table


def paired_values(values: pd.DataFrame, reference: str) -> dict[str, FloatArray]:
    """Return the differences of one measure against the reference, in the order of the replications.

    Parameters
    ----------
    values
        Rows of one measure, level and unit, as for ``differences``.
    reference
        The scenario that the others are compared with; if there is no other, its own values are returned.
    """
    if set(values["scenario"].unique()) == {reference}:
        own = values.sort_values("replication")["value"]
        return {reference: own.to_numpy(dtype=np.float64)}
    pairs = _pairs(values, reference).sort_values("replication")
    parts = pairs.assign(difference=_difference(pairs)).groupby("scenario", sort=False, observed=True)["difference"]
    return {str(name): part.to_numpy(dtype=np.float64) for name, part in parts}


def _pairs(values: pd.DataFrame, reference: str) -> pd.DataFrame:
    """Put the reference's value beside that of every other scenario in the same replication."""
    scenario, names = pd.factorize(values["scenario"])
    if reference not in names:
        raise unknown_name("differences", "reference scenario", reference, set(names))
    replication, numbers = pd.factorize(values["replication"])
    pair = number_groups(values, MEASURE)[0] * len(numbers) + replication
    is_reference = scenario == names.get_loc(reference)
    base = values["value"].to_numpy(dtype=np.float64)[is_reference]
    there = pd.Index(pair[is_reference]).get_indexer(pair)
    paired = ~is_reference & (there >= 0)
    pairs: pd.DataFrame = values[paired].assign(value_reference=base[there[paired]])
    return pairs


def _difference(pairs: pd.DataFrame) -> FloatArray:
    """Return value less reference; what is only rounding counts as no difference."""
    value, base = (pairs[column].to_numpy(dtype=np.float64) for column in ("value", "value_reference"))
    difference: FloatArray = value - base
    difference[np.abs(difference) <= ROUNDING * np.maximum(np.abs(value), np.abs(base))] = 0.0
    return difference


def _common_replications(values: pd.DataFrame, reference: str) -> dict[str, int]:
    done = values[["scenario", "replication"]].drop_duplicates()
    common = set(done.loc[done["scenario"] == reference, "replication"])
    counts = done["replication"].isin(common).groupby(done["scenario"], sort=False, observed=True).sum()
    return {str(name): int(count) for name, count in counts.items()}
