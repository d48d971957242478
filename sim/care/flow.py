"""What all stations have in common: entering, staying while hazards compete, and the ways out."""

from __future__ import annotations

from collections.abc import Generator

from sim.care.case import Case
from sim.care.clock import Wake
from sim.care.gp import go_to_gp
from sim.care.network import Network
from sim.care.rmc import after_early_leaving
from sim.records import Cause, Event, Route, State
from sim.rules.decisions import helped
from sim.rules.hazards import CRISIS, END_OF_SCHOOL, ESCALATE, GP, INFINITE, LEAVE_EARLY, RECOVER
from sim.scenario.base import SEVERITIES, ByKind

MOST_SEVERE = len(SEVERITIES) - 1

IN_SPECIALISED_CARE = (State.YOUTH_CARE, State.GGZ)
OUTSIDE_SCHOOL = (
    State.REFERRED,
    State.VEILIG_THUIS,
    State.GATEWAY_WAIT,
    State.GATEWAY_HELP,
    State.OZA,
    State.YOUTH_CARE_WAIT,
    State.YOUTH_CARE,
    State.GGZ_WAIT,
    State.GGZ,
    State.AFTER_CARE,
)

# By state, since members of an enumeration are slow keys: stations that go on when the student leaves school,
# trajectories that run their course when the problem is over, and those in which a crisis changes nothing.
GOES_ON_OUTSIDE = tuple(state in OUTSIDE_SCHOOL for state in State)
RUNS_ITS_COURSE = tuple(state in (State.GATEWAY_HELP, *IN_SPECIALISED_CARE) for state in State)
HOLDS_A_CRISIS = tuple(state in IN_SPECIALISED_CARE for state in State)


def enter(network: Network, case: Case, state: State, until: float = INFINITE) -> None:
    """Let a case enter a state, with a service that ends at ``until`` (days) if there is one."""
    now = network.clock.now
    network.observer.enter(now, case.row, state)
    case.enter(now, state, until)


def stay(network: Network, case: Case) -> Generator[Wake, int, int]:
    """Stay until something happens that ends the stay; return what it was.

    Getting worse does not end a stay, a crisis does unless the case is in specialised care already. Outside school
    neither does leaving school; in a trajectory neither does recovery.
    """
    while True:
        what = yield case.sleep()
        case.settle(what)
        if what == ESCALATE:
            if _worsens(network, case):
                continue
            if not HOLDS_A_CRISIS[case.state]:
                return CRISIS
        elif what == RECOVER and RUNS_ITS_COURSE[case.state]:
            recover(network, case, Cause.NATURAL)
        elif what in (LEAVE_EARLY, END_OF_SCHOOL) and GOES_ON_OUTSIDE[case.state]:
            leave_school(network, case, early=what == LEAVE_EARLY)
            case.update_rates()
        else:
            return what


def _worsens(network: Network, case: Case) -> bool:
    """Raise the severity by one step; return False if it was the highest, which makes it a crisis."""
    if case.severity < MOST_SEVERE:
        case.worsen()
        network.observer.log(network.clock.now, case.row, Event.ESCALATED, case.severity)
        return True
    network.observer.log(network.clock.now, case.row, Event.CRISIS, case.state)
    return False


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
    if case.is_background:
        return State.CARE_ENDED
    return State.LEFT_EARLY if case.left_early else State.LEFT_SCHOOL


def back(case: Case) -> State:
    """Return where a case with an open problem goes when a station is done with it."""
    return State.MONITORED if case.at_school else gone(case)


def give_up(network: Network, case: Case) -> State:
    """Leave a waiting list outside school."""
    network.observer.log(network.clock.now, case.row, Event.GAVE_UP, case.state)
    if case.at_school:
        return State.MONITORED
    return State.GAVE_UP if case.is_background else gone(case)


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
