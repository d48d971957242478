"""The search of ``smw size`` through the runner, on measures that are known functions of the hours."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sizing_worlds import SPREAD, KnownWaits, MemoryRunner, luck, small_scenario

from sim.errors import InputError
from sim.money.hours import plan_hours
from sim.money.plan import SCHOOL_WEEKS
from sim.questions.sizing.choose import Wanted, choose_lever
from sim.questions.sizing.levers import Lever, MoneyLever, SettingLever, factors
from sim.questions.sizing.outcome import Outcome, outcomes
from sim.questions.sizing.school_hours import SchoolLever
from sim.questions.sizing.search import Effort, Sized, size
from sim.questions.sizing.tables import amount_table, answer_table
from sim.questions.sizing.target import Target
from sim.region.reader import read_region
from sim.runs.points import PointRunner, PointSettings
from sim.scenario import Scenario
from sim.statistics.attainment import Bound, Observed, Rule

N = 20
WAIT = Target("smw_wait.p90", "", Bound("at_most", 14.0))
QUANTILE = 0.8


def lever_for(wanted: Wanted, scenario: Scenario, folder: Path) -> Lever:
    return choose_lever(wanted, scenario, read_region(scenario, Path("/")), folder / "hours", "here")


def sized_with(
    folder: Path, wanted: Wanted, waits: KnownWaits | None = None, target: Target = WAIT, **changes: object
) -> Sized:
    return size_on(MemoryRunner(waits or KnownWaits()), folder, wanted, target, N, **changes)


def size_on(runner: Any, folder: Path, wanted: Wanted, target: Target, n: int, **changes: object) -> Sized:
    lever = lever_for(wanted, small_scenario(folder / "region", **changes), folder)
    return size(runner, lever, target, Rule(target.bound, "replications", QUANTILE), Effort(n))


def by_unit(sized: Sized) -> dict[str, Outcome]:
    return {one.unit: one for one in outcomes(sized)}


def needed(work: float = 400.0, replications: range = range(1, N + 1)) -> float:
    """Weekly hours at which the wait is at most 14 days in 80% of the replications."""
    chance = np.quantile([SPREAD * luck(number) for number in replications], QUANTILE, method="inverted_cdf")
    return work / (WAIT.bound.value - float(chance))


def test_money_in_total_is_multiplied_until_the_target_is_met(tmp_path: Path) -> None:
    one = by_unit(sized_with(tmp_path, Wanted()))["all"]
    assert one.status == "found"
    assert one.place is not None
    assert needed() <= one.place.weekly < 1.05 * needed()
    assert one.place.hours == pytest.approx(one.amount * 1200.0)
    assert one.place.euros == pytest.approx(one.place.hours)
    assert one.place_now.hours == pytest.approx(1200.0)
    assert one.early <= one.amount <= one.late
    assert one.met.share >= QUANTILE


def test_new_replications_confirm_the_answer(tmp_path: Path) -> None:
    sized = sized_with(tmp_path, Wanted())
    seen, unit = sized.confirmed["all"], by_unit(sized)["all"]
    assert unit.place is not None
    expected = [400.0 / unit.place.weekly + SPREAD * luck(number) for number in range(N + 1, 2 * N + 1)]
    assert seen.values == pytest.approx(expected)


def test_each_sector_gets_its_own_answer_in_the_same_search(tmp_path: Path) -> None:
    found = by_unit(sized_with(tmp_path, Wanted(by="sector")))
    assert set(found) == {"po", "vo"}
    for one in found.values():
        assert one.place is not None
        assert needed() <= one.place.weekly < 1.05 * needed()
    # The same hours are more times what PO has now.
    assert found["po"].amount == pytest.approx(2.0 * found["vo"].amount, rel=0.11)


def test_one_sector_alone_leaves_the_other_as_it_is(tmp_path: Path) -> None:
    sized = sized_with(tmp_path, Wanted(sector="vo"))
    assert sized.lever.units == ("vo",)
    scale = sized.lever.scenario({"vo": 0}).funding.scale
    assert (scale.po, scale.vo) == (1.0, 0.0)


def test_every_school_gets_its_own_hours(tmp_path: Path) -> None:
    sized = sized_with(tmp_path, Wanted(by="school", step=0.02), KnownWaits(work=40.0))
    found = by_unit(sized)
    assert set(found) == {"po-a", "po-b", "vo-a", "vo-b"}
    for one in found.values():
        assert one.place is not None
        assert needed(40.0) <= one.place.weekly < 1.021 * needed(40.0)


def test_hours_of_schools_are_planned_exactly_as_they_were_chosen(tmp_path: Path) -> None:
    scenario = small_scenario(tmp_path / "region", **{"funding.scale": 3.0})
    lever = lever_for(Wanted(by="school"), scenario, tmp_path)
    assert isinstance(lever, SchoolLever)
    rungs = dict(zip(lever.units, (3, 90, 17, 55), strict=True))
    changed = lever.scenario(rungs)
    plan = plan_hours(changed, read_region(changed, Path("/")))
    chosen = [lever.amounts[rungs[unit]] for unit in ("po-a", "po-b", "vo-a", "vo-b")]
    assert plan.yearly_hours / SCHOOL_WEEKS == pytest.approx(chosen, abs=1e-5)
    assert not plan.flexible_hours.any()


def test_a_wait_that_hours_do_not_shorten_any_more_is_met_by_no_amount(tmp_path: Path) -> None:
    sized = sized_with(tmp_path, Wanted(), KnownWaits(floor=30.0))
    one = by_unit(sized)["all"]
    assert one.status == "none"
    assert one.top is not None
    assert one.top.effect == "nothing"
    assert one.top.gap == pytest.approx(16.0, abs=2.0)
    assert one.met.share == 0.0
    assert sized.confirmed == {}


def test_where_more_still_helps_it_is_not_said_to_be_stuck(tmp_path: Path) -> None:
    one = by_unit(sized_with(tmp_path, Wanted(highest=0.8)))["all"]
    assert one.status == "none"
    assert one.top is not None
    assert one.top.effect == "helps"


def test_what_more_still_changes_is_told_from_half_of_the_most_whatever_else_was_seen(tmp_path: Path) -> None:
    """Where the target is nearly met at the most, the search looks closely just below it, where nothing changes."""
    sized = sized_with(tmp_path, Wanted(highest=1.09), KnownWaits())
    one, rungs = by_unit(sized)["all"], sized.ladders["all"].rungs()
    assert one.status == "none"
    assert one.top is not None
    assert rungs[-2] == rungs[-1] - 1
    assert one.top.half == pytest.approx(one.top.most / 2.0, rel=0.02)
    assert one.top.effect == "helps"
    most, half = (400.0 / (30.0 * times) for times in (one.top.most, one.top.half))
    assert one.top.change == pytest.approx(most - half, rel=0.01)


def test_what_more_does_to_a_wait_that_is_not_always_reached_is_unknown(tmp_path: Path) -> None:
    one = by_unit(sized_with(tmp_path, Wanted(), KnownWaits(censored=True)))["all"]
    assert one.top is not None
    assert (one.status, one.top.effect) == ("none", "unknown")
    assert np.isnan([one.top.change, one.top.gap]).all()


def test_where_the_mean_meets_the_target_nothing_is_said_to_be_missing(tmp_path: Path) -> None:
    one = by_unit(sized_with(tmp_path, Wanted(highest=1.09), KnownWaits()))["all"]
    assert one.top is not None
    assert one.met.mean < WAIT.bound.value
    assert one.top.gap == pytest.approx(one.met.mean - WAIT.bound.value)


def test_a_target_that_more_takes_away_is_told_with_the_most_that_meets_it(tmp_path: Path) -> None:
    target = Target("cost.smw", "", Bound("at_most", 1500.0))
    one = by_unit(sized_with(tmp_path, Wanted(), target=target))["all"]
    assert (one.status, one.now.share) == ("none", 1.0)
    assert one.top is not None
    assert one.top.effect == "harms"
    assert one.place_last_met is not None
    assert one.there is not None
    assert one.place_last_met.weekly * 40.0 <= 1500.0
    assert one.there.share == 1.0


def test_new_replications_that_fall_short_are_named_as_such(tmp_path: Path) -> None:
    sized = sized_with(tmp_path, Wanted())
    one = by_unit(sized)["all"]
    assert not one.falls_short
    sized.confirmed = {"all": Observed(np.full(N, 15.0), np.ones(N, dtype=np.bool_))}
    assert by_unit(sized)["all"].falls_short


def test_a_sector_without_hours_is_named(tmp_path: Path) -> None:
    only_po = [{"name": "one", "payer": "school", "sector": "po", "amount": 400.0}]
    scenario = small_scenario(tmp_path / "region").changed(**{"funding.sources": only_po})
    lever = lever_for(Wanted(by="sector"), scenario, tmp_path)
    assert isinstance(lever, MoneyLever)
    assert (lever.units, lever.left_out) == (("po",), ("vo",))


def test_direction_of_a_setting_is_seen_where_neither_end_meets_the_target(tmp_path: Path) -> None:
    price = Wanted(key="costs.smw_hour_hired", lowest=1.2, highest=2.0, step=0.1)
    sized = sized_with(tmp_path, price, KnownWaits(work=800.0))
    one = by_unit(sized)["all"]
    assert sized.lever.amounts[0] > sized.lever.amounts[-1]
    assert one.top is not None
    assert (one.top.most, one.top.effect) == (1.2, "helps")


def test_a_replication_that_fails_is_left_out_and_named(tmp_path: Path) -> None:
    sized = sized_with(tmp_path, Wanted(), KnownWaits(broken=2))
    assert {task.replication for task in sized.failures} == {2}
    one = by_unit(sized)["all"]
    assert one.met.n == N - 1


def test_replications_in_which_nobody_asked_say_nothing(tmp_path: Path) -> None:
    found = by_unit(sized_with(tmp_path, Wanted(by="school"), KnownWaits(work=40.0, quiet_unit="po-a")))
    assert found["po-a"].met.nobody == N // 2
    assert found["po-a"].met.n == N - N // 2
    assert found["po-b"].met.nobody == 0
    assert found["po-a"].status == "found"


def test_no_hours_and_so_nobody_on_the_list_do_not_meet_a_share_of_the_requests(tmp_path: Path) -> None:
    target = Target("gave_up", "asked", Bound("at_most", 0.2))
    one = by_unit(sized_with(tmp_path, Wanted(), target=target))["all"]
    assert one.status == "lowest"
    assert one.now.mean == pytest.approx(0.1)


def test_a_setting_of_which_less_helps_is_searched_downwards(tmp_path: Path) -> None:
    """A price of an hour: the lower it is, the more hours the money buys."""
    sized = sized_with(tmp_path, Wanted(key="costs.smw_hour_hired", lowest=0.2, highest=2.0, step=0.05))
    assert isinstance(sized.lever, SettingLever)
    one = by_unit(sized)["all"]
    assert one.place is not None
    assert one.place.weekly >= needed()
    assert 30.0 / (one.amount + 0.05) < needed() <= 30.0 / one.amount


def test_tables_hold_a_row_for_each_answer_and_each_amount(tmp_path: Path) -> None:
    sized = sized_with(tmp_path, Wanted(by="sector"))
    answers, amounts = answer_table(sized, list(outcomes(sized))), amount_table(sized)
    assert answers["unit"].tolist() == ["po", "vo"]
    assert set(amounts["unit"]) == {"po", "vo"}
    assert answers["hours_year"].tolist() == pytest.approx((answers["hours_week"] * SCHOOL_WEEKS).tolist())
    assert amounts["probability"].between(0.0, 1.0).all()
    for _, of_unit in amounts.groupby("unit"):
        assert of_unit["amount"].is_monotonic_increasing
        assert of_unit["load"].iloc[1:].is_monotonic_decreasing


def test_on_disk_the_same_search_gives_the_same_tables_and_does_nothing_again(tmp_path: Path) -> None:
    def searched() -> Sized:
        with PointRunner(tmp_path / "out", PointSettings(workers=1), replicate=KnownWaits()) as runner:
            return size_on(runner, tmp_path, Wanted(by="sector", step=0.25), WAIT, 5)

    first = amount_table(searched())
    done = sorted((tmp_path / "out" / "tasks").rglob("*"))
    assert amount_table(searched()).equals(first)
    assert sorted((tmp_path / "out" / "tasks").rglob("*")) == done
    in_memory = size_on(MemoryRunner(KnownWaits()), tmp_path, Wanted(by="sector", step=0.25), WAIT, 5)
    assert amount_table(in_memory).equals(first)


def test_a_measure_that_is_not_there_at_a_level_is_refused_before_the_search(tmp_path: Path) -> None:
    runner = MemoryRunner(KnownWaits())
    with pytest.raises(InputError, match="no cost at level sector"):
        size_on(runner, tmp_path, Wanted(by="sector"), Target("cost", "", Bound("at_most", 1.0)), N)
    assert len(runner.done) == 1


@pytest.mark.parametrize(
    ("wanted", "changes", "part"),
    [
        (Wanted(sector="mbo"), {}, "the region has students in: po, vo"),
        (Wanted(lowest=2.0, highest=1.0), {}, "the lower one first"),
        (Wanted(lowest=1.0, highest=1.04), {}, "three or more"),
        (Wanted(lowest=20.0), {}, "found 20 to 16"),
        (Wanted(step=1e-7), {}, "0.001 or more"),
        (Wanted(), {"funding.sources": []}, "no hours of SMW"),
        (Wanted(key="care.youth_care.slotz"), {}, "did you mean 'care.youth_care.slots'"),
        (Wanted(by="school", key="care.youth_care.slots"), {}, "sector=... chooses"),
        (Wanted(key="care.youth_care.slots", lowest=1.0, highest=9.0, step=0.5), {}, "whole steps"),
        (Wanted(key="care.youth_care.slots", lowest=1.0, highest=9999.0, step=1.0), {}, "2 to 400"),
        (Wanted(key="care.smw.intake_share", lowest=0.0, highest=2.0), {}, "intake_share=2"),
    ],
)
def test_what_cannot_be_sized_is_said_before_anything_runs(
    wanted: Wanted, changes: dict[str, object], part: str, tmp_path: Path
) -> None:
    scenario = small_scenario(tmp_path / "region", **changes)
    with pytest.raises(InputError, match=part) as error:
        lever_for(wanted, scenario, tmp_path)
    assert str(error.value).startswith("here")


def test_factors_are_the_same_whatever_the_range() -> None:
    """So that a search for another target, or over another range, meets points that are done already."""
    wide, narrow = factors(0.0, 16.0, 0.05), factors(0.5, 4.0, 0.05)
    assert set(narrow) <= set(wide)
    assert 1.0 in wide
    assert wide[0] == 0.0
    assert np.allclose(wide[2:] / wide[1:-1], 1.05, rtol=1e-4)


def test_all_sectors_together_have_one_factor(tmp_path: Path) -> None:
    lever = lever_for(Wanted(), small_scenario(tmp_path / "region", **{"funding.scale": 2.0}), tmp_path)
    assert isinstance(lever, MoneyLever)
    scale = lever.scenario({"all": int(np.flatnonzero(lever.amounts == 0.0)[0])}).funding.scale
    assert (scale.po, scale.vo, scale.mbo) == (0.0, 0.0, 0.0)
    assert lever.scenario(lever.starts).funding.scale.po == 2.0
