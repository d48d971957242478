"""Linking models: the gateway outside the care team of the school that a student is referred to."""

from __future__ import annotations

from sim.compiled.codes import STATE
from sim.compiled.course import levers_of
from sim.compiled.layout import NOWHERE, Net, Record
from sim.compiled.memory import gateway_at, school_at, town_at
from sim.rules.specialised import arrival_share
from sim.stations.gateways import OF_RESIDENCE


def gateway_of(net: Net, case: Record) -> int:
    """Return the gateway of a case: the one it was referred to, or that it is linked to if it never was."""
    if case.gateway == NOWHERE:
        link_to_gateway(net, case)
    return int(case.gateway)


def refer(net: Net, case: Record, route: int, warm: bool) -> int:
    """Refer a case to the gateway it is linked to now, and return where it goes: inside a school at once."""
    case.route = route
    case.warm = warm
    link_to_gateway(net, case)
    return STATE.GATEWAY_WAIT if gateway_at(net, case.gateway).in_school else STATE.REFERRED


def needs_handover(net: Net, case: Record) -> bool:
    """Return whether SMW has to hand the case over when it refers it: not to a jeugdteam in the same school."""
    linked = linked_to(net, case)
    return linked == OF_RESIDENCE or not gateway_at(net, linked).in_school


def arrival_of(net: Net, case: Record, share: float) -> float:
    """Return the share of referred cases that arrive: smaller where a student of the school lives far away."""
    beyond = False
    if case.at_school and linked_to(net, case) == OF_RESIDENCE:
        beyond = town_at(net, case.municipality).area != school_at(net, case.school).area
    return arrival_share(share, beyond, levers_of(net).beyond_arrival_factor)


def link_to_gateway(net: Net, case: Record) -> None:
    """Link a case to a gateway: from now on that is its own."""
    linked = linked_to(net, case)
    case.gateway = case.municipality if linked == OF_RESIDENCE else linked


def linked_to(net: Net, case: Record) -> int:
    """Return the gateway that the students of a case's school and group are linked to."""
    return int(school_at(net, case.school).gateway[case.group]) if case.at_school else OF_RESIDENCE
