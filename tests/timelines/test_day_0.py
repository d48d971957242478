"""Stories of day 0: those whom the beginning finds in a trajectory of which the problem is over already."""

from __future__ import annotations

import pytest

from sim.cases.draws import Choice, Duration
from sim.records import Cause, Event, Route, State
from tests.histories import path, story
from tests.timelines.stage import ESCALATION, at_gateway_of, in_care_of, in_ggz_of, play
from tests.worlds import NEVER, by_severity, outsider, person

CARE = (
    (State.GATEWAY_HELP, Duration.GATEWAY),
    (State.YOUTH_CARE, Duration.YOUTH_CARE),
    (State.GGZ, Duration.GGZ),
)
SLOTS = at_gateway_of(1) | in_care_of(1) | in_ggz_of(1)


@pytest.mark.parametrize(("state", "duration"), CARE)
def test_who_has_recovered_before_day_0_finishes_the_trajectory(state: State, duration: Duration) -> None:
    """The problem is over, the trajectory takes thirty more days; it neither gets worse on day 10 nor goes on.

    The slot is held until day 30: another person gets it only then.
    """
    finishing = person(
        start=int(state),
        stock=True,
        recovered=True,
        escalate=(10.0, NEVER, NEVER),
        choice={Choice.ONWARD: 0.0},
        duration={duration: 30.0},
    )
    waiting = outsider(start=int(State(state - 1)), onset=1.0, choice={Choice.GGZ: 1.0})
    changes = (
        SLOTS | ESCALATION | {"care.ggz.share": {"internalising": 0, "externalising": 0, "home": 0, "financial": 0}}
    )
    history = play(finishing, waiting, **changes, care__gateway__wijkteam__onward=by_severity(1.0))
    assert story(history, 0) == [
        (0.0, Event.RECOVERED, Cause.NATURAL),
        (0.0, Event.ENTER, state),
        (pytest.approx(30.0), Event.ENTER, State.RECOVERED),
    ]
    assert path(history, 1)[1] == (pytest.approx(30.0), state)


def test_a_problem_that_was_over_on_day_0_can_come_back() -> None:
    """Finishing youth care until day 30, a student comes back (luck .1) after twenty days: a relapse."""
    history = play(
        person(
            start=int(State.YOUTH_CARE),
            stock=True,
            recovered=True,
            choice={Choice.REPEAT: 0.1},
            duration={Duration.YOUTH_CARE: 30.0, Duration.UNTIL_REPEAT: 20.0, Duration.YOUTH_CARE_AGAIN: 5.0},
        ),
        care__youth_care__repeat_share=0.5,
        care__youth_care__repeat_mean_months=12.0 / 365.25,
        **in_care_of(1),
    )
    assert story(history, 0)[2:] == [
        (pytest.approx(30.0), Event.ENTER, State.AFTER_CARE),
        (pytest.approx(50.0), Event.RELAPSED, 0),
        (pytest.approx(50.0), Event.REQUEST_YOUTH_CARE, Route.REPEAT),
        (pytest.approx(50.0), Event.ENTER, State.YOUTH_CARE_WAIT),
        (pytest.approx(50.0), Event.ENTER, State.YOUTH_CARE),
        (pytest.approx(55.0), Event.ENTER, State.MONITORED),
    ]


@pytest.mark.parametrize(("state", "duration"), CARE)
def test_who_has_recovered_and_finds_no_slot_is_done(state: State, duration: Duration) -> None:
    """Two are in care on day 0 and there is one slot. The second waits with an open problem, and else is done."""
    for recovered, ends in ((False, State(state - 1)), (True, State.RECOVERED)):
        people = (
            person(start=int(state), stock=True, duration={duration: 30.0}),
            person(start=int(state), stock=True, recovered=recovered),
        )
        assert path(play(*people, **SLOTS), 1)[0] == (0.0, ends)


def test_who_is_between_two_trajectories_on_day_0_is_well_for_now() -> None:
    """The problem is over on day 0 and back twenty days later, for the form of care that the case needs: ggz."""
    history = play(
        person(start=int(State.AFTER_CARE), stock=True, duration={Duration.UNTIL_REPEAT: 20.0}),
        care__ggz__repeat_mean_months=12.0 / 365.25,
        **in_ggz_of(0),
    )
    assert story(history, 0) == [
        (0.0, Event.RECOVERED, Cause.NATURAL),
        (0.0, Event.ENTER, State.AFTER_CARE),
        (pytest.approx(20.0), Event.RELAPSED, 0),
        (pytest.approx(20.0), Event.REQUEST_GGZ, Route.REPEAT),
        (pytest.approx(20.0), Event.ENTER, State.GGZ_WAIT),
    ]


def test_those_in_care_on_day_0_come_before_those_who_wait() -> None:
    """The one who waits for ggz stands first in the table; the slot goes to the one who is in ggz already."""
    waiting = person(start=int(State.GGZ_WAIT), stock=True)
    history = play(waiting, person(start=int(State.GGZ), stock=True, duration={Duration.GGZ: 30.0}), **in_ggz_of(1))
    assert path(history, 1)[0] == (0.0, State.GGZ)
    assert path(history, 0)[1] == (pytest.approx(30.0), State.GGZ)
