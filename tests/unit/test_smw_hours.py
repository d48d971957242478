"""Hours of school social work before a case comes in: a visit split up, presence, periods of a pool, pace, limits."""

from __future__ import annotations

import math

import numpy as np
import pytest
from pydantic import ValidationError

from sim.care.course import Rates
from sim.care.observer import Observer
from sim.care.smw_build import build_desks, build_pools
from sim.care.smw_pool import SmwPool
from sim.cases.rhythm import draw_rhythms
from sim.records import FIRST_CLOSED, State
from sim.rules.hazards import LEAVE_EARLY
from sim.rules.presence import presence_of
from sim.rules.rates import WAITS_OUTSIDE, in_touch, rate_table
from sim.rules.visit import carried_over, split_visit, visits_that_fit
from sim.scenario.smw import TimeShares
from sim.stations.smw import changes_of_hours
from sim.world import World
from tests.worlds import DUTCH_CALENDAR, NO_SHARES, by_sector, by_type, hours, lively, quiet, two_towns, world_of

NO_RATES: Rates = []


def pools_of(world: World) -> list[SmwPool]:
    rhythms = draw_rhythms(world, 1, 0)
    return list(build_pools(world, build_desks(world, rhythms, NO_RATES, Observer()), rhythms))


def test_a_visit_is_split_into_travel_shares_and_the_rest() -> None:
    assert split_visit(200.0, 20.0, (0.1, 0.25)) == pytest.approx((20.0, 18.0, 45.0, 117.0))
    assert split_visit(10.0, 20.0, (0.1, 0.25)) == (10.0, 0.0, 0.0, 0.0)
    assert split_visit(60.0, 0.0, (0.5, 0.5))[-1] == 0.0


def test_at_most_one_conversation_is_carried_over() -> None:
    assert carried_over(50.0, 70.0) == 50.0
    assert carried_over(90.0, 70.0) == 70.0


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [(359.0, 1.0), (360.0, 2.0), (360.0 - 1e-8, 2.0), (-20.0, 0.0), (math.inf, math.inf)],
)
def test_whole_visits_fit(minutes: float, expected: float) -> None:
    assert visits_that_fit(minutes, 180.0) == expected


def test_the_shares_are_in_the_order_of_the_tasks() -> None:
    shares = TimeShares(overhead=0.1, coordination=0.2, consultation=0.3, group_prevention=0.15, class_presence=0.05)
    assert shares.values() == (0.1, 0.2, 0.3, 0.15, 0.05)
    assert shares.not_for_cases == pytest.approx(0.8)


def test_class_presence_raises_noticing_and_levels_off() -> None:
    """A fifth of an hour per 100 students is spent in class: gains of .5 x .04 / (.04 + .04) and so on."""
    smw = (
        quiet()
        .changed(
            **{
                "care.smw.shares": NO_SHARES | {"class_presence": 0.2},
                "care.smw.presence.class_notice_gain": 0.5,
                "care.smw.presence.class_half_hours": 0.04,
            }
        )
        .care.smw
    )
    world = world_of(quiet())
    weeks = world.calendar.school_days_per_year / 5.0
    raised = presence_of(smw, np.array([2.0 * weeks, 6.0 * weeks, 0.0]), np.array([1000, 1000, 1000]), world.calendar)
    assert raised.notice.tolist() == pytest.approx([1.25, 1.375, 1.0])
    assert raised.base_care.tolist() == [1.0, 1.0, 1.0]


def test_contact_changes_early_leaving_in_the_waits_outside_and_nothing_else() -> None:
    scenario = lively()
    table = rate_table(scenario.demand, scenario.care, 200.0)
    touched = in_touch(table, 0.5)
    for state in (state for state in State if state < FIRST_CLOSED):
        factor = np.ones(table.shape[2])
        factor[LEAVE_EARLY] = 0.5 if state in WAITS_OUTSIDE else 1.0
        np.testing.assert_allclose(touched[state], table[state] * factor)


@pytest.mark.parametrize(("rule", "weeks"), [("base_plus_flexible", 8), ("pooled", 1)])
def test_periods_of_a_pool_follow_each_other_and_give_all_flexible_hours(rule: str, weeks: int) -> None:
    world = world_of(
        quiet(),
        two_towns(),
        calendar=DUTCH_CALENDAR,
        horizon__measure_years=2,
        spreading__rule=by_sector(rule),
        spreading__reassign_weeks=8,
        **hours(200.0, 300.0),
    )
    po, vo = pools_of(world)
    for pool, sector in ((po, 0), (vo, 1)):
        periods = pool.periods
        starts = [period.start for period in periods]
        assert starts[0] == 0
        assert [period.end for period in periods] == [*starts[1:], int(world.horizon)]
        flexible = world.plan.flexible_hours[world.region.sector == sector].sum()
        assert sum(period.minutes for period in periods) == pytest.approx(2 * 60.0 * flexible)
        first_of_year = [period.start for period in periods if period.opens_year]
        assert first_of_year == world.calendar.year_starts[:-1].tolist()
        lengths = [period.weeks for period in periods]
        assert min(lengths) >= weeks / 2.0
        assert max(lengths) < 1.5 * weeks
        assert [period.weeks for period in periods if period.end not in world.calendar.year_starts] == [
            float(weeks)
        ] * (len(periods) - 2)


def test_a_factor_lowers_what_a_pool_gets() -> None:
    halved = [{"name": "cut", "start": "2016-02-01", "schools": ["po-north"], "factor": 0.0}]
    worlds = [
        world_of(
            quiet(),
            two_towns(200, 180, 200, 250),
            capacity__changes=changes,
            spreading__rule=by_sector("pooled"),
            **hours(200.0),
        )
        for changes in ([], halved)
    ]
    full, cut = (pools_of(world)[0] for world in worlds)
    half_year = next(number for number, period in enumerate(full.periods) if period.start >= 190)
    assert cut.periods[0].minutes == full.periods[0].minutes
    assert cut.periods[half_year].minutes == pytest.approx(0.5 * full.periods[half_year].minutes)


def test_hours_of_a_school_follow_its_changes() -> None:
    changes = [
        {"name": "cut", "start": "2015-09-01", "schools": ["po-north"], "factor": 0.5},
        {"name": "ill", "start": "2015-10-01", "end": "2015-11-01", "schools": ["po-north"], "factor": 0.0},
        {"name": "second", "start": "2016-03-01", "schools": ["vo-south"], "extra_weekly_hours": 4.0},
    ]
    world = world_of(quiet(), two_towns(), capacity__changes=changes, **hours(400.0))
    found = {
        (day, world.region.school_ids[school]): (hours_then.weekly, hours_then.is_open)
        for day, school, hours_then in changes_of_hours(world, draw_rhythms(world, 1, 0))
    }
    weekly = found[0, "po-north"][0]
    assert weekly == pytest.approx(world.plan.yearly_hours[0] / (366 / 5.0))
    assert found[31, "po-north"] == (pytest.approx(0.5 * weekly), True)
    assert found[61, "po-north"] == (0.0, False)
    assert found[92, "po-north"] == (pytest.approx(0.5 * weekly), True)
    assert found[0, "vo-south"] == (0.0, False)
    assert found[213, "vo-south"] == (4.0, True)
    assert {school for day, school in found if day > 0} == {"po-north", "vo-south"}


def test_limits_hold_at_some_schools() -> None:
    limits = {
        "care.smw.limits.max_conversations": 5,
        "care.smw.limits.max_hours": 6.0,
        "care.smw.limits.max_at": by_type(0.0, a=1.0),
        "care.smw.limits.age": 23,
        "care.smw.limits.age_at": by_type(0.0, c=1.0),
        "care.smw.limits.study_only_excluded_at": by_type(0.0, po=1.0),
    }
    world = world_of(quiet(), two_towns(), **limits)
    desks = build_desks(world, draw_rhythms(world, 1, 0), NO_RATES, Observer())
    by_school = dict(zip(world.region.school_ids, (desk.limits for desk in desks), strict=True))
    assert (by_school["vo-north"].conversations, by_school["vo-north"].minutes) == (5, 360.0)
    assert by_school["vo-north"].age == math.inf
    assert by_school["vo-south"].age == 23.0
    assert by_school["vo-south"].minutes == math.inf
    assert [name for name, limit in by_school.items() if limit.refuses_study_only] == ["po-north", "po-south"]


def test_a_maximum_in_which_no_flexible_visit_fits_is_an_error() -> None:
    settings = {
        "spreading.rule": by_sector("per_student", "base_plus_flexible"),
        "spreading.max_weekly_hours": 0.5,
        "spreading.reassign_weeks": 4,
        "care.smw.visits.min_hours": 2.5,
    }
    with pytest.raises(ValidationError, match=r"min_hours is 2\.5"):
        quiet().changed(**settings)
    assert quiet().changed(**(settings | {"spreading.reassign_weeks": 5})).spreading.reassign_weeks == 5
