"""Which share of the students: reached by SMW, in care outside, never noticed."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from sim.compiling import compiled
from sim.measures.arrays import BoolArray, IntArray, is_one_of, positions_in, ratio
from sim.measures.levels import PEOPLE
from sim.measures.replication import Replication
from sim.measures.specialised import IN_CARE
from sim.measures.values import Values
from sim.records import N_STATES, Event, State
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
    reached = run.tally(_persons(run, each_year))
    helped = run.levels.divide(reached) / run.period.years
    values.add_levels(run.levels, {"helped_per_year": helped, "reach": ratio(helped, run.levels.students)})


def add_users(run: Replication, values: Values) -> None:
    """Add the number of persons with at least one day in care in a school year, as a share of all students.

    Users of youth care are those of ggz too.

    In total this counts students and background people together, as both are young people of the region and public
    figures do not tell them apart; ``people`` tells them apart, both as shares of all students.
    """
    students = run.world.region.students.sum()
    for measure, states in USERS:
        at = run.stays.of(*states)
        case, begin, end = (column[at] for column in (run.stays.case, run.stays.start, run.stays.end))
        each_year = [case[(begin < last) & (end > first)] for first, last in run.period.school_years]
        by_people = run.tally(_persons(run, each_year)).by_people / run.period.years / students
        values.add_total(measure, float(by_people.sum()))
        values.add(measure, "people", PEOPLE, by_people)


def _persons(run: Replication, each_year: Iterable[IntArray]) -> IntArray:
    """Return one case for each person and year."""
    person = run.person
    persons = int(person.max(initial=-1)) + 1
    found = [first_of_person(cases, person, persons) for cases in each_year]
    return np.concatenate([np.empty(0, dtype=np.int64), *found])


@compiled()
def first_of_person(cases: IntArray, person: IntArray, persons: int) -> IntArray:
    """Return the first of ``cases`` of each person, from the person of all cases."""
    seen, first = np.zeros(persons, dtype=np.bool_), np.empty(cases.size, dtype=np.int64)
    found = 0
    for case in cases:
        if not seen[person[case]]:
            seen[person[case]] = True
            first[found] = case
            found += 1
    return first[:found]


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
        part, whole = run.tally(cases[counted & unseen]), run.tally(cases[counted])
        values.add_levels(run.levels, {measure: ratio(run.levels.divide(part), run.levels.divide(whole))})


def _first_ends(run: Replication) -> tuple[IntArray, IntArray]:
    """Return log position and severity of the first end of the students' episodes that ended in the period."""
    log, pieces, table = run.log, run.problems, run.table
    first = log.first_of(log.rows(Event.RECOVERED, Event.LEFT_SCHOOL, Event.LEFT_EARLY))
    known = run.is_student & ~(table.stock & is_one_of(table.start, OUTSIDE, N_STATES))
    row = first[np.flatnonzero(known & (first < len(log)))]
    row = row[run.period.contains(log.time[row])]
    return row, pieces.severity[positions_in(pieces.row, row)]


def _unseen(run: Replication, rows: IntArray) -> BoolArray:
    """Tell which cases had not been noticed before the given rows of the log."""
    cases = run.log.case[rows]
    noticed = run.log.first_of(run.log.rows(Event.NOTICED))[cases]
    known = run.table.stock[cases] & (run.table.start[cases] != State.HIDDEN)
    unseen: BoolArray = (noticed > rows) & ~known
    return unseen
