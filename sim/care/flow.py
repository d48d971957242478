"""What all stations have in common: entering, staying while hazards compete, and the ways out."""

from __future__ import annotations

from collections.abc import Generator

from sim.care.case import Case
from sim.care.clock import Wake
from sim.care.gp import go_to_gp
from sim.care.network import Network
from sim.care.rmc import after_early_leaving
from sim.records import Cause, Event, Route, State
from sim.rules import next_state
from sim.rules.decisions import helped
from sim.rules.hazards import CRISIS, END_OF_SCHOOL, GP, INFINITE, LEAVE_EARLY, RECOVER
from sim.rules.next_state import (
    ENDS_STAY,
    GETS_WORSE,
    HOLDS_A_CRISIS,
    IS_A_CRISIS,
    RECOVERS_MEANWHILE,
    effect_on_stay,
)
from sim.scenario.base import ByKind


def enter(network: Network, case: Case, state: State, until: float = INFINITE) -> None:
    """Let a case enter a state, with a service that ends at ``until`` (days) if there is one."""
    now = network.clock.now
    network.observer.enter(now, case.row, state)
    case.enter(now, state, until)


def stay(network: Network, case: Case) -> Generator[Wake, int, int]:
    """Stay until something happens that ends the stay; return what it was."""
    while True:
        what = yield case.sleep()
        case.settle(what)
        effect = effect_on_stay(what, case.state, case.severity)
        if effect == ENDS_STAY:
            return what
        if effect == GETS_WORSE:
            case.worsen()
            network.observer.log(network.clock.now, case.row, Event.ESCALATED, case.severity)
        elif effect == IS_A_CRISIS:
            network.observer.log(network.clock.now, case.row, Event.CRISIS, case.state)
            if not HOLDS_A_CRISIS[case.state]:
                return CRISIS
        elif effect == RECOVERS_MEANWHILE:
            recover(network, case, Cause.NATURAL)
        else:
            leave_school(network, case, early=what == LEAVE_EARLY)
            case.update_rates()


def elsewhere(network: Network, case: Case, what: int) -> State:
    """Return where a case goes for a reason that has nothing to do with the station it was at."""
    if what == RECOVER:
        recover(network, case, Cause.NATURAL)
        return State.RECOVERED
    if what == GP:
        return go_to_gp(network, case)
    if what == CRISIS:
        case.route = Route.CRISIS
        return network.form(case).treating
    if what == LEAVE_EARLY:
        leave_school(network, case, early=True)
        return after_early_leaving(network, case)
    if what == END_OF_SCHOOL:
        leave_school(network, case, early=False)
        return gone(case)
    raise AssertionError(f"a case in {case.state.name} cannot handle {what}")


def gone(case: Case) -> State:
    """Return the closed state of a student who is not at school any more and is not helped outside."""
    return next_state.gone(case.is_background, case.left_early)


def back(case: Case) -> State:
    """Return where a case with an open problem goes when a station is done with it."""
    return next_state.back(case.at_school, case.is_background, case.left_early)


def give_up(network: Network, case: Case) -> State:
    """Leave a waiting list outside school."""
    network.observer.log(network.clock.now, case.row, Event.GAVE_UP, case.state)
    return next_state.after_giving_up(case.at_school, case.is_background, case.left_early)


def recover(network: Network, case: Case, cause: Cause) -> None:
    """End the problem."""
    network.observer.log(network.clock.now, case.row, Event.RECOVERED, cause)
    case.close_problem()


def recovers_by_help(
    network: Network, case: Case, cause: Cause, uniform: float, gain: float, received: int = 1, needed: int = 1
) -> bool:
    """Decide whether help ends the problem, and write it down."""
    if helped(uniform, gain, received, needed):
        recover(network, case, cause)
        return True
    return False


def gain_of(case: Case, gain: ByKind[float]) -> float:
    """Return the gain for the kind of problem of the case."""
    return gain.values()[case.rows.kind[case.row]]


def leave_school(network: Network, case: Case, early: bool) -> None:
    """End school time, and with early leaving that of the student's other problems."""
    event = Event.LEFT_EARLY if early else Event.LEFT_SCHOOL
    network.observer.log(network.clock.now, case.row, event, case.state)
    case.leave_school(early)
    if early and network.siblings[case.row]:
        student = case.rows.student[case.row]
        network.gone.add(student)
        for other in sorted(network.live[student], key=lambda sibling: sibling.row):
            if other.at_school:
                other.call(END_OF_SCHOOL)
