"""Stories of luck: a change of state or severity changes the pace of a hazard, never what is drawn for a person."""

from __future__ import annotations

import pytest

from sim.cases.draws import Choice, Duration
from sim.records import Event, State
from tests.histories import path, times_of
from tests.timelines.stage import (
    AT_GATEWAY,
    AT_YOUTH_CARE,
    DAYS,
    ESCALATION,
    GIVING_UP,
    GP,
    NOTICING,
    RECOVERY,
    SEVERE,
    at_gateway_of,
    in_care_of,
    play,
)
from tests.worlds import NEVER, by_severity, outsider, person


def test_getting_worse_slows_recovery_from_there_on() -> None:
    """A light problem has ten days to go to recovery. It gets worse on day 4, and then recovery is half as fast.

    Six of the ten are left, which take twelve days: it is over on day 16.
    """
    history = play(
        person(recover=(10.0, NEVER), escalate=(4.0, NEVER, NEVER)),
        demand__recovery__severity_factor=by_severity(1.0, 0.5, 0.5),
        **RECOVERY,
        **ESCALATION,
    )
    assert times_of(history, Event.ESCALATED) == [4.0]
    assert times_of(history, Event.RECOVERED) == [16.0]


def test_smw_contact_slows_escalation_while_it_lasts() -> None:
    """A problem would get worse on day 10. Contact from day 4 to day 8 halves that: two of those four days count.

    The contact is ended by going to the GP, after which the clock runs at its old pace: it gets worse on day 12.
    """
    history = play(
        person(start=int(State.SMW_WAIT), conversations=9, escalate=(10.0, NEVER, NEVER), gp=(8.0, NEVER)),
        visits=(4.0,),
        care__smw__escalation_factor=0.5,
        **in_care_of(0),
        **ESCALATION,
        **GP,
    )
    assert path(history, 0)[2] == (8.0, State.YOUTH_CARE_WAIT)
    assert times_of(history, Event.ESCALATED) == [12.0]


def test_a_hazard_that_fired_takes_its_next_threshold() -> None:
    """Thresholds of 3, 4 and 5 days: worse on day 3, worse again on day 7, and a crisis on day 12."""
    history = play(person(escalate=(3.0, 4.0, 5.0)), **in_care_of(0), **ESCALATION)
    assert times_of(history, Event.ESCALATED) == [3.0, 7.0]
    assert times_of(history, Event.CRISIS) == [12.0]


def test_the_drawn_thresholds_are_bounded() -> None:
    """A severe case in care has three thresholds of a day each: three crises, and then no more."""
    history = play(
        person(
            start=int(State.YOUTH_CARE),
            severity=SEVERE,
            escalate=(1.0, 1.0, 1.0),
            duration={Duration.YOUTH_CARE: 90.0},
        ),
        **in_care_of(1),
        **ESCALATION,
    )
    assert times_of(history, Event.CRISIS) == [1.0, 2.0, 3.0]


def test_noticing_used_up_in_one_state_is_used_up_in_the_next() -> None:
    """Hidden problems have a threshold of 4 school days and then one of 6.

    Noticed on day 4, tried on by the mentor until day 9, watched from then on: noticed again on day 15.
    """
    history = play(
        person(notice=(4.0, 6.0)),
        care__base_care__mean_weeks=1.0,
        care__base_care__pass_on=by_severity(0.0),
        **NOTICING,
    )
    assert times_of(history, Event.NOTICED) == [4.0, 15.0]


def test_getting_worse_speeds_noticing_from_there_on() -> None:
    """A hidden light problem has six school days to go to being noticed. It gets worse on day 4: twice as fast.

    Two of the six are left, which take one day: noticed on day 5.
    """
    history = play(
        person(notice=(6.0, NEVER), escalate=(4.0, NEVER, NEVER)),
        **ESCALATION,
        demand__notice__per_month=by_severity(DAYS / 12.0, 2.0 * DAYS / 12.0),
    )
    assert times_of(history, Event.NOTICED) == [pytest.approx(5.0)]


def test_presence_of_smw_speeds_noticing() -> None:
    """One hour a week for 1000 students is .1 per 100; at half a gain of 1 that is a factor 1.5.

    A threshold of six days then passes on day 4.
    """
    presence = {
        "notice_gain": 1.0,
        "notice_half_hours": 0.1,
        "consultation_notice_gain": 0.0,
        "consultation_base_care_gain": 0.0,
        "consultation_half_hours": 0.1,
        "class_notice_gain": 0.0,
        "class_half_hours": 0.5,
    }
    history = play(person(notice=(6.0, NEVER)), care__smw__presence=presence, **NOTICING)
    assert times_of(history, Event.NOTICED) == [pytest.approx(4.0)]


def test_patience_used_up_in_one_wait_is_used_up_in_the_next_on_the_same_list() -> None:
    """Ten days of patience for the list of youth care: six are used from day 0 to 6, and a crisis ends that wait.

    The crisis is over on day 16, and on day 36 the student asks again: the four days that are left end on day 40.
    """
    student = person(
        start=int(State.YOUTH_CARE_WAIT),
        severity=SEVERE,
        escalate=(6.0, NEVER, NEVER),
        give_up={AT_YOUTH_CARE: 10.0},
        choice={Choice.REPEAT: 0.1},
        duration={Duration.YOUTH_CARE: 10.0, Duration.UNTIL_REPEAT: 20.0},
    )
    history = play(
        student,
        care__youth_care__repeat_share=1.0,
        care__youth_care__repeat_mean_months=12.0 / 365.25,
        **in_care_of(0),
        **ESCALATION,
        **GIVING_UP,
    )
    assert path(history, 0)[2:] == [
        (pytest.approx(16.0), State.AFTER_CARE),
        (pytest.approx(36.0), State.YOUTH_CARE_WAIT),
        (pytest.approx(40.0), State.MONITORED),
    ]
    assert times_of(history, Event.GAVE_UP) == [pytest.approx(40.0)]


def test_each_list_has_a_patience_of_its_own() -> None:
    """Five days of patience at the gateway and seven at youth care; the one is used for three days, the other whole.

    On day 3 the gateway has a slot, and passes the student on at day 4; the seven days end on day 11.
    """
    history = play(
        outsider(start=int(State.GATEWAY_HELP), duration={Duration.GATEWAY: 3.0}),
        person(start=int(State.GATEWAY_WAIT), give_up={AT_GATEWAY: 5.0, AT_YOUTH_CARE: 7.0}),
        **at_gateway_of(1, onward=by_severity(1.0)),
        **in_care_of(0),
        **GIVING_UP,
    )
    assert path(history, 1)[1:] == [
        (3.0, State.GATEWAY_HELP),
        (4.0, State.YOUTH_CARE_WAIT),
        (11.0, State.MONITORED),
    ]


def test_recovery_and_escalation_compete() -> None:
    """Recovery on day 5 comes before escalation on day 6; the other way round with escalation on day 4."""
    first = play(person(recover=(5.0, NEVER), escalate=(6.0, NEVER, NEVER)), **RECOVERY, **ESCALATION)
    assert (times_of(first, Event.RECOVERED), times_of(first, Event.ESCALATED)) == ([5.0], [])
    second = play(person(recover=(5.0, NEVER), escalate=(4.0, NEVER, NEVER)), **RECOVERY, **ESCALATION)
    assert (times_of(second, Event.RECOVERED), times_of(second, Event.ESCALATED)) == ([5.0], [4.0])


def test_a_rate_of_zero_never_fires() -> None:
    """Every threshold is nothing, but no hazard runs."""
    nothing = person(recover=(0.0,) * 2, escalate=(0.0,) * 3, gp=(0.0,) * 2, leave_early=0.0, notice=(0.0,) * 2)
    assert path(play(nothing), 0) == [(0.0, State.HIDDEN)]
