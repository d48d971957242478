"""Stories of the way to school social work: mentor, care team, walking in, and schools that do not ask."""

from __future__ import annotations

from typing import Any

import pytest

from sim.cases.draws import Choice, Duration
from sim.records import Event, Route, State
from sim.region.build import MunicipalityRow, make_region
from tests.histories import path, story, times_of
from tests.timelines.stage import GIVING_UP, GP, LIGHT, NOTICING, SEVERE, WEEKS, each, play
from tests.worlds import (
    NEVER,
    Changes,
    by_group,
    by_kind,
    by_sector,
    by_severity,
    by_type,
    hours,
    one_school,
    person,
    quiet,
    rhythm,
    school_row,
    world_of,
)

WALKS_IN: Changes = {"care__smw__direct_access_share": by_sector(1.0)}


def seen_on(day: float, **columns: Any) -> Changes:
    """Return a student whose hidden problem is noticed on a day."""
    return person(notice=(day, NEVER), **columns)


def test_from_noticing_to_the_first_conversation() -> None:
    """A problem that arises on day 2 is noticed on day 5; the mentor tries for ten school days, until day 15.

    The mentor passes it on. The care team meets on days 14, 24 and 34: on day 24 it asks school social work, whose
    next visit is on day 30. One conversation is enough; the school keeps an eye on the student afterwards.
    """
    history = play(
        seen_on(3.0, onset=2.0),
        meetings=(14.0, 24.0, 34.0),
        visits=each(10.0),
        care__base_care__mean_weeks=2.0,
        **NOTICING,
    )
    assert story(history, 0) == [
        (2.0, Event.ENTER, State.HIDDEN),
        (5.0, Event.NOTICED, 0),
        (5.0, Event.ENTER, State.BASE_CARE),
        (15.0, Event.ENTER, State.TEAM_WAIT),
        (24.0, Event.ASKED, 0),
        (24.0, Event.ENTER, State.SMW_WAIT),
        (30.0, Event.ENTER, State.SMW_CARE),
        (30.0, Event.CONVERSATION, 1),
        (30.0, Event.ENTER, State.MONITORED),
    ]


def test_the_mentor_may_solve_it_or_keep_it() -> None:
    """Two problems are noticed on day 1 and tried on for five days; the gain of the mentor is .3, .6 are passed on.

    The first student's luck of .2 is within the gain: recovered on day 6. The second's .4 is not, and a luck of .7 is
    not within what is passed on: on day 6 the mentor keeps an eye on it.
    """
    history = play(
        seen_on(1.0, choice={Choice.HELP_BASE_CARE: 0.2}),
        seen_on(1.0, choice={Choice.HELP_BASE_CARE: 0.4, Choice.PASS_ON: 0.7}),
        care__base_care={
            "mean_weeks": 1.0,
            "gain": by_kind(0.3),
            "pass_on": by_severity(0.6),
            "hours": 2.0,
        },
        **NOTICING,
    )
    assert path(history, 0)[-1] == (6.0, State.RECOVERED)
    assert path(history, 1)[-1] == (6.0, State.MONITORED)


def test_consultation_makes_the_mentor_more_likely_to_solve_it() -> None:
    """Half of an hour a week is consultation: .05 hours per 100 students, where the gain levels off at .05 halfway.

    That raises the mentor's gain of .3 by half of .8, to .42: a luck of .4 is within it, and .45 is not.
    """
    people = [seen_on(1.0, choice={Choice.HELP_BASE_CARE: luck}) for luck in (0.4, 0.45)]
    history = play(
        *people,
        care__base_care={"mean_weeks": 1.0, "gain": by_kind(0.3), "pass_on": by_severity(0.0), "hours": 2.0},
        care__smw__shares__consultation=0.5,
        care__smw__presence__consultation_base_care_gain=0.8,
        care__smw__presence__consultation_half_hours=0.05,
        **NOTICING,
    )
    assert [path(history, case)[-1] for case in (0, 1)] == [(6.0, State.RECOVERED), (6.0, State.MONITORED)]


def test_what_the_mentor_watches_is_brought_up_again() -> None:
    """A watched problem is noticed again at half the rate: a threshold of 4 days passes on day 8, for the team."""
    history = play(
        person(start=int(State.MONITORED), notice=(4.0, NEVER)),
        demand__notice__again_factor=0.5,
        **NOTICING,
    )
    assert path(history, 0) == [(0.0, State.MONITORED), (8.0, State.TEAM_WAIT)]
    assert (8.0, Event.NOTICED, 1) in story(history, 0)


def test_a_meeting_handles_so_many_cases_the_severe_first() -> None:
    """Three cases wait for a team that handles two a meeting, on days 10 and 20; the last to come is severe.

    By severity the severe one and the first to come go on day 10, and the second to come on day 20.
    """
    people = [person(start=int(State.TEAM_WAIT), onset=day) for day in (1.0, 2.0)]
    people.append(person(start=int(State.TEAM_WAIT), onset=3.0, severity=SEVERE))
    settings = {"every_weeks": 2, "cases": 2, "smw_minutes": 0.0}
    for order, expected in (("severity", [10.0, 20.0, 10.0]), ("arrival", [10.0, 10.0, 20.0])):
        history = play(*people, meetings=(10.0, 20.0), care__zat=settings | {"order": order})
        assert [path(history, case)[1][0] for case in range(3)] == expected


@pytest.mark.parametrize(
    ("luck", "goes_to"),
    [
        (0.1, State.SMW_WAIT),
        (0.4, State.REFERRED),
        (0.6, State.EDUCATION_CARE),
        (0.8, State.OZA),
        (0.95, State.MONITORED),
    ],
)
def test_the_team_decides_by_the_luck_of_the_case(luck: float, goes_to: State) -> None:
    """Shares of .3 to SMW, .2 to the municipality, .2 to education care and .2 to education and youth care."""
    history = play(
        person(start=int(State.TEAM_WAIT), choice={Choice.ROUTE: luck}),
        meetings=(10.0,),
        visits=(350.0,),
        care__routes={
            "smw": by_severity(0.3),
            "municipality": by_severity(0.2),
            "education_care": by_severity(0.2),
            "oza": by_severity(0.2),
        },
    )
    assert path(history, 0)[1] == (10.0, goes_to)


def test_the_routes_of_the_team_follow_the_severity_at_the_meeting() -> None:
    """Only severe cases go to the municipality: a light one that waits stays with the mentor, a severe one goes."""
    history = play(
        person(start=int(State.TEAM_WAIT), severity=LIGHT),
        person(start=int(State.TEAM_WAIT), severity=SEVERE),
        meetings=(10.0,),
        care__routes__smw=by_severity(0.0),
        care__routes__municipality=by_severity(0.0, 0.0, 1.0),
    )
    assert [path(history, case)[1] for case in (0, 1)] == [(10.0, State.MONITORED), (10.0, State.REFERRED)]


def test_a_long_wait_puts_schools_off() -> None:
    """Each school week has one visit for one conversation; half of the schools balk at a wait of four weeks.

    On day 1 the first student needs three conversations and finds nobody waiting: half a week to expect, balked at
    with a chance of .5 / 4.5 = .111, less than the student's luck of .2, so the school asks. Then three and a half
    weeks are to be expected and the chance is 3.5 / 7.5 = .467: on day 2 a luck of .47 asks. On day 3 a wait of 4.5
    weeks puts off a luck of .52 (chance .529), and on day 4 a luck of .53 asks. Two more students are put off on day
    5; one goes straight outside, by a luck of .1 against a share of .3.
    """
    lucks = (0.2, 0.47, 0.52, 0.53, 0.4, 0.4)
    needs = (3, 1, 1, 1, 1, 1)
    outside = (0.9, 0.9, 0.9, 0.9, 0.1, 0.9)
    people = [
        seen_on(
            float(min(number, 4) + 1),
            conversations=needs[number],
            choice={Choice.BALK: lucks[number], Choice.WITHOUT_SMW: outside[number]},
        )
        for number in range(6)
    ]
    history = play(
        *people,
        visits=each(5.0)[10:],
        care__smw__balking={"enabled": True, "half_weeks": 4.0},
        care__without_smw__outside_share=0.3,
        **WALKS_IN,
        **NOTICING,
    )
    assert times_of(history, Event.ASKED) == [1.0, 2.0, 4.0]
    assert [
        (time, detail) for case in (2, 4, 5) for time, event, detail in story(history, case) if event == Event.BALKED
    ] == [
        (3.0, 0),
        (5.0, 1),
        (5.0, 0),
    ]
    assert path(history, 4)[1] == (5.0, State.REFERRED)
    assert path(history, 5)[1] == (5.0, State.MONITORED)


def test_a_school_that_expects_no_wait_any_more_asks_again() -> None:
    """A student who needs twelve conversations is seen on day 5 or gives up on day 3; another comes on day 6.

    On day 1 twelve and a half weeks put off a luck of .5 (chance 12.5 / 16.5). On day 6 nobody waits, whether the
    first is in contact or has given up, and a luck of .5 asks (chance .5 / 4.5).
    """
    for patience in (NEVER, 3.0):
        first = person(start=int(State.SMW_WAIT), conversations=12, give_up=(patience, NEVER, NEVER, NEVER))
        history = play(
            first,
            seen_on(1.0),
            seen_on(6.0),
            visits=(5.0, 350.0),
            care__smw__balking={"enabled": True, "half_weeks": 4.0},
            **WALKS_IN,
            **NOTICING,
            **GIVING_UP,
        )
        assert times_of(history, Event.BALKED) == [1.0]
        assert times_of(history, Event.ASKED) == [6.0]


def test_a_school_without_smw_keeps_the_student_or_sends_outside() -> None:
    """There are no hours, and .3 of those for whom SMW would be asked go outside.

    Two students walk in on day 1: a luck of .4 stays at school, a luck of .2 goes straight to the municipality.
    """
    people = [seen_on(1.0, choice={Choice.WITHOUT_SMW: luck}) for luck in (0.4, 0.2)]
    history = play(*people, care__without_smw__outside_share=0.3, **WALKS_IN, **NOTICING, **hours())
    for case, (outside, then) in enumerate(((0, State.MONITORED), (1, State.REFERRED))):
        assert story(history, case)[:4] == [
            (0.0, Event.ENTER, State.HIDDEN),
            (1.0, Event.NOTICED, 2),
            (1.0, Event.REFUSED, outside),
            (1.0, Event.ENTER, then),
        ]


def test_a_student_gives_up_on_a_list_only_once() -> None:
    """A student gives up after three days on the list of social work, and is brought up again ten days later.

    On day 13 the team meets and asks again; now the student waits to the end of the year, for nobody comes.
    """
    history = play(
        person(start=int(State.SMW_WAIT), give_up=(3.0, 1.0, 1.0, 1.0), notice=(10.0, NEVER)),
        meetings=(13.0,),
        visits=(360.0,),
        care__smw__conversation_minutes=by_sector(60.0, 90.0),
        **GIVING_UP,
        **NOTICING,
    )
    assert times_of(history, Event.GAVE_UP) == [3.0]
    assert path(history, 0) == [
        (0.0, State.SMW_WAIT),
        (3.0, State.MONITORED),
        (13.0, State.TEAM_WAIT),
        (13.0, State.SMW_WAIT),
    ]


def test_going_to_the_gp_ends_the_contact() -> None:
    """A student in contact since day 2 would go to the GP after six days; contact halves that rate, so after twelve.

    On day 14 the student asks for youth care by the GP, and the conversation that was due on day 16 is not held.
    """
    history = play(
        person(start=int(State.SMW_WAIT), onset=2.0, conversations=2, gp=(6.0, NEVER)),
        visits=(2.0, 16.0),
        care__smw__gp_factor=0.5,
        care__youth_care__slots=0,
        **GP,
    )
    assert times_of(history, Event.CONVERSATION) == [2.0]
    assert path(history, 0)[-1] == (14.0, State.YOUTH_CARE_WAIT)
    assert (14.0, Event.REQUEST_YOUTH_CARE, Route.GP) in story(history, 0)


def test_help_is_scaled_by_the_share_of_needed_conversations() -> None:
    """The gain is .4, four conversations are needed and policy allows two: a chance of .2 over natural recovery."""
    limit: Changes = {"care__smw__limits__max_conversations": 2, "care__smw__gain": by_kind(0.4)}
    people = [
        person(start=int(State.SMW_WAIT), conversations=4, choice={Choice.HELP_SMW: luck}) for luck in (0.19, 0.21)
    ]
    history = play(*people, visits=each(14.0), minutes=120.0, **limit)
    assert [path(history, case)[-1] for case in (0, 1)] == [(28.0, State.RECOVERED), (28.0, State.MONITORED)]


def test_a_warm_handover_waits_for_a_visit_and_makes_arrival_likelier() -> None:
    """After one conversation on day 5 a student is referred on; hand-overs take an hour, visits have two hours.

    Warm: the student is handed over in the visit of day 10, is underway for three days, and arrives with a luck of
    .6, within the .75 of a hand-over. By letter the student leaves on day 5, and on day 8 a luck of .6 is not within
    .45.
    """
    student = person(
        start=int(State.SMW_WAIT),
        choice={Choice.REFER: 0.1, Choice.ARRIVE: 0.6},
        duration={Duration.TRAVEL_TO_GATEWAY: 3.0},
    )
    settings: Changes = {
        "care__smw__referral_share": 0.25,
        "care__referral": {"arrival_warm": 0.75, "arrival_letter": 0.45, "mean_days": 1.0},
    }
    warm = play(student, visits=each(5.0), minutes=120.0, care__smw__warm_handover=True, **settings)
    assert path(warm, 0)[2:5] == [
        (5.0, State.SMW_HANDOVER),
        (10.0, State.REFERRED),
        (13.0, State.GATEWAY_WAIT),
    ]
    letter = play(student, visits=each(5.0), minutes=120.0, **settings)
    assert path(letter, 0)[2:] == [(5.0, State.REFERRED), (8.0, State.MONITORED)]
    assert times_of(letter, Event.NOT_ARRIVED) == [8.0]


def test_a_maximum_can_hold_at_some_types_of_schools_only() -> None:
    """Policy allows two conversations at schools of type a and any number at type b; students need four."""
    region = make_region(
        "test",
        [MunicipalityRow("town", "Town", "wijkteam", 200)],
        [school_row("light", "vo", "town", 100, "a"), school_row("medium", "vo", "town", 100, "b")],
    )
    limits: Changes = {
        "care__smw__limits__max_conversations": 2,
        "care__smw__limits__max_at": by_type(0.0, a=1.0),
    }
    world = world_of(quiet(), region, **hours(vo=2.0 * WEEKS), **limits)
    people = [person(start=int(State.SMW_WAIT), school=school, conversations=4) for school in (0, 1)]
    history = play(*people, world=world, rhythms=rhythm(each(14.0)) * 2)
    assert [len(times_of(history, Event.CONVERSATION, case)) for case in (0, 1)] == [2, 4]


def test_the_age_limit_counts_on_the_day_of_asking() -> None:
    """The limit is 23 years. Two students are 22.99 years old when their problem arises, on day 1.

    One walks in on day 2, and is asked. The other walks in on day 9, eight days or .022 years later, and is refused;
    of those refused half go outside, which is the luck of .4.
    """
    people = [seen_on(day, onset=1.0, age=22.99, choice={Choice.WITHOUT_SMW: 0.4}) for day in (1.0, 8.0)]
    history = play(
        *people,
        visits=(350.0,),
        care__smw__limits__age=23,
        care__without_smw__outside_share=0.5,
        **(WALKS_IN | NOTICING),
    )
    assert times_of(history, Event.ASKED, 0) == [2.0]
    assert (9.0, Event.REFUSED, 1) in story(history, 1)
    assert path(history, 1)[1] == (9.0, State.REFERRED)


def test_schools_can_refuse_what_is_only_about_studying() -> None:
    """Two students walk in on day 1; one has a problem with studying and nothing else."""
    people = [seen_on(1.0, study_only=only) for only in (True, False)]
    for share, refused in ((0.0, []), (1.0, [1.0])):
        limits: Changes = {"care__smw__limits__study_only_excluded_at": by_type(share)}
        history = play(*people, visits=(350.0,), **(limits | WALKS_IN | NOTICING))
        assert times_of(history, Event.REFUSED, 0) == refused
        assert times_of(history, Event.ASKED, 1) == [1.0]


def test_walking_in_can_differ_by_sector() -> None:
    """Half of the students in VO walk in and none in PO: a luck of .4 asks by itself in VO and not in PO."""
    walks_in: Changes = {"care__smw__direct_access_share": by_sector(0.0, 0.5)}
    student = seen_on(1.0, choice={Choice.DIRECT: 0.4})
    vo = play(student, visits=(350.0,), **(walks_in | NOTICING))
    assert path(vo, 0)[1] == (1.0, State.SMW_WAIT)
    world = world_of(quiet(), one_school(sector="po"), **(hours(po=WEEKS) | walks_in | NOTICING))
    po = play(student | {"sector": 0}, world=world, visits=(350.0,))
    assert path(po, 0)[1] == (1.0, State.BASE_CARE)


def test_help_can_work_differently_by_group() -> None:
    """The gain of .4 is halved at the lowest level of the mbo: a luck of .3 is helped at level 4, not at level 1."""
    world = world_of(
        quiet(),
        one_school(sector="mbo", levels=(500, 0, 0, 500)),
        **hours(mbo=WEEKS),
        care__smw__gain=by_kind(0.4),
        care__smw__gain_factor=by_group(1.0, 1.0, 0.5, 1.0),
    )
    people = [
        person(start=int(State.SMW_WAIT), sector=2, level=level, choice={Choice.HELP_SMW: 0.3}) for level in (0, 3)
    ]
    history = play(*people, world=world, visits=(5.0,), minutes=120.0)
    assert [path(history, case)[-1] for case in (0, 1)] == [(5.0, State.MONITORED), (5.0, State.RECOVERED)]


def test_a_worker_in_class_notices_sooner() -> None:
    """Half of an hour a week is spent in class: .05 hours per 100 students, where a gain of 2 levels off halfway.

    That doubles the rate: a problem that would be noticed on day 8 is noticed on day 4. Without class presence the
    same hours change nothing.
    """
    gain: Changes = {
        "care__smw__presence__class_notice_gain": 2.0,
        "care__smw__presence__class_half_hours": 0.05,
    }
    for share, day in ((0.5, 4.0), (0.0, 8.0)):
        settings: Changes = {"care__smw__shares__class_presence": share}
        history = play(seen_on(8.0), visits=(350.0,), **(settings | gain | NOTICING))
        assert times_of(history, Event.NOTICED) == [day]
