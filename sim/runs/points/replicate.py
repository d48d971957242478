"""The usual tables of a point: its measures, as fine as a comparison of many points needs them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from sim.engine import Engine
from sim.measures.arrays import Columns
from sim.runs.tasks import ROOT, Simulation, Table
from sim.scenario import Scenario

if TYPE_CHECKING:
    from sim.measures.replication import Replication

LEVELS = ("total", "sector", "payer", "people", "severity", "cause", "municipality", "type", "group")
KEPT = 2
"""Case tables that a worker keeps: points in which the same students have the same problems share one."""


@dataclass
class PointSimulation:
    """What all kinds of tables of a point begin with: its replications, simulated and read.

    Attributes
    ----------
    engine
        What simulates.
    root
        Folder that the regions' folders are relative to.
    """

    engine: Engine
    root: Path = ROOT
    _simulation: Simulation = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Make what simulates."""
        self._simulation = Simulation(self.engine, self.root, kept=KEPT, worlds=KEPT)

    def read(self, name: str, scenario: Scenario, seed: int, replication: int) -> Replication:
        """Simulate one replication and read what happened in it."""
        from sim.measures.replication import read_replication

        return read_replication(*self._simulation.happened(name, scenario, seed, replication))


@dataclass
class Totals(PointSimulation):
    """The table ``values`` of a replication.

    Attributes
    ----------
    schools
        Also the values of every school.
    """

    schools: bool = False

    @property
    def name(self) -> str:
        """Name of the kind of tables."""
        return "totals_and_schools" if self.schools else "totals"

    def __call__(self, name: str, scenario: Scenario, seed: int, replication: int) -> Mapping[str, Table]:
        """Return the tables of one replication by name."""
        levels = (*LEVELS, "school") if self.schools else LEVELS
        return {"values": values_at(self.read(name, scenario, seed, replication), levels)}


def values_at(run: Replication, levels: tuple[str, ...]) -> Columns:
    """Return the table ``values`` of a replication at some levels."""
    from sim.measures.measure import values_of

    values = values_of(run)
    kept = np.isin(values["level"].astype(str), levels)
    return {name: column[kept] for name, column in values.items()}
