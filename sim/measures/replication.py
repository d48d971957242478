"""One replication, read once, in the form that all measures share."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sim.cases.table import CaseTable
from sim.measures.arrays import BoolArray, FloatArray, IntArray
from sim.measures.levels import SchoolLevels, school_levels
from sim.measures.log import CaseLog, by_case
from sim.measures.open_time import OpenTime, open_at_school, open_time
from sim.measures.origins import Origins, Tally, origins_of
from sim.measures.period import Period, measuring_period
from sim.measures.problems import Problems, read_problems
from sim.measures.specialised import waiting_lists
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
    origins
        Where the cases come from.
    levels
        Total, sector, type, group, municipality and school; only students' cases.
    """

    world: World
    table: CaseTable
    history: History
    period: Period
    log: CaseLog
    stays: Stays
    problems: Problems
    origins: Origins
    levels: SchoolLevels

    @cached_property
    def is_student(self) -> BoolArray:
        """Which cases are students', shape (cases,)."""
        return self.origins.group > 0

    @cached_property
    def person(self) -> IntArray:
        """Person of each case, shape (cases,); a background person is a case, a student may have several.

        Background people come behind all students, whose numbers go beyond that of cases: most students have none.
        """
        student = self.table.student
        students = int(student.max(initial=-1)) + 1
        return np.where(self.is_student, student, students + np.arange(student.size))

    @cached_property
    def open_pieces(self) -> IntArray:
        """Positions of the pieces with an open problem of a student at school, in increasing order."""
        return open_at_school(self.problems, self.is_student)

    @cached_property
    def open_time(self) -> OpenTime:
        """Time with an open problem of students at school, in the measuring period."""
        return open_time(self.problems, self.open_pieces, self.table.student, self.period)

    @cached_property
    def lists(self) -> dict[str, IntArray]:
        """Positions of the stays on each list; who is in OZA is on that of youth care or ggz."""
        return waiting_lists(self.log, self.stays)

    def rows(self, *events: Event) -> IntArray:
        """Return the positions in the log of ``events`` in the measuring period."""
        rows = self.log.rows(*events)
        return rows[self.period.contains(self.log.time[rows])]

    def begun(self, *states: State) -> IntArray:
        """Return the positions of stays in ``states`` that began in the measuring period, not found on day 0."""
        at = self.stays.of(*states)
        return at[self.period.contains(self.stays.start[at]) & ~self.stays.found[at]]

    def tally(self, cases: IntArray, weight: FloatArray | None = None) -> Tally:
        """Count cases, or add up their weights, by where they come from; a case may occur more than once."""
        return self.origins.tally(cases, weight)


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
        origins=origins_of(world.region, table),
        levels=school_levels(world.region),
    )
