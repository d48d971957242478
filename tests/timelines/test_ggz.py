"""Stories of youth mental-health care (ggz): a station beside youth care, with its own slots, list and patience."""

from __future__ import annotations

from typing import Any

import pytest

from sim.cases.draws import Choice, Duration
from sim.records import Cause, Event, Route, State
from tests.histories import path, story, times_of
from tests.timelines.stage import (
    AT_GGZ,
    AT_YOUTH_CARE,
    ESCALATION,
    GIVING_UP,
    GP,
    RECOVERY,
    SEVERE,
    at_gateway_of,
    in_care_of,
    in_ggz_of,
    play,
)
from tests.worlds import NEVER, Changes, by_kind, by_severity, outsider, person

ONE_MONTH = 12.0 / 365.25
INTERNALISING, HOME = 0, 2


def in_ggz(days: float, **columns: Any) -> Changes:
    """Return a person who is in ggz on day 0 and stays so many days."""
    return person(start=int(State.GGZ), duration={Duration.GGZ: days}, **columns)


def test_the_gp_refers_to_the_form_of_care_that_is_needed() -> None:
    """Two students go to the GP on day 3. Nearly half of such problems need ggz: the one with luck .1, not .6.

    Both forms have a free slot. Ggz lasts ten days and youth care twenty.
    """
    people = [
        person(gp=(3.0, NEVER), choice={Choice.GGZ: luck}, duration={Duration.GGZ: 10.0, Duration.YOUTH_CARE: 20.0})
        for luck in (0.1, 0.6)
    ]
    history = play(*people, **GP, **in_ggz_of(1, share=0.45), **in_care_of(1))
    assert story(history, 0) == [
        (0.0, Event.ENTER, State.HIDDEN),
        (3.0, Event.REQUEST_GGZ, Route.GP),
        (3.0, Event.ENTER, State.GGZ_WAIT),
        (3.0, Event.ENTER, State.GGZ),
        (pytest.approx(13.0), Event.ENTER, State.MONITORED),
    ]
    assert story(history, 1)[1:4] == [
        (3.0, Event.REQUEST_YOUTH_CARE, Route.GP),
        (3.0, Event.ENTER, State.YOUTH_CARE_WAIT),
        (3.0, Event.ENTER, State.YOUTH_CARE),
    ]
    assert path(history, 1)[-1][0] == pytest.approx(23.0)


def test_the_form_of_care_depends_on_the_kind_of_problem() -> None:
    """With one and the same luck an internalising problem needs ggz and a problem at home does not."""
    people = [person(kind=kind, gp=(3.0, NEVER), choice={Choice.GGZ: 0.2}) for kind in (INTERNALISING, HOME)]
    share = by_kind(0.45, 0.3, 0.05, 0.05)
    history = play(*people, **(GP | in_ggz_of(0) | in_care_of(0) | {"care.ggz.share": share}))
    assert [path(history, case)[-1] for case in (0, 1)] == [(3.0, State.GGZ_WAIT), (3.0, State.YOUTH_CARE_WAIT)]


def test_a_place_in_youth_care_is_of_no_use_to_somebody_who_waits_for_ggz() -> None:
    """The only slot of ggz is taken until day 20, both slots of youth care are free: the one who asked waits."""
    history = play(
        in_ggz(20.0),
        person(start=int(State.GGZ_WAIT), onset=5.0, duration={Duration.GGZ: 10.0}),
        **in_ggz_of(1),
        **in_care_of(2),
    )
    assert path(history, 1) == [
        (5.0, State.GGZ_WAIT),
        (pytest.approx(20.0), State.GGZ),
        (pytest.approx(30.0), State.MONITORED),
    ]


def test_a_crisis_enters_ggz_at_once_and_above_the_slots() -> None:
    """The only slot of ggz is taken until day 50. On day 10 a severe problem that waits for it becomes a crisis.

    It enters ggz, not youth care, although youth care has a free slot. Who asked on day 5 gets the slot on day 110,
    when the crisis is over, and not on day 50.
    """
    history = play(
        in_ggz(50.0),
        person(start=int(State.GGZ_WAIT), onset=5.0),
        person(
            start=int(State.GGZ_WAIT), severity=SEVERE, escalate=(10.0, NEVER, NEVER), duration={Duration.GGZ: 100.0}
        ),
        **in_ggz_of(1),
        **in_care_of(1),
        **ESCALATION,
    )
    assert story(history, 2) == [
        (0.0, Event.REQUEST_GGZ, Route.SCHOOL),
        (0.0, Event.ENTER, State.GGZ_WAIT),
        (10.0, Event.CRISIS, State.GGZ_WAIT),
        (10.0, Event.REQUEST_GGZ, Route.CRISIS),
        (10.0, Event.ENTER, State.GGZ),
        (pytest.approx(110.0), Event.ENTER, State.MONITORED),
    ]
    assert path(history, 1)[1] == (pytest.approx(110.0), State.GGZ)


def test_a_crisis_at_school_enters_the_form_of_care_that_is_needed() -> None:
    """Two severe hidden problems become a crisis on day 10; three in ten need ggz, and one has the luck for it."""
    people = [
        person(severity=SEVERE, escalate=(10.0, NEVER, NEVER), choice={Choice.GGZ: luck}) for luck in (0.2, 0.4)
    ]
    history = play(*people, **ESCALATION, **in_ggz_of(0, share=0.3), **in_care_of(0))
    assert path(history, 0)[1] == (10.0, State.GGZ)
    assert path(history, 1)[1] == (10.0, State.YOUTH_CARE)


def test_a_crisis_in_ggz_is_written_down_and_changes_nothing() -> None:
    """A severe case in ggz until day 40 has a crisis on day 10."""
    history = play(in_ggz(40.0, severity=SEVERE, escalate=(10.0, NEVER, NEVER)), **in_ggz_of(1), **ESCALATION)
    assert times_of(history, Event.CRISIS) == [10.0]
    assert path(history, 0) == [(0.0, State.GGZ), (pytest.approx(40.0), State.MONITORED)]


def test_who_comes_back_after_ggz_comes_back_to_ggz() -> None:
    """Ggz from day 10 to 40 ends the problem (luck .1); half of those come back (luck .1), here after twenty days.

    The luck of the case would have asked for youth care, but on day 0 it was in ggz: what it has had, it gets again.
    """
    student = person(
        start=int(State.GGZ_WAIT),
        onset=10.0,
        choice={Choice.GGZ: 0.9, Choice.REPEAT: 0.1, Choice.HELP_YOUTH_CARE: 0.1},
        duration={Duration.GGZ: 30.0, Duration.UNTIL_REPEAT: 20.0, Duration.GGZ_AGAIN: 25.0},
    )
    changes = in_ggz_of(1, share=0.5) | {
        "care.ggz.gain": by_kind(0.2),
        "care.ggz.repeat_share": 0.5,
        "care.ggz.repeat_mean_months": ONE_MONTH,
    }
    history = play(student, **changes)
    assert story(history, 0) == [
        (10.0, Event.REQUEST_GGZ, Route.SCHOOL),
        (10.0, Event.ENTER, State.GGZ_WAIT),
        (10.0, Event.ENTER, State.GGZ),
        (pytest.approx(40.0), Event.RECOVERED, Cause.GGZ),
        (pytest.approx(40.0), Event.ENTER, State.AFTER_CARE),
        (pytest.approx(60.0), Event.RELAPSED, 0),
        (pytest.approx(60.0), Event.REQUEST_GGZ, Route.REPEAT),
        (pytest.approx(60.0), Event.ENTER, State.GGZ_WAIT),
        (pytest.approx(60.0), Event.ENTER, State.GGZ),
        (pytest.approx(85.0), Event.RECOVERED, Cause.GGZ),
        (pytest.approx(85.0), Event.ENTER, State.RECOVERED),
    ]


def test_youth_care_and_ggz_have_repeats_of_their_own() -> None:
    """Many come back after ggz and nobody after youth care; one of each ends on day 10."""
    back = {Choice.REPEAT: 0.1}
    people = (
        in_ggz(10.0, choice=back),
        person(start=int(State.YOUTH_CARE), choice=back, duration={Duration.YOUTH_CARE: 10.0}),
    )
    history = play(*people, **in_ggz_of(1), **in_care_of(1), care__ggz__repeat_share=1.0)
    assert [path(history, case)[1][1] for case in (0, 1)] == [State.AFTER_CARE, State.MONITORED]


def test_patience_at_ggz_is_another_than_at_youth_care() -> None:
    """Nobody is ever called. Patience is three days at ggz and five at youth care; both are asked for on day 2."""
    patience = {AT_GGZ: 3.0, AT_YOUTH_CARE: 5.0}
    people = [
        outsider(start=int(state), onset=2.0, give_up=patience, choice={Choice.GGZ: 0.9})
        for state in (State.GGZ_WAIT, State.YOUTH_CARE_WAIT)
    ]
    history = play(*people, **in_ggz_of(0, share=0.5), **in_care_of(0), **GIVING_UP)
    assert [path(history, case)[-1] for case in (0, 1)] == [(5.0, State.GAVE_UP), (7.0, State.GAVE_UP)]


def test_the_gateway_and_veilig_thuis_ask_for_ggz_where_it_is_needed() -> None:
    """Two students need ggz. One is helped by a wijkteam until day 2, the other investigated until day 7."""
    history = play(
        person(start=int(State.GATEWAY_WAIT), choice={Choice.ONWARD: 0.3}, duration={Duration.GATEWAY: 2.0}),
        person(start=int(State.VEILIG_THUIS), choice={Choice.VEILIG_THUIS: 0.2}),
        care__veilig_thuis={"mean_weeks": 1.0, "to_youth_care": 0.5},
        **at_gateway_of(1, onward=by_severity(0.4)),
        **in_ggz_of(0),
    )
    assert (2.0, Event.REQUEST_GGZ, Route.SCHOOL) in story(history, 0)
    assert path(history, 0)[-1] == (2.0, State.GGZ_WAIT)
    assert (7.0, Event.REQUEST_GGZ, Route.VEILIG_THUIS) in story(history, 1)
    assert path(history, 1)[-1] == (7.0, State.GGZ_WAIT)


def test_education_care_and_ggz_together_keep_the_place_in_the_list_of_ggz() -> None:
    """The slot of ggz is free on day 20. A student asks on day 5 with education care until day 15, others later.

    The one who asked on day 10 comes after, for the place of day 5 is kept.
    """
    history = play(
        in_ggz(20.0),
        person(start=int(State.OZA), onset=5.0),
        person(start=int(State.GGZ_WAIT), onset=10.0),
        care__education_care__mean_weeks=2.0,
        **in_ggz_of(1),
    )
    assert path(history, 1)[:3] == [
        (5.0, State.OZA),
        (15.0, State.GGZ_WAIT),
        (pytest.approx(20.0), State.GGZ),
    ]
    assert times_of(history, Event.REQUEST_GGZ, 1) == [5.0]
    assert path(history, 2)[1] == (pytest.approx(21.0), State.GGZ)


def test_natural_recovery_leaves_the_trajectory_in_ggz_running() -> None:
    """A student in ggz recovers on day 15 and stays until day 40, as planned."""
    history = play(in_ggz(40.0, recover=(15.0, NEVER)), **in_ggz_of(1), **RECOVERY)
    assert story(history, 0) == [
        (0.0, Event.ENTER, State.GGZ),
        (15.0, Event.RECOVERED, Cause.NATURAL),
        (pytest.approx(40.0), Event.ENTER, State.RECOVERED),
    ]


def test_people_not_through_school_ask_for_the_form_of_care_they_need() -> None:
    """Two come for specialised care on day 3, and half need ggz; two wait for youth care on day 0 and keep to it.

    Of each two one has the luck of .2 and the other of .7.
    """
    people = [
        outsider(start=int(State.YOUTH_CARE_WAIT), onset=onset, choice={Choice.GGZ: luck})
        for onset in (0.0, 3.0)
        for luck in (0.2, 0.7)
    ]
    history = play(*people, **in_ggz_of(0, share=0.5), **in_care_of(0))
    assert [path(history, case)[0][1] for case in range(4)] == [
        State.YOUTH_CARE_WAIT,
        State.YOUTH_CARE_WAIT,
        State.GGZ_WAIT,
        State.YOUTH_CARE_WAIT,
    ]
