"""One task is one replication of one scenario: build the world once, draw the cases, simulate, measure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeAlias

from sim.cases.shared import SharedCases
from sim.engine import Engine, simulate
from sim.measures.arrays import Columns
from sim.runs.worlds import Worlds
from sim.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

    from sim.cases.table import CaseTable
    from sim.records import History
    from sim.world import World

Table: TypeAlias = "Columns | pd.DataFrame"

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
    """What makes the tables of one replication; threads share it, worker processes are sent it once."""

    def __call__(self, name: str, scenario: Scenario, seed: int, replication: int) -> Mapping[str, Table]:
        """Return the tables of one replication by name."""


@dataclass
class Simulation:
    """Replications on the real model; keeps the world of each scenario, and can be used by several threads.

    Attributes
    ----------
    engine
        What simulates.
    root
        Folder that the regions' folders are relative to.
    event_log
        Also return the table ``events``.
    kept
        Number of case tables to keep, for other scenarios in which the same cases are drawn.
    worlds
        Number of worlds to keep; all when None.
    """

    engine: Engine
    root: Path = ROOT
    event_log: bool = False
    kept: int = 0
    worlds: int | None = None
    _worlds: Worlds = field(init=False, repr=False)
    _cases: SharedCases = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Make room for worlds and case tables."""
        self._worlds = Worlds(self.worlds)
        self._cases = SharedCases(self.kept)

    def __call__(self, name: str, scenario: Scenario, seed: int, replication: int) -> Mapping[str, Table]:
        """Return the tables of one replication by name."""
        from sim.measures.measure import measure

        world, cases, history = self.happened(name, scenario, seed, replication)
        measured = measure(world, cases, history)
        tables: dict[str, Table] = {key: getattr(measured, key) for key in TABLES}
        if self.event_log:
            from sim.runs.event_log import event_log

            tables["events"] = event_log(world, cases, history)
        return tables

    def happened(
        self, name: str, scenario: Scenario, seed: int, replication: int
    ) -> tuple[World, CaseTable, History]:
        """Simulate one replication.

        Returns
        -------
        tuple
            The world, its cases, and what happened to them.
        """
        from sim.cases.rhythm import draw_rhythms

        world = self._worlds.get(name, scenario, self.root)
        cases = self._cases.draw(world, seed, replication)
        return world, cases, simulate(self.engine, world, cases, draw_rhythms(world, seed, replication))
