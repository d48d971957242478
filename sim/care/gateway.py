"""The municipal gateway: being referred, waiting, and the assessment and light help of a wijkteam or toegang."""

from __future__ import annotations

from sim.care.case import Case
from sim.care.flow import CRISIS, back, elsewhere, enter, gain_of, gone, recovers_by_help, stay
from sim.care.network import Network, Station
from sim.cases.draws import Choice, Duration
from sim.records import Cause, Event, Route, State
from sim.rules.hazards import CALLED, GIVE_UP, TIMER


def referred(network: Network, case: Case) -> Station:
    """Be on the way from school to the gateway; only some arrive."""
    settings = network.care.referral
    enter(
        network,
        case,
        State.REFERRED,
        network.after(case, Duration.TRAVEL_TO_GATEWAY, settings.mean_days),
    )
    what = yield from stay(network, case)
    if what != TIMER:
        return elsewhere(network, case, what)
    arrival = settings.arrival_warm if case.warm else settings.arrival_letter
    if network.uniform(case, Choice.ARRIVE) < arrival:
        return State.GATEWAY_WAIT
    network.observer.log(network.clock.now, case.row, Event.NOT_ARRIVED)
    return back(case)


def gateway_wait(network: Network, case: Case) -> Station:
    """Ask the gateway of the student's municipality, and wait for a free slot."""
    gateway = network.gateway(case)
    network.observer.log(network.clock.now, case.row, Event.REQUEST_GATEWAY, case.route)
    enter(network, case, State.GATEWAY_WAIT)
    if gateway.admit(case):
        return State.GATEWAY_HELP
    case.wait_for(gateway.waiting, gateway.which)
    what = yield from stay(network, case)
    if what == CALLED:
        return State.GATEWAY_HELP
    gateway.waiting.remove(case)
    if what == GIVE_UP:
        return give_up(network, case, gateway.which, State.GATEWAY_WAIT)
    return elsewhere(network, case, what)


def give_up(network: Network, case: Case, which: int, state: State) -> State:
    """Leave a waiting list outside school for good."""
    case.give_up(which)
    network.observer.log(network.clock.now, case.row, Event.GAVE_UP, state)
    if case.at_school:
        return State.MONITORED
    return State.GAVE_UP if case.is_background else gone(case)


def gateway_help(network: Network, case: Case) -> Station:
    """Be assessed, get light help where the gateway gives it, and go on to youth care or not."""
    gateway, settings = network.gateway(case), network.gateway_settings(case)
    if not case.has_slot and not gateway.admit(case):
        return State.GATEWAY_WAIT
    accepted = network.care.gateway.shared_assessment and case.route == Route.SMW
    weeks = settings.help_weeks + (0.0 if accepted else settings.assessment_weeks)
    enter(network, case, State.GATEWAY_HELP, network.after(case, Duration.GATEWAY, 7.0 * weeks))
    what = yield from stay(network, case)
    gateway.release(case)
    if what == CRISIS:
        return elsewhere(network, case, what)
    if not case.is_open:
        return State.RECOVERED
    uniform = network.uniform(case, Choice.HELP_GATEWAY)
    if recovers_by_help(network, case, Cause.GATEWAY, uniform, gain_of(case, settings.gain)):
        return State.RECOVERED
    goes_on = network.uniform(case, Choice.ONWARD) < settings.onward.values()[case.severity]
    return State.YOUTH_CARE_WAIT if goes_on else back(case)
