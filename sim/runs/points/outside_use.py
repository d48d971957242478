"""What a point says about care outside school: by year, and if wanted by student and with all measures in total."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sim.engine import Engine
from sim.runs.points.replicate import KEPT, only_levels
from sim.runs.tasks import ROOT, Simulation, Table
from sim.scenario import Scenario


@dataclass
class OutsideUse:
    """The table ``outside`` of a replication, and with ``persons`` also ``students`` and ``values``.

    Attributes
    ----------
    engine
        What simulates.
    root
        Folder that the regions' folders are relative to.
    persons
        Also what each student had, and the measures in total.
    """

    engine: Engine
    root: Path = ROOT
    persons: bool = False
    _simulation: Simulation = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Make what simulates."""
        self._simulation = Simulation(self.engine, self.root, kept=KEPT, worlds=KEPT)

    @property
    def name(self) -> str:
        """Name of the kind of tables."""
        return "outside_use_of_persons" if self.persons else "outside_use"

    def __call__(self, name: str, scenario: Scenario, seed: int, replication: int) -> Mapping[str, Table]:
        """Return the tables of one replication by name."""
        from sim.measures.measure import measure
        from sim.measures.outside_use import outside_by_student, outside_by_year
        from sim.measures.replication import read_replication

        world, cases, history = self._simulation.happened(name, scenario, seed, replication)
        run = read_replication(world, cases, history)
        tables: dict[str, Table] = {"outside": outside_by_year(run)}
        if self.persons:
            tables["students"] = outside_by_student(run)
            tables["values"] = only_levels(measure(world, cases, history).values, ("total",))
        return tables
