"""On the list of the care team (zat or mdo), and what the team decides."""

from __future__ import annotations

from sim.care.case import Case
from sim.care.flow import elsewhere, enter, stay
from sim.care.network import Network, Station
from sim.care.smw import ask_smw
from sim.cases.draws import Choice
from sim.records import Route, State
from sim.rules.decisions import TO_EDUCATION_CARE, TO_MUNICIPALITY, TO_OZA, TO_SMW, team_route
from sim.rules.hazards import CALLED


def team_wait(network: Network, case: Case) -> Station:
    """Wait for the meeting that handles the case."""
    waiting = network.team(case).waiting
    enter(network, case, State.TEAM_WAIT)
    waiting.add(case)
    what = yield from stay(network, case)
    if what == CALLED:
        return _decide(network, case)
    waiting.remove(case)
    return elsewhere(network, case, what)


def _decide(network: Network, case: Case) -> State:
    routes, severity = network.care.routes, case.severity
    decision = team_route(
        network.uniform(case, Choice.ROUTE),
        routes.smw.values()[severity],
        routes.municipality.values()[severity],
        routes.education_care.values()[severity],
        routes.oza.values()[severity],
    )
    if decision == TO_SMW:
        return ask_smw(network, case)
    if decision == TO_EDUCATION_CARE:
        return State.EDUCATION_CARE
    if decision == TO_OZA:
        case.route = Route.OZA
        return State.OZA
    if decision == TO_MUNICIPALITY:
        return network.linking.refer(case, Route.SCHOOL)
    return State.MONITORED
