"""The gateway: being referred, waiting, and the assessment and light help of a wijkteam, toegang or jeugdteam."""

from __future__ import annotations

from sim.care.case import Case
from sim.care.flow import back, elsewhere, enter, gain_of, give_up, recovers_by_help, stay
from sim.care.network import Network, Station
from sim.cases.draws import Choice, Duration
from sim.records import Cause, Event, Route, State
from sim.rules.hazards import CALLED, CRISIS, GIVE_UP, TIMER
from sim.rules.next_state import without_a_slot
from sim.rules.specialised import gateway_weeks


def referred(network: Network, case: Case) -> Station:
    """Be on the way from school to the gateway; only some arrive."""
    settings = network.care.referral
    arrival = network.linking.arrival(case, settings.arrival_warm if case.warm else settings.arrival_letter)
    enter(network, case, State.REFERRED, network.after(case, Duration.TRAVEL_TO_GATEWAY, settings.mean_days))
    what = yield from stay(network, case)
    if what != TIMER:
        return elsewhere(network, case, what)
    if network.uniform(case, Choice.ARRIVE) < arrival:
        return State.GATEWAY_WAIT
    network.observer.log(network.clock.now, case.row, Event.NOT_ARRIVED)
    return back(case)


def gateway_wait(network: Network, case: Case) -> Station:
    """Ask the gateway that the case is linked to, and wait for a free slot."""
    slots = network.linking.gateway(case).slots
    network.observer.log(network.clock.now, case.row, Event.REQUEST_GATEWAY, case.route)
    enter(network, case, State.GATEWAY_WAIT)
    if slots.admit(case):
        return State.GATEWAY_HELP
    case.wait_for(slots.waiting, slots.which)
    what = yield from stay(network, case)
    if what == CALLED:
        return State.GATEWAY_HELP
    slots.waiting.remove(case)
    return give_up(network, case) if what == GIVE_UP else elsewhere(network, case, what)


def gateway_help(network: Network, case: Case) -> Station:
    """Be assessed, get light help where the gateway gives it, and go on to specialised care or not."""
    gateway = network.linking.gateway(case)
    slots, settings = gateway.slots, gateway.settings
    if not case.has_slot and not slots.admit(case):
        return without_a_slot(State.GATEWAY_WAIT, case.is_open)
    accepted = network.care.gateway.shared_assessment and case.route == Route.SMW
    weeks = gateway_weeks(settings.help_weeks, settings.assessment_weeks, accepted)
    enter(network, case, State.GATEWAY_HELP, network.after(case, Duration.GATEWAY, 7.0 * weeks))
    what = yield from stay(network, case)
    slots.release(case)
    if what == CRISIS:
        return elsewhere(network, case, what)
    if not case.is_open:
        return State.RECOVERED
    uniform = network.uniform(case, Choice.HELP_GATEWAY)
    if recovers_by_help(network, case, Cause.GATEWAY, uniform, gain_of(case, settings.gain)):
        return State.RECOVERED
    goes_on = network.uniform(case, Choice.ONWARD) < settings.onward.values()[case.severity]
    return network.form(case).waiting if goes_on else back(case)
