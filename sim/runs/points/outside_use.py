"""What a point says about care outside school: by year, and if wanted by student and with all measures in total."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sim.runs.points.replicate import PointSimulation, values_at
from sim.runs.tasks import Table
from sim.scenario import Scenario


@dataclass
class OutsideUse(PointSimulation):
    """The table ``outside`` of a replication, and with ``persons`` also ``students`` and ``values``.

    Attributes
    ----------
    persons
        Also what each student had, and the measures in total.
    """

    persons: bool = False

    @property
    def name(self) -> str:
        """Name of the kind of tables."""
        return "outside_use_of_persons" if self.persons else "outside_use"

    def __call__(self, name: str, scenario: Scenario, seed: int, replication: int) -> Mapping[str, Table]:
        """Return the tables of one replication by name."""
        from sim.measures.outside_use import outside_by_student, outside_by_year

        run = self.read(name, scenario, seed, replication)
        tables: dict[str, Table] = {"outside": outside_by_year(run)}
        if self.persons:
            tables["students"] = outside_by_student(run)
            tables["values"] = values_at(run, ("total",))
        return tables
