"""One replication, read once, in the form that all measures share."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.cases.table import CaseTable
from sim.measures.arrays import BoolArray, IntArray
from sim.measures.levels import Level, SchoolLevel, people_level, school_levels
from sim.measures.log import CaseLog, by_case
from sim.measures.period import Period, measuring_period
from sim.measures.problems import Problems, read_problems
from sim.measures.stays import Stays, read_stays
from sim.records import Event, History, State
from sim.world import World


@dataclass(frozen=True)
class Replication:
    """What the measures are computed from.

    Attributes
    ----------
    world, table, history
        As they went into and came out of the simulation.
    period
        The part of the run that is measured.
    log, stays, problems
        The event log by case, and what it means.
    levels
        Total, sector, type, group, municipality and school; only students' cases.
    people
        Students apart from background people.
    is_student
        Which cases are students', shape (cases,).
    """

    world: World
    table: CaseTable
    history: History
    period: Period
    log: CaseLog
    stays: Stays
    problems: Problems
    levels: tuple[SchoolLevel, ...]
    people: Level
    is_student: BoolArray

    def levels_of(self, *names: str) -> tuple[SchoolLevel, ...]:
        """Return the levels with these names, as far as the region has them."""
        return tuple(level for level in self.levels if level.name in names)

    @property
    def levels_above_schools(self) -> tuple[SchoolLevel, ...]:
        """All levels but that of single schools."""
        return tuple(level for level in self.levels if level.name != "school")

    def rows(self, *events: Event) -> IntArray:
        """Return the positions in the log of ``events`` in the measuring period."""
        return np.flatnonzero(self.log.is_event(*events) & self.period.contains(self.log.time))

    def begun(self, *states: State) -> Stays:
        """Return the stays in ``states`` that began in the measuring period (not those found on day 0)."""
        wanted = self.stays.in_states(*states) & self.period.contains(self.stays.start)
        return self.stays.select(wanted & ~self.stays.found)


def read_replication(world: World, table: CaseTable, history: History) -> Replication:
    """Read what happened in one replication."""
    log = by_case(history, len(table))
    return Replication(
        world=world,
        table=table,
        history=history,
        period=measuring_period(world),
        log=log,
        stays=read_stays(log, table),
        problems=read_problems(log, table),
        levels=school_levels(world.region, table),
        people=people_level(table),
        is_student=table.school >= 0,
    )
