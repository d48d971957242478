"""Where each case was, from when to when."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from sim.cases.table import CaseTable
from sim.measures.arrays import BoolArray, FloatArray, Index, IntArray, index_of
from sim.measures.log import CaseLog
from sim.records import N_STATES, State

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

    def select(self, wanted: IntArray) -> Stays:
        """Return the stays at the wanted positions."""
        return Stays(
            row=self.row[wanted],
            case=self.case[wanted],
            state=self.state[wanted],
            start=self.start[wanted],
            end=self.end[wanted],
            before=self.before[wanted],
            after=self.after[wanted],
            found=self.found[wanted],
        )

    def merged(self, inside: IntArray) -> Stays:
        """Join stays that follow each other inside a group of states, such as the stations of one waiting list.

        ``state`` and ``before`` are those of the first stay, ``end`` and ``after`` those of the last.

        Parameters
        ----------
        inside
            Positions of the stays in the group, in increasing order, shape (n,).
        """
        case = self.case[inside]
        apart = np.ones(inside.size + 1, dtype=np.bool_)
        apart[1:-1] = (inside[1:] != inside[:-1] + 1) | (case[1:] != case[:-1])
        last = inside[apart[1:]]
        return replace(self.select(inside[apart[:-1]]), end=self.end[last], after=self.after[last])


def read_stays(log: CaseLog, table: CaseTable) -> Stays:
    """Read all stays from the log."""
    row = log.enters
    case, state, start = log.case[row], log.detail[row], log.time[row]
    is_first = np.ones(row.size + 1, dtype=np.bool_)
    is_first[1:-1] = case[1:] != case[:-1]
    first, last = np.flatnonzero(is_first[:-1]), np.flatnonzero(is_first[1:])
    found = np.zeros(row.size, dtype=np.bool_)
    found[first] = table.stock[case[first]]
    end, before, after = np.empty_like(start), np.empty_like(state), np.empty_like(state)
    end[:-1], before[1:], after[:-1] = start[1:], state[:-1], state[1:]
    end[last], before[first], after[last] = np.inf, NONE, NONE
    return Stays(row, case, state, start, end, before, after, found)
