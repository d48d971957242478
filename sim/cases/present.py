"""Start from today: the position on day 0 as the present waiting lists and caseloads have it.

For every place and state that the user's table names, the drawn position is corrected to the number given there.
Students who were drawn into the state stay in it as far as they fit; the others are back at school, known and without
help. A list or caseload at school is filled with students of that school whose problem is hidden, with the mentor or
known; if there are too few, students without a problem get one. Outside school it is filled with background people.
Which students they are is drawn once, so the same in every scenario.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import NamedTuple

import numpy as np

from sim.cases.streams import Purpose, stream
from sim.cases.students import Students
from sim.cases.table import BoolArray, FloatArray, IntArray
from sim.cases.unit_cases import UnitCases, draw_unit, residence_of
from sim.cases.units import Unit, units_of
from sim.records import State
from sim.region.region import Present
from sim.world import World

ANYWHERE = NOWHERE = -1
CAN_BE_MOVED = (State.HIDDEN, State.BASE_CARE, State.MONITORED)


class UnitStart(NamedTuple):
    """The position of one unit on day 0.

    Attributes
    ----------
    start
        State of each case, those that are added last, shape (n,).
    added
        Students (indices) who get one more case.
    """

    start: IntArray
    added: IntArray

    def draw(self, world: World, unit: Unit, seed: int, replication: int) -> UnitCases:
        """Draw the cases of the unit in this position."""
        return draw_unit(world, unit, seed, replication, self.added)._replace(start=self.start)


class BackgroundStart(NamedTuple):
    """Background people who are needed in a state: in one municipality, or ``ANYWHERE`` in the region."""

    state: State
    municipality: int
    number: int


class Today(NamedTuple):
    """The position on day 0, by unit and of background people."""

    units: list[UnitStart]
    background: list[BackgroundStart]


@dataclass
class _Position:
    """All cases of students that are open on day 0, and all students, who can get one more; one row each.

    Attributes
    ----------
    unit, row
        Number of the unit, and row in it; for a student that is the student's index.
    is_case
        Whether it is a case.
    school, municipality
        Where the student is at school and lives (``ANYWHERE`` for rows of students).
    state
        State on day 0; ``NOWHERE`` for students who get no case.
    rank
        Smaller for those who are chosen first.
    """

    unit: IntArray
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


def start_from_today(world: World, seed: int, replication: int) -> Today | None:
    """Work out the position on day 0 from the region's present lists and caseloads; None without them."""
    present = world.region.present
    if present is None:
        return None
    drawn, position = _drawn(world, seed, replication)
    missing = _correct_outside(present, position)
    _correct_schools(present, position)
    return Today([_unit_start(number, start, position) for number, start in enumerate(drawn)], missing)


def _drawn(world: World, seed: int, replication: int) -> tuple[list[IntArray], _Position]:
    """Return the drawn states of all cases by unit, and the drawn position on day 0."""
    drawn: list[IntArray] = []
    parts: list[_Position] = []
    for number, unit in enumerate(units_of(world.region)):
        cases = draw_unit(world, unit, seed, replication)
        for_cases, for_students = stream(seed, replication, Purpose.PRESENT, unit.name).spawn(2)
        stock, seated = np.flatnonzero(cases.stock), np.flatnonzero(cases.students.start == 0.0)
        times = _until_problem(cases.students, for_students)
        drawn.append(cases.start)
        parts.append(
            _Position(
                unit=np.full(stock.size + seated.size, number, dtype=np.int32),
                row=np.concatenate([stock, seated]).astype(np.int32),
                is_case=np.repeat([True, False], [stock.size, seated.size]),
                school=np.full(stock.size + seated.size, unit.school, dtype=np.int32),
                municipality=_then(residence_of(world, unit, cases.draws)[stock], seated.size, ANYWHERE),
                state=_then(cases.start[stock], seated.size, NOWHERE),
                rank=np.concatenate([for_cases.random(stock.size), times[seated]]),
            )
        )
    columns = {
        field.name: np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(_Position)
    }
    return drawn, _Position(**columns)


def _then(values: IntArray, number: int, value: int) -> IntArray:
    """Return values and then so many times one value."""
    return np.concatenate([values, np.full(number, value, dtype=np.int32)])


def _until_problem(students: Students, generator: np.random.Generator) -> FloatArray:
    """Return a rank of all students in which those with a problem come last, shape (n,).

    Problems fall on students in proportion to their frailty: the first of exponentials with such a rate.
    """
    times: FloatArray = generator.standard_exponential(students.frailty.size) / students.frailty
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


def _unit_start(number: int, drawn: IntArray, position: _Position) -> UnitStart:
    here = position.unit == number
    cases, new = here & position.is_case, here & ~position.is_case & (position.state != NOWHERE)
    start = drawn.copy()
    start[position.row[cases]] = position.state[cases]
    return UnitStart(np.concatenate([start, position.state[new]]), position.row[new])
