"""Worlds with the settings that ship and a part of the people, schools left as they are."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sim.region.region import Region
from sim.scenario import Scenario
from sim.world import World, build_world
from tests.levers import Settings


def shrunk_region(region: Region, part: float) -> Region:
    """Return a region with a part of the students at every school, one at least where there were any."""
    levels = region.level_students
    fewer = np.where(levels > 0, np.maximum((part * levels).astype(np.int64), 1), 0)
    students = fewer.sum(axis=1)
    pupils = np.bincount(region.municipality, weights=students, minlength=len(region.municipality_ids))
    return replace(region, level_students=fewer, students=students, pupils=pupils.astype(np.int64))


def shrunk_settings(scenario: Scenario, part: float) -> Settings:
    """Return changes by which money, slots and people from outside school are a part of what they were."""
    demand, care = scenario.demand, scenario.care
    background = demand.initial_background.model_dump()
    return {
        "funding.sources": [
            source.model_dump() | {"amount": part * source.amount} for source in scenario.funding.sources
        ],
        "demand.initial_background": {name: part * number for name, number in background.items()},
        "demand.background.gateway_per_year": part * demand.background.gateway_per_year,
        "demand.background.youth_care_per_year": part * demand.background.youth_care_per_year,
        "care.youth_care.slots": round(part * care.youth_care.slots),
        "care.ggz.slots": round(part * care.ggz.slots),
    }


def shrunk(scenario: Scenario, region: Region, part: float, **changes: object) -> World:
    """Return a world with a part of the people, slots and money, and with changed settings."""
    return build_world(scenario.changed(**(shrunk_settings(scenario, part) | changes)), shrunk_region(region, part))
