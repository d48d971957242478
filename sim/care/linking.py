"""Linking models: the gateway outside the care team of the school that a student is referred to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sim.care.case import NO_GATEWAY, Case
from sim.care.slots import Slots
from sim.records import Route, State
from sim.region.region import GATEWAY_TYPES, FloatArray, Region
from sim.scenario.base import GROUPS, LEVELS, SECTORS, group_of
from sim.scenario.care import GatewayType
from sim.world import World

LIST_OF_GATEWAY = 1
OF_RESIDENCE = -1


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
    by_school
        Index of the gateway that the students of each school are linked to, by school and by index into ``GROUPS``;
        ``OF_RESIDENCE`` for that of the municipality where the student lives.
    area, school_area
        Area of each municipality and of each school.
    beyond_arrival_factor
        Factor on arrival at a gateway of residence outside the area of the school.
    """

    gateways: list[Gateway]
    by_school: list[list[int]]
    area: list[int]
    school_area: list[int]
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
        if self._linked(case) == OF_RESIDENCE and case.at_school and self._lives_beyond(case):
            return share * self.beyond_arrival_factor
        return share

    def _link(self, case: Case) -> None:
        linked = self._linked(case)
        case.gateway = case.rows.municipality[case.row] if linked == OF_RESIDENCE else linked

    def _linked(self, case: Case) -> int:
        return self.by_school[case.rows.school[case.row]][case.group] if case.at_school else OF_RESIDENCE

    def _lives_beyond(self, case: Case) -> bool:
        rows, row = case.rows, case.row
        return self.area[rows.municipality[row]] != self.school_area[rows.school[row]]


def link(world: World) -> Linking:
    """Set up the gateways of a world, with empty slots, and who is referred to which."""
    region, linking = world.region, world.scenario.care.linking
    gateways = list(_of_municipalities(world))
    by_school = [[OF_RESIDENCE] * len(GROUPS) for _ in region.school_ids]
    for gateway, served in _jeugdteams(world):
        for school, group in served:
            by_school[school][group] = len(gateways)
        gateways.append(gateway)
    return Linking(
        gateways=gateways,
        by_school=by_school,
        area=region.area.tolist(),
        school_area=region.area[region.municipality].tolist(),
        beyond_arrival_factor=linking.beyond_arrival_factor,
    )


def _of_municipalities(world: World) -> Iterator[Gateway]:
    settings, region = world.scenario.care.gateway, world.region
    by_type: list[GatewayType] = [getattr(settings, name) for name in GATEWAY_TYPES]
    for kind, residents in zip(region.gateway_type, region.residents, strict=True):
        yield Gateway(_slots(world, by_type[int(kind)], float(residents)), by_type[int(kind)])


def _jeugdteams(world: World) -> Iterator[tuple[Gateway, list[tuple[int, int]]]]:
    """Yield every jeugdteam, with the students whom it serves by school and index into ``GROUPS``.

    One for the students of all schools of a municipality, and one inside each school of the other model.
    """
    models, region = world.scenario.care.linking.model.values(), world.region
    jeugdteam = world.scenario.care.gateway.jeugdteam
    students = _students_by_group(region)
    teams: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for school, group in np.argwhere(students > 0.0).tolist():
        if models[group] == "municipal_youth_team":
            teams.setdefault(("municipality", int(region.municipality[school])), []).append((school, group))
        elif models[group] == "school_as_neighbourhood":
            teams.setdefault(("school", school), []).append((school, group))
    for (place, _), served in teams.items():
        slots = _slots(world, jeugdteam, sum(float(students[each]) for each in served))
        yield Gateway(slots, jeugdteam, in_school=place == "school"), served


def _students_by_group(region: Region) -> FloatArray:
    """Return the students of each school by index into ``GROUPS``, shape (schools, groups)."""
    students = np.zeros((len(region.school_ids), len(GROUPS)))
    for school, sector in enumerate(region.sector):
        for level in range(len(LEVELS) if SECTORS[int(sector)] == "mbo" else 1):
            students[school, group_of(int(sector), level)] = region.level_students[school, level]
    return students


def _slots(world: World, settings: GatewayType, students: float) -> Slots:
    """Return the slots of a gateway for so many students, rounded to whole slots and at least one."""
    number = max(1, round(settings.slots_per_1000 * students / 1000.0)) if settings.slots_per_1000 > 0.0 else 0
    return Slots(number, world.scenario.care.gateway.order == "severity", LIST_OF_GATEWAY)
