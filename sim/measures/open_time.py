"""When students at school have an open problem, in the measuring period; several at once count once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.compiling import compiled
from sim.measures.arrays import BoolArray, FloatArray, IntArray
from sim.measures.occupancy import covered
from sim.measures.period import Period
from sim.measures.problems import Problems
from sim.scenario.base import SEVERITIES


@dataclass(frozen=True)
class OpenTime:
    """Time of students at school in the measuring period; shape (n,), or (m,) for ``covered_``.

    Attributes
    ----------
    piece
        Pieces of ``Problems`` with an open problem.
    case, start, end
        Whose they are, and their days within the period.
    covered_case, covered_start, covered_end
        Time with at least one open problem, stretches of one student without overlap; one of the student's cases.
    covered_severity
        Severity of the most severe problem in it.
    """

    piece: IntArray
    case: IntArray
    start: FloatArray
    end: FloatArray
    covered_case: IntArray
    covered_start: FloatArray
    covered_end: FloatArray
    covered_severity: IntArray


def open_at_school(problems: Problems, is_student: BoolArray) -> IntArray:
    """Return the positions of the pieces with an open problem of a student at school, in increasing order."""
    return find_open(problems.is_open, problems.at_school, problems.case, is_student)


def open_time(problems: Problems, pieces: IntArray, student: IntArray, period: Period) -> OpenTime:
    """Read the time with an open problem in a period.

    Parameters
    ----------
    problems
        The course of all problems.
    pieces
        Positions of the pieces with an open problem of a student at school.
    student
        Student of each case, shape (cases,).
    period
        The measuring period.
    """
    columns = (problems.case, problems.start, problems.end, problems.severity)
    piece, case, owner, start, end, severity = cut_to_period(pieces, *columns, student, period.start, period.end)
    time = covered(owner, start, end, severity, len(SEVERITIES))
    return OpenTime(piece, case, start, end, case[time.interval], time.start, time.end, time.rank)


@compiled()
def find_open(is_open: BoolArray, at_school: BoolArray, case: IntArray, is_student: BoolArray) -> IntArray:
    """Return the positions at which all three hold."""
    found, pieces = 0, np.empty(case.size, dtype=np.int32)
    for piece in range(case.size):
        if is_open[piece] and at_school[piece] and is_student[case[piece]]:
            pieces[found] = piece
            found += 1
    return pieces[:found]


@compiled()
def cut_to_period(
    pieces: IntArray,
    case: IntArray,
    start: FloatArray,
    end: FloatArray,
    severity: IntArray,
    student: IntArray,
    low: float,
    high: float,
) -> tuple[IntArray, IntArray, IntArray, FloatArray, FloatArray, IntArray]:
    """Cut ``pieces`` to the period; return piece, case, student, start, end and severity of what is left."""
    piece, whose = np.empty(pieces.size, dtype=np.int32), np.empty(pieces.size, dtype=np.int32)
    owner, rank = np.empty(pieces.size, dtype=np.int32), np.empty(pieces.size, dtype=np.int8)
    begin, last = np.empty(pieces.size), np.empty(pieces.size)
    k = 0
    for one in pieces:
        first, until = max(start[one], low), min(end[one], high)
        if until > first:
            piece[k], whose[k], owner[k], rank[k] = one, case[one], student[case[one]], severity[one]
            begin[k], last[k] = first, until
            k += 1
    return piece[:k], whose[:k], owner[:k], begin[:k], last[:k], rank[:k]
