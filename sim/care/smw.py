"""School social work as the student meets it: asked or not, waiting, in contact, handed over."""

from __future__ import annotations

from sim.care.case import Case
from sim.care.flow import elsewhere, enter, gain_of, recovers_by_help, stay
from sim.care.network import Network, Station
from sim.cases.draws import Choice
from sim.records import Cause, Event, Route, State
from sim.rules.decisions import balks
from sim.rules.hazards import CALLED, GIVE_UP, HOURS_STOPPED
from sim.rules.next_state import after_smw


def ask_smw(network: Network, case: Case) -> State:
    """Ask SMW, unless there is none or the wait puts the school off; return where the case goes."""
    desk = network.desk(case)
    balking = network.care.smw.balking
    case.received = 0
    case.limit = desk.limit_of(case, network.clock.now)
    if case.limit < 1:
        return _without_smw(network, case, Event.REFUSED)
    wait = desk.expected_wait()
    if balking.enabled and balks(network.uniform(case, Choice.BALK), wait, balking.half_weeks):
        return _without_smw(network, case, Event.BALKED)
    network.observer.log(network.clock.now, case.row, Event.ASKED)
    return State.SMW_WAIT


def _without_smw(network: Network, case: Case, why: Event) -> State:
    """Decide what the school does without SMW: straight outside, or keeping an eye on it."""
    outside = network.uniform(case, Choice.WITHOUT_SMW) < network.care.without_smw.outside_share
    network.observer.log(network.clock.now, case.row, why, int(outside))
    if not outside:
        return State.MONITORED
    return network.linking.refer(case, Route.SCHOOL)


def smw_wait(network: Network, case: Case) -> Station:
    """Wait for a first conversation."""
    desk = network.desk(case)
    if case.limit < 1:
        case.limit = desk.limit_of(case, network.clock.now)
    enter(network, case, State.SMW_WAIT)
    if case.limit < 1:
        return _without_smw(network, case, Event.REFUSED)
    desk.join(case)
    what = yield from stay(network, case)
    if what == CALLED:
        return State.SMW_CARE
    desk.leave(case)
    if what == HOURS_STOPPED:
        return _without_hours(network, case)
    if what == GIVE_UP:
        network.observer.log(network.clock.now, case.row, Event.GAVE_UP, State.SMW_WAIT)
        return State.MONITORED
    return elsewhere(network, case, what)


def smw_care(network: Network, case: Case) -> Station:
    """Have conversations until none is left, the problem is over or the contact ends in another way."""
    desk = network.desk(case)
    if case.limit < 1:
        case.limit = desk.limit_of(case, network.clock.now)
    enter(network, case, State.SMW_CARE)
    if case.limit < 1:
        return State.MONITORED
    desk.begin(case, network.clock.now)
    what = CALLED
    if case.received < case.limit:
        what = yield from stay(network, case)
    desk.end(case)
    if what not in (CALLED, HOURS_STOPPED):
        return elsewhere(network, case, what)
    if _is_helped(network, case):
        return State.RECOVERED
    return _after_smw(network, case) if what == CALLED else _without_hours(network, case)


def _is_helped(network: Network, case: Case) -> bool:
    """Decide whether the conversations that the case had end the problem."""
    settings = network.care.smw
    gain = gain_of(case, settings.gain) * settings.gain_factor.values()[case.group]
    uniform, needed = network.uniform(case, Choice.HELP_SMW), network.rows.conversations[case.row]
    return recovers_by_help(network, case, Cause.SMW, uniform, gain, case.received, needed)


def _after_smw(network: Network, case: Case) -> State:
    settings = network.care.smw
    needs_handover = settings.warm_handover and network.linking.needs_handover(case)
    following = after_smw(network.uniform(case, Choice.REFER), settings.referral_share, needs_handover)
    return _refer(network, case) if following == State.REFERRED else following


def _without_hours(network: Network, case: Case) -> State:
    """Return where a case goes when the hours of SMW at its school stop: outside by a letter, or nowhere."""
    return _refer(network, case) if network.care.smw.when_hours_stop == "handed_over" else State.MONITORED


def _refer(network: Network, case: Case, warm: bool = False) -> State:
    """Refer a case to its gateway, and plan to keep in touch while it waits there."""
    network.desk(case).contacts.plan(case, network.clock.now)
    return network.linking.refer(case, Route.SMW, warm)


def smw_handover(network: Network, case: Case) -> Station:
    """Wait for the visit in which SMW hands the case over to the gateway."""
    handovers = network.desk(case).handovers
    enter(network, case, State.SMW_HANDOVER)
    handovers.add(case)
    what = yield from stay(network, case)
    if what == CALLED:
        return _refer(network, case, warm=True)
    handovers.remove(case)
    if what == HOURS_STOPPED:
        return _without_hours(network, case)
    return elsewhere(network, case, what)
