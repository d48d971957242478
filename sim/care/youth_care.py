"""Specialised youth care in the region: education and youth care together (oza), waiting, care, and coming back."""

from __future__ import annotations

from sim.care.case import Case
from sim.care.flow import back, elsewhere, enter, gain_of, recover, recovers_by_help, stay
from sim.care.gateway import give_up
from sim.care.network import Network, Station
from sim.cases.draws import Choice, Duration
from sim.records import Cause, Event, Route, State
from sim.rules.hazards import CALLED, GIVE_UP, TIMER
from sim.rules.rates import DAYS_PER_MONTH


def oza(network: Network, case: Case) -> Station:
    """Wait for youth care while education care supports already; the place on the list is kept afterwards."""
    youth_care, settings = network.youth_care, network.care.education_care
    _request(network, case)
    enter(
        network,
        case,
        State.OZA,
        network.after_school_weeks(case, Duration.EDUCATION_CARE, settings.mean_weeks),
    )
    if youth_care.admit(case):
        return State.YOUTH_CARE
    case.wait_for(youth_care.waiting, youth_care.which)
    what = yield from stay(network, case)
    if what == TIMER:
        uniform, gain = network.uniform(case, Choice.HELP_EDUCATION), gain_of(case, settings.gain)
        if not recovers_by_help(network, case, Cause.EDUCATION_CARE, uniform, gain):
            return State.YOUTH_CARE_WAIT
        youth_care.waiting.remove(case)
        return State.RECOVERED
    return _after_waiting(network, case, what)


def youth_care_wait(network: Network, case: Case) -> Station:
    """Ask for youth care, and wait for a free slot."""
    youth_care = network.youth_care
    waits_already = case.place is youth_care.waiting
    if not waits_already:
        _request(network, case)
    enter(network, case, State.YOUTH_CARE_WAIT)
    if not waits_already:
        if youth_care.admit(case):
            return State.YOUTH_CARE
        case.wait_for(youth_care.waiting, youth_care.which)
    what = yield from stay(network, case)
    return _after_waiting(network, case, what)


def _request(network: Network, case: Case) -> None:
    network.observer.log(network.clock.now, case.row, Event.REQUEST_YOUTH_CARE, case.route)


def _after_waiting(network: Network, case: Case, what: int) -> State:
    if what == CALLED:
        return State.YOUTH_CARE
    network.youth_care.waiting.remove(case)
    if what == GIVE_UP:
        return give_up(network, case, network.youth_care.which, case.state)
    return elsewhere(network, case, what)


def youth_care(network: Network, case: Case) -> Station:
    """Be in care until the trajectory ends; a crisis comes in at once, above the slots if need be."""
    station, settings = network.youth_care, network.care.youth_care
    if case.state == State.HIDDEN and case.route != Route.CRISIS:
        case.resumed = True
    if not case.has_slot:
        if case.route == Route.CRISIS:
            _request(network, case)
            station.take_above(case)
        elif not station.admit(case):
            return State.YOUTH_CARE_WAIT
    duration = Duration.YOUTH_CARE_AGAIN if case.repeated else Duration.YOUTH_CARE
    until = network.after(case, duration, DAYS_PER_MONTH * settings.mean_months)
    enter(network, case, State.YOUTH_CARE, until)
    yield from stay(network, case)
    station.release(case)
    if case.is_open:
        uniform = network.uniform(case, Choice.HELP_YOUTH_CARE)
        recovers_by_help(network, case, Cause.YOUTH_CARE, uniform, gain_of(case, settings.gain))
    if not case.repeated and network.uniform(case, Choice.REPEAT) < _repeat_share(case, settings.repeat_share):
        return State.AFTER_CARE
    return back(case) if case.is_open else State.RECOVERED


def _repeat_share(case: Case, share: float) -> float:
    """Return the chance to come back; of those in care on day 0 a part has come back already and does not again."""
    return share / (1.0 + share) if case.resumed else share


def after_care(network: Network, case: Case) -> Station:
    """Be out of care for some months, and then ask again; a problem that was over comes back."""
    if case.state == State.HIDDEN:
        # Those who are out of care on day 0 and will come back are well for now.
        recover(network, case, Cause.NATURAL)
    months = network.care.youth_care.repeat_mean_months
    until = network.after(case, Duration.UNTIL_REPEAT, DAYS_PER_MONTH * months)
    enter(network, case, State.AFTER_CARE, until)
    what = yield from stay(network, case)
    case.repeated = True
    if what != TIMER:
        return elsewhere(network, case, what)
    if not case.is_open:
        case.reopen_problem()
        network.observer.log(network.clock.now, case.row, Event.RELAPSED)
    case.route = Route.REPEAT
    return State.YOUTH_CARE_WAIT
