"""Requests for and starts of care outside school: by year for students and others, and for every student apart."""

from __future__ import annotations

import numpy as np

from sim.measures.arrays import Columns, IntArray, texts
from sim.measures.counts import OUTSIDE, new_requests
from sim.measures.levels import PEOPLE
from sim.measures.replication import Replication

STATES_OF = {place: states for place, _, states in OUTSIDE}
WHAT = ("requests", "starts")
USES = tuple((place, what) for place in STATES_OF for what in WHAT)
"""Places and what is counted there; ``youth_care`` holds ggz too, as everywhere in the measures."""


def outside_by_year(run: Replication) -> Columns:
    """Count requests and starts in each school year of the measuring period.

    Returns
    -------
    Columns
        People (students, background), place, what (requests, starts), year (from 1) and number.
    """
    years = len(run.period.school_years)
    numbers = [_by_people_and_year(run, rows, years) for rows in uses(run).values()]
    keys = [(people, place, what) for place, what in USES for people in PEOPLE]
    return {
        "people": texts([key[0] for key in keys], years),
        "place": texts([key[1] for key in keys], years),
        "what": texts([key[2] for key in keys], years),
        "year": np.tile(np.arange(1, years + 1), len(keys)),
        "number": np.concatenate(numbers).ravel(),
    }


def uses(run: Replication) -> dict[tuple[str, str], IntArray]:
    """Return the rows of the log with requests and starts in the measuring period, by place and what."""
    rows: dict[tuple[str, str], IntArray] = {}
    for place, events, states in OUTSIDE:
        rows[place, "requests"] = new_requests(run, events)
        rows[place, "starts"] = run.stays.row[run.begun(*states)]
    return rows


def _by_people_and_year(run: Replication, rows: IntArray, years: int) -> IntArray:
    """Count rows by people and year, shape (people, years)."""
    starts = run.period.school_years[:, 0]
    year = np.searchsorted(starts, run.log.time[rows], side="right") - 1
    people = np.where(run.is_student[run.log.case[rows]], 0, 1)
    counted: IntArray = np.bincount(people * years + year, minlength=len(PEOPLE) * years)
    return counted.reshape(len(PEOPLE), years)


def outside_by_student(run: Replication) -> Columns:
    """Tell of every student with an open problem or with care in the measuring period what care outside there was.

    The number of a student is the same in every scenario on the same demand: the same student with the same luck.

    Returns
    -------
    Columns
        Student; severity, the worst of these problems as it was when it began or was found on day 0, so the same
        whatever was done since; reached, the worst that they came to be, in the period; and for each place and what,
        as in ``gateway_requests``, how often in the period.
    """
    problems = _open_in_period(run)
    rows = {f"{place}_{what}": _of_students(run, at) for (place, what), at in uses(run).items()}
    cases = np.concatenate([run.problems.case[problems], *rows.values()])
    student, place = np.unique(run.table.student[cases], return_inverse=True)
    begun = run.table.severity[cases].astype(np.int8)
    reached = begun.copy()
    reached[: problems.size] = run.problems.severity[problems]
    table: Columns = {
        "student": student,
        "severity": _worst(begun, place, student.size),
        "reached": _worst(reached, place, student.size),
    }
    for name, of in rows.items():
        at = np.searchsorted(student, run.table.student[of])
        table[name] = np.bincount(at, minlength=student.size).astype(np.int16)
    return table


def _worst(severity: IntArray, place: IntArray, places: int) -> IntArray:
    worst = np.zeros(places, dtype=np.int8)
    np.maximum.at(worst, place, severity)
    return worst


def _of_students(run: Replication, rows: IntArray) -> IntArray:
    """Return the cases of rows of the log that are students'."""
    cases = run.log.case[rows]
    return cases[run.is_student[cases]]


def _open_in_period(run: Replication) -> IntArray:
    """Return the pieces of students' problems that are open at some time in the measuring period."""
    pieces, period = run.problems, run.period
    shared = (pieces.start < period.end) & (pieces.end > period.start)
    found: IntArray = np.flatnonzero(pieces.is_open & shared & run.is_student[pieces.case])
    return found
