"""The usual tables of a point, and with its first replication the offered load, which chance does not change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sim.measures.arrays import Columns
from sim.offered_load import offered_load
from sim.runs.points.replicate import LEVELS, PointSimulation, values_at
from sim.runs.tasks import Table
from sim.scenario import SECTORS, Scenario
from sim.world import World

LOAD = "load"
FIRST = 1


@dataclass
class TotalsWithLoad(PointSimulation):
    """The table ``values`` of every replication, and ``load`` of the first."""

    @property
    def name(self) -> str:
        """Name of the kind of tables."""
        return "totals_with_load"

    def __call__(self, name: str, scenario: Scenario, seed: int, replication: int) -> Mapping[str, Table]:
        """Return the tables of one replication by name."""
        run = self.read(name, scenario, seed, replication)
        tables: dict[str, Table] = {"values": values_at(run, LEVELS)}
        if replication == FIRST:
            tables[LOAD] = load_by_sector(run.world)
        return tables


def load_by_sector(world: World) -> Columns:
    """Return a row for each sector with students: minutes a year that are asked, and that the hours leave for cases.

    Parameters
    ----------
    world
        The world.
    """
    load, region = offered_load(world), world.region
    here = [(region.sector == index) & (region.students > 0) for index in range(len(SECTORS))]
    there = [index for index, schools in enumerate(here) if schools.any()]
    return {
        "sector": np.array([SECTORS[index] for index in there], dtype=object),
        "minutes_asked": np.array([load.minutes_asked[here[index]].sum() for index in there]),
        "minutes_funded": np.array([load.minutes_funded[here[index]].sum() for index in there]),
    }
