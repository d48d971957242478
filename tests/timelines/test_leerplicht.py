"""Stories of leerplicht and RMC: absence that is noticed, and early leavers who are found."""

from __future__ import annotations

import pytest

from sim.cases.draws import Choice, Duration
from sim.records import Event, Route, State
from tests.histories import path, story, times_of
from tests.timelines.stage import (
    ABSENCE,
    EARLY_LEAVING,
    NOTICING,
    at_gateway_of,
    at_jeugdteam_of,
    play,
)
from tests.worlds import DUTCH_CALENDAR, NEVER, Changes, person

FIRST_TIME, BY_ABSENCE, AFTER_EARLY_LEAVING = 0, 3, 4
ONE_WEEK: Changes = {
    "care.leerplicht": {"mean_weeks": 1.0, "to_team": 0.5, "to_gateway": 0.25, "reach_early_leavers": 0.25}
}


@pytest.mark.parametrize(
    ("luck", "next_state"), [(0.49, State.TEAM_WAIT), (0.51, State.REFERRED), (0.76, State.MONITORED)]
)
def test_absence_that_is_noticed_leads_to_the_team_to_the_gateway_or_to_nothing(
    luck: float, next_state: State
) -> None:
    """A hidden problem shows as absence on day 4, and leerplicht looks into it for a week."""
    student = person(notice=(4.0, NEVER), choice={Choice.LEERPLICHT: luck})
    history = play(student, **ABSENCE, **ONE_WEEK, care__referral__mean_days=5.0)
    assert story(history, 0)[:4] == [
        (0.0, Event.ENTER, State.HIDDEN),
        (4.0, Event.NOTICED, BY_ABSENCE),
        (4.0, Event.ENTER, State.LEERPLICHT),
        (11.0, Event.ENTER, next_state),
    ]


def test_what_leerplicht_refers_asks_the_gateway_in_its_own_name_and_with_a_letter() -> None:
    """Of those with a letter half arrive (luck .4); of those who are handed over warmly nobody would."""
    student = person(notice=(4.0, NEVER), choice={Choice.LEERPLICHT: 0.6, Choice.ARRIVE: 0.4})
    arrival = {"arrival_warm": 0.0, "arrival_letter": 0.5, "mean_days": 5.0}
    history = play(student, **ABSENCE, **ONE_WEEK, **at_gateway_of(1), care__referral=arrival)
    assert (16.0, Event.REQUEST_GATEWAY, Route.LEERPLICHT) in story(history, 0)
    assert path(history, 0)[-2:] == [(16.0, State.GATEWAY_HELP), (17.0, State.MONITORED)]


@pytest.mark.parametrize(
    ("luck", "noticed", "next_state"),
    [(0.24, BY_ABSENCE, State.LEERPLICHT), (0.26, FIRST_TIME, State.BASE_CARE)],
)
def test_absence_and_the_mentor_compete(luck: float, noticed: int, next_state: State) -> None:
    """A mentor notices at a rate of three a day and absence does at one: together four, so a threshold of 8 is day 2.

    A quarter of what is noticed is absence.
    """
    three_a_day = {
        "demand.notice.kind_factor": dict.fromkeys(("internalising", "externalising", "home", "financial"), 3)
    }
    student = person(notice=(8.0, NEVER), choice={Choice.ABSENCE: luck})
    history = play(student, **ABSENCE, **NOTICING, **three_a_day)
    assert story(history, 0)[1:3] == [(2.0, Event.NOTICED, noticed), (2.0, Event.ENTER, next_state)]


def test_absence_is_noticed_in_school_time_only() -> None:
    """Half a school day of absence is enough, but day 0 is in the summer holiday and school begins on day 23."""
    history = play(person(notice=(0.5, NEVER)), **ABSENCE, calendar=DUTCH_CALENDAR)
    assert 23.0 < times_of(history, Event.NOTICED)[0] < 24.0


def test_a_case_that_the_mentor_watches_can_be_noticed_by_absence() -> None:
    """Watched since day 0, absent on day 4, watched again from day 11 as nobody acts, absent again on day 17."""
    student = person(start=int(State.MONITORED), notice=(4.0, 6.0), choice={Choice.LEERPLICHT: 0.9})
    history = play(student, **ABSENCE, **ONE_WEEK)
    assert path(history, 0) == [
        (0.0, State.MONITORED),
        (4.0, State.LEERPLICHT),
        (11.0, State.MONITORED),
        (17.0, State.LEERPLICHT),
        (24.0, State.MONITORED),
    ]
    assert [detail for _, event, detail in story(history, 0) if event == Event.NOTICED] == [BY_ABSENCE, BY_ABSENCE]


def test_absence_shows_nothing_while_somebody_is_at_it() -> None:
    """In base care, on the list of the team, with SMW and in education care no absence is noticed."""
    states = (State.BASE_CARE, State.TEAM_WAIT, State.SMW_WAIT, State.EDUCATION_CARE)
    people = [person(start=int(state), notice=(4.0, NEVER)) for state in states]
    slow: Changes = {"care.base_care.mean_weeks": 80.0, "care.education_care.mean_weeks": 80.0}
    history = play(*people, **ABSENCE, **slow, visits=(365.0,))
    assert times_of(history, Event.NOTICED) == []


def test_an_early_leaver_who_is_found_is_brought_to_the_gateway() -> None:
    """A student leaves early on day 20. RMC finds a quarter of them (luck .1), and looks for two weeks.

    The gateway helps until day 37. The student is not at school, so nobody watches the problem afterwards.
    """
    student = person(
        leave_early=20.0, choice={Choice.RMC: 0.1}, duration={Duration.LEERPLICHT: 2.0, Duration.GATEWAY: 3.0}
    )
    history = play(student, **EARLY_LEAVING, **ONE_WEEK, **at_gateway_of(1))
    assert story(history, 0) == [
        (0.0, Event.ENTER, State.HIDDEN),
        (20.0, Event.LEFT_EARLY, State.HIDDEN),
        (20.0, Event.NOTICED, AFTER_EARLY_LEAVING),
        (20.0, Event.ENTER, State.LEERPLICHT),
        (34.0, Event.ENTER, State.REFERRED),
        (34.0, Event.REQUEST_GATEWAY, Route.LEERPLICHT),
        (34.0, Event.ENTER, State.GATEWAY_WAIT),
        (34.0, Event.ENTER, State.GATEWAY_HELP),
        (37.0, Event.ENTER, State.LEFT_EARLY),
    ]


def test_an_early_leaver_who_is_not_found_is_gone() -> None:
    """The same student with a luck of .3."""
    history = play(person(leave_early=20.0, choice={Choice.RMC: 0.3}), **EARLY_LEAVING, **ONE_WEEK)
    assert path(history, 0) == [(0.0, State.HIDDEN), (20.0, State.LEFT_EARLY)]
    assert times_of(history, Event.NOTICED) == []


def test_an_early_leaver_is_not_brought_back_to_the_team_of_the_school() -> None:
    """The luck at leerplicht that would send a student at school to the team, or nowhere, sends a leaver outside."""
    people = [person(leave_early=20.0, choice={Choice.RMC: 0.1, Choice.LEERPLICHT: luck}) for luck in (0.1, 0.9)]
    history = play(*people, **EARLY_LEAVING, **ONE_WEEK)
    assert [path(history, case)[2] for case in (0, 1)] == [(27.0, State.REFERRED)] * 2


def test_an_early_leaver_goes_to_the_gateway_of_residence_and_not_to_the_jeugdteam() -> None:
    """The jeugdteam in the school has a free slot and the wijkteam has none: the leaver waits for the wijkteam."""
    student = person(leave_early=20.0, choice={Choice.RMC: 0.1})
    history = play(
        student, **EARLY_LEAVING, **ONE_WEEK, **at_gateway_of(0), **at_jeugdteam_of(1, "school_as_neighbourhood")
    )
    assert path(history, 0)[2:] == [(27.0, State.REFERRED), (27.0, State.GATEWAY_WAIT)]


def test_leerplicht_goes_on_when_its_student_leaves_school_early() -> None:
    """Absent since day 4, gone on day 6: the student is known already, whatever the luck at RMC, and is referred."""
    student = person(
        notice=(4.0, NEVER), leave_early=6.0, choice={Choice.RMC: 0.9, Choice.LEERPLICHT: 0.9, Choice.ARRIVE: 0.9}
    )
    history = play(student, **ABSENCE, **ONE_WEEK, **EARLY_LEAVING, care__referral__arrival_letter=0.5)
    assert times_of(history, Event.LEFT_EARLY) == [6.0]
    assert path(history, 0) == [
        (0.0, State.HIDDEN),
        (4.0, State.LEERPLICHT),
        (11.0, State.REFERRED),
        (11.0, State.LEFT_EARLY),
    ]


def test_the_end_of_school_ends_what_leerplicht_does() -> None:
    """A student whose absence was noticed leaves the school in the normal way three days later."""
    history = play(person(notice=(4.0, NEVER), leaves_school=7.0), **ABSENCE, **ONE_WEEK)
    assert path(history, 0)[1:] == [(4.0, State.LEERPLICHT), (7.0, State.LEFT_SCHOOL)]


def test_leerplicht_can_be_running_on_day_0() -> None:
    """Leerplicht is at it on day 0 and brings the student to the care team after a week."""
    history = play(person(start=int(State.LEERPLICHT), stock=True, choice={Choice.LEERPLICHT: 0.1}), **ONE_WEEK)
    assert path(history, 0) == [(0.0, State.LEERPLICHT), (7.0, State.TEAM_WAIT)]
