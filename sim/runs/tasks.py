"""One task is one replication of one scenario: build the world once, draw the cases, simulate, measure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from sim.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

    from sim.world import World

TABLES = ("values", "weekly", "curves", "flows")
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, order=True)
class Task:
    """A replication (counted from 1) of a scenario."""

    scenario: str
    replication: int

    def __str__(self) -> str:
        """Name the task for people."""
        return f"{self.scenario}, replication {self.replication}"


class Replicate(Protocol):
    """What makes the tables of one replication; it is sent to the worker processes once."""

    def __call__(self, name: str, scenario: Scenario, seed: int, replication: int) -> Mapping[str, pd.DataFrame]:
        """Return the tables of one replication by name."""


@dataclass
class Simulation:
    """Replications on the real model; keeps the world of each scenario while the process lives.

    Attributes
    ----------
    root
        Folder that the regions' folders are relative to.
    event_log
        Also return the table ``events``.
    """

    root: Path = ROOT
    event_log: bool = False
    _worlds: dict[str, World] = field(default_factory=dict, repr=False)

    def __call__(self, name: str, scenario: Scenario, seed: int, replication: int) -> Mapping[str, pd.DataFrame]:
        """Return the tables of one replication by name."""
        from sim.care.simulate import simulate
        from sim.cases.draw import draw_cases
        from sim.cases.rhythm import draw_rhythms
        from sim.measures.measure import measure

        world = self._world(name, scenario)
        table = draw_cases(world, seed, replication)
        history = simulate(world, table, draw_rhythms(world, seed, replication))
        measured = measure(world, table, history)
        tables = {key: getattr(measured, key) for key in TABLES}
        if self.event_log:
            from sim.runs.event_log import event_log

            tables["events"] = event_log(world, table, history)
        return tables

    def _world(self, name: str, scenario: Scenario) -> World:
        from sim.region.reader import read_region
        from sim.world import build_world

        if name not in self._worlds:
            self._worlds[name] = build_world(scenario, read_region(scenario, self.root))
        return self._worlds[name]
