"""School social work as the student meets it: asked or not, waiting, in contact, handed over."""

from __future__ import annotations

from sim.compiled.bridging import plan_touch
from sim.compiled.codes import CAUSE, CHOICE, EVENT, ROUTE, STATE
from sim.compiled.course import levers_of, uniform
from sim.compiled.desk import begin_contact, end_contact, expected_wait, join_smw, leave_smw, limit_of
from sim.compiled.flow import GOES_ON, elsewhere, enter, recovers_by_help
from sim.compiled.layout import Net, Record
from sim.compiled.lists import join, leave
from sim.compiled.log import log
from sim.compiled.places import handover_list
from sim.compiled.referral import needs_handover, refer
from sim.rules.decisions import balks
from sim.rules.hazards import CALLED, GIVE_UP, HOURS_STOPPED, INFINITE
from sim.rules.next_state import after_smw


def ask_smw(net: Net, case: Record, row: int) -> int:
    """Ask SMW, unless there is none or the wait puts the school off; return where the case goes."""
    levers = levers_of(net)
    case.received = 0
    case.limit = limit_of(net, case)
    if case.limit < 1:
        return without_smw(net, case, row, EVENT.REFUSED)
    wait = expected_wait(net, case)
    if levers.balking and balks(uniform(net, row, CHOICE.BALK), wait, levers.balking_half_weeks):
        return without_smw(net, case, row, EVENT.BALKED)
    log(net, row, EVENT.ASKED, 0)
    return STATE.SMW_WAIT


def without_smw(net: Net, case: Record, row: int, why: int) -> int:
    """Decide what the school does without SMW: straight outside, or keeping an eye on it."""
    outside = uniform(net, row, CHOICE.WITHOUT_SMW) < levers_of(net).outside_share
    log(net, row, why, int(outside))
    if not outside:
        return STATE.MONITORED
    return refer(net, case, ROUTE.SCHOOL, False)


def begin_smw_wait(net: Net, case: Record, row: int) -> int:
    """Wait for a first conversation."""
    if case.limit < 1:
        case.limit = limit_of(net, case)
    enter(net, case, row, STATE.SMW_WAIT, INFINITE)
    if case.limit < 1:
        return without_smw(net, case, row, EVENT.REFUSED)
    join_smw(net, case, row)
    return GOES_ON


def end_smw_wait(net: Net, case: Record, row: int, what: int) -> int:
    """Be called to a first conversation, unless the case left the list before."""
    if what == CALLED:
        return STATE.SMW_CARE
    leave_smw(net, case)
    if what == HOURS_STOPPED:
        return without_hours(net, case, row)
    if what == GIVE_UP:
        log(net, row, EVENT.GAVE_UP, STATE.SMW_WAIT)
        return STATE.MONITORED
    return elsewhere(net, case, row, what)


def begin_smw_care(net: Net, case: Record, row: int) -> int:
    """Have conversations until none is left, the problem is over or the contact ends in another way."""
    if case.limit < 1:
        case.limit = limit_of(net, case)
    enter(net, case, row, STATE.SMW_CARE, INFINITE)
    if case.limit < 1:
        return STATE.MONITORED
    begin_contact(net, case, row)
    if case.received < case.limit:
        return GOES_ON
    return end_smw_care(net, case, row, CALLED)


def end_smw_care(net: Net, case: Record, row: int, what: int) -> int:
    """Be helped or not by the conversations that the case had, and go on."""
    end_contact(net, case)
    if what not in (CALLED, HOURS_STOPPED):
        return elsewhere(net, case, row, what)
    levers = levers_of(net)
    gain = levers.smw_gain[case.kind] * levers.smw_gain_factor[case.group]
    if recovers_by_help(net, case, row, CAUSE.SMW, CHOICE.HELP_SMW, gain, case.received, case.conversations):
        return STATE.RECOVERED
    if what == HOURS_STOPPED:
        return without_hours(net, case, row)
    hands_over = levers.warm_handover and needs_handover(net, case)
    following = after_smw(uniform(net, row, CHOICE.REFER), levers.referral_share, hands_over)
    return refer_by_smw(net, case, row, False) if following == STATE.REFERRED else following


def without_hours(net: Net, case: Record, row: int) -> int:
    """Return where a case goes when the hours of SMW at its school stop: outside by a letter, or nowhere."""
    return refer_by_smw(net, case, row, False) if levers_of(net).handed_over else STATE.MONITORED


def refer_by_smw(net: Net, case: Record, row: int, warm: bool) -> int:
    """Refer a case to its gateway, and plan to keep in touch while it waits there."""
    plan_touch(net, case, row)
    return refer(net, case, ROUTE.SMW, warm)


def begin_smw_handover(net: Net, case: Record, row: int) -> int:
    """Wait for the visit in which SMW hands the case over to the gateway."""
    enter(net, case, row, STATE.SMW_HANDOVER, INFINITE)
    join(net, row, handover_list(case.school))
    return GOES_ON


def end_smw_handover(net: Net, case: Record, row: int, what: int) -> int:
    """Be handed over, unless the case left the list before."""
    if what == CALLED:
        return refer_by_smw(net, case, row, True)
    leave(net, case)
    if what == HOURS_STOPPED:
        return without_hours(net, case, row)
    return elsewhere(net, case, row, what)
