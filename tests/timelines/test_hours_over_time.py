"""Stories of hours that change during the year: a stop, what it does to running cases, a return, and another pace."""

from __future__ import annotations

from typing import Any

import pytest

from sim.cases.draws import Choice
from sim.records import Event, History, Route, State
from sim.region.build import MunicipalityRow, make_region
from tests.histories import minutes_of, path, story, times_of
from tests.timelines.stage import NOTICING, RECOVERY, WEEKS, play
from tests.worlds import (
    NEVER,
    Changes,
    by_kind,
    by_sector,
    by_severity,
    hours,
    person,
    quiet,
    rhythm,
    school_row,
    world_of,
)

ASKED, IN_CONTACT, HANDED_OVER = int(State.SMW_WAIT), int(State.SMW_CARE), int(State.SMW_HANDOVER)
WALKS_IN: Changes = {"care__smw__direct_access_share": by_sector(1.0)}

# Day 0 is 1 August 2015: nobody comes from day 10 up to day 30.
AWAY: Changes = {
    "capacity__changes": [
        {"name": "ill", "start": "2015-08-11", "end": "2015-08-31", "schools": ["school"], "factor": 0.0}
    ]
}
# One in contact (seen on day 5, next on day 19), one who waits, and one who is to be handed over.
PEOPLE = (
    person(start=ASKED, conversations=2),
    person(start=ASKED, onset=6.0),
    person(start=HANDED_OVER, onset=6.0),
)


def stopped(**changes: Any) -> History:
    """Play the three students in a school where the worker is away; hand-overs take two hours, visits one or two."""
    settings: Changes = {"care__gateway__wijkteam__slots_per_1000": 0.0, "care__smw__handover_minutes": 120.0}
    return play(*PEOPLE, visits=(5.0, 33.0), minutes=(60.0, 240.0), **(AWAY | settings | changes))


def test_cases_can_wait_until_hours_come_back() -> None:
    """All three are found on day 10 and stay where they are; the visit of day 33 serves each of them.

    The hand-over comes first, then the follow-up that was due on day 19, then the intake.
    """
    history = stopped(care__smw__when_hours_stop="waiting")
    found = [(10.0, state) for state in (State.SMW_CARE, State.SMW_WAIT, State.SMW_HANDOVER)]
    assert [
        (time, detail)
        for case in range(3)
        for time, event, detail in story(history, case)
        if event == Event.HOURS_STOPPED
    ] == found
    assert times_of(history, Event.CONVERSATION, 0) == [5.0, 33.0]
    assert times_of(history, Event.CONVERSATION, 1) == [33.0]
    assert path(history, 2)[1] == (33.0, State.REFERRED)
    assert minutes_of(history, "handovers") == [0.0, 120.0]


def test_cases_can_be_handed_over_when_hours_stop() -> None:
    """All three go outside on day 10, by a letter since nobody is there to take them; the visit of day 33 is empty.

    The one in contact has had one of two conversations, which is half of a gain of .4: a luck of .3 is not within it.
    """
    settings: Changes = {"care__smw__gain": by_kind(0.4), "care__referral__arrival_letter": 0.45}
    people = [person(start=ASKED, conversations=2, choice={Choice.HELP_SMW: 0.3, Choice.ARRIVE: 0.4}), *PEOPLE[1:]]
    history = play(
        *people,
        visits=(5.0, 33.0),
        care__smw__when_hours_stop="handed_over",
        **(AWAY | settings | {"care__gateway__wijkteam__slots_per_1000": 0.0}),
    )
    assert path(history, 0)[-2:] == [(10.0, State.REFERRED), (10.0, State.GATEWAY_WAIT)]
    assert (10.0, Event.REQUEST_GATEWAY, Route.SMW) in story(history, 0)
    assert [path(history, case)[1] for case in (1, 2)] == [(10.0, State.REFERRED)] * 2
    assert [path(history, case)[-1] for case in (1, 2)] == [(10.0, State.MONITORED)] * 2
    assert times_of(history, Event.NOT_ARRIVED) == [10.0, 10.0]
    assert times_of(history, Event.CONVERSATION) == [5.0]


def test_cases_can_be_closed_when_hours_stop() -> None:
    """The school only keeps an eye on all three from day 10 on, and the visit of day 33 finds nobody."""
    history = stopped(care__smw__when_hours_stop="closed")
    assert [path(history, case)[-1] for case in range(3)] == [(10.0, State.MONITORED)] * 3
    assert times_of(history, Event.CONVERSATION) == [5.0]


def test_conversations_before_the_stop_still_count() -> None:
    """One of two conversations is half of a gain of .4: of two students in contact a luck of .1 is helped, .3 not."""
    people = [person(start=ASKED, conversations=2, choice={Choice.HELP_SMW: luck}) for luck in (0.1, 0.3)]
    history = play(
        *people,
        visits=(5.0,),
        minutes=120.0,
        care__smw__when_hours_stop="closed",
        care__smw__gain=by_kind(0.4),
        **AWAY,
    )
    assert [path(history, case)[-1] for case in (0, 1)] == [(10.0, State.RECOVERED), (10.0, State.MONITORED)]


def test_who_waits_for_hours_can_still_recover() -> None:
    """The student who waits would recover on day 20, in the middle of the stop, and is not seen on day 33."""
    history = play(person(start=ASKED, recover=(20.0, NEVER)), visits=(5.5, 33.0), minutes=30.0, **(AWAY | RECOVERY))
    assert path(history, 0) == [(0.0, State.SMW_WAIT), (20.0, State.RECOVERED)]


def test_nobody_new_is_asked_while_there_are_no_hours() -> None:
    """Students walk in on days 9, 12 and 30: the second finds nobody, and with day 30 hours are back."""
    people = [person(notice=(day, NEVER)) for day in (9.0, 12.0, 30.5)]
    history = play(*people, visits=(5.0, 33.0), **(AWAY | WALKS_IN | NOTICING))
    assert times_of(history, Event.ASKED) == [9.0, 30.5]
    assert times_of(history, Event.REFUSED) == [12.0]


def test_meetings_without_hours_are_not_paid_later() -> None:
    """The care team meets on days 8, 15 and 32, and asks half an hour of SMW; nobody attends on day 15."""
    history = play(person(), visits=(5.0, 33.0), meetings=(8.0, 15.0, 32.0), care__zat__smw_minutes=30.0, **AWAY)
    assert minutes_of(history, "meetings") == [0.0, 60.0]


def test_hours_that_stop_on_day_0_find_the_stock() -> None:
    """The worker fell ill before 1 August and is back on day 30: who is in contact on day 0 is seen after that."""
    away = [{"name": "ill", "start": "2015-07-01", "end": "2015-08-31", "schools": ["vo"], "factor": 0.0}]
    running = person(start=IN_CONTACT, stock=True, received=1, conversations=2)
    history = play(running, visits=(33.0,), capacity__changes=away)
    assert times_of(history, Event.HOURS_STOPPED) == [0.0]
    assert times_of(history, Event.CONVERSATION) == [33.0]


@pytest.mark.parametrize(("luck", "expected"), [(0.15, [5.0]), (0.21, [5.0, 11.0])])
def test_a_school_expects_a_longer_wait_when_hours_are_halved(luck: float, expected: list[float]) -> None:
    """From day 10 on the weekly hour is halved: a visit of an hour every other week.

    Nobody waits. On day 5 half a week is to be expected, on day 11 a whole one; a luck of .15 asks at a chance of
    .5 / 4.5 = .111 to be put off and not at 1 / 5 = .2, a luck of .21 asks at both.
    """
    halved = [{"name": "cut", "start": "2015-08-11", "schools": ["all"], "factor": 0.5}]
    people = [person(notice=(day, NEVER), choice={Choice.BALK: luck}) for day in (5.0, 11.0)]
    history = play(
        *people,
        visits=(2.0, 7.0, 17.0, 27.0),
        capacity__changes=halved,
        care__smw__balking={"enabled": True, "half_weeks": 4.0},
        **(WALKS_IN | NOTICING),
    )
    assert times_of(history, Event.ASKED) == expected


def test_a_school_notices_less_when_hours_stop() -> None:
    """An hour a week doubles the rate of noticing: a problem that has a threshold of 60 days is noticed on day 30.

    The worker is away from day 10 up to day 30. By then 20 of the 60 days are used up, and 20 more at the single
    rate; the last 20 take ten days: noticed on day 40. A problem that arises while the worker is away starts at the
    single rate, and the mentor does it alone: .4 does not help a luck of .5 while .4 x 2 does, as before the stop.
    """
    presence: Changes = {
        "care__smw__presence__notice_gain": 2.0,
        "care__smw__presence__notice_half_hours": 0.1,
        "care__smw__shares__consultation": 0.5,
        "care__smw__presence__consultation_base_care_gain": 2.0,
        "care__smw__presence__consultation_half_hours": 0.05,
        "care__base_care": {"mean_weeks": 1.0, "gain": by_kind(0.4), "pass_on": by_severity(0.0), "hours": 2.0},
    }
    lucky: Changes = {"choice": {Choice.HELP_BASE_CARE: 0.5}}
    people = (
        person(notice=(60.0, NEVER)),
        person(onset=11.0, notice=(4.0, NEVER), **lucky),
        person(onset=1.0, notice=(4.0, NEVER), **lucky),
    )
    for changes, noticed, helped in ((AWAY, [40.0, 15.0, 3.0], False), ({}, [30.0, 13.0, 3.0], True)):
        history = play(*people, visits=(350.0,), **(presence | NOTICING | changes))
        assert [times_of(history, Event.NOTICED, case) for case in range(3)] == [[day] for day in noticed]
        assert (len(times_of(history, Event.RECOVERED, 1)) == 1) == helped
        assert times_of(history, Event.RECOVERED, 2) == [8.0]


def test_extra_hours_open_a_school_that_had_none() -> None:
    """The plan gives the school nothing; from day 10 up to day 30 it has an hour a week.

    Students walk in on days 9, 11, 29 and 31: those of days 11 and 29 are asked. The first of them is seen on day 20;
    the other still waits on day 30 and is closed.
    """
    extra = [
        {
            "name": "worker",
            "start": "2015-08-11",
            "end": "2015-08-31",
            "schools": ["school"],
            "extra_weekly_hours": 1.0,
        }
    ]
    people = [person(notice=(day, NEVER)) for day in (9.0, 11.0, 29.0, 31.0)]
    changes = hours() | WALKS_IN | NOTICING
    history = play(*people, visits=(20.0,), capacity__changes=extra, care__smw__when_hours_stop="closed", **changes)
    assert times_of(history, Event.REFUSED) == [9.0, 31.0]
    assert times_of(history, Event.ASKED) == [11.0, 29.0]
    assert times_of(history, Event.CONVERSATION) == [20.0]
    assert times_of(history, Event.HOURS_STOPPED) == [30.0]
    assert path(history, 2)[-1] == (30.0, State.MONITORED)


def test_a_stop_at_one_school_leaves_the_other_alone() -> None:
    """Hours of the first of two schools stop on day 10: the student in contact there is closed, the other is not."""
    region = make_region(
        "test",
        [MunicipalityRow("town", "Town", "wijkteam", 200)],
        [school_row(name, "vo", "town", 100) for name in ("one", "two")],
    )
    ends = [{"name": "cut", "start": "2015-08-11", "schools": ["one"], "factor": 0.0}]
    world = world_of(
        quiet(), region, capacity__changes=ends, care__smw__when_hours_stop="closed", **hours(vo=2.0 * WEEKS)
    )
    people = [person(start=ASKED, school=school, conversations=2) for school in (0, 1)]
    rhythms = [*rhythm((5.0,)), *rhythm((5.0, 20.0))]
    history = play(*people, world=world, rhythms=rhythms)
    assert [times_of(history, Event.CONVERSATION, case) for case in (0, 1)] == [[5.0], [5.0, 20.0]]
    assert times_of(history, Event.HOURS_STOPPED) == [10.0]
