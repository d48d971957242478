"""Stories outside school: slots, waiting lists, crises, trajectories that run on, and coming back."""

from __future__ import annotations

from typing import Any

import pytest

from sim.cases.draws import Choice, Duration
from sim.records import Cause, Event, Route, State
from tests.histories import path, story, times_of
from tests.timelines.stage import (
    AT_GATEWAY,
    AT_YOUTH_CARE,
    ESCALATION,
    GIVING_UP,
    MODERATE,
    RECOVERY,
    SEVERE,
    at_gateway_of,
    in_care_of,
    play,
)
from tests.worlds import NEVER, Changes, by_kind, by_severity, outsider, person

IN_CARE, WAITS_FOR_CARE, WAITS_AT_GATEWAY = int(State.YOUTH_CARE), int(State.YOUTH_CARE_WAIT), int(State.GATEWAY_WAIT)


def cared_for(days: float, **columns: Any) -> Changes:
    """Return the ``duration`` of a person who stays so many days in youth care."""
    return person(start=IN_CARE, duration={Duration.YOUTH_CARE: days}, **columns)


def in_care_after(onset: float, days: float, **columns: Any) -> Changes:
    """Return a person who asks for youth care on a day and will stay so many days in it."""
    return outsider(start=WAITS_FOR_CARE, onset=onset, duration={Duration.YOUTH_CARE: days}, **columns)


def test_patience_runs_out_on_a_waiting_list() -> None:
    """One slot; people come on days 7, 14, 21 and 28, are helped for eleven days and wait three at most.

    The first is helped from day 7 to 18, the second leaves on day 17, the third is helped from day 21 to 32 and the
    fourth leaves on day 31.
    """
    people = [
        outsider(onset=7.0 * number, duration={Duration.GATEWAY: 11.0}, give_up={AT_GATEWAY: 3.0})
        for number in (1, 2, 3, 4)
    ]
    history = play(*people, **at_gateway_of(1), **GIVING_UP)
    assert path(history, 0) == [
        (7.0, State.GATEWAY_WAIT),
        (7.0, State.GATEWAY_HELP),
        (18.0, State.CARE_ENDED),
    ]
    assert path(history, 1) == [(14.0, State.GATEWAY_WAIT), (17.0, State.GAVE_UP)]
    assert path(history, 2)[1:] == [(21.0, State.GATEWAY_HELP), (32.0, State.CARE_ENDED)]
    assert path(history, 3)[1:] == [(31.0, State.GAVE_UP)]


def test_the_same_patience_at_youth_care() -> None:
    """The same four people, days and patience at the one slot of youth care."""
    people = [in_care_after(7.0 * number, 11.0, give_up={AT_YOUTH_CARE: 3.0}) for number in (1, 2, 3, 4)]
    history = play(*people, **in_care_of(1), **GIVING_UP)
    ends = [path(history, case)[-1] for case in range(4)]
    assert ends == [
        (pytest.approx(18.0), State.CARE_ENDED),
        (17.0, State.GAVE_UP),
        (pytest.approx(32.0), State.CARE_ENDED),
        (31.0, State.GAVE_UP),
    ]


def test_a_slot_that_comes_free_when_patience_runs_out_follows_the_order_of_cases() -> None:
    """The slot is free on day 17, the moment at which the one who waits has waited for three days.

    Both are things that people do by themselves; the case of the lower number, who leaves the slot, goes first. So
    the other is called before giving up. With the numbers the other way round, it is too late.
    """
    people = [
        outsider(onset=7.0, duration={Duration.GATEWAY: 10.0}),
        outsider(onset=14.0, give_up={AT_GATEWAY: 3.0}),
    ]
    history = play(*people, **at_gateway_of(1), **GIVING_UP)
    assert path(history, 1)[1] == (17.0, State.GATEWAY_HELP)
    turned = play(*reversed(people), **at_gateway_of(1), **GIVING_UP)
    assert path(turned, 0)[1] == (17.0, State.GAVE_UP)


def test_a_crisis_enters_youth_care_at_once_and_above_the_slots() -> None:
    """The only slot is taken until day 50, and somebody waits for it since day 5.

    On day 10 a severe problem at school becomes a crisis: care begins at once, and two are in care with one slot. On
    day 50 the first leaves, but the slot is not free, for the crisis holds it until day 110. Then the one who waited
    since day 5 gets it.
    """
    history = play(
        cared_for(50.0),
        in_care_after(5.0, 20.0),
        person(severity=SEVERE, escalate=(10.0, NEVER, NEVER), duration={Duration.YOUTH_CARE: 100.0}),
        **in_care_of(1),
        **ESCALATION,
    )
    assert story(history, 2) == [
        (0.0, Event.ENTER, State.HIDDEN),
        (10.0, Event.CRISIS, State.HIDDEN),
        (10.0, Event.REQUEST_YOUTH_CARE, Route.CRISIS),
        (10.0, Event.ENTER, State.YOUTH_CARE),
        (pytest.approx(110.0), Event.ENTER, State.MONITORED),
    ]
    assert path(history, 0)[-1][0] == pytest.approx(50.0)
    assert path(history, 1)[1] == (pytest.approx(110.0), State.YOUTH_CARE)


def test_a_crisis_takes_a_case_off_its_waiting_list() -> None:
    """Two wait for the only slot, which is free on day 50; the first has a crisis on day 10 and is in care until 30.

    On day 50 the second gets the slot, not a place that the first left behind.
    """
    history = play(
        cared_for(50.0),
        person(
            start=WAITS_FOR_CARE, severity=SEVERE, escalate=(10.0, NEVER, NEVER), duration={Duration.YOUTH_CARE: 20.0}
        ),
        in_care_after(1.0, 20.0),
        **in_care_of(1),
        **ESCALATION,
    )
    assert path(history, 1)[1] == (10.0, State.YOUTH_CARE)
    assert path(history, 2)[1] == (pytest.approx(50.0), State.YOUTH_CARE)


def test_a_crisis_in_youth_care_is_written_down_and_changes_nothing() -> None:
    """A severe case in care until day 40 has a crisis on day 10 and another on day 25."""
    history = play(cared_for(40.0, severity=SEVERE, escalate=(10.0, 15.0, NEVER)), **in_care_of(1), **ESCALATION)
    assert times_of(history, Event.CRISIS) == [10.0, 25.0]
    assert [time for time, _ in path(history, 0)] == [0.0, pytest.approx(40.0)]


def test_a_problem_that_is_over_leaves_the_trajectory_running() -> None:
    """A student in the only slot of youth care recovers naturally on day 15 and stays until day 40, as planned.

    Only then does the next one get the slot.
    """
    history = play(cared_for(40.0, recover=(15.0, NEVER)), in_care_after(1.0, 5.0), **in_care_of(1), **RECOVERY)
    assert story(history, 0) == [
        (0.0, Event.ENTER, State.YOUTH_CARE),
        (15.0, Event.RECOVERED, Cause.NATURAL),
        (pytest.approx(40.0), Event.ENTER, State.RECOVERED),
    ]
    assert path(history, 1)[1] == (pytest.approx(40.0), State.YOUTH_CARE)


def test_a_problem_that_is_over_neither_escalates_nor_ends_school() -> None:
    """The same student would get worse on day 20; recovered since day 15, nothing happens."""
    history = play(
        cared_for(40.0, recover=(15.0, NEVER), escalate=(20.0, NEVER, NEVER)),
        **in_care_of(1),
        **RECOVERY,
        **ESCALATION,
    )
    assert times_of(history, Event.ESCALATED) == []


def test_natural_recovery_on_a_waiting_list_gives_the_place_up() -> None:
    """Two wait for the slot that is free on day 50; the first recovers on day 10, so the second gets it."""
    history = play(
        cared_for(50.0),
        person(start=WAITS_FOR_CARE, recover=(10.0, NEVER)),
        in_care_after(1.0, 20.0),
        **in_care_of(1),
        **RECOVERY,
    )
    assert path(history, 1)[-1] == (10.0, State.RECOVERED)
    assert path(history, 2)[1] == (pytest.approx(50.0), State.YOUTH_CARE)


def test_education_and_youth_care_together_keep_their_place_in_the_queue() -> None:
    """The slot is free on day 20. A student asks on day 5 with education care of ten school days, another on day 10.

    Education care ends on day 15; the student waits on, with one request and the place of day 5, and gets the slot.
    """
    history = play(
        cared_for(20.0),
        person(start=int(State.OZA), onset=5.0),
        in_care_after(10.0, 5.0),
        care__education_care__mean_weeks=2.0,
        **in_care_of(1),
    )
    assert path(history, 1)[:3] == [
        (5.0, State.OZA),
        (15.0, State.YOUTH_CARE_WAIT),
        (pytest.approx(20.0), State.YOUTH_CARE),
    ]
    assert times_of(history, Event.REQUEST_YOUTH_CARE, 1) == [5.0]
    assert path(history, 2)[1] == (pytest.approx(21.0), State.YOUTH_CARE)


def test_education_care_that_helps_takes_the_student_off_the_list() -> None:
    """As before, but the education care of the first student ends the problem on day 15: the second gets the slot."""
    history = play(
        cared_for(20.0),
        person(start=int(State.OZA), onset=5.0, choice={Choice.HELP_EDUCATION: 0.05}),
        in_care_after(10.0, 5.0),
        care__education_care={"mean_weeks": 2.0, "gain": by_kind(0.1), "leaving_factor": 1.0},
        **in_care_of(1),
    )
    assert path(history, 1)[-1] == (15.0, State.RECOVERED)
    assert path(history, 2)[1] == (pytest.approx(20.0), State.YOUTH_CARE)


def test_patience_of_education_and_youth_care_runs_on_over_the_end_of_education_care() -> None:
    """A patience of twelve days that starts to run on day 5 with education care ends on day 17, two days after it."""
    history = play(
        cared_for(300.0),
        person(start=int(State.OZA), onset=5.0, give_up={AT_YOUTH_CARE: 12.0}),
        care__education_care__mean_weeks=2.0,
        **in_care_of(1),
        **GIVING_UP,
    )
    assert times_of(history, Event.GAVE_UP) == [17.0]


def test_a_recovered_student_relapses_and_comes_back_once() -> None:
    """Youth care from day 10 to 40; the problem is over on day 15, and a share of .5 comes back (luck .1).

    After twenty days, on day 60, the problem is back and the student asks again. The slot is free; the second
    trajectory lasts 25 days. It does not end in a third, whatever the luck; the mentor watches the open problem.
    """
    student = person(
        start=WAITS_FOR_CARE,
        onset=10.0,
        recover=(5.0, NEVER),
        choice={Choice.REPEAT: 0.1},
        duration={Duration.YOUTH_CARE: 30.0, Duration.UNTIL_REPEAT: 20.0, Duration.YOUTH_CARE_AGAIN: 25.0},
    )
    one_month: Changes = {
        "care__youth_care__repeat_share": 0.5,
        "care__youth_care__repeat_mean_months": 12.0 / 365.25,
    }
    history = play(student, **one_month, **in_care_of(1), **RECOVERY)
    assert story(history, 0) == [
        (10.0, Event.REQUEST_YOUTH_CARE, Route.SCHOOL),
        (10.0, Event.ENTER, State.YOUTH_CARE_WAIT),
        (10.0, Event.ENTER, State.YOUTH_CARE),
        (15.0, Event.RECOVERED, Cause.NATURAL),
        (pytest.approx(40.0), Event.ENTER, State.AFTER_CARE),
        (pytest.approx(60.0), Event.RELAPSED, 0),
        (pytest.approx(60.0), Event.REQUEST_YOUTH_CARE, Route.REPEAT),
        (pytest.approx(60.0), Event.ENTER, State.YOUTH_CARE_WAIT),
        (pytest.approx(60.0), Event.ENTER, State.YOUTH_CARE),
        (pytest.approx(85.0), Event.ENTER, State.MONITORED),
    ]


def test_a_problem_that_comes_back_has_a_luck_of_its_own() -> None:
    """Natural recovery has 100 days to go when youth care of ten days ends the problem; it is back twenty days later.

    The second time it takes five days, not the 90 that were left: on day 35, while the student is in care again.
    """
    student = person(
        start=WAITS_FOR_CARE,
        recover=(100.0, 5.0),
        choice={Choice.REPEAT: 0.1, Choice.HELP_YOUTH_CARE: 0.1},
        duration={Duration.YOUTH_CARE: 10.0, Duration.UNTIL_REPEAT: 20.0, Duration.YOUTH_CARE_AGAIN: 40.0},
    )
    settings: Changes = {
        "care__youth_care__repeat_share": 0.5,
        "care__youth_care__repeat_mean_months": 12.0 / 365.25,
        "care__youth_care__gain": by_kind(0.2),
    }
    history = play(student, **settings, **in_care_of(1), **RECOVERY)
    recovered = [(time, what) for time, event, what in story(history, 0) if event == Event.RECOVERED]
    assert recovered == [(pytest.approx(10.0), Cause.YOUTH_CARE), (pytest.approx(35.0), Cause.NATURAL)]
    assert path(history, 0)[-1] == (pytest.approx(70.0), State.RECOVERED)


@pytest.mark.parametrize("day", [0.0, 10.0])
def test_part_of_those_in_care_on_day_0_have_come_back_already(day: float) -> None:
    """A share of .5 comes back, once. Of those in care at any moment a third are there for the second time.

    So of those in care on day 0 a share of .5 / 1.5 comes back: a luck of .4 does not. A crisis brings somebody from
    hidden to care later, for the first time: a luck of .4 comes back.
    """
    student = {"choice": {Choice.REPEAT: 0.4}, "severity": SEVERE}
    running = person(start=IN_CARE, onset=day, **student)
    in_crisis = person(escalate=(5.0, NEVER, NEVER), onset=day, **student)
    history = play(running, in_crisis, care__youth_care__repeat_share=0.5, **in_care_of(2), **ESCALATION)
    assert path(history, 0)[1][1] == State.MONITORED
    assert path(history, 1)[2][1] == State.AFTER_CARE


def test_background_people_end_as_background_people() -> None:
    """Two people who never went to school here: one comes back to youth care, one gets there by a crisis.

    When their care ends they have not left any school: care has ended.
    """
    history = play(
        in_care_after(0.0, 10.0, choice={Choice.REPEAT: 0.1}),
        outsider(severity=SEVERE, escalate=(5.0, NEVER, NEVER)),
        care__youth_care__repeat_share=0.5,
        care__youth_care__repeat_mean_months=12.0 / 365.25,
        **(in_care_of(2) | at_gateway_of(0)),
        **ESCALATION,
    )
    assert [path(history, case)[-1][1] for case in (0, 1)] == [State.CARE_ENDED, State.CARE_ENDED]


def test_background_people_give_up_for_good_on_a_second_list_too() -> None:
    """Somebody comes back to youth care and finds it full; after three days of waiting it is given up."""
    history = play(
        in_care_after(0.0, 10.0, choice={Choice.REPEAT: 0.1}, give_up={AT_YOUTH_CARE: 3.0}),
        in_care_after(9.5, 100.0),
        care__youth_care__repeat_share=0.5,
        care__youth_care__repeat_mean_months=12.0 / 365.25,
        **in_care_of(1),
        **GIVING_UP,
    )
    assert path(history, 0)[-1] == (pytest.approx(14.0), State.GAVE_UP)


def test_a_case_that_gets_worse_moves_up_in_a_list_by_severity() -> None:
    """The slot is free on day 20. A moderate case waits since day 1 and a light one since day 2.

    The light one gets worse on days 5 and 8 and is severe then: it goes first. In order of arrival it does not.
    """
    people = (
        outsider(start=int(State.GATEWAY_HELP), duration={Duration.GATEWAY: 20.0}),
        outsider(onset=1.0, severity=MODERATE),
        outsider(onset=2.0, escalate=(3.0, 3.0, NEVER)),
    )
    by_order = {}
    for order in ("severity", "arrival"):
        history = play(*people, care__gateway__order=order, **at_gateway_of(1), **ESCALATION)
        by_order[order] = [path(history, case)[1][0] for case in (1, 2)]
    assert by_order == {"severity": [21.0, 20.0], "arrival": [20.0, 21.0]}


def test_the_gateway_passes_on_what_it_cannot_solve() -> None:
    """Help of two days ends on day 2. The first is solved (luck .05), the second goes on (luck .3), the third not."""
    lucks = ((0.05, 0.9), (0.5, 0.3), (0.5, 0.9))
    people = [
        person(
            start=WAITS_AT_GATEWAY,
            choice={Choice.HELP_GATEWAY: helped, Choice.ONWARD: onward},
            duration={Duration.GATEWAY: 2.0},
        )
        for helped, onward in lucks
    ]
    history = play(*people, **(at_gateway_of(3, gain=by_kind(0.1), onward=by_severity(0.4)) | in_care_of(0)))
    ends = [path(history, case)[2] for case in range(3)]
    assert ends == [(2.0, State.RECOVERED), (2.0, State.YOUTH_CARE_WAIT), (2.0, State.MONITORED)]
    assert times_of(history, Event.REQUEST_YOUTH_CARE) == [2.0]


def test_what_smw_found_out_can_spare_the_assessment() -> None:
    """Assessment takes a week and help two. A student who comes through SMW is referred on day 1.

    The gateway that assesses again is done on day 22; the one that accepts what SMW found is done on day 15.
    """
    student = person(start=int(State.SMW_WAIT), choice={Choice.REFER: 0.1})
    gateway = at_gateway_of(1, assessment_weeks=1.0, help_weeks=2.0)
    ends = {}
    for shared in (False, True):
        history = play(
            student,
            visits=(1.0,),
            care__smw__referral_share=0.5,
            care__gateway__shared_assessment=shared,
            **gateway,
        )
        ends[shared] = path(history, 0)[-1][0]
    assert ends == {False: 22.0, True: 15.0}


def test_a_safety_concern_at_home_skips_the_mentor() -> None:
    """A home case with a safety concern that is noticed is handed to Veilig Thuis at once, which asks youth care."""
    history = play(
        person(kind=2, safety=True, notice=(4.0, NEVER), choice={Choice.VEILIG_THUIS: 0.2}),
        demand__notice__per_month=by_severity(366 / 12.0),
        care__veilig_thuis={"mean_weeks": 1.0, "to_youth_care": 0.5},
        **in_care_of(0),
    )
    assert path(history, 0) == [
        (0.0, State.HIDDEN),
        (4.0, State.VEILIG_THUIS),
        (11.0, State.YOUTH_CARE_WAIT),
    ]
    assert (11.0, Event.REQUEST_YOUTH_CARE, Route.VEILIG_THUIS) in story(history, 0)
