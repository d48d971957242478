"""Offered load before simulating: it follows hours and demand, and agrees with what the model then does."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sim.cli.compose import compose_one
from sim.offered_load import offered_load
from sim.region.reader import load_region
from sim.runs.tasks import ROOT, Simulation
from sim.scenario import Scenario
from sim.world import World, build_world

OWN = Path(__file__).parents[1] / "data" / "own_configs"


def scenario(*settings: str) -> Scenario:
    return next(iter(compose_one(["scenario=tiny", *settings], OWN).scenarios.values()))


def world(*settings: str) -> World:
    chosen = scenario(*settings)
    return build_world(chosen, load_region(chosen.region, ROOT))


def test_twice_the_students_ask_twice_as_much_where_smw_changes_nothing() -> None:
    load = offered_load(world("funding=none", "care.zat.cases=1000", "care.mdo.cases=1000"))
    assert load.requests[3] == pytest.approx(2 * load.requests[2])
    assert np.all(load.minutes_funded == 0.0)
    assert np.all(np.isinf(load.load))


def test_money_lowers_the_load_and_a_maximum_lowers_what_is_asked() -> None:
    base, more, capped = (
        offered_load(world(*change))
        for change in ([], ["funding.sources.partnership.amount=40000"], ["care.smw.max_conversations=2"])
    )
    vo = slice(2, 4)
    assert np.all(more.load[vo] < base.load[vo])
    assert np.all(capped.minutes_asked < base.minutes_asked)
    assert capped.requests == pytest.approx(base.requests)


def test_capacity_is_what_visits_leave_for_cases() -> None:
    plain = world(
        "care.smw.visits.travel_minutes=0",
        "care.smw.shares.overhead=0",
        "care.smw.shares.consultation=0",
        "care.smw.shares.group_prevention=0",
        "care.zat.smw_minutes=0",
        "care.mdo.smw_minutes=0",
        "care.smw.visits.min_hours=0.5",
    )
    assert offered_load(plain).minutes_funded == pytest.approx(60.0 * plain.plan.yearly_hours, rel=0.02)
    shared = world("care.smw.visits.min_hours=0.5", "care.smw.visits.travel_minutes=0")
    shares = shared.scenario.care.smw.shares
    left = 1.0 - shares.overhead - shares.consultation - shares.group_prevention
    weeks = shared.calendar.school_days_per_year / 5.0
    meetings = [
        weeks / team.every_weeks * team.smw_minutes for team in (shared.scenario.care.mdo, shared.scenario.care.zat)
    ]
    expected = np.maximum(0.0, 60.0 * left * shared.plan.yearly_hours - np.array(meetings)[shared.region.sector])
    assert offered_load(shared).minutes_funded == pytest.approx(expected, rel=0.05, abs=1.0)


def test_without_noticing_nobody_asks() -> None:
    nobody = offered_load(world("demand.notice.per_month={light:0,moderate:0,severe:0}"))
    assert np.all(nobody.load == 0.0)


def test_students_who_walk_in_ask_more_than_the_team_passes_on() -> None:
    assert np.all(offered_load(world("care.smw.direct_access_share=1")).requests > offered_load(world()).requests)


def test_a_care_team_that_handles_few_cases_bounds_the_requests() -> None:
    bound = world("care.zat.every_weeks=20", "care.zat.cases=1")
    assert offered_load(bound).requests[2:].max() <= bound.calendar.school_days_per_year / 5.0 / 20.0 + 1e-9


def test_the_load_agrees_with_a_simulation_in_which_hours_abound() -> None:
    """In the region of the memo, with money for all; the formula leaves out some ways back, so within a quarter."""
    rich = compose_one(
        [
            "scenario=s1_proposal_2016",
            "funding.sources.qinas.amount=2000000",
            "funding.sources.unita.amount=1000000",
            "care.smw.balking.enabled=false",
            "demand.give_up_per_month.smw=0",
        ]
    ).scenarios["s1_proposal_2016"]
    load = offered_load(build_world(rich, load_region(rich.region, ROOT)))
    values = Simulation()("rich", rich, 1, 1)["values"].set_index(["measure", "level", "unit"])["value"]
    assert load.requests.sum() == pytest.approx(values["asked", "total", "all"], rel=0.25)
    hours = values["hours_used", "task", "conversations"] + values["hours_used", "task", "handovers"]
    assert load.minutes_asked.sum() / 60.0 == pytest.approx(hours, rel=0.25)
