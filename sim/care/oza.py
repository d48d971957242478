"""Onderwijs-zorgarrangement (OZA): education and specialised care together."""

from __future__ import annotations

from sim.care.case import Case
from sim.care.flow import enter, gain_of, recovers_by_help, stay
from sim.care.network import Network, Station
from sim.care.specialised_care import after_waiting, ask
from sim.cases.draws import Choice, Duration
from sim.records import Cause, State
from sim.rules.hazards import TIMER


def oza(network: Network, case: Case) -> Station:
    """Wait for specialised care while education care supports already; the place on the list is kept afterwards."""
    form, settings = network.form(case), network.care.education_care
    slots = form.slots
    ask(network, case, form)
    until = network.after_school_weeks(case, Duration.EDUCATION_CARE, settings.mean_weeks)
    enter(network, case, State.OZA, until)
    if slots.admit(case):
        return form.treating
    case.wait_for(slots.waiting, slots.which)
    what = yield from stay(network, case)
    if what != TIMER:
        return after_waiting(network, case, form, what)
    uniform, gain = network.uniform(case, Choice.HELP_EDUCATION), gain_of(case, settings.gain)
    if not recovers_by_help(network, case, Cause.EDUCATION_CARE, uniform, gain):
        return form.waiting
    slots.waiting.remove(case)
    return State.RECOVERED
