"""The general practitioner (huisarts), to whom families go by themselves, past school and gateway."""

from __future__ import annotations

from sim.care.case import Case
from sim.care.network import Network
from sim.records import Route, State


def go_to_gp(network: Network, case: Case) -> State:
    """Go to the GP, who refers to the form of specialised care that the case needs; return where it waits."""
    case.route = Route.GP
    return network.form(case).waiting
