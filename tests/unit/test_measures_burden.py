"""Weeks with an open problem of students whose days are known."""

from __future__ import annotations

import numpy as np
import pytest
from factories import PO_A, YEAR_1, YEAR_2, Story, shares, value

from sim.records import Event, State


def test_weeks_count_by_the_severity_of_the_moment() -> None:
    story = Story()
    case = story.student(PO_A)
    story.enter(case, (400, State.HIDDEN))
    story.log(case, 414, Event.ESCALATED, 1)
    story.log(case, 435, Event.RECOVERED)
    story.enter(case, (435, State.RECOVERED))
    measured = story.measured()
    assert shares(measured, "problem_weeks", "severity") == {"light": 2.0, "moderate": 3.0, "severe": 0.0}
    assert value(measured, "problem_weeks") == 5.0
    assert value(measured, "open_problems") == pytest.approx(35 / 365 / 400)
    assert value(measured, "open_problems", "school", "po_a") == pytest.approx(35 / 365 / 100)


def test_a_student_with_two_problems_counts_once_with_the_worse_one() -> None:
    story = Story()
    worse = story.student(severity=2)
    other = story.student(student=worse, severity=0)
    for case, days in ((worse, (407, 421)), (other, (400, 428))):
        story.enter(case, (days[0], State.HIDDEN), (days[1], State.RECOVERED))
    measured = story.measured()
    assert shares(measured, "problem_weeks", "severity") == {"light": 2.0, "moderate": 0.0, "severe": 2.0}
    assert value(measured, "problem_weeks") == 4.0


def test_only_days_in_the_measuring_period_count() -> None:
    story = Story()
    story.enter(story.student(), (YEAR_1 - 70, State.HIDDEN), (YEAR_1 + 7, State.RECOVERED))
    story.enter(story.student(), (YEAR_2 - 7, State.HIDDEN))
    assert value(story.measured(), "problem_weeks") == 2.0


def test_care_outside_after_leaving_school_is_no_longer_a_problem_of_a_student_at_school() -> None:
    story = Story()
    for event, day in ((Event.LEFT_SCHOOL, 414), (Event.LEFT_EARLY, 407)):
        case = story.student()
        story.enter(case, (400, State.YOUTH_CARE))
        story.log(case, day, event, State.YOUTH_CARE)
        story.enter(case, (500, State.LEFT_SCHOOL))
    assert value(story.measured(), "problem_weeks") == 3.0


def test_a_problem_that_is_over_may_come_back_after_care() -> None:
    story = Story()
    case = story.student(severity=1)
    story.enter(case, (400, State.YOUTH_CARE))
    story.log(case, 407, Event.RECOVERED)
    story.enter(case, (500, State.AFTER_CARE))
    story.log(case, 600, Event.RELAPSED)
    story.enter(case, (600, State.YOUTH_CARE_WAIT), (607, State.YOUTH_CARE), (614, State.RECOVERED))
    assert shares(story.measured(), "problem_weeks", "severity") == {"light": 0.0, "moderate": 3.0, "severe": 0.0}


def test_background_people_have_no_problems_at_school() -> None:
    story = Story()
    story.enter(story.background(), (400, State.GATEWAY_WAIT))
    assert value(story.measured(), "problem_weeks") == 0.0


def test_pieces_of_a_course_follow_each_other_and_end_only_with_the_case() -> None:
    story = Story()
    case = story.student()
    story.enter(case, (400, State.HIDDEN))
    story.log(case, 410, Event.ESCALATED, 1)
    story.log(case, 420, Event.ESCALATED, 2)
    story.enter(case, (430, State.BASE_CARE))
    story.log(case, 440, Event.LEFT_SCHOOL, State.BASE_CARE)
    story.enter(case, (440, State.LEFT_SCHOOL))
    pieces = story.read().problems
    hidden, base_care, left = State.HIDDEN, State.BASE_CARE, State.LEFT_SCHOOL
    assert pieces.start.tolist() == [400, 410, 420, 430, 440, 440]
    assert pieces.end.tolist() == [410, 420, 430, 440, 440, np.inf]
    assert pieces.state.tolist() == [hidden, hidden, hidden, base_care, base_care, left]
    assert pieces.severity.tolist() == [0, 1, 2, 2, 2, 2]
    assert pieces.is_open.tolist() == [True, True, True, True, True, False]
    assert pieces.at_school.tolist() == [True, True, True, True, False, False]


def test_smw_keeps_in_touch_from_its_first_contact_until_the_wait_outside_is_over() -> None:
    story = Story()
    case = story.student()
    story.enter(case, (400, State.SMW_CARE), (410, State.REFERRED), (450, State.GATEWAY_WAIT))
    for day in (430, 460):
        story.log(case, day, Event.IN_TOUCH, 1)
    story.enter(case, (500, State.GATEWAY_HELP), (520, State.GGZ_WAIT))
    story.log(case, 530, Event.IN_TOUCH, 3)
    story.enter(case, (540, State.MONITORED))
    pieces = story.read().problems
    touched = [(start, end) for start, end, yes in zip(pieces.start, pieces.end, pieces.in_touch, strict=True) if yes]
    assert touched == [(430, 450), (450, 460), (460, 500), (530, 540)]


def test_the_next_case_is_not_in_touch_because_the_one_before_is() -> None:
    story = Story()
    first, second = story.student(), story.student()
    story.enter(first, (400, State.REFERRED))
    story.log(first, 410, Event.IN_TOUCH, 1)
    story.enter(second, (400, State.REFERRED))
    pieces = story.read().problems
    assert pieces.in_touch[pieces.case == second].tolist() == [False]
