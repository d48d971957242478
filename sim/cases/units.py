"""Units of drawing: students who are drawn together, by school and in the mbo by level."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sim.region.region import Region
from sim.scenario.base import LEVELS, SECTORS, group_of


@dataclass(frozen=True)
class Unit:
    """Students who are drawn together: those of a school, in the mbo those of one level of an institution.

    Attributes
    ----------
    name
        Key of the random streams.
    school, sector, level
        School index, index into ``SECTORS``, index into ``LEVELS`` (0 outside the mbo).
    students
        Number of students.
    """

    name: str
    school: int
    sector: int
    level: int
    students: int

    @property
    def group(self) -> int:
        """Index into ``GROUPS``."""
        return group_of(self.sector, self.level)


def units_of(region: Region) -> Iterator[Unit]:
    """Yield the units of a region, in the order of its schools."""
    for school, name in enumerate(region.school_ids):
        sector = int(region.sector[school])
        if SECTORS[sector] != "mbo":
            yield Unit(name, school, sector, 0, int(region.students[school]))
            continue
        for level, word in enumerate(LEVELS):
            students = int(region.level_students[school, level])
            if students:
                yield Unit(f"{name}/level_{word}", school, sector, level, students)
