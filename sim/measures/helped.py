"""Early leaving of all students, and of those whom SMW helps."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.compiling import compiled
from sim.measures.arrays import BoolArray, FloatArray, IntArray, ratio
from sim.measures.censoring import inverse_of_censoring
from sim.measures.leaving import Risk, average_rate, base_of, read_risk
from sim.measures.levels import SchoolLevels
from sim.measures.replication import Replication
from sim.measures.survival import kaplan_meier, observe
from sim.measures.values import Values
from sim.records import Event

FOLLOWED_DAYS = 365.0
LEVELS = ("total", "sector", "type", "group")


@dataclass(frozen=True)
class Helped:
    """Students with a first conversation in the measuring period, followed for a year from then on; shape (n,).

    Attributes
    ----------
    case
        Case of the first conversation.
    start, end
        Day of the first conversation, and the day on which the student leaves school, early or in the normal way, a
        year has passed or the run stops.
    censored
        Whether the run stopped first.
    """

    case: IntArray
    start: FloatArray
    end: FloatArray
    censored: BoolArray

    @property
    def days(self) -> FloatArray:
        """How long each student was followed."""
        return self.end - self.start


@dataclass(frozen=True)
class Stretches:
    """Parts of the time that helped students are followed, at one rate of early leaving each; shape (m,).

    Attributes
    ----------
    student
        Row of ``Helped``.
    start, end
        Days since the first conversation.
    rate
        Rate a day; negative where it takes away the base rate in time with a problem.
    """

    student: IntArray
    start: FloatArray
    end: FloatArray
    rate: FloatArray

    @property
    def risk(self) -> FloatArray:
        """Early leavers to be expected in each stretch."""
        return self.rate * (self.end - self.start)


def add_early_leaving(run: Replication, values: Values) -> None:
    """Add ``early_leavers_total``, ``early_leaving_rate`` and the early leaving of helped students.

    ``early_leavers_total``: early leavers a year to be expected of all students, by the risk that they run;
    ``early_leaving_rate``: the same per student of the unit.

    Helped students are those with a first conversation in the measuring period (not those in contact on day 0),
    followed for 365 days or until they leave school. ``early_leaving_helped`` is the share that leaves early in
    that time: the Aalen-Johansen estimate, with leaving in the normal way as competing exit, the end of the run as
    censoring, and the risk in place of the count of early leavers. Thus it holds the base risk of those who have
    recovered, who are not followed one by one. NaN if nobody could be followed to the end, as in a measuring period
    of one year.

    ``early_leaving_ratio`` is the early leavers among them per year at school in that time, over the
    ``early_leaving_rate`` of all students of the unit (helped ones too); ``early_leaving_ratio.same_level`` that over
    the rate of all students of the same sector and, in the mbo, the same level, so that it does not count that more
    students of the lower levels are helped. Neither is an effect of help: those who are helped have problems.
    """
    risk = read_risk(run)
    leavers = risk.leavers(run, run.levels)
    rate = ratio(leavers, run.levels.students)
    values.add_levels(run.levels, {"early_leavers_total": leavers, "early_leaving_rate": rate})
    _add_helped(run, risk, values)


def _add_helped(run: Replication, risk: Risk, values: Values) -> None:
    levels = run.levels.named(*LEVELS)
    helped = _read_helped(run)
    stretches = _stretches(run, risk, helped)
    average = average_rate(run, risk)[(run.table.sector + run.table.level)[helped.case]]
    years = helped.days * run.period.years / run.period.days
    leavers = run.tally(helped.case[stretches.student], stretches.risk)
    at_school, expected = run.tally(helped.case, years), run.tally(helped.case, years * average)
    rate = ratio(levels.divide(leavers), levels.divide(at_school))
    of_all = ratio(risk.leavers(run, levels), levels.students)
    measures = {
        "early_leaving_helped": _shares(run, levels, helped, stretches),
        "early_leaving_ratio": ratio(rate, of_all),
        "early_leaving_ratio.same_level": ratio(levels.divide(leavers), levels.divide(expected)),
    }
    values.add_levels(levels, measures)


def _read_helped(run: Replication) -> Helped:
    log, table = run.log, run.table
    row = log.first_of(log.rows(Event.CONVERSATION))
    talked = np.flatnonzero((row < len(log)) & run.is_student)
    order = np.lexsort((row[talked], log.time[row[talked]], table.student[talked]))
    case = talked[order]
    case = case[np.append(True, np.diff(table.student[case]) != 0)[: case.size]]
    known = np.zeros(_students(run), dtype=np.bool_)
    known[table.student[table.received > 0]] = True
    start = log.time[row[case]]
    case = case[run.period.contains(start) & ~known[table.student[case]]]
    start = log.time[row[case]]
    leaves = np.minimum(table.leaves_school[case], _left_early(run)[table.student[case]])
    followed = np.minimum(leaves, start + FOLLOWED_DAYS)
    return Helped(case, start, np.minimum(followed, run.period.end), followed > run.period.end)


def _students(run: Replication) -> int:
    return int(run.table.student.max(initial=-1)) + 1


def _left_early(run: Replication) -> FloatArray:
    """Return the day on which each student left early, infinite for those who did not, shape (students,)."""
    rows = run.log.rows(Event.LEFT_EARLY)
    rows = rows[run.is_student[run.log.case[rows]]]
    day = np.full(_students(run), np.inf)
    np.minimum.at(day, run.table.student[run.log.case[rows]], run.log.time[rows])
    return day


def _stretches(run: Replication, risk: Risk, helped: Helped) -> Stretches:
    """Return the stretches with a problem, and the base rate over all the time less that with a problem."""
    everybody = np.arange(helped.case.size)
    time = run.open_time
    with_problem = _within(run, helped, time.case, time.start, time.end, risk.rate)
    covered = _within(run, helped, time.covered_case, time.covered_start, time.covered_end, -risk.covered_base)
    whole = Stretches(everybody, np.zeros(everybody.size), helped.days, base_of(run, risk.base, helped.case))
    parts = (with_problem, covered, whole)
    return Stretches(
        np.concatenate([part.student for part in parts]),
        np.concatenate([part.start for part in parts]),
        np.concatenate([part.end for part in parts]),
        np.concatenate([part.rate for part in parts]),
    )


def _within(
    run: Replication, helped: Helped, case: IntArray, start: FloatArray, end: FloatArray, rate: FloatArray
) -> Stretches:
    """Cut stretches of cases to the time in which their students are followed."""
    # The last place is for background people, who have number -1.
    number = np.full(_students(run) + 1, -1)
    number[run.table.student[helped.case]] = np.arange(helped.case.size)
    return Stretches(*cut_to_followed(case, start, end, rate, number[run.table.student], helped.start, helped.end))


@compiled()
def cut_to_followed(
    case: IntArray,
    start: FloatArray,
    end: FloatArray,
    rate: FloatArray,
    number: IntArray,
    begin: FloatArray,
    until: FloatArray,
) -> tuple[IntArray, FloatArray, FloatArray, FloatArray]:
    """Return the columns of ``Stretches``.

    Parameters
    ----------
    case, start, end, rate
        Stretches of cases, shape (n,).
    number
        Row of ``Helped`` of the student of each case, -1 if there is none, shape (cases,).
    begin, until
        From when to when students are followed, shape (helped,).
    """
    student, rates = np.empty(case.size, dtype=np.int64), np.empty(case.size)
    low, high = np.empty(case.size), np.empty(case.size)
    k = 0
    for stretch in range(case.size):
        who = number[case[stretch]]
        if who < 0:
            continue
        first, last = max(start[stretch], begin[who]), min(end[stretch], until[who])
        if last > first:
            student[k], low[k], high[k], rates[k] = who, first - begin[who], last - begin[who], rate[stretch]
            k += 1
    return student[:k], low[:k], high[:k], rates[:k]


def _shares(run: Replication, levels: SchoolLevels, helped: Helped, stretches: Stretches) -> FloatArray:
    """Return the share of helped students who leave early in the time that they are followed, by unit.

    Each stretch is weighted by the inverse of the share not censored.
    """
    unit = levels.units_of(run.origins, helped.case)
    censoring = kaplan_meier(observe(helped.days, helped.censored, unit, levels.size))
    leavers = np.zeros(levels.size)
    for of_student in unit:
        group = of_student[stretches.student]
        low, high = (inverse_of_censoring(censoring, edge, group) for edge in (stretches.start, stretches.end))
        leavers += _by_unit(group, stretches.rate * (high - low), levels.size)
    students = _by_unit(unit.ravel(), np.ones(unit.size), levels.size)
    return np.where(censoring.complete, np.nan, ratio(leavers, students))


def _by_unit(unit: IntArray, weight: FloatArray, units: int) -> FloatArray:
    """Add up weights by unit; unit -1 does not count."""
    return np.bincount(unit + 1, weight, minlength=units + 1)[1:].astype(np.float64)
