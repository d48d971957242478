"""Leerplicht and RMC: officers who deal with absence and with early leavers, a late route back into care."""

from __future__ import annotations

from sim.care.case import Case
from sim.care.flow import elsewhere, enter, leave_school, stay
from sim.care.network import Network, Station
from sim.cases.draws import Choice, Duration
from sim.records import Event, Route, State
from sim.rules.decisions import TO_MUNICIPALITY, TO_TEAM, leerplicht_route
from sim.rules.hazards import LEAVE_EARLY, TIMER

BY_ABSENCE = 3


def noticed_by_absence(network: Network, case: Case) -> State:
    """Write down that absence brought the case to notice, and return where it goes."""
    network.observer.log(network.clock.now, case.row, Event.NOTICED, BY_ABSENCE)
    return State.LEERPLICHT


def leerplicht(network: Network, case: Case) -> Station:
    """Be looked into by leerplicht (absence) or RMC (early leaving), and be brought to the team or the gateway."""
    settings = network.care.leerplicht
    until = network.after(case, Duration.LEERPLICHT, 7.0 * settings.mean_weeks)
    enter(network, case, State.LEERPLICHT, until)
    what = yield from stay(network, case)
    if what == LEAVE_EARLY:
        # Whoever leaves early from here is known already and need not be found.
        leave_school(network, case, early=True)
        case.update_rates()
        what = yield from stay(network, case)
    return _decide(network, case) if what == TIMER else elsewhere(network, case, what)


def _decide(network: Network, case: Case) -> State:
    if not case.at_school:
        return network.linking.refer(case, Route.LEERPLICHT)
    settings = network.care.leerplicht
    decision = leerplicht_route(network.uniform(case, Choice.LEERPLICHT), settings.to_team, settings.to_gateway)
    if decision == TO_TEAM:
        return State.TEAM_WAIT
    if decision == TO_MUNICIPALITY:
        return network.linking.refer(case, Route.LEERPLICHT)
    return State.MONITORED
