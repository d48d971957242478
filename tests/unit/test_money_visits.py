"""From hours to visits: by calendar and size of the school, by changes of capacity, and where hours are flexible."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.cases.open_days import OpenDays
from sim.cases.rhythm import Rhythm, concatenate, draw_rhythms, make_rhythm, rhythm_plan_of
from sim.cases.streams import Purpose, stream
from sim.cases.visits import (
    VISIT_HOUR,
    HoursSpan,
    flexible_chances,
    hours_spans,
    plan_visits,
    visit_weekdays,
)
from sim.region.calendar import SchoolCalendar, build_calendar
from sim.scenario.calendar import Calendar
from sim.scenario.smw import Visits
from sim.world import World
from tests.worlds import DUTCH_CALENDAR, Changes, by_sector, hours, quiet, two_towns, world_of

VISITS = Visits(min_hours=3.0, max_hours=8.0, travel_minutes=20.0, hours_per_worker=32.5)
YEARS = 3
MONDAY_2016 = (date(2016, 1, 4) - date(2015, 8, 1)).days


@pytest.fixture(scope="module")
def calendar() -> SchoolCalendar:
    return build_calendar(Calendar.model_validate(DUTCH_CALENDAR), 2015, YEARS)


def weekdays(calendar: SchoolCalendar, days: tuple[float, ...] | list[float]) -> set[int]:
    return {(int(day) + calendar.weekday) % 7 for day in days}


def world(**changes: object) -> World:
    """Two towns on the Dutch calendar with 600 hours a year in PO and 4,300 in VO."""
    settings = {"calendar": DUTCH_CALENDAR, "horizon.measure_years": YEARS, "care.smw.visits": VISITS.model_dump()}
    return world_of(quiet().changed(**settings | hours(po=600.0, vo=4300.0)), two_towns(), **changes)


def change(schools: tuple[str, ...], **more: object) -> Changes:
    return {"name": "change", "start": "2016-01-04", "schools": schools, **more}


def test_few_hours_are_saved_up_for_visits_of_the_minimum_length(calendar):
    visits, minutes = plan_visits(40.0, VISITS, calendar, 2, 0.0)
    assert min(minutes) >= 180.0
    assert sum(minutes) / 60.0 == pytest.approx(40.0 * YEARS, abs=3.0)
    assert weekdays(calendar, visits) == {2}


@pytest.mark.parametrize(("weekly", "expected"), [(0.1, 1), (8.0, 1), (8.1, 2), (24.0, 3), (40.0, 5), (400.0, 5)])
def test_a_school_is_visited_on_as_many_days_as_its_hours_need_and_at_most_five(weekly, expected):
    for weekday in range(5):
        found = visit_weekdays(weekly, 8.0, weekday)
        assert len(found) == expected
        assert weekday in found
        assert found <= set(range(5))


def test_a_large_institution_is_visited_every_school_day_by_several_workers_at_once(calendar):
    # 200 hours in each of about 40 weeks: 40 hours a day, more than one worker can work.
    visits, minutes = plan_visits(8000.0, VISITS, calendar, 3, 0.5)
    assert [int(day) for day in visits] == np.flatnonzero(calendar.is_school).tolist()
    assert sum(minutes) / 60.0 == pytest.approx(8000.0 * YEARS)
    assert np.mean(minutes) / 60.0 == pytest.approx(8000.0 * YEARS / calendar.is_school.sum())
    assert min(minutes) / 60.0 > VISITS.max_hours


def test_no_hours_are_no_visits(calendar):
    assert plan_visits(0.0, VISITS, calendar, 0, 0.9) == ([], [])


@given(
    yearly=st.floats(0.0, 9000.0),
    weekday=st.integers(0, 4),
    phase=st.floats(0.0, 0.999),
    factors=st.lists(st.tuples(st.sampled_from([0.0, 0.5, 1.0, 2.0]), st.floats(0.0, 12.0)), min_size=1, max_size=4),
)
def test_visits_use_what_is_funded_and_nobody_comes_while_there_are_no_hours(
    calendar, yearly, weekday, phase, factors
):
    starts = [0, 150, 400, 900][: len(factors)]
    spans = [HoursSpan(start, *parts) for start, parts in zip(starts, factors, strict=True)]
    visits, minutes = plan_visits(yearly, VISITS, calendar, weekday, phase, spans)
    used = np.array(minutes) / 60.0
    whole = yearly * YEARS * 3.0 + 12.0 * calendar.elapsed[-1] / 5.0
    assert visits == sorted(visits)
    assert used.sum() <= whole + VISITS.min_hours
    funded = _funded(calendar, yearly, spans)
    # A change in the middle of a school week moves at most the hours of that week.
    slack = VISITS.min_hours + len(spans) * 2.0 * (yearly / 35.0 * 2.0 + 12.0)
    assert abs(used.sum() - funded) <= slack
    for span, end in zip(spans, [*starts[1:], len(calendar.is_school)], strict=True):
        inside = (np.array(visits) >= span.start) & (np.array(visits) < end)
        assert calendar.is_school[np.array(visits, dtype=np.int64)[inside]].all()
        if yearly * span.factor + span.extra == 0.0:
            assert not inside.any()


def _funded(calendar: SchoolCalendar, yearly: float, spans: list[HoursSpan]) -> float:
    in_year = np.repeat(np.diff(calendar.elapsed[calendar.year_starts]), np.diff(calendar.year_starts))
    daily = np.zeros(len(calendar.is_school))
    for span in spans:
        daily[span.start :] = yearly * span.factor / in_year[span.start :] + span.extra / 5.0
    return float(daily[calendar.is_school].sum())


def test_half_the_hours_are_half_the_minutes_a_week_from_the_day_of_the_change(calendar):
    spans = [HoursSpan(0, 1.0, 0.0), HoursSpan(MONDAY_2016, 0.5, 0.0)]
    visits, minutes = (np.array(column) for column in plan_visits(300.0, VISITS, calendar, 1, 0.0, spans))
    plain_visits, plain = (np.array(column) for column in plan_visits(300.0, VISITS, calendar, 1, 0.0))
    np.testing.assert_array_equal(visits, plain_visits)
    np.testing.assert_allclose(minutes, np.where(visits < MONDAY_2016, plain, plain / 2))


def test_a_second_worker_brings_more_visits_a_week_from_that_day_on(calendar):
    spans = [HoursSpan(0, 1.0, 0.0), HoursSpan(MONDAY_2016, 1.0, 16.0)]
    visits, minutes = (np.array(column) for column in plan_visits(240.0, VISITS, calendar, 0, 0.0, spans))
    later = visits >= MONDAY_2016
    assert weekdays(calendar, visits[~later].tolist()) == {0}
    assert weekdays(calendar, visits[later].tolist()) == {0, 1, 3}
    week = (visits >= MONDAY_2016 + 7) & (visits < MONDAY_2016 + 14)
    assert minutes[week].sum() / 60.0 == pytest.approx(16.0 + 6.0, abs=1.0)


def test_extra_hours_bring_visits_to_a_school_that_had_none(calendar):
    visits, _ = plan_visits(0.0, VISITS, calendar, 0, 0.0, [HoursSpan(0, 1.0, 0.0), HoursSpan(MONDAY_2016, 1.0, 6.0)])
    assert visits[0] == MONDAY_2016 + VISIT_HOUR


def test_the_spans_of_a_school_leave_out_changes_at_other_schools():
    found = world(
        capacity__changes=[change(("po-north",), factor=0.5), change(("vo",), end="2016-03-01", factor=0.0)]
    )
    assert [span.factor for span in hours_spans(found.profile, 0)] == [1.0, 0.5]
    assert [span.factor for span in hours_spans(found.profile, 1)] == [1.0, 0.0, 1.0]
    assert [span.factor for span in hours_spans(found.profile, 2)] == [1.0]


def test_an_ill_worker_does_not_come_and_other_schools_keep_their_rhythm():
    plain = draw_rhythms(world(), 1, 0)
    ill = draw_rhythms(world(capacity__changes=[change(("vo-north",), end="2016-02-29", factor=0.0)]), 1, 0)
    end = MONDAY_2016 + 56
    assert not [day for day in ill[1].visits if MONDAY_2016 <= day < end]
    assert [day for day in plain[1].visits if MONDAY_2016 <= day < end]
    assert [ill[school] for school in (0, 2, 3)] == [plain[school] for school in (0, 2, 3)]


def test_the_draws_of_a_school_are_day_credit_meeting_day_and_offset():
    found = world()
    for school, rhythm in enumerate(draw_rhythms(found, 3, 2)):
        draws = stream(3, 2, Purpose.PHASE, found.region.school_ids[school]).random(4)
        assert rhythm.weekday == int(5 * draws[0])
        expected = plan_visits(
            float(found.plan.yearly_hours[school]), VISITS, found.calendar, rhythm.weekday, float(draws[1])
        )
        assert (list(rhythm.visits), list(rhythm.minutes)) == expected


def flexible() -> list[Rhythm]:
    rules = by_sector("base_plus_flexible", "pooled", "equal")
    return draw_rhythms(world(spreading__rule=rules), 1, 0)


def test_flexible_hours_are_not_in_the_visits_but_can_come_every_school_week_on_another_weekday():
    plan, calendar = world(spreading__rule=by_sector("base_plus_flexible", "pooled", "equal")).plan, world().calendar
    for school, rhythm in enumerate(flexible()):
        fixed = float(plan.fixed_hours[school])
        assert sum(rhythm.minutes) / 60.0 == pytest.approx(YEARS * fixed, abs=VISITS.min_hours)
        assert len(weekdays(calendar, rhythm.chances)) == 1
        assert not weekdays(calendar, rhythm.chances) & weekdays(calendar, rhythm.visits)
        assert len(rhythm.chances) == pytest.approx(40 * YEARS, abs=3 * YEARS)
        assert {day % 1.0 for day in rhythm.chances} == {VISIT_HOUR}
    assert flexible()[1].visits == ()


def test_without_flexible_hours_there_are_no_chances():
    assert all(rhythm.chances == () for rhythm in draw_rhythms(world(), 1, 0))


def test_the_chance_is_two_weekdays_later_or_the_next_that_is_free(calendar):
    for taken, expected in (({1}, 3), ({1, 3}, 4), ({1, 3, 4}, 0), ({0, 1, 2, 3, 4}, 3)):
        assert weekdays(calendar, flexible_chances(OpenDays(calendar), taken, 1)) == {expected}


def test_nobody_comes_from_the_pool_while_hours_are_multiplied_by_0(calendar):
    spans = [HoursSpan(0, 1.0, 0.0), HoursSpan(MONDAY_2016, 0.0, 5.0), HoursSpan(MONDAY_2016 + 56, 0.2, 0.0)]
    found = flexible_chances(OpenDays(calendar), {0}, 0, spans)
    assert found == [
        day for day in flexible_chances(OpenDays(calendar), {0}, 0) if not MONDAY_2016 <= day < MONDAY_2016 + 56
    ]
    assert len(found) < len(flexible_chances(OpenDays(calendar), {0}, 0))


@pytest.mark.parametrize("rule", ["per_student", "base_plus_flexible"])
def test_rhythms_as_arrays_tell_the_same_by_school(rule):
    rhythms = draw_rhythms(world(spreading__rule=by_sector(rule)), 1, 0)
    found = concatenate(rhythms)
    columns = (
        (found.visits, found.visit_first, "visits"),
        (found.minutes, found.visit_first, "minutes"),
        (found.meetings, found.meeting_first, "meetings"),
        (found.chances, found.chance_first, "chances"),
    )
    for values, first, name in columns:
        assert values.dtype == np.float64
        assert first.dtype == np.int64
        assert first[-1] == values.size
        for school, rhythm in enumerate(rhythms):
            assert tuple(values[first[school] : first[school + 1]].tolist()) == getattr(rhythm, name)


def test_a_rhythm_does_not_depend_on_what_was_drawn_for_the_world_before():
    """What a weekday decides is kept; first and later draws agree, and so do spans in which hours change."""
    changes = [change(("vo-north",), end="2016-02-29", factor=0.0), change(("po-north",), factor=0.5)]
    used, fresh = (world(capacity__changes=changes) for _ in range(2))
    drawn = [draw_rhythms(used, 1, replication) for replication in range(6)]
    assert [draw_rhythms(used, 1, replication) for replication in range(6)] == drawn
    assert draw_rhythms(fresh, 1, 5) == drawn[5]


@given(draws=st.tuples(*[st.floats(0.0, 0.999)] * 4), school=st.integers(0, 3))
def test_a_rhythm_is_what_the_plain_functions_say(draws, school):
    found = world(capacity__changes=[change(("vo-north",), end="2016-02-29", factor=0.5, extra_weekly_hours=2.0)])
    plan = rhythm_plan_of(found)
    rhythm = make_rhythm(plan, plan.schools[school], VISITS, *draws)
    hours_a_year = float(found.plan.fixed_hours[school])
    spans = hours_spans(found.profile, school)
    expected = plan_visits(hours_a_year, VISITS, found.calendar, int(5 * draws[0]), draws[1], spans)
    assert (list(rhythm.visits), list(rhythm.minutes)) == expected
    every = plan.schools[school].every_weeks
    assert all(int(later - earlier) % 7 == 0 for earlier, later in pairwise(rhythm.meetings))
    weeks = np.count_nonzero(found.calendar.is_school) / 5.0
    assert len(rhythm.meetings) == pytest.approx(weeks / every, abs=0.1 * weeks)
