"""The usual tables of a point, and with its first replication the offered load, which chance does not change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from sim.engine import Engine
from sim.measures.arrays import Columns
from sim.offered_load import offered_load
from sim.region.reader import read_region
from sim.runs.points.replicate import Totals
from sim.runs.tasks import ROOT, Table
from sim.scenario import SECTORS, Scenario
from sim.world import World, build_world

LOAD = "load"
FIRST = 1


@dataclass
class TotalsWithLoad:
    """The table ``values`` of every replication, and ``load`` of the first.

    Attributes
    ----------
    engine
        What simulates.
    root
        Folder that the regions' folders are relative to.
    """

    engine: Engine
    root: Path = ROOT
    _totals: Totals = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Make what simulates."""
        self._totals = Totals(self.engine, self.root)

    @property
    def name(self) -> str:
        """Name of the kind of tables."""
        return "totals_with_load"

    def __call__(self, name: str, scenario: Scenario, seed: int, replication: int) -> Mapping[str, Table]:
        """Return the tables of one replication by name."""
        tables = dict(self._totals(name, scenario, seed, replication))
        if replication == FIRST:
            tables[LOAD] = load_by_sector(build_world(scenario, read_region(scenario, self.root)))
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
