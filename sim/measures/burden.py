"""How much trouble there is: weeks with an open problem."""

from __future__ import annotations

import numpy as np

from sim.measures.arrays import FloatArray, IntArray, ratio
from sim.measures.occupancy import covered
from sim.measures.replication import Replication
from sim.measures.values import Values
from sim.scenario.base import SEVERITIES

Segments = tuple[IntArray, FloatArray]


def add_burden(run: Replication, values: Values) -> None:
    """Add ``problem_weeks`` and ``open_problems``.

    Only students at school count: from the day a student leaves school, early or in the normal way, the problem is no
    longer one of the school's students, even if care outside goes on. A student with several open problems counts
    once, with the most severe.

    ``problem_weeks``: student-weeks with an open problem, a year, also by severity. ``open_problems``: mean share of
    students with an open problem.
    """
    at_least = [_open_time(run, severity) for severity in range(len(SEVERITIES))]
    cases, days = at_least[0]
    for level in run.levels:
        open_days = level.count(cases, days)
        values.add("problem_weeks", level.name, level.units, open_days / 7.0 / run.period.years)
        values.add("open_problems", level.name, level.units, ratio(open_days / run.period.days, level.students))
    totals = np.array([days.sum() for _, days in at_least] + [0.0])
    values.add("problem_weeks", "severity", SEVERITIES, -np.diff(totals) / 7.0 / run.period.years)


def _open_time(run: Replication, severity: int) -> Segments:
    """Return segments (a case, days) in which students at school had a problem at least this severe."""
    pieces = run.problems
    counted = pieces.is_open & pieces.at_school & (pieces.severity >= severity) & run.is_student[pieces.case]
    counted &= run.period.overlap(pieces.start, pieces.end) > 0.0
    case = pieces.case[counted]
    start = np.maximum(pieces.start[counted], run.period.start)
    end = np.minimum(pieces.end[counted], run.period.end)
    interval, start, end = covered(run.table.student[case].astype(np.int64), start, end)
    return case[interval], end - start
