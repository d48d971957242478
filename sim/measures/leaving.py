"""Early leaving as a risk: the rate that every student runs, integrated over the time at school.

The risk is the compensator of the number of early leavers: both have the same mean (Andersen et al. 1993,
Statistical Models Based on Counting Processes, section II.4), and the risk has far less chance in it than counting
so rare an event.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.measures.arrays import FloatArray, IntArray, ratio
from sim.measures.levels import SchoolLevel, group_level, groups_of
from sim.measures.occupancy import covered
from sim.measures.replication import Replication
from sim.rules.rates import DAYS_PER_YEAR, leaving_rates, profile_of


@dataclass(frozen=True)
class Risk:
    """Stretches of time of students at school in the measuring period; shape (n,), or (m,) for ``covered_``.

    Attributes
    ----------
    case, start, end, rate
        Stretches with an open problem: the case, its days, and its rate of early leaving a day.
    covered_case, covered_start, covered_end
        Time with at least one open problem, stretches of one student without overlap; one of the student's cases.
    base
        Rate a day of a student without a problem, by school and level of the mbo, shape (schools, levels).
    """

    case: IntArray
    start: FloatArray
    end: FloatArray
    rate: FloatArray
    covered_case: IntArray
    covered_start: FloatArray
    covered_end: FloatArray
    base: FloatArray

    def leavers(self, run: Replication, level: SchoolLevel) -> FloatArray:
        """Return the early leavers a year to be expected by unit of a level, with and without a problem."""
        base = self.base_of(run, self.covered_case)
        of_cases = level.count(self.case, self.rate * (self.end - self.start))
        not_at_base = level.count(self.covered_case, base * (self.covered_end - self.covered_start))
        students = run.world.region.level_students * self.base * run.period.days
        return (of_cases - not_at_base + level.home(students)) / run.period.years

    def base_of(self, run: Replication, case: IntArray) -> FloatArray:
        """Return the rate a day of each case's student when there is no problem."""
        return self.base[run.table.school[case], run.table.level[case]]


def read_risk(run: Replication) -> Risk:
    """Read the risk of early leaving of all students.

    With a problem the rate follows kind, severity, state, frailty, stacking and whether SMW keeps in touch; several
    problems add up. Without one it is the base rate of the sector, and in the mbo of the level. The risk ends when
    the student leaves school, early or in the normal way.
    """
    pieces, period = run.problems, run.period
    at_risk = pieces.is_open & pieces.at_school & run.is_student[pieces.case]
    chosen = np.flatnonzero(at_risk & (period.overlap(pieces.start, pieces.end) > 0.0))
    case = pieces.case[chosen]
    start, end = np.maximum(pieces.start[chosen], period.start), np.minimum(pieces.end[chosen], period.end)
    piece, covered_start, covered_end = covered(run.table.student[case].astype(np.int64), start, end)
    return Risk(case, start, end, _rate(run, chosen), case[piece], covered_start, covered_end, _base(run))


def average_rate(run: Replication, risk: Risk) -> FloatArray:
    """Return the early leavers a year per student of each of ``GROUPS``, NaN without students."""
    groups = group_level(run.world.region, run.table)
    return ratio(risk.leavers(run, groups), groups.students)


def _rate(run: Replication, piece: IntArray) -> FloatArray:
    """Return the rate of early leaving a day in pieces of the course of a problem."""
    pieces, table, scenario = run.problems, run.table, run.world.scenario
    case = pieces.case[piece]
    group = (table.sector + table.level)[case]
    profile = profile_of(group, table.kind[case], pieces.severity[piece].astype(np.int32))
    rate = leaving_rates(scenario.demand, scenario.care)[pieces.state[piece], profile]
    stacked = np.where(table.stacked[case], scenario.demand.early_leaving.stacked_ratio, 1.0)
    in_touch = np.where(pieces.in_touch[piece], scenario.care.smw.bridging.leaving_factor, 1.0)
    product: FloatArray = rate * table.frailty[case] * stacked * in_touch
    return product


def _base(run: Replication) -> FloatArray:
    """Return the rate a day without a problem, by school and level; 0 at levels that a school cannot have."""
    base = np.array(run.world.scenario.demand.early_leaving.base_per_year.values())
    region = run.world.region
    return np.where(region.level_students > 0, base[groups_of(region)], 0.0) / DAYS_PER_YEAR
