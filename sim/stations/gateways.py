"""The gateways of a world, and who is linked to which: the linking models."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sim.region.region import GATEWAY_TYPES, FloatArray, Region
from sim.scenario.base import GROUPS, LEVELS, SECTORS, group_of
from sim.scenario.care import GatewayType
from sim.world import World

OF_RESIDENCE = -1


@dataclass(frozen=True, slots=True)
class GatewayPlan:
    """A wijkteam, toegang or jeugdteam before it runs.

    Attributes
    ----------
    slots
        Number of slots.
    settings
        What it does, by its type.
    in_school
        Whether it works inside a school, so that nobody has to be handed over or to travel.
    """

    slots: int
    settings: GatewayType
    in_school: bool = False


@dataclass(frozen=True, slots=True)
class Links:
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
    """

    gateways: list[GatewayPlan]
    by_school: list[list[int]]
    area: list[int]
    school_area: list[int]


def links_of(world: World) -> Links:
    """Return the gateways of a world, and who is referred to which."""
    region = world.region
    gateways = list(_of_municipalities(world))
    by_school = [[OF_RESIDENCE] * len(GROUPS) for _ in region.school_ids]
    for gateway, served in _jeugdteams(world):
        for school, group in served:
            by_school[school][group] = len(gateways)
        gateways.append(gateway)
    return Links(gateways, by_school, region.area.tolist(), region.area[region.municipality].tolist())


def _of_municipalities(world: World) -> Iterator[GatewayPlan]:
    settings, region = world.scenario.care.gateway, world.region
    by_type: list[GatewayType] = [getattr(settings, name) for name in GATEWAY_TYPES]
    for kind, residents in zip(region.gateway_type, region.residents, strict=True):
        yield GatewayPlan(_slots(by_type[int(kind)], float(residents)), by_type[int(kind)])


def _jeugdteams(world: World) -> Iterator[tuple[GatewayPlan, list[tuple[int, int]]]]:
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
        slots = _slots(jeugdteam, sum(float(students[each]) for each in served))
        yield GatewayPlan(slots, jeugdteam, in_school=place == "school"), served


def _students_by_group(region: Region) -> FloatArray:
    """Return the students of each school by index into ``GROUPS``, shape (schools, groups)."""
    students = np.zeros((len(region.school_ids), len(GROUPS)))
    for school, sector in enumerate(region.sector):
        for level in range(len(LEVELS) if SECTORS[int(sector)] == "mbo" else 1):
            students[school, group_of(int(sector), level)] = region.level_students[school, level]
    return students


def _slots(settings: GatewayType, students: float) -> int:
    """Return the slots of a gateway for so many students, rounded to whole slots and at least one."""
    per_1000 = settings.slots_per_1000
    return max(1, round(per_1000 * students / 1000.0)) if per_1000 > 0.0 else 0
