"""What an imported region takes over: scenarios that ship, each for its own sectors, in proportion to students."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sim.region.duo import Imported
from sim.region.region import Region
from sim.scenario import SECTORS, Scenario

SCHOOLS, MBO = ("po", "vo"), ("mbo",)
SCENARIOS = {SCHOOLS: "s1_before_2016", MBO: "mbo_current_mix"}


@dataclass(frozen=True)
class Reference:
    """A scenario that ships, its region, and the sectors of an import that take over its values."""

    scenario: Scenario
    region: Region
    sectors: tuple[str, ...]

    @property
    def place(self) -> str:
        """Name of its region."""
        return self.scenario.region.label.en

    def students(self, imported: Imported) -> int:
        """Return the imported students who take over its values."""
        return sum(map(imported.students, self.sectors))

    def factor(self, imported: Imported) -> float:
        """Return how many times as many students the import has."""
        return self.students(imported) / int(self.region.students.sum())

    def in_sector(self, sector: str) -> int:
        """Return its own students of a sector."""
        return int(self.region.students[self.region.sector == SECTORS.index(sector)].sum())


def summed(references: Sequence[Reference], imported: Imported, value: Callable[[Scenario], float]) -> float:
    """Return a number of places or people, in proportion to students."""
    return sum(value(one.scenario) * one.factor(imported) for one in references)


def averaged(references: Sequence[Reference], imported: Imported, value: Callable[[Scenario], float]) -> float:
    """Return a rate, weighed by the students who take it over."""
    total = sum(one.students(imported) for one in references)
    return sum(value(one.scenario) * one.students(imported) for one in references) / total
