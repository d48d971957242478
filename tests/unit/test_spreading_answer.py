"""The search for the best spread of hours, in a region where the value of every hour is known."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from toy_spreading import CASES, RULES, TASKS, VALUES, MemoryRunner, Toy, on_disk, school_hours, tiny

from sim.errors import InputError
from sim.questions.spreading import Objective, Question, SpreadingAnswer, answer
from sim.questions.spreading.candidates import together
from sim.questions.spreading.difference_that_matters import MORE, more_hours

GOOD = Question(Objective("good", True), also=("bad",), delta=1.0, replications=30)
SMALL = Question(Objective("good", True), also=("bad",), delta=1.0, replications=12)


def ask(question: Question, toy: Toy | None = None) -> SpreadingAnswer:
    return answer(tiny(), question, MemoryRunner(toy or Toy()))


@pytest.fixture(scope="module")
def found() -> SpreadingAnswer:
    return ask(GOOD)


def test_best_rule_is_found_or_one_that_is_as_good(found: SpreadingAnswer) -> None:
    (decided,) = found.decided
    assert decided.ranking.settled
    assert decided.best.name in ("per_student", "pooled")
    rows = decided.table[decided.table["measure"] == "good"].set_index("option")
    assert rows.loc["own", "verdict"] == "worse"
    assert rows.loc[decided.best.name, "verdict"] == "best"
    # What hours at other schools are worth comes on top of what the toy gives the rule itself.
    assert rows.loc["equal", "difference"] < RULES["equal"] - RULES["pooled"] + 5.0
    assert {rule.rule for rule in decided.contest.left_out} >= {"own_table", "by_level_1_2_share"}


def test_value_of_an_hour_at_each_school_is_the_known_one(found: SpreadingAnswer) -> None:
    values = {place.name: gain for place, gain in zip(found.schools.places, found.schools.gains.mean, strict=True)}
    errors = dict(zip(values, found.schools.gains.standard_error, strict=True))
    for school, true in VALUES.items():
        assert abs(values[school] - true) <= 4.0 * errors[school] < 0.5
    verdicts = dict(zip(values, found.schools.compared.verdicts, strict=True))
    assert verdicts == {"po-a": "below", "po-b": "above", "vo-a": "below", "vo-b": "cannot tell"}
    assert found.schools.by_value() == [list(values).index(name) for name in ("po-b", "vo-b", "po-a", "vo-a")]


def test_ends_count_only_replications_that_did_not_choose_them(found: SpreadingAnswer) -> None:
    assert set(found.schools.gains.n.tolist()) == {len(GOOD.closer)}
    assert set(GOOD.closer).isdisjoint(GOOD.screening)
    assert set(GOOD.fresh).isdisjoint({*GOOD.search, *GOOD.closer, *GOOD.screening, *range(1, GOOD.replications + 1)})
    assert set(GOOD.search).isdisjoint(range(1, GOOD.replications + 1))


def test_value_of_an_hour_in_each_sector_follows_from_its_schools(found: SpreadingAnswer) -> None:
    hours = dict(zip(VALUES, school_hours(tiny()), strict=True))
    for sector, schools in (("po", ("po-a", "po-b")), ("vo", ("vo-a", "vo-b"))):
        total = sum(hours[school] for school in schools)
        true = sum(VALUES[school] * hours[school] for school in schools) / total
        assert found.sectors.gains[sector] == pytest.approx(true, abs=0.4)


def test_value_of_an_hour_in_each_task_is_the_known_one(found: SpreadingAnswer) -> None:
    true = {"cases": CASES, "overhead": 0.0, "coordination": 0.0} | TASKS
    assert found.tasks.gains == pytest.approx(true, abs=1e-6)
    assert found.tasks.best_first()[0] == "group_prevention"


def test_moves_go_the_right_way_and_keep_the_hours(found: SpreadingAnswer) -> None:
    best = {one.move.kind: one for one in found.moves.tried if one.confirmed}
    assert all(one.verdict == "better" for one in best.values())
    assert set(best["schools"].move.takers) == {"po-b"}
    assert best["schools"].move.givers[0] == "vo-a"
    assert best["sectors"].move.givers == ("vo",)
    assert (best["tasks"].move.givers, best["tasks"].move.takers) == (("cases",), ("group_prevention",))
    now = school_hours(tiny())
    for one in found.moves.tried:
        if one.move.kind in ("schools", "sectors"):
            moved = school_hours(one.move.scenario)
            assert moved.sum() == pytest.approx(now.sum())
            assert (moved >= 0.5 * now - 1e-9).all()
            assert np.abs(moved - now).sum() == pytest.approx(2.0 * one.move.amount)


def test_gain_of_a_move_is_that_of_fresh_replications(found: SpreadingAnswer) -> None:
    one = found.moves.best("schools")
    assert one is not None
    worth = np.array(list(VALUES.values()))
    change = school_hours(one.move.scenario) - school_hours(tiny())
    assert one.low - 0.2 <= float(worth @ change) <= one.high + 0.2
    table = found.moves.table.query("measure == 'good' and kind == 'schools' and stage == 'fresh'")
    assert table["n"].tolist() == [len(GOOD.fresh)]


def test_best_moves_together_are_simulated_on_the_same_fresh_replications(found: SpreadingAnswer) -> None:
    one, rule, sectors, tasks = (found.moves.best(kind) for kind in ("together", "rule", "sectors", "tasks"))
    assert one is not None
    assert rule is not None
    assert sectors is not None
    assert tasks is not None
    assert one.move.takers == ("rule", "sectors", "tasks")
    both = one.move.scenario
    assert both.spreading.rule == rule.move.scenario.spreading.rule
    assert both.funding.scale == sectors.move.scenario.funding.scale
    assert both.care.smw.shares == tasks.move.scenario.care.smw.shares
    assert school_hours(both).sum() == pytest.approx(school_hours(tiny()).sum())
    assert one.low <= one.gain <= one.high
    # The toy adds up rule and task; hours of sectors go to other schools under another rule.
    assert one.gain > rule.gain + tasks.gain
    table = found.moves.table.query("measure == 'good' and kind == 'together'")
    assert table[["stage", "n"]].to_numpy().tolist() == [["fresh", len(GOOD.fresh)]]


def test_moves_between_schools_go_with_other_sectors_and_keep_the_hours(found: SpreadingAnswer) -> None:
    best = [one.move for kind in ("schools", "sectors", "rule") if (one := found.moves.best(kind)) is not None]
    move = together(tiny(), found.world, best, found.schools, GOOD)
    assert move is not None
    assert move.takers == ("schools", "sectors")
    sectors, hours = best[1], school_hours(move.scenario)
    assert hours.sum() == pytest.approx(school_hours(tiny()).sum())
    assert np.abs(hours - school_hours(sectors.scenario)).sum() == pytest.approx(2.0 * best[0].amount)
    assert together(tiny(), found.world, best[:1], found.schools, GOOD) is None


def test_what_matters_is_measured_where_no_rule_is_chosen() -> None:
    running = MemoryRunner(Toy())
    answer(tiny(), replace(SMALL, delta=None), running)
    assert {number for name, number in running.asked if name == MORE} == set(SMALL.search)


def test_lower_is_better_gives_the_same_answer_upside_down() -> None:
    high, low = ask(SMALL), ask(replace(SMALL, objective=Objective("bad", False), also=("good",)))
    assert low.rules == high.rules
    assert low.schools.gains.mean.tolist() == pytest.approx(high.schools.gains.mean.tolist())
    assert [one.move.name for one in low.moves.tried] == [one.move.name for one in high.moves.tried]
    ours, theirs = (one.tables()["schools"].query("measure == 'bad'")["value"] for one in (low, high))
    assert ours.tolist() == pytest.approx(theirs.tolist())
    assert high.tables()["moves"].to_csv() == ask(SMALL).tables()["moves"].to_csv()


def test_rules_of_sectors_are_chosen_apart() -> None:
    found = ask(replace(SMALL, by_sector=True, marginal="sector"))
    assert [one.contest.place for one in found.decided] == ["po", "vo"]
    assert found.rules["vo"] in ("per_student", "pooled")
    assert found.rules["mbo"] == tiny().spreading.rule.mbo
    assert [place.name for place in found.schools.places] == ["po", "vo"]


def test_what_matters_is_what_a_little_more_money_does() -> None:
    found = ask(replace(SMALL, delta=None, marginal="type"))
    one_percent = float(
        np.array(list(VALUES.values())) @ (school_hours(more_hours(tiny(), 0.01)) - school_hours(tiny()))
    )
    assert found.matters.origin == "hours"
    assert found.matters.per_percent == pytest.approx(one_percent, rel=0.2)
    assert found.matters.delta == pytest.approx(2.0 * found.matters.per_percent)


def test_what_matters_falls_back_on_the_mean_where_hours_do_nothing() -> None:
    found = ask(Question(Objective("steady", True), replications=10, marginal="sector"))
    assert (found.matters.origin, found.matters.delta) == ("mean", pytest.approx(0.5))
    assert np.isnan(found.matters.per_percent)
    assert found.decided[0].ranking.settled


def test_nothing_is_asked_for_twice() -> None:
    running = MemoryRunner(Toy())
    found = answer(tiny(), SMALL, running)
    assert len(running.asked) == len(set(running.asked)) == found.runs


def test_a_measure_without_a_value_is_refused() -> None:
    with pytest.raises(InputError, match=r"measure=good: it has no value in 1 of .* replications of own"):
        ask(SMALL, Toy(missing="good"))
    assert ask(SMALL, Toy(missing="bad")).decided[0].ranking.settled


def test_failures_are_named_and_the_rest_is_answered(tmp_path: Path) -> None:
    small = replace(SMALL, replications=10, marginal="sector")
    with on_disk(tmp_path / "one", Toy(fails=(7,))) as running:
        found = answer(tiny(), small, running)
    assert {task.replication for task in found.failures} <= {7}
    assert found.decided[0].best.name in ("per_student", "pooled")
    with (
        on_disk(tmp_path / "all", Toy(fails=(1,))) as running,
        pytest.raises(InputError, match="could be done of all"),
    ):
        answer(tiny(), small, running)
