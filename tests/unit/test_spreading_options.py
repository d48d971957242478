"""Which ways of spreading can be compared in a region, and what places are looked at."""

from __future__ import annotations

import numpy as np
import pytest
from toy_spreading import school_hours, tiny

from sim.api import load_scenario
from sim.errors import InputError
from sim.questions.spreading.extra_hours import weekly_hours, with_more, with_moved
from sim.questions.spreading.options import Contest, contests
from sim.questions.spreading.places import places
from sim.region.reader import read_region
from sim.runs.tasks import ROOT
from sim.scenario import Scenario
from sim.world import World, build_world


def of(scenario: Scenario, rules: tuple[str, ...] | None = None, by_sector: bool = False) -> dict[str, Contest]:
    return {one.place: one for one in contests(scenario, rules, by_sector, ROOT)}


def why(contest: Contest) -> dict[str, str]:
    return {one.rule: one.why for one in contest.left_out}


def world(scenario: Scenario) -> World:
    return build_world(scenario, read_region(scenario, ROOT))


def test_rules_that_are_not_possible_in_a_region_are_left_out_and_said() -> None:
    contest = of(tiny())["all"]
    assert contest.options[0].name == "own"
    assert {one.name for one in contest.options} >= {"per_student", "equal", "pooled", "by_expected_need"}
    assert why(contest) == {"by_level_1_2_share": "impossible", "own_table": "impossible"}


def test_rules_with_the_same_hours_are_compared_once() -> None:
    by_sector = of(tiny(), by_sector=True)
    assert set(by_sector) == {"po", "vo"}
    # PO schools are of one type; and the scenario's own rule is no other way.
    same = {one.rule: one.other for one in by_sector["po"].left_out if one.why == "same"}
    assert same["by_school_type"] == "per_student"
    assert same["base_plus_flexible"] == "own"
    assert why(by_sector["vo"])["by_school_type"] == "same"
    names = [one.name for one in of(tiny(), ("equal", "equal", "pooled"))["all"].options]
    assert names == ["own", "equal", "pooled"]


def test_an_mbo_region_can_follow_levels_1_and_2() -> None:
    contest = of(load_scenario("mbo_current_mix"))["all"]
    assert "by_level_1_2_share" in {one.name for one in contest.options} | set(why(contest))
    assert why(contest).get("by_level_1_2_share") != "impossible"


def test_a_rule_that_leaves_hours_is_left_out() -> None:
    narrow = tiny(
        **{"spreading.max_weekly_hours": 0.5, "spreading.rule": "per_student", "spreading.reassign_weeks": 8}
    )
    assert why(of(narrow)["all"])["base_plus_flexible"] == "unspread"


def test_no_rules_at_all_are_all_rules() -> None:
    assert of(tiny(), ())["all"] == of(tiny())["all"]


def test_wrong_rules_and_no_hours_are_named() -> None:
    with pytest.raises(InputError, match=r"rules: unknown rule 'equall'; did you mean 'equal'"):
        of(tiny(), ("equall",))
    with pytest.raises(InputError, match=r"rules, by_level_1_2_share: spreading.rule.po"):
        of(tiny(), ("by_level_1_2_share",))
    with pytest.raises(InputError, match=r"rules, own_table: it needs spreading.table"):
        of(tiny(), ("own_table",))
    with pytest.raises(InputError, match="no hours of SMW to spread"):
        of(tiny(**{"funding.scale": 0.0}))


def test_places_hold_every_school_once_whatever_they_are() -> None:
    gooi = world(load_scenario("s1_before_2016"))
    hours = weekly_hours(gooi)
    for grouping, count in (("school", 107), ("group", 12), ("type", 4), ("sector", 2)):
        found = places(gooi, grouping)
        assert len(found) == count
        assert sorted(school for place in found for school in place.schools) == list(range(107))
        assert sum(place.hours for place in found) == pytest.approx(float(hours.sum()))
        assert sum(place.students for place in found) == int(gooi.region.students.sum())
    sizes = {place.name: place.students / len(place.schools) for place in places(gooi, "group")}
    assert sizes["po.small"] < sizes["po.medium"] < sizes["po.large"]


def test_hours_of_a_week_are_those_that_are_paid_while_measured() -> None:
    one = world(tiny())
    years, hours = one.scenario.horizon.measure_years, weekly_hours(one)
    more = world(with_more(tiny(), ["vo-a"], 2.0))
    paid, paid_more = (each.funded_hours(each.warm_up, each.horizon) / years for each in (one, more))
    week = (paid_more - paid)[2] / 2.0
    assert hours == pytest.approx(paid / week)
    assert (paid_more - paid)[[0, 1, 3]].tolist() == [0.0, 0.0, 0.0]


def test_moving_hours_leaves_their_sum_and_earlier_changes() -> None:
    ill = {"name": "ill", "start": "2016-01-01", "end": "2016-02-01", "schools": ["all"], "factor": 0.5}
    base = tiny(**{"capacity.changes": [ill | {"start": f"{tiny().horizon.start_year}-10-01", "end": None}]})
    now = school_hours(tiny())
    moved = with_moved(base, ["po-a"], 0.25, {"vo-b": 1.0 - 0.25 / now[3]})
    assert [change.name for change in moved.capacity.changes] == ["ill", "hours less", "hours more"]
    change = school_hours(with_moved(tiny(), ["po-a"], 0.25, {"vo-b": 1.0 - 0.25 / now[3]})) - now
    assert np.allclose(change, [0.25, 0.0, 0.0, -0.25])
