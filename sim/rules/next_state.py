"""Where a case goes next, as functions of plain numbers; every engine walks by these."""

from __future__ import annotations

from typing import TypeVar

from sim.records import State
from sim.rules.hazards import END_OF_SCHOOL, ESCALATE, LEAVE_EARLY, RECOVER
from sim.scenario.base import SEVERITIES

S = TypeVar("S", bound=int)

MOST_SEVERE = len(SEVERITIES) - 1

# By state: stations that go on when the student leaves school, trajectories that run their course when the problem is
# over, and those in which a crisis changes nothing.
GOES_ON_OUTSIDE = tuple(State.REFERRED <= state <= State.AFTER_CARE for state in State)
HOLDS_A_CRISIS = tuple(state in (State.YOUTH_CARE, State.GGZ) for state in State)
RUNS_ITS_COURSE = tuple(state in (State.GATEWAY_HELP, State.YOUTH_CARE, State.GGZ) for state in State)

# What an event does to the stay in which it happens.
ENDS_STAY = 0
GETS_WORSE = 1
IS_A_CRISIS = 2
RECOVERS_MEANWHILE = 3
LEAVES_SCHOOL_MEANWHILE = 4


def effect_on_stay(what: int, state: int, severity: int) -> int:
    """Return what an event does to the stay of a case in a state.

    Getting worse does not end a stay; from the highest severity it is a crisis, which changes nothing in specialised
    care and ends any other stay. Outside school leaving it does not end a stay, in a trajectory recovery does not.

    Parameters
    ----------
    what
        What happened, as in ``sim.rules.hazards``.
    state
        Where the case is.
    severity
        Its severity until now.
    """
    if what == ESCALATE:
        return GETS_WORSE if severity < MOST_SEVERE else IS_A_CRISIS
    if what == RECOVER:
        return RECOVERS_MEANWHILE if RUNS_ITS_COURSE[state] else ENDS_STAY
    if what in (LEAVE_EARLY, END_OF_SCHOOL):
        return LEAVES_SCHOOL_MEANWHILE if GOES_ON_OUTSIDE[state] else ENDS_STAY
    return ENDS_STAY


def gone(is_background: bool, left_early: bool) -> State:
    """Return the closed state of a student who is not at school any more and is not helped outside."""
    if is_background:
        return State.CARE_ENDED
    return State.LEFT_EARLY if left_early else State.LEFT_SCHOOL


def back(at_school: bool, is_background: bool, left_early: bool) -> State:
    """Return where a case with an open problem goes when a station is done with it."""
    return State.MONITORED if at_school else gone(is_background, left_early)


def after_giving_up(at_school: bool, is_background: bool, left_early: bool) -> State:
    """Return where a case goes that leaves a waiting list outside school."""
    if at_school:
        return State.MONITORED
    return State.GAVE_UP if is_background else gone(is_background, left_early)


def after_first_notice(walks_in: bool, safety: bool) -> State:
    """Return where a case goes that was noticed for the first time; ``SMW_WAIT`` means that it asks SMW."""
    if safety:
        return State.VEILIG_THUIS
    return State.SMW_WAIT if walks_in else State.BASE_CARE


def after_base_care(uniform: float, pass_on: float) -> State:
    """Return whether the mentor who could not solve it passes a case on to the care team."""
    return State.TEAM_WAIT if uniform < pass_on else State.MONITORED


def after_smw(uniform: float, referral_share: float, needs_handover: bool) -> State:
    """Return where a case goes whose conversations did not end the problem."""
    if uniform >= referral_share:
        return State.MONITORED
    return State.SMW_HANDOVER if needs_handover else State.REFERRED


def after_early_leaving(uniform: float, found: float) -> State:
    """Return where a student goes who left a school early: found by RMC, or gone with the problem open."""
    return State.LEERPLICHT if uniform < found else State.LEFT_EARLY


def after_trajectory(is_open: bool, at_school: bool, is_background: bool, left_early: bool) -> State:
    """Return where a case goes whose trajectory is over and that does not come back into care."""
    return back(at_school, is_background, left_early) if is_open else State.RECOVERED


def without_a_slot(waiting: S, is_open: bool) -> S | State:
    """Return where a case goes that finds no free slot for its help: to the list, if it still has a problem."""
    return waiting if is_open else State.RECOVERED
