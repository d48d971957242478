"""How much trouble there is: weeks with an open problem."""

from __future__ import annotations

import numpy as np

from sim.measures.arrays import ratio
from sim.measures.period import DAYS_PER_WEEK
from sim.measures.replication import Replication
from sim.measures.values import Values
from sim.scenario.base import SEVERITIES


def add_burden(run: Replication, values: Values) -> None:
    """Add ``problem_weeks`` and ``open_problems``.

    Only students at school count: from the day a student leaves school, early or in the normal way, the problem is no
    longer one of the school's students, even if care outside goes on. A student with several open problems counts
    once, with the most severe.

    ``problem_weeks``: student-weeks with an open problem, a year, also by severity. ``open_problems``: mean share of
    students with an open problem.
    """
    time, levels = run.open_time, run.levels
    days = time.covered_end - time.covered_start
    open_days = levels.divide(run.tally(time.covered_case, days))
    weeks = open_days / DAYS_PER_WEEK / run.period.years
    share = ratio(open_days / run.period.days, levels.students)
    values.add_levels(levels, {"problem_weeks": weeks, "open_problems": share})
    by_severity = np.bincount(time.covered_severity, days, minlength=len(SEVERITIES))
    values.add("problem_weeks", "severity", SEVERITIES, by_severity / DAYS_PER_WEEK / run.period.years)
