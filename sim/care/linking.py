"""Linking models: the gateway outside the care team of the school that a student is referred to."""

from __future__ import annotations

from dataclasses import dataclass

from sim.care.case import NO_GATEWAY, Case
from sim.care.slots import Slots
from sim.records import Route, State
from sim.rules.specialised import arrival_share
from sim.scenario.care import GatewayType
from sim.stations.gateways import OF_RESIDENCE, Links, links_of
from sim.stations.waits import LIST_OF_GATEWAY
from sim.world import World


@dataclass(frozen=True, slots=True)
class Gateway:
    """A wijkteam, toegang or jeugdteam.

    Attributes
    ----------
    slots
        Its slots and waiting list.
    settings
        What it does, by its type.
    in_school
        Whether it works inside a school, so that nobody has to be handed over or to travel.
    """

    slots: Slots
    settings: GatewayType
    in_school: bool = False


@dataclass(frozen=True, slots=True)
class Linking:
    """Who is referred to which gateway.

    Attributes
    ----------
    gateways
        Those of the municipalities, by municipality index, and then the jeugdteams.
    links
        Who is linked to which of them.
    beyond_arrival_factor
        Factor on arrival at a gateway of residence outside the area of the school.
    """

    gateways: list[Gateway]
    links: Links
    beyond_arrival_factor: float

    def gateway(self, case: Case) -> Gateway:
        """Return the gateway of a case: the one it was referred to, or that it is linked to if it never was."""
        if case.gateway == NO_GATEWAY:
            self._link(case)
        return self.gateways[case.gateway]

    def refer(self, case: Case, route: Route, warm: bool = False) -> State:
        """Refer a case to the gateway it is linked to now, and return where it goes: inside a school at once."""
        case.route, case.warm = route, warm
        self._link(case)
        return State.GATEWAY_WAIT if self.gateways[case.gateway].in_school else State.REFERRED

    def needs_handover(self, case: Case) -> bool:
        """Return whether SMW has to hand the case over when it refers it: not to a jeugdteam in the same school."""
        linked = self._linked(case)
        return linked == OF_RESIDENCE or not self.gateways[linked].in_school

    def arrival(self, case: Case, share: float) -> float:
        """Return the share of referred cases that arrive: smaller where a student of the school lives far away."""
        beyond = self._linked(case) == OF_RESIDENCE and case.at_school and self._lives_beyond(case)
        return arrival_share(share, beyond, self.beyond_arrival_factor)

    def _link(self, case: Case) -> None:
        linked = self._linked(case)
        case.gateway = case.rows.municipality[case.row] if linked == OF_RESIDENCE else linked

    def _linked(self, case: Case) -> int:
        return self.links.by_school[case.rows.school[case.row]][case.group] if case.at_school else OF_RESIDENCE

    def _lives_beyond(self, case: Case) -> bool:
        rows, row = case.rows, case.row
        return self.links.area[rows.municipality[row]] != self.links.school_area[rows.school[row]]


def link(world: World) -> Linking:
    """Set up the gateways of a world, with empty slots, and who is referred to which."""
    care, links = world.scenario.care, links_of(world)
    gateways = [
        Gateway(Slots(plan.slots, care.gateway.order == "severity", LIST_OF_GATEWAY), plan.settings, plan.in_school)
        for plan in links.gateways
    ]
    return Linking(gateways, links, care.linking.beyond_arrival_factor)
