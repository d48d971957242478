"""How much trouble there is: weeks with an open problem, and early leaving."""

from __future__ import annotations

import numpy as np

from sim.measures.arrays import FloatArray, IntArray, ratio
from sim.measures.levels import SchoolLevel
from sim.measures.occupancy import covered
from sim.measures.replication import Replication
from sim.measures.values import Values
from sim.rules.rates import leaving_rates, profile_of
from sim.scenario.base import SEVERITIES

Segments = tuple[IntArray, FloatArray]


def add_burden(run: Replication, values: Values) -> None:
    """Add ``problem_weeks``, ``open_problems`` and ``early_leavers_total``.

    Only students at school count: from the day a student leaves school, early or in the normal way, the problem is no
    longer one of the school's students, even if care outside goes on. A student with several open problems counts
    once, with the most severe.

    ``problem_weeks``: student-weeks with an open problem, a year, also by severity. ``open_problems``: mean share of
    students with an open problem. ``early_leavers_total``: the risk of early leaving that all students run, with a
    problem by their rate in every state and without one by the base rate. Its mean is that of the number who leave
    (the rate integrated over the time at risk is the compensator of the count; Andersen et al. 1993, Statistical
    Models Based on Counting Processes, section II.4), with far less chance in it than in counting so rare an event.
    """
    at_least = [_open_time(run, severity) for severity in range(len(SEVERITIES))]
    cases, days = at_least[0]
    for level in run.levels:
        open_days = level.count(cases, days)
        values.add("problem_weeks", level.name, level.units, open_days / 7.0 / run.period.years)
        values.add("open_problems", level.name, level.units, ratio(open_days / run.period.days, level.students))
    totals = np.array([days.sum() for _, days in at_least] + [0.0])
    values.add("problem_weeks", "severity", SEVERITIES, -np.diff(totals) / 7.0 / run.period.years)
    _add_early_leavers(run, values, at_least[0])


def _open_time(run: Replication, severity: int) -> Segments:
    """Return segments (a case, days) in which students at school had a problem at least this severe."""
    pieces = run.problems
    counted = pieces.is_open & pieces.at_school & (pieces.severity >= severity) & run.is_student[pieces.case]
    counted &= run.period.overlap(pieces.start, pieces.end) > 0.0
    case = pieces.case[counted]
    start = np.maximum(pieces.start[counted], run.period.start)
    end = np.minimum(pieces.end[counted], run.period.end)
    interval, days = covered(run.table.student[case].astype(np.int64), start, end)
    return case[interval], days


def _add_early_leavers(run: Replication, values: Values, open_time: Segments) -> None:
    base = np.array(run.world.scenario.demand.early_leaving.base_per_year.values())
    cases, days = open_time
    weight = base[run.table.sector[cases]] * days / run.period.days
    risky, risk = _risk_of_cases(run)
    for level in run.levels:
        everybody = _base_risk(run, level, base)
        total = level.count(risky, risk) + everybody - level.count(cases, weight)
        values.add("early_leavers_total", level.name, level.units, total)


def _risk_of_cases(run: Replication) -> Segments:
    """Return the early leavers a year to be expected from each piece of an open problem (a case, leavers)."""
    pieces, table, scenario = run.problems, run.table, run.world.scenario
    days = run.period.overlap(pieces.start, pieces.end)
    counted = np.flatnonzero(pieces.is_open & pieces.at_school & run.is_student[pieces.case] & (days > 0.0))
    case = pieces.case[counted]
    profile = profile_of(table.sector[case], table.kind[case], pieces.severity[counted].astype(np.int32))
    rate = leaving_rates(scenario.demand, scenario.care)[pieces.state[counted], profile]
    ratio_of_stacked = np.where(table.stacked[case], scenario.demand.early_leaving.stacked_ratio, 1.0)
    risk = rate * days[counted] * table.frailty[case] * ratio_of_stacked
    return case, risk / run.period.years


def _base_risk(run: Replication, level: SchoolLevel, base: FloatArray) -> FloatArray:
    """Return the early leavers a year by unit if nobody had a problem."""
    region = run.world.region
    return level.home @ (region.students * base[region.sector])
