"""Start from today: the position on day 0 as the present waiting lists and caseloads have it.

For every place and state that the user's table names, the drawn position is corrected to the number given there.
Students who were drawn into the state stay in it as far as they fit; the others are back at school, known and without
help. A list or caseload at school is filled with students of that school whose problem is hidden, with the mentor or
known; if there are too few, students without a problem get one. Outside school it is filled with background people.
Which students they are is drawn once, so the same in every scenario.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from sim.cases.background import ANYWHERE, BackgroundStart
from sim.cases.blocks import Blocks, Luck, draw_rows, exponential, uniform
from sim.cases.plan import Plan
from sim.cases.streams import Purpose
from sim.cases.student_cases import StudentCases
from sim.cases.student_columns import residence_of
from sim.cases.students import Students
from sim.cases.table import BoolArray, FloatArray, IntArray
from sim.records import State
from sim.region.region import Present

NOWHERE = -1
CAN_BE_MOVED = (State.HIDDEN, State.BASE_CARE, State.MONITORED)


class Today(NamedTuple):
    """The position on day 0.

    Attributes
    ----------
    start
        State of each case of a student, those that are added after the others of their unit, shape (n,).
    added
        Students (indices, in order) who get one more case.
    background
        Background people who are needed.
    """

    start: IntArray
    added: IntArray
    background: list[BackgroundStart]


@dataclass
class _Position:
    """All cases of students that are open on day 0, and then all students, who can get one more; one row each.

    Attributes
    ----------
    row
        Row of the case, or index of the student.
    is_case
        Whether it is a case.
    school, municipality
        Where the student is at school and lives (``ANYWHERE`` for rows of students).
    state
        State on day 0; ``NOWHERE`` for students who get no case.
    rank
        Smaller for those who are chosen first.
    """

    row: IntArray
    is_case: BoolArray
    school: IntArray
    municipality: IntArray
    state: IntArray
    rank: FloatArray

    def first(self, which: BoolArray, number: int) -> IntArray:
        """Return the positions of the first ``number`` of some."""
        chosen = np.flatnonzero(which)
        order = np.argsort(self.rank[chosen], kind="stable")
        return chosen[order[:number]].astype(np.int32)

    def keep(self, which: BoolArray, number: int) -> int:
        """Keep the first ``number`` of some where they are and take the rest back to school; return how many stay."""
        kept = self.first(which, number)
        back = which.copy()
        back[kept] = False
        self.state[back] = State.MONITORED
        return kept.size


def start_from_today(present: Present, plan: Plan, students: Students, cases: StudentCases, luck: Luck) -> Today:
    """Work out the position on day 0 from the region's present lists and caseloads.

    Parameters
    ----------
    present
        The lists and caseloads.
    plan
        Units and seats.
    students, cases
        Students and their cases as they were drawn.
    luck
        Seed and replication.
    """
    position = _drawn(plan, students, cases, luck)
    missing = _correct_outside(present, position)
    _correct_schools(present, position)
    start = cases.start.copy()
    start[position.row[position.is_case]] = position.state[position.is_case]
    new = ~position.is_case & (position.state != NOWHERE)
    added = position.row[new]
    unit = np.searchsorted(plan.students.first, added, side="right")
    start = np.insert(start, np.array(cases.blocks.first)[unit], position.state[new])
    return Today(start, added, missing)


def _drawn(plan: Plan, students: Students, cases: StudentCases, luck: Luck) -> _Position:
    """Return the drawn position on day 0."""
    stock = np.flatnonzero(cases.stock).astype(np.int32)
    seated = np.flatnonzero(plan.terms.start.take(plan.term) == 0.0).astype(np.int32)
    unit = np.searchsorted(plan.students.first, seated, side="right") - 1
    open_in_unit = np.append(0, np.cumsum(cases.stock))[list(cases.blocks.first)]
    of_cases = Blocks(cases.blocks.places, open_in_unit.tolist())
    rank = draw_rows(uniform, luck.streams(Purpose.PRESENT_CASE), of_cases, 1)[:, 0]
    return _Position(
        row=np.concatenate([stock, seated]),
        is_case=np.repeat([True, False], [stock.size, seated.size]),
        school=np.concatenate([plan.school[cases.unit[stock]], plan.school[unit]]),
        municipality=_then(residence_of(plan, cases)[stock], seated.size, ANYWHERE),
        state=_then(cases.start[stock], seated.size, NOWHERE),
        rank=np.concatenate([rank, _until_problem(plan, students, luck)[seated]]),
    )


def _then(values: IntArray, number: int, value: int) -> IntArray:
    """Return values and then so many times one value."""
    return np.concatenate([values, np.full(number, value, dtype=np.int32)])


def _until_problem(plan: Plan, students: Students, luck: Luck) -> FloatArray:
    """Return a rank of all students in which those with a problem come last, shape (students,).

    Problems fall on students in proportion to their frailty: the first of exponentials with such a rate.
    """
    drawn = draw_rows(exponential, luck.streams(Purpose.PRESENT_STUDENT), plan.students, 1)[:, 0]
    times: FloatArray = drawn / students.frailty
    return times + np.where(students.open_at_start > 0, times.max(initial=0.0), 0.0)


def _correct_outside(present: Present, position: _Position) -> list[BackgroundStart]:
    """Take students off lists and caseloads outside school that are too long; return who is missing on the others."""
    missing: list[BackgroundStart] = []
    for state, kind, place, number in _rows(present):
        if kind == "school":
            continue
        municipality = place if kind == "municipality" else ANYWHERE
        here = position.state == state
        if municipality != ANYWHERE:
            here &= position.municipality == municipality
        missing.append(BackgroundStart(state, municipality, number - position.keep(here, number)))
    return missing


def _correct_schools(present: Present, position: _Position) -> None:
    """Bring lists and caseloads at school to the numbers given."""
    given = [(state, school, number) for state, kind, school, number in _rows(present) if kind == "school"]
    kept = [
        position.keep((position.state == state) & (position.school == school), number)
        for state, school, number in given
    ]
    movable = [int(state) for state in CAN_BE_MOVED]
    for (state, school, number), already in zip(given, kept, strict=True):
        here = position.school == school
        moved = position.first(here & np.isin(position.state, movable), number - already)
        position.state[moved] = state
        new = position.first(here & (position.state == NOWHERE), number - already - moved.size)
        position.state[new] = state


def _rows(present: Present) -> list[tuple[State, str, int, int]]:
    return [
        (State[state.upper()], kind, place, number)
        for state, kind, place, number in zip(
            present.state, present.kind, present.place.tolist(), present.number.tolist(), strict=True
        )
    ]
