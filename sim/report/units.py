"""The levels of the table of measures, in the order of the report, and the names that their units can have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from sim.measures.counts import CAUSES, ROUTES, WAYS
from sim.measures.levels import MBO_LEVELS, PEOPLE, SCHOOL_TYPES
from sim.records import TASKS
from sim.region.region import Region
from sim.scenario.base import SECTORS, SEVERITIES
from sim.scenario.money import Payer

NAMED_BY_REGION = ("municipality", "school")
UNITS: Mapping[str, tuple[str, ...]] = {
    "total": ("all",),
    "sector": SECTORS,
    "type": SCHOOL_TYPES,
    "group": MBO_LEVELS,
    "municipality": (),
    "school": (),
    "task": TASKS,
    "payer": get_args(Payer),
    "way": WAYS,
    "route": ROUTES,
    "severity": SEVERITIES,
    "cause": CAUSES,
    "people": PEOPLE,
}
"""Units by level; those of ``NAMED_BY_REGION`` are the region's own."""

LEVELS = tuple(UNITS)


def units_of(level: str, region: Region) -> tuple[str, ...]:
    """Return the names that the units of a level can have in a region."""
    own = {"municipality": region.municipality_ids, "school": region.school_ids}
    return own.get(level, UNITS[level])
