"""Early leaving as a risk: the rate that every student runs, integrated over the time at school.

The risk is the compensator of the number of early leavers: both have the same mean (Andersen et al. 1993,
Statistical Models Based on Counting Processes, section II.4), and the risk has far less chance in it than counting
so rare an event.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.compiling import compiled
from sim.measures.arrays import BoolArray, FloatArray, IntArray, ratio
from sim.measures.levels import SchoolLevels, group_levels, groups_of
from sim.measures.origins import Tally
from sim.measures.replication import Replication
from sim.region.school_time import DAYS_PER_YEAR
from sim.rules.rates import leaving_rates, profile_of


@dataclass(frozen=True)
class Risk:
    """Risk of early leaving of students at school in the measuring period, in the stretches of ``OpenTime``.

    Attributes
    ----------
    rate
        Rate a day in each stretch with an open problem, shape (n,).
    covered_base
        Rate a day without a problem, in each stretch with at least one open problem, shape (m,).
    with_problem
        Early leavers to be expected in the time with an open problem.
    not_at_base
        Early leavers that would be expected in that time if it were without a problem.
    base
        Rate a day of a student without a problem, by school and level of the mbo, shape (schools, levels).
    """

    rate: FloatArray
    covered_base: FloatArray
    with_problem: Tally
    not_at_base: Tally
    base: FloatArray

    def leavers(self, run: Replication, levels: SchoolLevels) -> FloatArray:
        """Return the early leavers a year to be expected by unit of levels, with and without a problem."""
        students = run.world.region.level_students * self.base * run.period.days
        more = levels.divide(self.with_problem) - levels.divide(self.not_at_base)
        return (more + levels.home(students)) / run.period.years


def read_risk(run: Replication) -> Risk:
    """Read the risk of early leaving of all students.

    With a problem the rate follows kind, severity, state, frailty, stacking and whether SMW keeps in touch; several
    problems add up. Without one it is the base rate of the sector, and in the mbo of the level. The risk ends when
    the student leaves school, early or in the normal way.
    """
    time, base = run.open_time, _base(run)
    rate = _rate(run)
    covered_base = base_of(run, base, time.covered_case)
    return Risk(
        rate=rate,
        covered_base=covered_base,
        with_problem=run.tally(time.case, rate * (time.end - time.start)),
        not_at_base=run.tally(time.covered_case, covered_base * (time.covered_end - time.covered_start)),
        base=base,
    )


def average_rate(run: Replication, risk: Risk) -> FloatArray:
    """Return the early leavers a year per student of each of ``GROUPS``, NaN without students."""
    groups = group_levels(run.world.region)
    return ratio(risk.leavers(run, groups), groups.students)


def base_of(run: Replication, base: FloatArray, case: IntArray) -> FloatArray:
    """Return the rate a day of students' cases when there is no problem, from that by school and level."""
    # Background people, who are group 0, have none.
    rate: FloatArray = np.append(0.0, base.ravel())[run.origins.group[case]]
    return rate


def _rate(run: Replication) -> FloatArray:
    """Return the rate of early leaving a day in the stretches with an open problem."""
    pieces, table, scenario = run.problems, run.table, run.world.scenario
    lightest = profile_of(table.sector + table.level, table.kind, np.zeros_like(table.kind))
    return rates_of(
        run.open_time.piece,
        run.open_time.case,
        (pieces.state, pieces.severity, pieces.in_touch),
        (lightest, table.frailty, table.stacked),
        leaving_rates(scenario.demand, scenario.care),
        (scenario.demand.early_leaving.stacked_ratio, scenario.care.smw.bridging.leaving_factor),
    )


@compiled()
def rates_of(
    piece: IntArray,
    case: IntArray,
    pieces: tuple[IntArray, IntArray, BoolArray],
    cases: tuple[IntArray, FloatArray, BoolArray],
    rates: FloatArray,
    factors: tuple[float, float],
) -> FloatArray:
    """Return the rate of early leaving in each stretch.

    Parameters
    ----------
    piece, case
        Piece and case of each stretch, shape (n,).
    pieces
        State and severity of each piece, and whether SMW keeps in touch.
    cases
        Profile of each case at the lowest severity, its frailty, and whether problems are stacked.
    rates
        Rate by state and profile.
    factors
        On the rate of stacked problems, and on that of students with whom SMW keeps in touch.
    """
    (state, severity, in_touch), (lightest, frailty, stacked) = pieces, cases
    rate = np.empty(piece.size)
    for stretch in range(piece.size):
        part, whose = piece[stretch], case[stretch]
        rate[stretch] = rates[state[part], lightest[whose] + severity[part]] * frailty[whose]
        if stacked[whose]:
            rate[stretch] *= factors[0]
        if in_touch[part]:
            rate[stretch] *= factors[1]
    return rate


def _base(run: Replication) -> FloatArray:
    """Return the rate a day without a problem, by school and level; 0 at levels that a school cannot have."""
    base = np.array(run.world.scenario.demand.early_leaving.base_per_year.values())
    region = run.world.region
    return np.where(region.level_students > 0, base[groups_of(region)], 0.0) / DAYS_PER_YEAR
