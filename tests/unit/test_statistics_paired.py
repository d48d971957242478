"""Paired differences: the arithmetic, what is paired with what, and when a verdict is given."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from sim.errors import InputError
from sim.statistics.paired import differences, totals, verdicts


def table(
    scenario: str,
    values: list[float],
    measure: str = "reach",
    replications: list[int] | None = None,
    level: str = "total",
    unit: str = "all",
) -> pd.DataFrame:
    """Return the values of one measure of a scenario, in replications 1, 2, ... unless they are given."""
    return pd.DataFrame(
        {
            "scenario": scenario,
            "replication": replications or range(1, len(values) + 1),
            "measure": measure,
            "level": level,
            "unit": unit,
            "value": np.array(values, dtype=np.float64),
        }
    )


def both(*tables: pd.DataFrame) -> pd.DataFrame:
    return pd.concat(tables, ignore_index=True)


def test_a_difference_is_paired_by_replication() -> None:
    # Far apart between replications, always 1, 2 or 3 more within them.
    values = both(table("now", [10, 50, 90, 30]), table("new", [11, 52, 93, 32]))
    row = differences(values, "now").iloc[0]
    expected = stats.t.ppf(0.975, 3) * np.std([1, 2, 3, 2], ddof=1) / 2
    assert row["mean"] == 2.0
    assert row["half_width"] == pytest.approx(expected)
    assert (row["low"], row["high"]) == pytest.approx((2 - expected, 2 + expected))
    assert row["share_of_reference"] == pytest.approx(2 / 45)
    assert row["verdict"] == "more"
    assert (row["scenario"], row["n"], row["n_missing"]) == ("new", 4, 0)


def test_the_order_of_the_rows_does_not_matter() -> None:
    values = both(table("now", [10, 50, 90, 30]), table("new", [11, 52, 93, 32]))
    shuffled = values.sample(frac=1.0, random_state=3)
    columns = ["n", "mean", "sd", "half_width"]
    assert differences(shuffled, "now")[columns].to_numpy() == pytest.approx(
        differences(values, "now")[columns].to_numpy()
    )


def test_the_columns_are_those_of_the_summary_and_the_verdict() -> None:
    found = differences(both(table("now", [1, 2]), table("new", [2, 3])), "now")
    assert list(found.columns) == [
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
        "share_of_reference",
        "verdict",
    ]


def test_only_replications_that_both_have_are_compared() -> None:
    values = both(
        table("now", [10, 20, 30], replications=[1, 2, 3]), table("new", [21, 33, 40], replications=[2, 3, 4])
    )
    row = differences(values, "now").iloc[0]
    assert (row["n"], row["n_missing"], row["mean"]) == (2, 0, 2.0)
    assert row["share_of_reference"] == pytest.approx(2 / 25)


def test_without_common_replications_nothing_is_compared() -> None:
    values = both(table("now", [10], replications=[1]), table("new", [20], replications=[2]))
    assert differences(values, "now").empty


def test_units_and_measures_are_not_mixed_up() -> None:
    parts = [
        table(name, [base + extra, base + extra + 1], measure, unit=unit)
        for name, extra in (("now", 0), ("new", 5), ("other", -5))
        for measure, base in (("reach", 10), ("asked", 100))
        for unit in ("a", "b")
    ]
    found = differences(both(*parts), "now")
    assert found["scenario"].tolist() == ["new"] * 4 + ["other"] * 4
    assert found["mean"].tolist() == [5.0] * 4 + [-5.0] * 4
    assert found["unit"].tolist() == ["a", "b"] * 4
    assert found["share_of_reference"].tolist() == pytest.approx(
        [5 / 10.5] * 2 + [5 / 100.5] * 2 + [-5 / 10.5] * 2 + [-5 / 100.5] * 2
    )


def test_a_single_pair_tells_nothing() -> None:
    row = differences(both(table("now", [1]), table("new", [9])), "now").iloc[0]
    assert (row["n"], row["mean"], row["verdict"]) == (1, 8.0, "cannot tell")
    assert np.isnan(row["half_width"])


def test_a_difference_that_is_always_the_same_is_certain() -> None:
    found = differences(both(table("now", [3, 4, 5]), table("new", [2, 3, 4])), "now").iloc[0]
    assert (found["half_width"], found["verdict"]) == (0.0, "less")


def test_no_difference_at_all_is_not_told_from_zero() -> None:
    found = differences(both(table("now", [3, 4, 5]), table("new", [3, 4, 5])), "now").iloc[0]
    assert (found["mean"], found["half_width"], found["verdict"]) == (0.0, 0.0, "cannot tell")


def test_rounding_is_not_a_difference() -> None:
    found = differences(both(table("now", [0.3] * 4), table("new", [0.1 + 0.2] * 4)), "now").iloc[0]
    assert (found["mean"], found["verdict"]) == (0.0, "cannot tell")


def test_a_small_difference_in_a_large_number_is_a_difference() -> None:
    found = differences(both(table("now", [1e6] * 4), table("new", [1e6 + 1] * 4)), "now").iloc[0]
    assert (found["mean"], found["verdict"]) == (1.0, "more")


def test_missing_pairs_are_counted_and_there_is_no_verdict_on_what_is_left() -> None:
    now, new = [10.0, 20, 30, math.nan, 50], [20.0, 30, math.nan, 50, 60]
    row = differences(both(table("now", now), table("new", new)), "now").iloc[0]
    assert (row["n"], row["n_missing"], row["mean"]) == (3, 2, 10.0)
    assert row["share_of_reference"] == pytest.approx(10 / (80 / 3))
    assert row["verdict"] == "cannot tell"


def test_a_measure_that_one_scenario_cannot_have_is_unknown() -> None:
    row = differences(both(table("now", [1, 2]), table("new", [math.nan] * 2)), "now").iloc[0]
    assert (row["n"], row["n_missing"], row["verdict"]) == (0, 2, "cannot tell")
    assert row[["mean", "low", "high", "share_of_reference"]].isna().all()


def test_a_share_of_nothing_is_unknown() -> None:
    row = differences(both(table("now", [0, 0, 0]), table("new", [1, 2, 3])), "now").iloc[0]
    assert np.isnan(row["share_of_reference"])


def test_an_unknown_reference_is_refused_with_the_nearest_name() -> None:
    values = both(table("s1_before_2016", [1]), table("no_smw", [2]))
    with pytest.raises(InputError, match="did you mean 'no_smw'"):
        differences(values, "no_smv")


def test_verdicts_need_an_interval_on_one_side_of_zero() -> None:
    low = np.array([0.1, -2.0, -1.0, 0.0, np.nan, 0.1])
    high = np.array([2.0, -0.1, 1.0, 2.0, np.nan, 2.0])
    missing = np.array([0, 0, 0, 0, 0, 1])
    assert verdicts(low, high, missing).tolist() == ["more", "less", *["cannot tell"] * 4]


def test_an_unknown_measure_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(InputError, match="did you mean 'reach'"):
        totals(table("now", [1, 2, 3]), "raech")


def test_paired_intervals_tell_what_unpaired_ones_cannot() -> None:
    generator = np.random.default_rng(5)
    luck = generator.normal(100, 20, 20)
    effect = 2 + generator.normal(0, 1, 20)
    found = differences(both(table("now", luck.tolist()), table("new", (luck + effect).tolist())), "now").iloc[0]
    assert found["verdict"] == "more"
    assert stats.ttest_ind(luck + effect, luck).pvalue > 0.05
