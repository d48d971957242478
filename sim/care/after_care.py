"""After specialised care: some come back."""

from __future__ import annotations

from sim.care.case import Case
from sim.care.flow import elsewhere, enter, stay
from sim.care.network import Network, Station
from sim.cases.draws import Duration
from sim.records import Event, Route, State
from sim.region.school_time import DAYS_PER_MONTH
from sim.rules.hazards import TIMER


def after_care(network: Network, case: Case) -> Station:
    """Be out of care for some months, and then ask for the same care again; a problem that was over comes back."""
    form = network.form(case)
    until = network.after(case, Duration.UNTIL_REPEAT, DAYS_PER_MONTH * form.settings.repeat_mean_months)
    enter(network, case, State.AFTER_CARE, until)
    what = yield from stay(network, case)
    case.repeated = True
    if what != TIMER:
        return elsewhere(network, case, what)
    if not case.is_open:
        case.reopen_problem()
        network.observer.log(network.clock.now, case.row, Event.RELAPSED)
    case.route = Route.REPEAT
    return form.waiting
