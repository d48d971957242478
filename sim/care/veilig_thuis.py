"""Veilig Thuis: safety concerns at home are handed over at once."""

from __future__ import annotations

from sim.care.case import Case
from sim.care.flow import back, elsewhere, enter, stay
from sim.care.network import Network, Station
from sim.cases.draws import Choice, Duration
from sim.records import Route, State
from sim.rules.hazards import TIMER


def veilig_thuis(network: Network, case: Case) -> Station:
    """Be investigated by Veilig Thuis, and then get specialised care or not."""
    settings = network.care.veilig_thuis
    enter(
        network,
        case,
        State.VEILIG_THUIS,
        network.after(case, Duration.VEILIG_THUIS, 7.0 * settings.mean_weeks),
    )
    what = yield from stay(network, case)
    if what != TIMER:
        return elsewhere(network, case, what)
    if network.uniform(case, Choice.VEILIG_THUIS) < settings.to_youth_care:
        case.route = Route.VEILIG_THUIS
        return network.form(case).waiting
    return back(case)
