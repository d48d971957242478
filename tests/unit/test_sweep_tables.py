"""The tables of a sweep against numbers worked out by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from fake_sweep import cube, fake_sweep, outcomes_of

from sim.designs.design import Design, Point
from sim.designs.factor import Levels
from sim.designs.grid import grid
from sim.questions.sweeping.all_tables import tables_of
from sim.questions.sweeping.effects import effects_table
from sim.questions.sweeping.frontiers import cheapest_of_the_best, frontiers
from sim.questions.sweeping.prepare import Prepared
from sim.questions.sweeping.sweep import COSTS, OUTCOMES, Sweep
from sim.questions.sweeping.tables import failed_table, key_columns, tidy_table, wide_table
from sim.statistics.intervals import summarise
from sim.statistics.paired import differences

NAN = float("nan")
T3 = 4.302652729911275
"""Student's t for 95% with two degrees of freedom."""


def small() -> Sweep:
    """Three points, three replications; the last has no wait in one of them."""
    design = grid([Levels("care.smw.gap_days", (7, 14, 21))])
    one, two, three = (point.name for point in design.points)
    values = {
        (one, "smw_wait.median"): [10.0, 12.0, 14.0],
        (two, "smw_wait.median"): [13.0, 14.0, 15.0],
        (three, "smw_wait.median"): [20.0, NAN, 30.0],
        (one, "cost.smw"): [100.0] * 3,
        (two, "cost.smw"): [50.0] * 3,
        (three, "cost.smw"): [120.0] * 3,
    }
    measures = ("smw_wait.median", *COSTS, *OUTCOMES)
    outcomes = outcomes_of(design, values, tuple(dict.fromkeys(measures)), 3)
    loads = {one: {"po": 2.0}, two: {"po": 1.5}, three: {"po": NAN}}
    return Sweep(design, Prepared(design.points, {}, 1.0), outcomes, ("smw_wait.median", "cost.smw"), one, loads)


def test_the_tidy_table_has_means_intervals_paired_differences_and_loads() -> None:
    table = tidy_table(small())
    assert list(table.columns) == [
        "point", "care.smw.gap_days", "measure", "n", "n_missing", "mean", "low", "high",
        "difference", "difference_low", "difference_high", "verdict", "offered_load_po",
    ]  # fmt: skip
    waits = table[table["measure"] == "smw_wait.median"].set_index("care.smw.gap_days")
    assert waits["n"].tolist() == [3, 3, 2]
    assert waits["n_missing"].tolist() == [0, 0, 1]
    assert waits["mean"].tolist() == [12.0, 14.0, 25.0]
    assert waits.loc[14, "high"] == pytest.approx(14.0 + T3 / np.sqrt(3.0))
    assert waits["verdict"].tolist() == ["reference", "cannot tell", "cannot tell"]
    # Differences 3, 2, 1 with standard deviation 1.
    assert waits.loc[14, "difference"] == 2.0
    assert waits.loc[14, "difference_low"] == pytest.approx(2.0 - T3 / np.sqrt(3.0))
    assert waits["offered_load_po"].tolist()[:2] == [2.0, 1.5]
    costs = table[table["measure"] == "cost.smw"]
    assert costs["verdict"].tolist() == ["reference", "less", "more"]
    assert costs["difference"].tolist()[1:] == [-50.0, 20.0]
    assert table["measure"].tolist() == ["smw_wait.median", "cost.smw"] * 3


def test_the_tidy_table_agrees_with_the_summary_and_the_differences_of_a_comparison() -> None:
    sweep = fake_sweep(cube())
    rows = [
        (point, replication, measure, "total", "all", sweep.outcomes.of(measure)[number, replication - 1])
        for number, point in enumerate(sweep.outcomes.points)
        for replication in (1, 2, 3, 4)
        for measure in sweep.measures
    ]
    values = pd.DataFrame(rows, columns=["scenario", "replication", "measure", "level", "unit", "value"])
    table = tidy_table(sweep).set_index(["point", "measure"])
    means = summarise(values).set_index(["scenario", "measure"])
    against = differences(values, sweep.reference).set_index(["scenario", "measure"])
    for column in ("n", "n_missing", "mean", "low", "high"):
        assert table[column].to_numpy(dtype=float) == pytest.approx(means[column].to_numpy(dtype=float), nan_ok=True)
    others = table.loc[against.index]
    assert others["difference"].to_numpy() == pytest.approx(against["mean"].to_numpy(), nan_ok=True)
    assert others["difference_low"].to_numpy() == pytest.approx(against["low"].to_numpy(), nan_ok=True)
    assert others["verdict"].tolist() == against["verdict"].tolist()


def test_the_wide_table_has_one_row_for_each_point() -> None:
    table = wide_table(small())
    assert len(table) == 3
    assert table["smw_wait.median"].tolist() == [12.0, 14.0, 25.0]
    assert table["smw_wait.median missing"].tolist() == [0, 0, 1]
    assert table["cost.smw low"].tolist() == [100.0, 50.0, 120.0]


def test_a_point_that_cannot_run_keeps_its_row_and_its_reason() -> None:
    design = cube()
    sweep = fake_sweep(design, failed={design.points[3].name: "they contradict\nmore"})
    table = tidy_table(sweep)
    own = table[table["point"] == design.points[3].name]
    assert set(own["verdict"]) == {"failed"}
    assert own["n"].sum() == own["n_missing"].sum() == 0
    found = failed_table(sweep)
    assert found["point"].tolist() == [design.points[3].name]
    assert found["reason"].tolist() == ["they contradict\nmore"]
    assert set(tables_of(sweep, frontiers(sweep))) == {"sweep", "points", "frontier", "effects", "failed_points"}


def test_the_frontier_leaves_out_what_is_not_known_and_tells_the_cheapest_of_the_best() -> None:
    sweep = small()
    one = next(one for one in frontiers(sweep) if (one.cost, one.outcome) == ("cost.smw", "smw_wait.median"))
    assert one.found.places == ("frontier", "frontier", "unknown")
    assert one.found.order == (1, 0)
    assert one.step.mean[1] == -2.0
    assert one.costs_apart.mean.tolist()[:2] == [50.0, 0.0]
    (best,) = cheapest_of_the_best(sweep)
    assert (best.best, best.cheapest, best.tied) == (0, 1, 2)
    assert len(frontiers(sweep)) == 1


def test_cells_of_keys_are_numbers_texts_or_empty() -> None:
    points = (Point("a", {"x": 1, "y": None}), Point("b", {"x": 2.5}))
    columns = key_columns(Design("own", ("x", "y"), points))
    assert columns == {"point": ["a", "b"], "x": [1, 2.5], "y": ["null", ""]}


def test_effects_are_means_over_the_other_keys_and_grids_only_have_them() -> None:
    table = effects_table(fake_sweep(cube(), noise=0.0))
    assert table is not None
    money = table[(table["key"] == "funding.scale") & (table["measure"] == "smw_wait.median")]
    # Without money there is no wait, so the comparison is between half and all of it.
    assert money["value"].tolist() == ["0.5", "1"]
    assert money["difference"].tolist()[1] == pytest.approx(-6.0)
    assert money["verdict"].tolist() == ["reference", "less"]
    assert set(money["combinations"]) == {4}
    assert effects_table(small()) is None
