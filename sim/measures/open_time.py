"""When students at school have an open problem, in the measuring period; several at once count once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

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
    at = np.flatnonzero(problems.is_open & problems.at_school)
    return at[is_student[problems.case[at]]]


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
    start = np.maximum(problems.start[pieces], period.start)
    end = np.minimum(problems.end[pieces], period.end)
    inside = np.flatnonzero(end > start)
    piece, start, end = pieces[inside], start[inside], end[inside]
    case = problems.case[piece]
    time = covered(student[case], start, end, problems.severity[piece], len(SEVERITIES))
    return OpenTime(piece, case, start, end, case[time.interval], time.start, time.end, time.rank)
