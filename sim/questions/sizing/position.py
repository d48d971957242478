"""What an amount is in hours and euros, and the load that it would have, without simulating."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sim.money.plan import SCHOOL_WEEKS
from sim.offered_load import offered_load
from sim.region.reader import read_region
from sim.region.region import Region
from sim.scenario import Scenario
from sim.scenario.base import SECTORS
from sim.statistics.attainment import BoolArray
from sim.world import build_world


@dataclass(frozen=True)
class Position:
    """Hours of SMW of one unit in a year, as planned at the start.

    Attributes
    ----------
    hours, euros
        A year, management included in the euros.
    load
        Minutes that schools would ask over minutes that the visits leave for it; infinite without hours.
    workers
        Full workers: hours a school week over the hours of a worker.
    unspread
        Hours a year that no school may take, of the sectors of the unit.
    """

    hours: float
    euros: float
    load: float
    workers: float
    unspread: float = 0.0

    @property
    def weekly(self) -> float:
        """Hours a school week."""
        return self.hours / SCHOOL_WEEKS


def positions(scenario: Scenario, level: str, units: tuple[str, ...], root: Path) -> Mapping[str, Position]:
    """Return hours, euros and offered load of units.

    Parameters
    ----------
    scenario
        The scenario.
    level, units
        Level at which a target is read, and its units.
    root
        Folder that the region's folder is relative to.
    """
    region = read_region(scenario, root)
    world = build_world(scenario, region)
    plan, offered = world.plan, offered_load(world)
    per_worker = scenario.care.smw.visits.hours_per_worker
    found = {}
    for unit in units:
        mine = schools_of(region, level, unit)
        hours, asked = float(plan.yearly_hours[mine].sum()), float(offered.minutes_asked[mine].sum())
        funded = float(offered.minutes_funded[mine].sum())
        found[unit] = Position(
            hours=hours,
            euros=float(plan.cost_by_school[:, mine].sum()),
            load=asked / funded if funded > 0.0 else (np.inf if asked > 0.0 else 0.0),
            workers=hours / SCHOOL_WEEKS / per_worker,
            unspread=sum(left for sector, left in plan.unspread_hours.items() if level == "total" or sector == unit),
        )
    return found


def schools_of(region: Region, level: str, unit: str) -> BoolArray:
    """Return which schools belong to a unit, shape (s,); all for units that are no sectors and no schools."""
    if level == "sector":
        of_sector: BoolArray = region.sector == SECTORS.index(unit)
        return of_sector
    if level == "school":
        return np.array([school == unit for school in region.school_ids])
    return np.ones(len(region.school_ids), dtype=np.bool_)
