"""The schools, or groups of schools, of which the value of an extra hour is asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from sim.questions.spreading.extra_hours import weekly_hours
from sim.questions.spreading.question import Grouping
from sim.region.region import Region
from sim.scenario.base import SECTORS, TYPES
from sim.world import World

SIZES = ("small", "medium", "large")


@dataclass(frozen=True)
class Place:
    """A school, or a group of schools that are looked at together.

    Attributes
    ----------
    name
        Identifier: a school, a sector, a type, or a type and a size with a point between them.
    sector, kind
        Sector, and type (``po`` for PO schools; empty where schools of several types are together).
    schools
        Indices of the schools.
    students
        Students of all of them.
    hours
        Hours a school week of all of them, as planned.
    """

    name: str
    sector: str
    kind: str
    schools: tuple[int, ...]
    students: int
    hours: float

    @property
    def hours_per_100(self) -> float:
        """Hours a school week for each 100 students."""
        return 100.0 * self.hours / self.students


def places(world: World, grouping: Grouping) -> tuple[Place, ...]:
    """Return all places that have students, in the order of sectors and types and then of the list of schools.

    Parameters
    ----------
    world
        Schools and their hours.
    grouping
        Whether a place is a school, a group of schools of one type and size, a type or a sector.
    """
    region = world.region
    namers: dict[Grouping, Callable[[int], str]] = {
        "school": lambda school: region.school_ids[school],
        "group": _group_namer(region),
        "type": lambda school: TYPES[region.school_type[school]],
        "sector": lambda school: SECTORS[region.sector[school]],
    }
    members: dict[str, list[int]] = {}
    order = np.lexsort((np.arange(len(region.sector)), region.school_type, region.sector))
    for school in order.tolist():
        if region.students[school] > 0:
            members.setdefault(namers[grouping](school), []).append(school)
    hours = weekly_hours(world)
    return tuple(_place(name, schools, region, float(hours[schools].sum())) for name, schools in members.items())


def _place(name: str, schools: list[int], region: Region, hours: float) -> Place:
    kinds = {TYPES[region.school_type[school]] for school in schools}
    return Place(
        name=name,
        sector=SECTORS[region.sector[schools[0]]],
        kind=kinds.pop() if len(kinds) == 1 else "",
        schools=tuple(schools),
        students=int(region.students[schools].sum()),
        hours=hours,
    )


def _group_namer(region: Region) -> Callable[[int], str]:
    """Return what names the type of a school and its third by size among the schools of that type."""
    third = np.zeros(len(region.students), dtype=np.int64)
    for kind in range(len(TYPES)):
        schools = np.flatnonzero((region.school_type == kind) & (region.students > 0))
        by_size = schools[np.argsort(region.students[schools], kind="stable")]
        third[by_size] = np.arange(by_size.size) * len(SIZES) // max(by_size.size, 1)
    return lambda school: f"{TYPES[region.school_type[school]]}.{SIZES[third[school]]}"
