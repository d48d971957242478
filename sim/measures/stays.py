"""Where each case was, from when to when."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from sim.cases.table import CaseTable
from sim.measures.arrays import BoolArray, FloatArray, IntArray, is_one_of
from sim.measures.log import CaseLog
from sim.records import Event, State

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

    def in_states(self, *states: State) -> BoolArray:
        """Tell which stays are in one of ``states``."""
        return is_one_of(self.state, states)

    def select(self, wanted: BoolArray | IntArray) -> Stays:
        """Return the wanted stays."""
        wanted = np.flatnonzero(wanted) if wanted.dtype == np.bool_ else wanted
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

    def merged(self, inside: BoolArray) -> Stays:
        """Join stays that follow each other inside a group of states, such as the stations of one waiting list.

        ``state`` and ``before`` are those of the first stay, ``end`` and ``after`` those of the last.

        Parameters
        ----------
        inside
            Which stays are in the group, shape (n,).
        """
        joined = np.zeros(inside.size, dtype=np.bool_)
        joined[1:] = inside[1:] & inside[:-1] & (self.case[1:] == self.case[:-1])
        first = np.flatnonzero(inside & ~joined)
        last = np.flatnonzero(inside & ~np.append(joined[1:], False))
        return replace(self.select(first), end=self.end[last], after=self.after[last])


def read_stays(log: CaseLog, table: CaseTable) -> Stays:
    """Read all stays from the log."""
    row = np.flatnonzero(log.is_event(Event.ENTER))
    case, state, start = log.case[row], log.detail[row], log.time[row]
    goes_on = case[1:] == case[:-1]
    is_first = np.append(True, ~goes_on)[: row.size]
    before, after = np.full(row.size, NONE), np.full(row.size, NONE)
    end = np.full(row.size, np.inf)
    before[1:] = np.where(goes_on, state[:-1], NONE)
    after[:-1] = np.where(goes_on, state[1:], NONE)
    end[:-1] = np.where(goes_on, start[1:], np.inf)
    return Stays(row, case, state, start, end, before, after, is_first & table.stock[case])
