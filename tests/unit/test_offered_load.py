"""Offered load before simulating: it follows hours and demand, and agrees with what the model then does."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sim.api import simulate
from sim.cli.compose import compose_one
from sim.offered_load import offered_load
from sim.region.reader import load_region
from sim.runs.tasks import ROOT
from sim.scenario import Scenario
from sim.scenario.base import TYPES
from sim.world import World, build_world

OWN = Path(__file__).parents[1] / "data" / "own_configs"
MBO_TYPES = TYPES[4:]
NOBODY_NOTICES = "demand.notice.per_month={light:0,moderate:0,severe:0}"
NOBODY_IS_ABSENT = "demand.absence_per_month={light:0,moderate:0,severe:0}"


def scenario(*settings: str) -> Scenario:
    return next(iter(compose_one(["scenario=tiny", *settings], OWN).scenarios.values()))


def mbo(*settings: str) -> World:
    """One institution, where nobody has to wait for the second line."""
    settings = ("scenario=mbo_institution", "care.second_line.cases=1000", *settings)
    chosen = next(iter(compose_one(settings).scenarios.values()))
    return build_world(chosen, load_region(chosen.region, ROOT))


def at_all(key: str, value: float) -> str:
    """A share of the schools of every type of mbo institution."""
    return f"{key}={{{','.join(f'{kind}:{value}' for kind in ('po', 'a', 'b', 'c', *MBO_TYPES))}}}"


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
        for change in ([], ["funding.sources.partnership.amount=40000"], ["care.smw.limits.max_conversations=2"])
    )
    vo = slice(2, 4)
    assert np.all(more.load[vo] < base.load[vo])
    assert np.all(capped.minutes_asked < base.minutes_asked)
    assert capped.requests == pytest.approx(base.requests)


def test_capacity_is_what_visits_leave_for_cases() -> None:
    plain = world(
        "care.smw.visits.travel_minutes=0",
        "care.smw.shares.overhead=0",
        "care.smw.shares.coordination=0",
        "care.smw.shares.consultation=0",
        "care.smw.shares.group_prevention=0",
        "care.zat.smw_minutes=0",
        "care.mdo.smw_minutes=0",
        "care.smw.visits.min_hours=0.5",
    )
    assert offered_load(plain).minutes_funded == pytest.approx(60.0 * plain.plan.yearly_hours, rel=0.02)
    shared = world("care.smw.visits.min_hours=0.5", "care.smw.visits.travel_minutes=0")
    left = 1.0 - shared.scenario.care.smw.shares.not_for_cases
    weeks = shared.calendar.school_days_per_year / 5.0
    meetings = [
        weeks / team.every_weeks * team.smw_minutes for team in (shared.scenario.care.mdo, shared.scenario.care.zat)
    ]
    expected = np.maximum(0.0, 60.0 * left * shared.plan.yearly_hours - np.array(meetings)[shared.region.sector])
    assert offered_load(shared).minutes_funded == pytest.approx(expected, rel=0.05, abs=1.0)


def test_without_noticing_nobody_asks() -> None:
    assert np.all(offered_load(world(NOBODY_NOTICES, NOBODY_IS_ABSENT)).load == 0.0)


def test_absence_brings_students_to_the_team_through_leerplicht() -> None:
    absent_only, to_gateway, both, noticed_only = (
        offered_load(world(*changes)).requests
        for changes in (
            [NOBODY_NOTICES],
            [NOBODY_NOTICES, "care.leerplicht.to_team=0"],
            [],
            [NOBODY_IS_ABSENT],
        )
    )
    assert np.all(absent_only > 0.0)
    assert np.all(to_gateway == 0.0)
    assert np.all(both > noticed_only)


def test_every_level_of_the_mbo_asks_by_its_own_onset() -> None:
    levels = [f"mbo_{number}" for number in (1, 2, 3, 4)]
    nothing = ["demand.onset_per_year", "demand.entry_prevalence"]
    alone = []
    for level in levels:
        others = [f"{key}.{other}=0" for key in nothing for other in levels if other != level]
        alone.append(offered_load(mbo(*others)).requests.sum())
    assert min(alone) > 0.0
    assert sum(alone) == pytest.approx(offered_load(mbo()).requests.sum())


def test_students_above_the_age_limit_do_not_ask() -> None:
    everywhere = at_all("care.smw.limits.age_at", 1)
    none, old, young, nobody, nowhere = (
        offered_load(mbo(*changes)).requests.sum()
        for changes in (
            ["care.smw.limits.age=null"],
            ["care.smw.limits.age=90", everywhere],
            ["care.smw.limits.age=18", everywhere],
            ["care.smw.limits.age=15", everywhere],
            ["care.smw.limits.age=15", at_all("care.smw.limits.age_at", 0)],
        )
    )
    assert old == pytest.approx(none)
    assert 0.0 < young < none
    assert nobody == 0.0
    assert nowhere == none


def test_problems_that_are_only_about_studying_do_not_ask_where_they_are_refused() -> None:
    only = "demand.study_only_share.mbo=1"
    light = "demand.severity_onset={light:1,moderate:0,severe:0}"
    brought = [f"demand.entry_prevalence.mbo_{number}=0" for number in (1, 2, 3, 4)]
    refused = at_all("care.smw.limits.study_only_excluded_at", 1)
    helped = at_all("care.smw.limits.study_only_excluded_at", 0)
    assert offered_load(mbo(only, light, refused, *brought)).requests.sum() == 0.0
    all_of_them = offered_load(mbo(helped)).requests.sum()
    assert offered_load(mbo(only, helped)).requests.sum() == all_of_them
    assert 0.0 < offered_load(mbo(refused)).requests.sum() < all_of_them


def test_a_maximum_holds_only_at_the_schools_that_have_one() -> None:
    two = "care.smw.limits.max_conversations=2"
    free = offered_load(mbo("care.smw.limits.max_conversations=null", "care.smw.limits.max_hours=null"))
    without = offered_load(mbo(two, at_all("care.smw.limits.max_at", 0)))
    capped = offered_load(mbo(two, at_all("care.smw.limits.max_at", 1)))
    assert without.minutes_asked == pytest.approx(free.minutes_asked)
    assert np.all(capped.minutes_asked < free.minutes_asked)


def test_a_team_inside_the_school_needs_no_hand_over() -> None:
    def linked(model: str, minutes: int) -> float:
        models = [f"care.linking.model.mbo_{number}={model}" for number in (1, 2, 3, 4)]
        settings = [*models, f"care.smw.handover_minutes={minutes}", "care.smw.warm_handover=true"]
        return float(offered_load(mbo(*settings)).minutes_asked.sum())

    assert linked("own_neighbourhood", 60) > linked("own_neighbourhood", 0)
    assert linked("school_as_neighbourhood", 60) == linked("school_as_neighbourhood", 0)


def test_flexible_hours_count_where_they_were_planned_in_visits_of_the_minimum_length() -> None:
    settings = [
        "spreading.rule.vo=base_plus_flexible",
        "spreading.base_share=0.5",
        "care.smw.visits.travel_minutes=30",
        "care.smw.visits.min_hours=2",
        "care.zat.smw_minutes=0",
    ]
    shared = world(*settings)
    plan = shared.plan
    fixed_only = replace(plan, yearly_hours=plan.fixed_hours, flexible_hours=np.zeros_like(plan.flexible_hours))
    both, fixed = offered_load(shared), offered_load(replace(shared, plan=fixed_only))
    assert np.all(plan.flexible_hours[2:] > 0.0)
    left = 1.0 - shared.scenario.care.smw.shares.not_for_cases
    # Of every two hours half an hour is travel.
    expected = 60 * 0.75 * left * plan.flexible_hours
    assert (both.minutes_funded - fixed.minutes_funded)[2:] == pytest.approx(expected[2:])


def agrees(rich: Scenario, part: float) -> None:
    load = offered_load(build_world(rich, load_region(rich.region, ROOT)))
    values = simulate(rich, engine="simpy")["values"].set_index(["measure", "level", "unit"])["value"]
    assert load.requests.sum() == pytest.approx(values["asked", "total", "all"], rel=part)
    hours = sum(values["hours_used", "task", task] for task in ("conversations", "registration", "handovers"))
    assert load.minutes_asked.sum() / 60.0 == pytest.approx(hours, rel=part)


NOBODY_IS_PUT_OFF = ("care.smw.balking.enabled=false", "demand.give_up_per_month.smw=0")


def test_the_load_agrees_with_a_simulation_in_which_hours_abound() -> None:
    """In the region of the memo, with money for all; the formula leaves out some ways back."""
    money = ("funding.sources.qinas.amount=2000000", "funding.sources.unita.amount=1000000")
    settings = ["scenario=s1_proposal_2016", *money, *NOBODY_IS_PUT_OFF]
    agrees(compose_one(settings).scenarios["s1_proposal_2016"], 0.2)


def test_the_load_agrees_with_a_simulation_of_an_mbo_institution_with_limits() -> None:
    limits = [
        "care.smw.limits.age=19",
        at_all("care.smw.limits.age_at", 1),
        at_all("care.smw.limits.study_only_excluded_at", 1),
        at_all("care.smw.limits.max_at", 1),
        "care.smw.limits.max_conversations=4",
    ]
    settings = ["scenario=mbo_institution", *NOBODY_IS_PUT_OFF, *limits]
    agrees(compose_one(settings).scenarios["mbo_institution"], 0.2)
