"""The usual tables of a point: its measures, as fine as a comparison of many points needs them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from sim.engine import Engine
from sim.measures.arrays import Columns
from sim.runs.tasks import ROOT, Simulation, Table
from sim.scenario import Scenario

LEVELS = ("total", "sector", "payer", "people", "severity", "cause", "municipality", "type", "group")
KEPT = 2
"""Case tables that a worker keeps: points in which the same students have the same problems share one."""


@dataclass
class Totals:
    """The table ``values`` of a replication.

    Attributes
    ----------
    engine
        What simulates.
    root
        Folder that the regions' folders are relative to.
    schools
        Also the values of every school.
    """

    engine: Engine
    root: Path = ROOT
    schools: bool = False
    _simulation: Simulation = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Make what simulates."""
        self._simulation = Simulation(self.engine, self.root, kept=KEPT, worlds=KEPT)

    @property
    def name(self) -> str:
        """Name of the kind of tables."""
        return "totals_and_schools" if self.schools else "totals"

    def __call__(self, name: str, scenario: Scenario, seed: int, replication: int) -> Mapping[str, Table]:
        """Return the tables of one replication by name."""
        values = self._simulation(name, scenario, seed, replication)["values"]
        assert isinstance(values, dict)
        levels = (*LEVELS, "school") if self.schools else LEVELS
        return {"values": only_levels(values, levels)}


def only_levels(values: Columns, levels: tuple[str, ...]) -> Columns:
    """Return the rows of the table ``values`` at some levels."""
    kept = np.isin(values["level"].astype(str), levels)
    return {name: column[kept] for name, column in values.items()}
