"""Where each case was, from when to when."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sim.cases.table import CaseTable
from sim.compiling import compiled
from sim.measures.arrays import BoolArray, FloatArray, Index, IntArray, index_of
from sim.measures.log import CaseLog
from sim.records import N_STATES, Event, State

NONE = -1


@dataclass(frozen=True)
class Stays:
    """Stays in states, by case and in order; a stay lasts from its ENTER row to the next one of the case.

    Attributes
    ----------
    row
        Position of the ENTER row in the case log, shape (n,).
    case, state
        Whose stay it is, and where.
    start, end
        Days; ``end`` is infinite where the case is still there at the horizon.
    before, after
        State before and after the stay; ``NONE`` for the first stay and at the horizon.
    found
        The first stay of a case that was already open on day 0: since when it was there is not known.
    """

    row: IntArray
    case: IntArray
    state: IntArray
    start: FloatArray
    end: FloatArray
    before: IntArray
    after: IntArray
    found: BoolArray

    @cached_property
    def _by_state(self) -> Index:
        return index_of(self.state, N_STATES)

    def of(self, *states: State) -> IntArray:
        """Return the positions of the stays in ``states``, in increasing order."""
        return self._by_state.of(*states)

    def merged(self, inside: IntArray) -> Merged:
        """Join stays that follow each other inside a group of states, such as the stations of one waiting list.

        Parameters
        ----------
        inside
            Positions of the stays in the group, in increasing order, shape (n,).
        """
        case = self.case[inside]
        apart = np.ones(inside.size + 1, dtype=np.bool_)
        apart[1:-1] = (inside[1:] != inside[:-1] + 1) | (case[1:] != case[:-1])
        first, last = inside[apart[:-1]], inside[apart[1:]]
        return Merged(case[apart[:-1]], self.start[first], self.end[last], self.after[last], self.found[first])


@dataclass(frozen=True)
class Merged:
    """Stays that were joined; ``start`` and ``found`` are those of the first, ``end`` and ``after`` of the last.

    Attributes
    ----------
    case, start, end, after, found
        As in ``Stays``, shape (k,).
    """

    case: IntArray
    start: FloatArray
    end: FloatArray
    after: IntArray
    found: BoolArray


def read_stays(log: CaseLog, table: CaseTable) -> Stays:
    """Read all stays from the log."""
    return Stays(*find_stays(log.time, log.case, log.event, log.detail, table.stock, int(Event.ENTER)))


@compiled()
def find_stays(
    time: FloatArray, case: IntArray, event: IntArray, detail: IntArray, stock: BoolArray, enters: int
) -> tuple[IntArray, IntArray, IntArray, FloatArray, FloatArray, IntArray, IntArray, BoolArray]:
    """Return the columns of ``Stays``, from those of the log and from which cases were open on day 0."""
    row, owner = np.empty(time.size, dtype=np.int32), np.empty(time.size, dtype=np.int32)
    state, before = np.empty(time.size, dtype=np.int8), np.empty(time.size, dtype=np.int8)
    after, found = np.empty(time.size, dtype=np.int8), np.empty(time.size, dtype=np.bool_)
    start, end = np.empty(time.size), np.empty(time.size)
    stays = 0
    for number in range(time.size):
        if event[number] != enters:
            continue
        is_first = stays == 0 or owner[stays - 1] != case[number]
        row[stays], owner[stays], state[stays] = number, case[number], detail[number]
        start[stays], end[stays] = time[number], np.inf
        before[stays], after[stays], found[stays] = NONE, NONE, is_first and stock[case[number]]
        if not is_first:
            before[stays] = state[stays - 1]
            end[stays - 1], after[stays - 1] = time[number], detail[number]
        stays += 1
    k = stays
    return row[:k], owner[:k], state[:k], start[:k], end[:k], before[:k], after[:k], found[:k]
