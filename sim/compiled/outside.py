"""Stations outside school before specialised care: referred, the gateway, Veilig Thuis."""

from __future__ import annotations

from sim.compiled.codes import CAUSE, CHOICE, DURATION, EVENT, ROUTE, STATE
from sim.compiled.course import after, levers_of, uniform
from sim.compiled.flow import GOES_ON, elsewhere, enter, form_of, give_up, go_back, recovers_by_help
from sim.compiled.layout import Net, Record
from sim.compiled.lists import leave, wait_for
from sim.compiled.log import log
from sim.compiled.memory import form_at, gateway_at, slots_at
from sim.compiled.referral import arrival_of, gateway_of
from sim.compiled.slots import admit, release
from sim.rules.hazards import CALLED, CRISIS, GIVE_UP, INFINITE, TIMER
from sim.rules.next_state import without_a_slot
from sim.rules.specialised import gateway_weeks


def begin_referred(net: Net, case: Record, row: int) -> int:
    """Be on the way from school to the gateway."""
    enter(net, case, row, STATE.REFERRED, after(net, row, DURATION.TRAVEL_TO_GATEWAY, levers_of(net).travel_days))
    case.arrival = arrival_of(net, case, levers_of(net).arrival_warm if case.warm else levers_of(net).arrival_letter)
    return GOES_ON


def end_referred(net: Net, case: Record, row: int, what: int) -> int:
    """Arrive at the gateway or not."""
    if what != TIMER:
        return elsewhere(net, case, row, what)
    if uniform(net, row, CHOICE.ARRIVE) < case.arrival:
        return STATE.GATEWAY_WAIT
    log(net, row, EVENT.NOT_ARRIVED, 0)
    return go_back(case)


def begin_gateway_wait(net: Net, case: Record, row: int) -> int:
    """Ask the gateway that the case is linked to, and wait for a free slot."""
    number = gateway_at(net, gateway_of(net, case)).slots
    log(net, row, EVENT.REQUEST_GATEWAY, case.route)
    enter(net, case, row, STATE.GATEWAY_WAIT, INFINITE)
    if admit(net, row, number):
        return STATE.GATEWAY_HELP
    wait_for(net, row, slots_at(net, number).waiting, slots_at(net, number).which)
    return GOES_ON


def end_gateway_wait(net: Net, case: Record, row: int, what: int) -> int:
    """Be called to a free slot, unless the case left the list before."""
    if what == CALLED:
        return STATE.GATEWAY_HELP
    leave(net, case)
    return give_up(net, case, row) if what == GIVE_UP else elsewhere(net, case, row, what)


def begin_gateway_help(net: Net, case: Record, row: int) -> int:
    """Be assessed, and get light help where the gateway gives it."""
    gateway = gateway_at(net, gateway_of(net, case))
    if not case.has_slot and not admit(net, row, gateway.slots):
        return without_a_slot(STATE.GATEWAY_WAIT, case.is_open)
    accepted = levers_of(net).shared_assessment and case.route == ROUTE.SMW
    weeks = gateway_weeks(gateway.help_weeks, gateway.assessment_weeks, accepted)
    enter(net, case, row, STATE.GATEWAY_HELP, after(net, row, DURATION.GATEWAY, 7.0 * weeks))
    return GOES_ON


def end_gateway_help(net: Net, case: Record, row: int, what: int) -> int:
    """Be helped, or go on to specialised care or not."""
    gateway = gateway_at(net, gateway_of(net, case))
    release(net, row, gateway.slots)
    if what == CRISIS:
        return elsewhere(net, case, row, what)
    if not case.is_open:
        return STATE.RECOVERED
    if recovers_by_help(net, case, row, CAUSE.GATEWAY, CHOICE.HELP_GATEWAY, gateway.gain[case.kind], 1, 1):
        return STATE.RECOVERED
    if uniform(net, row, CHOICE.ONWARD) < gateway.onward[case.severity]:
        return int(form_at(net, form_of(net, case, row)).waiting)
    return go_back(case)


def begin_veilig_thuis(net: Net, case: Record, row: int) -> int:
    """Be investigated by Veilig Thuis."""
    until = after(net, row, DURATION.VEILIG_THUIS, 7.0 * levers_of(net).veilig_thuis_weeks)
    enter(net, case, row, STATE.VEILIG_THUIS, until)
    return GOES_ON


def end_veilig_thuis(net: Net, case: Record, row: int, what: int) -> int:
    """Get specialised care or not."""
    if what != TIMER:
        return elsewhere(net, case, row, what)
    if uniform(net, row, CHOICE.VEILIG_THUIS) < levers_of(net).to_youth_care:
        case.route = ROUTE.VEILIG_THUIS
        return int(form_at(net, form_of(net, case, row)).waiting)
    return go_back(case)
