"""Youth care and ggz: asking, waiting for a slot, a trajectory, coming back; and OZA, which supports the wait."""

from __future__ import annotations

from sim.compiled.codes import CAUSE, CHOICE, DURATION, EVENT, ROUTE, STATE
from sim.compiled.course import after, after_school_weeks, levers_of, uniform
from sim.compiled.flow import GOES_ON, elsewhere, enter, form_of, give_up, recovers_by_help, reopen_problem
from sim.compiled.layout import Net, Record
from sim.compiled.lists import leave, wait_for
from sim.compiled.log import log
from sim.compiled.memory import form_at, slots_at
from sim.compiled.slots import admit, release, take_above
from sim.region.school_time import DAYS_PER_MONTH
from sim.rules.hazards import CALLED, GIVE_UP, INFINITE, TIMER
from sim.rules.next_state import after_trajectory, without_a_slot
from sim.rules.specialised import GGZ, YOUTH_CARE, repeat_share


def form_number(state: int) -> int:
    """Return the form of specialised care that a state belongs to."""
    return GGZ if state in (STATE.GGZ_WAIT, STATE.GGZ) else YOUTH_CARE


def begin_wait(net: Net, case: Record, row: int, state: int) -> int:
    """Ask for specialised care, unless the case did so already, and wait for a free slot."""
    form = form_at(net, form_number(state))
    slots = slots_at(net, form.slots)
    waits_already = case.place == slots.waiting
    if not waits_already:
        log(net, row, form.request, case.route)
    enter(net, case, row, state, INFINITE)
    if not waits_already:
        if admit(net, row, form.slots):
            return int(form.treating)
        wait_for(net, row, slots.waiting, slots.which)
    return GOES_ON


def end_wait(net: Net, case: Record, row: int, what: int) -> int:
    """Be called to a free slot, unless the case left the list before."""
    if what == CALLED:
        return int(form_at(net, form_number(case.state)).treating)
    return leave_list(net, case, row, what)


def leave_list(net: Net, case: Record, row: int, what: int) -> int:
    """Return where a case goes that left the list for another reason than its turn."""
    leave(net, case)
    return give_up(net, case, row) if what == GIVE_UP else elsewhere(net, case, row, what)


def begin_treatment(net: Net, case: Record, row: int, state: int) -> int:
    """Begin a trajectory; a crisis comes in at once, above the slots if need be."""
    form = form_at(net, form_number(state))
    if not case.has_slot:
        if case.route == ROUTE.CRISIS:
            log(net, row, form.request, case.route)
            take_above(net, row, form.slots)
        elif not admit(net, row, form.slots):
            return without_a_slot(form.waiting, case.is_open)
    duration = form.again if case.repeated else form.first
    enter(net, case, row, state, after(net, row, duration, DAYS_PER_MONTH * form.mean_months))
    return GOES_ON


def end_treatment(net: Net, case: Record, row: int) -> int:
    """Be helped or not, and come back later or not."""
    form = form_at(net, form_number(case.state))
    release(net, row, form.slots)
    if case.is_open:
        recovers_by_help(net, case, row, form.cause, CHOICE.HELP_YOUTH_CARE, form.gain[case.kind], 1, 1)
    comes_back = uniform(net, row, CHOICE.REPEAT) < repeat_share(form.repeat_share, case.resumed)
    if comes_back and not case.repeated:
        return STATE.AFTER_CARE
    return after_trajectory(case.is_open, case.at_school, case.is_background, case.left_early)


def begin_after_care(net: Net, case: Record, row: int) -> int:
    """Be out of care for some months."""
    form = form_at(net, form_of(net, case, row))
    until = after(net, row, DURATION.UNTIL_REPEAT, DAYS_PER_MONTH * form.repeat_mean_months)
    enter(net, case, row, STATE.AFTER_CARE, until)
    return GOES_ON


def end_after_care(net: Net, case: Record, row: int, what: int) -> int:
    """Ask for the same care again; a problem that was over comes back."""
    case.repeated = True
    if what != TIMER:
        return elsewhere(net, case, row, what)
    if not case.is_open:
        reopen_problem(net, case, row)
        log(net, row, EVENT.RELAPSED, 0)
    case.route = ROUTE.REPEAT
    return int(form_at(net, form_of(net, case, row)).waiting)


def begin_oza(net: Net, case: Record, row: int) -> int:
    """Wait for specialised care while education care supports already."""
    form = form_at(net, form_of(net, case, row))
    slots = slots_at(net, form.slots)
    log(net, row, form.request, case.route)
    until = after_school_weeks(net, row, DURATION.EDUCATION_CARE, levers_of(net).education_weeks)
    enter(net, case, row, STATE.OZA, until)
    if admit(net, row, form.slots):
        return int(form.treating)
    wait_for(net, row, slots.waiting, slots.which)
    return GOES_ON


def end_oza(net: Net, case: Record, row: int, what: int) -> int:
    """Be called to a free slot, be helped by education care, or keep the place on the list afterwards."""
    form = form_at(net, form_of(net, case, row))
    if what == CALLED:
        return int(form.treating)
    if what != TIMER:
        return leave_list(net, case, row, what)
    gain = levers_of(net).education_gain[case.kind]
    if not recovers_by_help(net, case, row, CAUSE.EDUCATION_CARE, CHOICE.HELP_EDUCATION, gain, 1, 1):
        return int(form.waiting)
    leave(net, case)
    return STATE.RECOVERED


def begin_first(net: Net, case: Record, row: int, start: int) -> int:
    """Return where a case begins that the case table lets in at ``start``.

    Whoever is in a form of specialised care on day 0, or waits for it, keeps to it; who comes for specialised care
    later asks for the form that the case needs.
    """
    if start == STATE.YOUTH_CARE_WAIT and net.now > 0.0:
        return int(form_at(net, form_of(net, case, row)).waiting)
    if start in (STATE.YOUTH_CARE_WAIT, STATE.YOUTH_CARE, STATE.GGZ_WAIT, STATE.GGZ):
        case.form = form_number(start)
    case.resumed = start in (STATE.YOUTH_CARE, STATE.GGZ)
    return start
