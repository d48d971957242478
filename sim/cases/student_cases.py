"""The cases of students before they are a table: whose they are, when they begin, and where those of day 0 are."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.cases.blocks import Blocks, Luck, draw_rows, uniform
from sim.cases.draws import Episode
from sim.cases.plan import PLACES, Plan
from sim.cases.streams import Purpose
from sim.cases.students import Students
from sim.cases.table import BoolArray, FloatArray, IntArray
from sim.records import State

NOBODY: IntArray = np.zeros(0, dtype=np.int32)
_PLACES = np.array(PLACES, dtype=np.int32)


class StudentCases(NamedTuple):
    """The cases of all students, by unit; in a unit by owner and onset, and then those that were added.

    Attributes
    ----------
    blocks
        Rows of each unit.
    unit
        Number of the unit, shape (n,).
    owner
        Index of the student, shape (n,).
    onset
        Day of onset, shape (n,).
    brought
        Brought along to the school or open on day 0, shape (n,).
    start
        State on day 0, hidden for later cases, shape (n,).
    episode
        Uniforms by ``Episode``, shape (n, uniforms).
    """

    blocks: Blocks
    unit: IntArray
    owner: IntArray
    onset: FloatArray
    brought: BoolArray
    start: IntArray
    episode: FloatArray

    @property
    def stock(self) -> BoolArray:
        """Whether each case is open on day 0, shape (n,)."""
        stock: BoolArray = self.brought & (self.onset == 0.0)
        return stock


def draw_student_cases(plan: Plan, students: Students, luck: Luck, added: IntArray = NOBODY) -> StudentCases:
    """Draw who has a case, when it begins and how.

    Parameters
    ----------
    plan
        Units, seats and rates.
    students
        All students.
    luck
        Seed and replication.
    added
        Students (indices, in order) who get one more case that is open on day 0; the draws of all other cases stay
        the same.
    """
    owner, brought, blocks = _owners(plan, students)
    is_drawn: BoolArray = np.ones(owner.size, dtype=np.bool_)
    if added.size:
        owner, brought, is_drawn, blocks = _with_added(plan, owner, brought, blocks, added)
    episode = draw_rows(uniform, luck.streams(Purpose.EPISODE_UNIFORM), blocks, len(Episode))
    term = plan.term.take(owner)
    onset = _onsets(plan, owner, term, np.where(brought, 0.0, episode[:, Episode.ONSET]), is_drawn)
    units = np.repeat(np.arange(plan.school.size, dtype=np.int32), blocks.sizes)
    # What new students bring along on day 0 is hidden, as it is on every other 1 August.
    known = np.flatnonzero(brought & (onset == 0.0) & ~plan.terms.is_new.take(term))
    start: IntArray = np.full(owner.size, State.HIDDEN, dtype=np.int32)
    start[known] = _PLACES[plan.places.find(episode[known, Episode.START], plan.sector[units[known]])]
    return StudentCases(blocks, units, owner, onset, brought, start, episode)


def _owners(plan: Plan, students: Students) -> tuple[IntArray, BoolArray, Blocks]:
    """Return the student of each case, whether the case was brought along (these come first), and rows of units."""
    cases = students.open_at_start + students.onsets
    with_case = np.flatnonzero(cases).astype(np.int32)
    cases, brought = cases[with_case], students.open_at_start[with_case]
    end = np.cumsum(cases, dtype=np.int64)
    owner = np.repeat(with_case, cases)
    number = np.arange(owner.size) - np.repeat(end - cases, cases)
    first = np.append(0, end)[with_case.searchsorted(np.array(plan.students.first, dtype=np.int32))]
    return owner, number < np.repeat(brought, cases), Blocks(plan.students.places, first.tolist())


def _with_added(
    plan: Plan, owner: IntArray, brought: BoolArray, blocks: Blocks, added: IntArray
) -> tuple[IntArray, BoolArray, BoolArray, Blocks]:
    """Put a case of each student in ``added`` at the end of its unit; tell also which cases were drawn."""
    unit = np.searchsorted(plan.students.first, added, side="right") - 1
    at = np.array(blocks.first)[unit + 1]
    first = blocks.first + np.append(0, np.cumsum(np.bincount(unit, minlength=plan.school.size)))
    return (
        np.insert(owner, at, added).astype(np.int32),
        np.insert(brought, at, True).astype(np.bool_),
        np.insert(np.ones(owner.size, dtype=np.bool_), at, False).astype(np.bool_),
        Blocks(blocks.places, first.tolist()),
    )


def _onsets(
    plan: Plan, owner: IntArray, term: npt.NDArray[np.int16], part: FloatArray, is_drawn: BoolArray
) -> FloatArray:
    """Return the days of onset for the parts of the terms that have passed, those of each student in order."""
    onset: FloatArray = plan.terms.start.take(term) + part * plan.terms.days.take(term)
    # Sorting the onsets of a student, not the rows: the other draws of a case do not depend on its rank. Complex
    # numbers are sorted by real and then by imaginary part, which is faster than sorting indices by two keys.
    key: npt.NDArray[np.complex128] = np.empty(int(is_drawn.sum()), dtype=np.complex128)
    key.real, key.imag = owner[is_drawn], onset[is_drawn]
    key.sort()
    onset[is_drawn] = key.imag
    return onset
