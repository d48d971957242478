"""Education care (onderwijszorg): help by education itself, through the mdo or zat."""

from __future__ import annotations

from sim.care.case import Case
from sim.care.flow import elsewhere, enter, gain_of, recovers_by_help, stay
from sim.care.network import Network, Station
from sim.cases.draws import Choice, Duration
from sim.records import Cause, State
from sim.rules.hazards import TIMER


def education_care(network: Network, case: Case) -> Station:
    """Get education care for a number of school weeks."""
    settings = network.care.education_care
    until = network.after_school_weeks(case, Duration.EDUCATION_CARE, settings.mean_weeks)
    enter(network, case, State.EDUCATION_CARE, until)
    what = yield from stay(network, case)
    if what != TIMER:
        return elsewhere(network, case, what)
    uniform, gain = network.uniform(case, Choice.HELP_EDUCATION), gain_of(case, settings.gain)
    recovered = recovers_by_help(network, case, Cause.EDUCATION_CARE, uniform, gain)
    return State.RECOVERED if recovered else State.MONITORED
