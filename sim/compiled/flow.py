"""What all stations have in common: what happens during a stay, and the ways out."""

from __future__ import annotations

from sim.cases.numbers import RECOVER_AT
from sim.compiled.clock import call
from sim.compiled.codes import CAUSE, CHOICE, EVENT, ROUTE, STATE
from sim.compiled.course import levers_of, stay_in, uniform, update_rates
from sim.compiled.layout import NOWHERE, Net, Record
from sim.compiled.lists import worsened
from sim.compiled.log import ENTER, log
from sim.compiled.memory import case_at, form_at, numbers_at, student_at
from sim.rules.decisions import helped
from sim.rules.hazards import CRISIS, END_OF_SCHOOL, GP, INFINITE, LEAVE_EARLY, RECOVER
from sim.rules.next_state import (
    ENDS_STAY,
    GETS_WORSE,
    HOLDS_A_CRISIS,
    IS_A_CRISIS,
    RECOVERS_MEANWHILE,
    after_early_leaving,
    after_giving_up,
    back,
    effect_on_stay,
    gone,
)
from sim.rules.specialised import form_needed

GOES_ON = -1
AFTER_EARLY_LEAVING = 4


def enter(net: Net, case: Record, row: int, state: int, until: float) -> None:
    """Write down that a case enters a state, and begin the stay."""
    log(net, row, ENTER, state)
    stay_in(net, case, state, until)


def during_stay(net: Net, case: Record, row: int, what: int) -> int:
    """Return what ended a stay, or ``GOES_ON``."""
    effect = effect_on_stay(what, case.state, case.severity)
    if effect == ENDS_STAY:
        return what
    if effect == GETS_WORSE:
        worsen(net, case, row)
        log(net, row, EVENT.ESCALATED, case.severity)
    elif effect == IS_A_CRISIS:
        log(net, row, EVENT.CRISIS, case.state)
        if not HOLDS_A_CRISIS[case.state]:
            return CRISIS
    elif effect == RECOVERS_MEANWHILE:
        recover(net, case, row, CAUSE.NATURAL)
    else:
        leave_school(net, case, row, what == LEAVE_EARLY)
        update_rates(net, case)
    return GOES_ON


def worsen(net: Net, case: Record, row: int) -> None:
    """Raise the severity by one step."""
    case.severity += 1
    case.profile += 1
    update_rates(net, case)
    worsened(net, row)


def elsewhere(net: Net, case: Record, row: int, what: int) -> int:
    """Return where a case goes for a reason that has nothing to do with the station it was at."""
    if what == RECOVER:
        recover(net, case, row, CAUSE.NATURAL)
        return STATE.RECOVERED
    if what == GP:
        case.route = ROUTE.GP
        return int(form_at(net, form_of(net, case, row)).waiting)
    if what == CRISIS:
        case.route = ROUTE.CRISIS
        return int(form_at(net, form_of(net, case, row)).treating)
    leave_school(net, case, row, what == LEAVE_EARLY)
    if what == END_OF_SCHOOL:
        return gone(case.is_background, case.left_early)
    found = after_early_leaving(uniform(net, row, CHOICE.RMC), levers_of(net).reach_early_leavers)
    if found == STATE.LEERPLICHT:
        log(net, row, EVENT.NOTICED, AFTER_EARLY_LEAVING)
    return found


def give_up(net: Net, case: Record, row: int) -> int:
    """Leave a waiting list outside school."""
    log(net, row, EVENT.GAVE_UP, case.state)
    return after_giving_up(case.at_school, case.is_background, case.left_early)


def go_back(case: Record) -> int:
    """Return where a case with an open problem goes when a station is done with it."""
    return back(case.at_school, case.is_background, case.left_early)


def recover(net: Net, case: Record, row: int, cause: int) -> None:
    """End the problem; a service that is going on runs its course."""
    log(net, row, EVENT.RECOVERED, cause)
    case.is_open = False
    update_rates(net, case)


def recovers_by_help(
    net: Net, case: Record, row: int, cause: int, choice: int, gain: float, received: int, needed: int
) -> bool:
    """Decide whether help ends the problem, and write it down."""
    if helped(uniform(net, row, choice), gain, received, needed):
        recover(net, case, row, cause)
        return True
    return False


def reopen_problem(net: Net, case: Record, row: int) -> None:
    """Bring the problem back with a new threshold of recovery."""
    case.is_open = True
    case.left[RECOVER] = numbers_at(net, row).of[RECOVER_AT + 1]


def leave_school(net: Net, case: Record, row: int, early: bool) -> None:
    """End school time, and with early leaving that of the student's other problems."""
    log(net, row, EVENT.LEFT_EARLY if early else EVENT.LEFT_SCHOOL, case.state)
    case.at_school = False
    case.left_early = early
    case.leaves = INFINITE
    case.left[LEAVE_EARLY] = INFINITE
    if early and case.has_siblings:
        call_siblings(net, row)


def call_siblings(net: Net, row: int) -> None:
    """Tell the student's other problems that school is over; a student's rows stand together."""
    student = case_at(net, row).student
    student_at(net, student).gone = True
    other = row
    while other > 0 and case_at(net, other - 1).student == student:
        other -= 1
    while other < net.n_cases and case_at(net, other).student == student:
        if case_at(net, other).walking and case_at(net, other).at_school:
            call(net, other, END_OF_SCHOOL)
        other += 1


def form_of(net: Net, case: Record, row: int) -> int:
    """Return the form of specialised care that the case needs; what was decided once stays so."""
    if case.form == NOWHERE:
        case.form = form_needed(uniform(net, row, CHOICE.GGZ), levers_of(net).ggz_share[case.kind])
    return int(case.form)
