"""What youth care and ggz have in common: asking, waiting for a slot, and a trajectory after which some come back."""

from __future__ import annotations

from sim.care.care_forms import CareForm
from sim.care.case import Case
from sim.care.flow import elsewhere, enter, gain_of, give_up, recovers_by_help, stay
from sim.care.network import Network, Station
from sim.cases.draws import Choice
from sim.records import Route, State
from sim.region.school_time import DAYS_PER_MONTH
from sim.rules.hazards import CALLED, GIVE_UP
from sim.rules.next_state import after_trajectory, without_a_slot
from sim.rules.specialised import repeat_share


def ask(network: Network, case: Case, form: CareForm) -> None:
    """Write down that a case asks for specialised care."""
    network.observer.log(network.clock.now, case.row, form.request, case.route)


def wait(network: Network, case: Case, form: CareForm) -> Station:
    """Ask for specialised care, unless the case did so already, and wait for a free slot."""
    slots = form.slots
    waits_already = case.place is slots.waiting
    if not waits_already:
        ask(network, case, form)
    enter(network, case, form.waiting)
    if not waits_already:
        if slots.admit(case):
            return form.treating
        case.wait_for(slots.waiting, slots.which)
    what = yield from stay(network, case)
    return after_waiting(network, case, form, what)


def after_waiting(network: Network, case: Case, form: CareForm, what: int) -> State:
    """Return where a case goes that waited for specialised care."""
    if what == CALLED:
        return form.treating
    form.slots.waiting.remove(case)
    return give_up(network, case) if what == GIVE_UP else elsewhere(network, case, what)


def treat(network: Network, case: Case, form: CareForm) -> Station:
    """Be in specialised care until the trajectory ends; a crisis comes in at once, above the slots if need be."""
    settings, slots = form.settings, form.slots
    if not case.has_slot:
        if case.route == Route.CRISIS:
            ask(network, case, form)
            slots.take_above(case)
        elif not slots.admit(case):
            return without_a_slot(form.waiting, case.is_open)
    months = settings.mean_months
    until = network.after(case, form.again if case.repeated else form.first, DAYS_PER_MONTH * months)
    enter(network, case, form.treating, until)
    yield from stay(network, case)
    slots.release(case)
    if case.is_open:
        uniform = network.uniform(case, Choice.HELP_YOUTH_CARE)
        recovers_by_help(network, case, form.cause, uniform, gain_of(case, settings.gain))
    comes_back = network.uniform(case, Choice.REPEAT) < repeat_share(settings.repeat_share, case.resumed)
    if comes_back and not case.repeated:
        return State.AFTER_CARE
    return after_trajectory(case.is_open, case.at_school, case.is_background, case.left_early)
