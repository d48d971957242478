"""Stories of school time: what stands still in a holiday, and what ends on 1 August."""

from __future__ import annotations

from typing import Any

import pytest

from sim.cases.draws import Choice, Duration
from sim.records import Event, State
from tests.histories import path, times_of
from tests.timelines.stage import EARLY_LEAVING, ESCALATION, at_gateway_of, each, in_care_of, play, stage
from tests.worlds import DUTCH_CALENDAR, NEVER, Changes, by_severity, outsider, person

# Day 0 is Saturday 1 August 2015; the first school day is Monday 24 August. The autumn holiday is 19-23 October.
FIRST_SCHOOL_DAY = 23.0
FRIDAY_BEFORE = 76.0
MONDAY_AFTER = 86.0
FIRST_AUGUST = 366.0


def dutch(**changes: Any) -> Changes:
    """Return changes for the Dutch calendar in which a threshold of noticing counts school days."""
    school_days = stage(calendar=DUTCH_CALENDAR).calendar.school_days_per_year
    return {
        "calendar": DUTCH_CALENDAR,
        "demand.notice.per_month": by_severity(school_days / 12.0),
        **changes,
    }


def test_noticing_stands_still_in_a_holiday() -> None:
    """A problem that arises on the Friday before the autumn holiday needs one and a half school days to be noticed.

    Friday is one; after the weekend, the week of holiday and another weekend it is noticed on Monday at noon. A
    problem that arises in the middle of the holiday is noticed one and a half school days later: on Tuesday at noon.
    """
    history = play(
        person(onset=FRIDAY_BEFORE, notice=(1.5, NEVER)), person(onset=80.0, notice=(1.5, NEVER)), **dutch()
    )
    assert times_of(history, Event.NOTICED, 0) == [pytest.approx(MONDAY_AFTER + 0.5)]
    assert times_of(history, Event.NOTICED, 1) == [pytest.approx(MONDAY_AFTER + 1.5)]


def test_getting_worse_in_a_holiday_uses_up_no_school_time() -> None:
    """A problem of the Friday before the holiday has two school days to go; in the holiday it gets worse.

    Friday was the first of the two, and the Monday after the holiday is the second, as if nothing had happened.
    """
    problem = person(onset=FRIDAY_BEFORE, notice=(2.0, NEVER), escalate=(5.0, NEVER, NEVER))
    history = play(problem, **dutch(), **ESCALATION)
    assert times_of(history, Event.ESCALATED) == [FRIDAY_BEFORE + 5.0]
    assert times_of(history, Event.NOTICED) == [pytest.approx(MONDAY_AFTER + 1.0)]


def test_nothing_is_noticed_before_school_begins() -> None:
    """A problem of day 0, in the summer holiday, with half a school day to go is noticed on the first day at noon."""
    history = play(person(notice=(0.5, NEVER)), **dutch())
    assert times_of(history, Event.NOTICED) == [pytest.approx(FIRST_SCHOOL_DAY + 0.5)]


def test_the_mentor_works_in_school_time_and_care_outside_goes_on() -> None:
    """On Friday 16 October at noon the mentor begins to try for five school days, with a holiday in between.

    From noon on, it takes until noon on Friday 30 October. A trajectory outside of fourteen days that begins at the
    same time ends fourteen days later, holiday or not.
    """
    mentored = person(start=int(State.BASE_CARE), onset=FRIDAY_BEFORE + 0.5)
    helped = outsider(start=int(State.GATEWAY_HELP), onset=FRIDAY_BEFORE + 0.5, duration={Duration.GATEWAY: 14.0})
    history = play(mentored, helped, care__base_care__mean_weeks=1.0, **dutch(), **at_gateway_of(1))
    assert path(history, 0)[1] == (pytest.approx(MONDAY_AFTER + 4.5), State.TEAM_WAIT)
    assert path(history, 1)[1] == (FRIDAY_BEFORE + 14.5, State.CARE_ENDED)


def test_a_student_leaves_on_1_august_while_waiting_for_smw() -> None:
    """A student who has asked leaves school on 1 August; the visit two days later sees the one who asked later."""
    history = play(
        person(start=int(State.SMW_WAIT), onset=300.0, leaves_school=FIRST_AUGUST),
        person(start=int(State.SMW_WAIT), onset=310.0, leaves_school=2 * FIRST_AUGUST),
        visits=(FIRST_AUGUST + 2.0,),
        horizon__measure_years=2,
    )
    assert path(history, 0) == [(300.0, State.SMW_WAIT), (FIRST_AUGUST, State.LEFT_SCHOOL)]
    assert times_of(history, Event.LEFT_SCHOOL) == [FIRST_AUGUST]
    assert times_of(history, Event.CONVERSATION, 1) == [FIRST_AUGUST + 2.0]


@pytest.mark.parametrize(
    "state", [State.HIDDEN, State.BASE_CARE, State.TEAM_WAIT, State.SMW_CARE, State.SMW_HANDOVER]
)
def test_leaving_school_ends_what_the_school_does(state: State) -> None:
    """Wherever a case is inside school, it ends on 1 August with the problem open."""
    history = play(
        person(start=int(state), onset=360.0, received=1, conversations=9, leaves_school=FIRST_AUGUST),
        visits=each(100.0, 800.0),
        care__base_care__mean_weeks=20.0,
        horizon__measure_years=2,
    )
    assert path(history, 0) == [(360.0, state), (FIRST_AUGUST, State.LEFT_SCHOOL)]


def test_a_student_leaves_on_1_august_while_in_youth_care() -> None:
    """Youth care that began on day 300 goes on over 1 August for its 100 days; then nobody watches the problem."""
    history = play(
        person(
            start=int(State.YOUTH_CARE),
            onset=300.0,
            leaves_school=FIRST_AUGUST,
            duration={Duration.YOUTH_CARE: 100.0},
        ),
        horizon__measure_years=2,
        **in_care_of(1),
    )
    assert path(history, 0) == [(300.0, State.YOUTH_CARE), (pytest.approx(400.0), State.LEFT_SCHOOL)]
    assert times_of(history, Event.LEFT_SCHOOL) == [FIRST_AUGUST]


def test_a_place_on_a_waiting_list_outside_is_kept_after_leaving_school() -> None:
    """The only slot is taken until day 380; a student waits for it from day 300, leaves school, and is helped."""
    history = play(
        outsider(start=int(State.GATEWAY_HELP), duration={Duration.GATEWAY: 380.0}),
        person(start=int(State.GATEWAY_WAIT), onset=300.0, leaves_school=FIRST_AUGUST),
        horizon__measure_years=2,
        **at_gateway_of(1),
    )
    assert path(history, 1) == [
        (300.0, State.GATEWAY_WAIT),
        (380.0, State.GATEWAY_HELP),
        (381.0, State.LEFT_SCHOOL),
    ]


def test_early_leaving_ends_the_other_problems_of_the_student_too() -> None:
    """A student has a hidden problem, has asked social work about another, and is in youth care for a third.

    On day 20 the student leaves early because of the first. The second ends as well, as an ordinary leaving of
    school, so that one student counts once; youth care goes on until day 40. A fourth problem of day 30 never arises.
    Another student is not touched.
    """
    one = {"student": 7}
    history = play(
        person(**one, leave_early=20.0),
        person(**one, start=int(State.SMW_WAIT)),
        person(**one, start=int(State.YOUTH_CARE), duration={Duration.YOUTH_CARE: 40.0}),
        person(**one, onset=30.0),
        person(student=8),
        visits=(350.0,),
        **in_care_of(1),
        **EARLY_LEAVING,
    )
    assert path(history, 0) == [(0.0, State.HIDDEN), (20.0, State.LEFT_EARLY)]
    assert path(history, 1) == [(0.0, State.SMW_WAIT), (20.0, State.LEFT_SCHOOL)]
    assert path(history, 2) == [(0.0, State.YOUTH_CARE), (pytest.approx(40.0), State.LEFT_SCHOOL)]
    assert path(history, 3) == []
    assert path(history, 4) == [(0.0, State.HIDDEN)]
    assert times_of(history, Event.LEFT_EARLY) == [20.0]
    assert times_of(history, Event.LEFT_SCHOOL) == [20.0, 20.0]


def test_early_leaving_while_in_care_outside_does_not_end_that_care() -> None:
    """A student in youth care leaves school early on day 10; care goes on until day 40."""
    history = play(
        person(start=int(State.YOUTH_CARE), leave_early=10.0, duration={Duration.YOUTH_CARE: 40.0}),
        **in_care_of(1),
        **EARLY_LEAVING,
    )
    assert times_of(history, Event.LEFT_EARLY) == [10.0]
    assert path(history, 0)[-1] == (pytest.approx(40.0), State.LEFT_EARLY)


def test_education_care_counts_school_weeks() -> None:
    """Education care of one school week from Friday 16 October is over by the end of Thursday 29 October."""
    history = play(
        person(start=int(State.EDUCATION_CARE), onset=FRIDAY_BEFORE, choice={Choice.HELP_EDUCATION: 0.5}),
        care__education_care__mean_weeks=1.0,
        **dutch(),
    )
    ended, state = path(history, 0)[1]
    assert state == State.MONITORED
    assert MONDAY_AFTER + 3.0 < ended <= MONDAY_AFTER + 4.0
