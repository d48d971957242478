"""Which share of the students: reached by SMW, in care outside, never noticed."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from sim.measures.arrays import BoolArray, FloatArray, IntArray, is_one_of, ratio
from sim.measures.replication import Replication
from sim.measures.specialised import IN_CARE
from sim.measures.values import Values
from sim.records import Event, State
from sim.scenario.base import SEVERITIES

USERS = (
    ("gateway_users_share", (State.GATEWAY_HELP,)),
    ("youth_care_users_share", IN_CARE),
    ("ggz_users_share", (State.GGZ,)),
)
OUTSIDE = (
    State.GATEWAY_WAIT,
    State.GATEWAY_HELP,
    State.YOUTH_CARE_WAIT,
    State.GGZ_WAIT,
    *IN_CARE,
    State.AFTER_CARE,
)
MODERATE = SEVERITIES.index("moderate")


def add_reach(run: Replication, values: Values) -> None:
    """Add ``reach`` and ``helped_per_year``: students with a conversation in a school year, mean over the years.

    ``helped_per_year`` is their number, ``reach`` their share of the students.
    """
    rows = run.rows(Event.CONVERSATION)
    case, time = run.log.case[rows], run.log.time[rows]
    each_year = [case[(time >= start) & (time < end)] for start, end in run.period.school_years]
    reached = _persons(run, each_year)
    for level in run.levels:
        helped = level.count(reached) / run.period.years
        values.add("helped_per_year", level.name, level.units, helped)
        values.add("reach", level.name, level.units, ratio(helped, level.students))


def add_users(run: Replication, values: Values) -> None:
    """Add the number of persons with at least one day in care in a school year, as a share of all students.

    Users of youth care are those of ggz too.

    In total this counts students and background people together, as both are young people of the region and public
    figures do not tell them apart; ``people`` tells them apart, both as shares of all students.
    """
    students = run.world.region.students.sum()
    for measure, states in USERS:
        stays = run.stays.select(run.stays.in_states(*states))
        each_year = [stays.case[(stays.start < end) & (stays.end > start)] for start, end in run.period.school_years]
        by_people = run.people.count(_persons(run, each_year)) / run.period.years / students
        values.add_total(measure, float(by_people.sum()))
        values.add(measure, "people", run.people.units, by_people)


def _persons(run: Replication, each_year: Iterable[IntArray]) -> IntArray:
    """Return one case for each person and year; a background person is a case, a student may have several."""
    student = run.table.student.astype(np.int64)
    person = np.where(run.is_student, student, student.size + np.arange(student.size))
    found = [cases[np.unique(person[cases], return_index=True)[1]] for cases in each_year]
    return np.concatenate([np.empty(0, dtype=np.int64), *found])


def add_never_noticed(run: Replication, values: Values) -> None:
    """Add the share of students' episodes that ended without ever having been noticed at school.

    Episodes whose first end (recovery, or the student leaving school) lies in the measuring period; for
    ``never_noticed_moderate_severe`` those that were moderate or severe by then. Cases that were at a school station
    on day 0 count as noticed; those that were outside school on day 0 are left out: their history is not known.
    """
    ended, severity = _first_ends(run)
    cases, unseen = run.log.case[ended], _unseen(run, ended)
    serious = severity >= MODERATE
    for measure, counted in (("never_noticed", serious | True), ("never_noticed_moderate_severe", serious)):
        for level in run.levels:
            share: FloatArray = ratio(level.count(cases[counted & unseen]), level.count(cases[counted]))
            values.add(measure, level.name, level.units, share)


def _first_ends(run: Replication) -> tuple[IntArray, IntArray]:
    """Return log position and severity of the first end of the students' episodes that ended in the period."""
    log, pieces, table = run.log, run.problems, run.table
    is_end = log.is_event(Event.RECOVERED, Event.LEFT_SCHOOL, Event.LEFT_EARLY)
    first = log.first_row(is_end)
    unknown = table.stock & is_one_of(table.start.astype(np.int64), OUTSIDE)
    row = pieces.row
    wanted = (first[pieces.case] == row) & run.is_student[pieces.case] & ~unknown[pieces.case]
    wanted &= run.period.contains(pieces.start)
    return row[wanted], pieces.severity[wanted]


def _unseen(run: Replication, rows: IntArray) -> BoolArray:
    """Tell which cases had not been noticed before the given rows of the log."""
    cases = run.log.case[rows]
    noticed = run.log.first_row(run.log.is_event(Event.NOTICED))[cases]
    known = run.table.stock[cases] & (run.table.start[cases] != State.HIDDEN)
    unseen: BoolArray = (noticed > rows) & ~known
    return unseen
