"""Means and intervals over replications: by hand, at the edges, and their coverage."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim.statistics.intervals import intervals, summarise, t_quantile


def table(
    values: list[float], scenario: str = "now", measure: str = "reach", unit: str = "all", level: str = "total"
) -> pd.DataFrame:
    """Return the values of one measure in replications 1, 2, ..."""
    return pd.DataFrame(
        {
            "scenario": scenario,
            "replication": range(1, len(values) + 1),
            "measure": measure,
            "level": level,
            "unit": unit,
            "value": np.array(values, dtype=np.float64),
        }
    )


def test_mean_and_interval_by_hand() -> None:
    row = summarise(table([1, 2, 3, 4])).iloc[0]
    half_width = stats.t.ppf(0.975, 3) * math.sqrt(5 / 3) / 2
    assert row["mean"] == 2.5
    assert row["sd"] == pytest.approx(math.sqrt(5 / 3))
    assert row["half_width"] == pytest.approx(half_width)
    assert (row["low"], row["high"]) == pytest.approx((2.5 - half_width, 2.5 + half_width))
    assert (row["n"], row["n_missing"]) == (4, 0)


def test_the_columns_are_those_of_the_contract() -> None:
    assert list(summarise(table([1, 2])).columns) == [
        "scenario",
        "measure",
        "level",
        "unit",
        "n",
        "n_missing",
        "mean",
        "sd",
        "low",
        "high",
        "half_width",
    ]


def test_groups_come_in_the_order_of_first_appearance() -> None:
    values = pd.concat([table([1, 2], "z"), table([3, 4], "a"), table([5, 6], "a", unit="x")], ignore_index=True)
    found = summarise(values)
    assert found[["scenario", "unit", "mean"]].to_numpy().tolist() == [
        ["z", "all", 1.5],
        ["a", "all", 3.5],
        ["a", "x", 5.5],
    ]


def test_one_replication_has_a_mean_and_no_interval() -> None:
    row = summarise(table([7])).iloc[0]
    assert row["mean"] == 7.0
    assert (row["n"], row["n_missing"]) == (1, 0)
    assert row[["sd", "low", "high", "half_width"]].isna().all()


def test_equal_values_have_exactly_that_mean_and_no_width() -> None:
    row = summarise(table([0.1] * 7)).iloc[0]
    assert row["mean"] == 0.1
    assert row["low"] == row["high"] == 0.1
    assert row["half_width"] == 0.0


def test_values_that_are_not_there_are_counted_and_not_averaged() -> None:
    values = pd.concat([table([1, math.nan, 3, math.inf]), table([1, 2, 3, 4], unit="x")], ignore_index=True)
    row = summarise(values).iloc[0]
    assert (row["n"], row["n_missing"], row["mean"]) == (2, 2, 2.0)


def test_replications_without_a_row_are_missing_too() -> None:
    values = pd.concat([table([1, 2, 3, 4]), table([5], unit="x")], ignore_index=True)
    assert summarise(values)["n_missing"].tolist() == [0, 3]


def test_without_any_value_everything_is_unknown() -> None:
    row = summarise(table([math.nan, math.nan])).iloc[0]
    assert (row["n"], row["n_missing"]) == (0, 2)
    assert row[["mean", "sd", "low", "high", "half_width"]].isna().all()


def test_the_factor_is_that_of_students_t() -> None:
    n = np.array([2.0, 3.0, 30.0, 1000.0])
    assert t_quantile(n) == pytest.approx(stats.t.ppf(0.975, n - 1))
    assert np.isnan(t_quantile(np.array([0.0, 1.0]))).all()


@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=30))
def test_intervals_agree_with_numpy_and_scipy(values: list[float]) -> None:
    found = intervals(np.zeros(len(values), dtype=np.int64), np.array(values), 1)
    sd = np.std(values, ddof=1)
    assert found.mean[0] == pytest.approx(np.mean(values), abs=1e-6)
    assert found.sd[0] == pytest.approx(sd, abs=1e-6, rel=1e-9)
    expected = stats.t.ppf(0.975, len(values) - 1) * sd / math.sqrt(len(values))
    assert found.half_width[0] == pytest.approx(expected, abs=1e-5, rel=1e-9)


def test_intervals_of_95_percent_hold_the_truth_in_95_of_100_samples() -> None:
    samples, size = 20_000, 8
    values = np.random.default_rng(1).normal(3.0, 2.0, samples * size)
    found = intervals(np.repeat(np.arange(samples), size), values, samples)
    inside = np.abs(found.mean - 3.0) <= found.half_width
    # Four standard errors of a share of 0.95 in 20,000 samples.
    assert inside.mean() == pytest.approx(0.95, abs=4 * math.sqrt(0.95 * 0.05 / samples))
