"""Shares of students: with a conversation, in care outside, never noticed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from factories import PO_A, PO_B, TOWN_A, TOWN_B, VO_B, YEAR_1, Story, shares, small_world, value

from sim.records import Event, State


def talk(story: Story, case: int, *days: float) -> None:
    for number, day in enumerate(days, 1):
        story.log(case, day, Event.CONVERSATION, number)


def test_reach_counts_a_student_once_a_year_whatever_the_number_of_conversations_and_cases() -> None:
    story = Story()
    first = story.student(VO_B)
    second = story.student(VO_B, student=first)
    talk(story, first, 400, 420, 440)
    talk(story, second, 600)
    talk(story, story.student(PO_A), 500)
    measured = story.measured()
    assert value(measured, "reach") == pytest.approx(2 / 400)
    assert shares(measured, "reach", "sector") == pytest.approx({"po": 1 / 200, "vo": 1 / 200})
    assert shares(measured, "reach", "school") == pytest.approx({"po_a": 1 / 100, "vo_b": 1 / 200, "po_b": 0.0})


def test_reach_is_the_mean_of_the_school_years() -> None:
    story = Story(small_world(warm_up=1, years=2))
    both, one = story.student(), story.student()
    talk(story, both, 700, 735)
    talk(story, one, 300, 800)
    assert value(story.measured(), "reach") == pytest.approx((1 + 2) / 2 / 400)


def test_reach_by_municipality_is_of_the_students_who_live_there() -> None:
    story = Story()
    talk(story, story.student(PO_A, municipality=TOWN_B), 400)
    assert shares(story.measured(), "reach", "municipality") == pytest.approx({"a": 0.0, "b": 1 / 300})


def test_a_municipality_has_the_students_who_live_there_and_the_hours_of_its_schools() -> None:
    world = small_world()
    residence = np.array([[0.5, 0.5], [0.0, 1.0], [0.0, 1.0]])
    story = Story(replace(world, region=replace(world.region, residence=residence)))
    talk(story, story.student(PO_A, municipality=TOWN_B), 400)
    talk(story, story.student(PO_A, municipality=TOWN_A), 400)
    measured = story.measured()
    assert shares(measured, "reach", "municipality") == pytest.approx({"a": 1 / 50, "b": 1 / 350})
    assert shares(measured, "hours_funded", "municipality") == {"a": 400.0, "b": 600.0}


def test_users_are_persons_with_a_day_in_care_in_a_year_as_a_share_of_all_students() -> None:
    story = Story(small_world(warm_up=1, years=2))
    long = story.student()
    story.enter(long, (300, State.YOUTH_CARE), (800, State.MONITORED))
    sibling_case = story.student(student=long)
    story.enter(sibling_case, (740, State.YOUTH_CARE), (760, State.MONITORED))
    for _ in range(2):
        story.enter(story.background(), (400, State.YOUTH_CARE), (410, State.CARE_ENDED))
    story.enter(story.student(), (100, State.YOUTH_CARE), (YEAR_1, State.MONITORED))
    measured = story.measured()
    # The student is in care in both years, two background people in one of them.
    assert shares(measured, "youth_care_users_share", "people") == pytest.approx(
        {"students": 2 / 2 / 400, "background": 2 / 2 / 400}
    )
    assert value(measured, "youth_care_users_share") == pytest.approx(4 / 2 / 400)
    assert value(measured, "gateway_users_share") == 0.0


def test_background_people_are_not_taken_for_students_whose_numbers_go_beyond_that_of_cases() -> None:
    story = Story()
    # Three cases: a background person in row 1 or 2 has no number of the student, whatever that is.
    student = story.student(student=4)
    people = [story.background(), story.background()]
    for case in (student, *people):
        story.enter(case, (400, State.YOUTH_CARE), (410, State.CARE_ENDED))
    measured = story.measured()
    assert shares(measured, "youth_care_users_share", "people") == {"students": 1 / 400, "background": 2 / 400}
    assert np.unique(story.read().person).size == 3


def test_persons_have_numbers_where_there_are_no_students() -> None:
    story = Story()
    for case in (story.background(), story.background()):
        story.enter(case, (400, State.GGZ), (410, State.CARE_ENDED))
    assert value(story.measured(), "ggz_users_share") == 2 / 400


def ends(story: Story, case: int, day: float, event: Event = Event.RECOVERED) -> None:
    story.log(case, day, event)


def test_never_noticed_is_the_share_of_ended_episodes_that_school_did_not_see() -> None:
    story = Story()
    seen, unseen, grown, severe, left = (
        story.student(severity=severity, onset=300.0) for severity in (0, 0, 0, 2, 1)
    )
    for case in (seen, unseen, grown, severe, left):
        story.enter(case, (300, State.HIDDEN))
    story.log(seen, 350, Event.NOTICED)
    ends(story, seen, 400)
    ends(story, unseen, 400)
    story.log(grown, 390, Event.ESCALATED, 1)
    ends(story, grown, 400, Event.LEFT_SCHOOL)
    story.log(severe, 390, Event.NOTICED)
    ends(story, severe, 400)
    ends(story, left, 400, Event.LEFT_EARLY)
    measured = story.measured()
    assert value(measured, "never_noticed") == pytest.approx(3 / 5)
    # Moderate or severe by the end: the one that grew and the early leaver unseen, the severe one seen.
    assert value(measured, "never_noticed_moderate_severe") == pytest.approx(2 / 3)


def test_being_noticed_after_the_first_end_does_not_undo_that_nobody_had_seen_it() -> None:
    story = Story()
    case = story.student()
    story.enter(case, (380, State.HIDDEN))
    ends(story, case, 400)
    story.log(case, 500, Event.RELAPSED)
    story.log(case, 510, Event.NOTICED)
    ends(story, case, 600)
    assert value(story.measured(), "never_noticed") == 1.0


def test_who_was_at_a_station_on_day_0_had_been_noticed_and_who_was_outside_is_left_out() -> None:
    story = Story(small_world(warm_up=0))
    for state in (State.HIDDEN, State.MONITORED, State.YOUTH_CARE):
        case = story.student(PO_B, onset=0.0, stock=True, start=state)
        story.enter(case, (0, state))
        ends(story, case, 100)
    ended_before_or_never = story.student(onset=200.0)
    story.enter(ended_before_or_never, (200, State.HIDDEN))
    measured = story.measured()
    assert value(measured, "never_noticed") == 0.5
    assert np.isnan(value(measured, "never_noticed", "school", "po_a"))


def test_episodes_that_ended_before_the_period_and_background_people_do_not_count() -> None:
    story = Story()
    old, person = story.student(onset=10.0), story.background()
    story.enter(old, (10, State.HIDDEN))
    ends(story, old, 300)
    story.enter(person, (400, State.GATEWAY_WAIT))
    ends(story, person, 500)
    assert np.isnan(value(story.measured(), "never_noticed"))
