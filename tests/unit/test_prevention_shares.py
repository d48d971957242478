"""Which mechanism contributes what, on a made-up place whose rule is known, by the way that real runs take."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd
import pytest
from prevention_game import ADDS, STRUCTURE, TOGETHER, Game

from sim.questions.prevention.contributions import (
    changes_of_sets,
    interactions_table,
    shapley_table,
    switches_table,
    with_off,
)
from sim.questions.prevention.mechanisms import GROUP_PREVENTION, NAMES
from sim.questions.prevention.outside_counts import PER, read_counts
from sim.questions.prevention.points import mechanism_points, pairs_of_all
from sim.runs.points import PointRunner, PointSettings
from sim.statistics.intervals import FloatArray
from tests.worlds import lively

STUDENTS = 2000.0
REPLICATIONS = 2
OF_ALL = sum(ADDS.values()) + TOGETHER
UNIT = PER / STUDENTS
# Half a replication in two adds one request.
LUCK = 0.5 * UNIT


@pytest.fixture(scope="module")
def changes(tmp_path_factory: pytest.TempPathFactory) -> FloatArray:
    points = mechanism_points(lively())
    settings = PointSettings(engine="simpy", workers=1)
    with PointRunner(tmp_path_factory.mktemp("game"), settings, replicate=Game()) as runner:
        run = runner.run(points, REPLICATIONS)
    assert not run.failures
    return changes_of_sets(read_counts(run), STUDENTS)


@cache
def expected() -> dict[str, float]:
    shared = dict(ADDS) | {name: ADDS[name] + TOGETHER // 2 for name in ("warm_handover", "linking")}
    return {name: value * UNIT for name, value in shared.items()}


def of_youth_care(table: pd.DataFrame) -> pd.DataFrame:
    return table[(table["place"] == "youth_care") & (table["what"] == "requests")]


def test_every_set_of_mechanisms_is_compared_with_a_world_without_smw_that_has_the_same_substitution() -> None:
    pairs = list(pairs_of_all())
    assert len(pairs) == len({with_smw for with_smw, _ in pairs}) == 2 ** len(NAMES)
    assert {without for _, without in pairs} == {"without: nothing", "without: substitution"}
    assert all(("substitution" in with_smw) == ("substitution" in without) for with_smw, without in pairs)


def test_shares_are_those_of_the_rule(changes: FloatArray) -> None:
    table = of_youth_care(shapley_table(changes)).set_index("mechanism")
    for name, value in expected().items():
        assert table.loc[name, "mean"] == pytest.approx(value)
    assert table.loc["structure", "mean"] == pytest.approx(STRUCTURE * UNIT + LUCK)
    assert table.loc["total", "mean"] == pytest.approx((STRUCTURE + OF_ALL) * UNIT + LUCK)


def test_luck_that_both_worlds_share_is_in_no_share(changes: FloatArray) -> None:
    table = of_youth_care(shapley_table(changes)).set_index("mechanism")
    assert (table.loc[list(NAMES), "high"] - table.loc[list(NAMES), "low"]).to_numpy() == pytest.approx(0.0, abs=1e-9)
    assert table.loc["total", "high"] > table.loc["total", "low"]


def test_shares_and_structure_add_up_to_the_total_in_every_replication(changes: FloatArray) -> None:
    for replication in range(REPLICATIONS):
        table = shapley_table(changes[[replication]])
        parts = table[table["mechanism"] != "total"].groupby(["place", "what"])["mean"].sum()
        total = table[table["mechanism"] == "total"].set_index(["place", "what"])["mean"]
        assert np.allclose(parts.to_numpy(), total.reindex(parts.index).to_numpy())


def test_mechanism_that_the_scenario_does_not_assume_contributes_nothing_at_all(changes: FloatArray) -> None:
    table = of_youth_care(shapley_table(with_off(changes, GROUP_PREVENTION))).set_index("mechanism")
    assert table.loc[GROUP_PREVENTION, ["mean", "low", "high"]].tolist() == [0.0, 0.0, 0.0]
    assert table.loc["helping", "mean"] == pytest.approx(expected()["helping"])
    without = of_youth_care(switches_table(changes)).set_index("mechanism").loc[GROUP_PREVENTION, "without"]
    assert table.loc["total", "mean"] == pytest.approx(without)


def test_switches_tell_what_smw_changes_with_one_alone_and_with_all_but_one(changes: FloatArray) -> None:
    table = of_youth_care(switches_table(changes)).set_index("mechanism")
    assert table.loc["linking", "alone"] == pytest.approx((STRUCTURE + ADDS["linking"]) * UNIT + LUCK)
    without = STRUCTURE + OF_ALL - ADDS["linking"] - TOGETHER
    assert table.loc["linking", "without"] == pytest.approx(without * UNIT + LUCK)


def test_only_the_pair_that_works_together_interacts(changes: FloatArray) -> None:
    table = of_youth_care(interactions_table(changes)).set_index(["first", "second"])["mean"]
    assert table["warm_handover", "linking"] == pytest.approx(TOGETHER * UNIT)
    assert table.drop(("warm_handover", "linking")).abs().max() == pytest.approx(0.0, abs=1e-9)
