"""The event log, sorted by case."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sim.compiling import compiled, has_numba
from sim.measures.arrays import FloatArray, Index, IntArray, index_of, positions_in
from sim.records import Event, History


@dataclass(frozen=True)
class CaseLog:
    """The event log by case, and within a case in the order in which things happened.

    Attributes
    ----------
    time, case, event, detail
        Columns of ``History``, shape (rows,).
    first
        Position of the first row of each case; ``len`` of the log for a case that never came to be, shape (cases,).
    """

    time: FloatArray
    case: IntArray
    event: IntArray
    detail: IntArray
    first: IntArray

    def __len__(self) -> int:
        """Return the number of rows."""
        return int(self.time.size)

    @property
    def enters(self) -> IntArray:
        """Positions at which cases enter a state, in increasing order."""
        return self.rows(Event.ENTER)

    @cached_property
    def _by_event(self) -> Index:
        return index_of(self.event, len(Event))

    def rows(self, *events: Event) -> IntArray:
        """Return the positions of ``events`` in increasing order."""
        return self._by_event.of(*events)

    def first_of(self, rows: IntArray, after: IntArray | None = None) -> IntArray:
        """Find the first row of each case among ``rows``.

        Parameters
        ----------
        rows
            Positions that count, in increasing order, shape (n,).
        after
            Only rows behind this position of the same case count, shape (cases,).

        Returns
        -------
        IntArray
            Position of the row; ``len`` of the log where there is none, shape (cases,).
        """
        case = self.case[rows]
        if after is not None:
            later = np.flatnonzero(rows > after[case])
            rows, case = rows[later], case[later]
        first = np.full(self.first.size, len(self), dtype=np.int64)
        # Later assignments win, so going backwards leaves the first row of each case.
        first[case[::-1]] = rows[::-1]
        return first

    def last_of(self, wanted: IntArray, rows: IntArray) -> IntArray:
        """Find the last of ``wanted`` of the same case up to and including each of ``rows``; -1 where there is none.

        Parameters
        ----------
        wanted
            Positions that count, in increasing order, shape (n,).
        rows
            Positions to look back from, in increasing order, shape (k,).
        """
        last = np.append(wanted, -1)[positions_in(wanted, rows)]
        same_case = (last >= 0) & (self.case[last] == self.case[rows])
        return np.where(same_case, last, -1)


def by_case(history: History, cases: int) -> CaseLog:
    """Sort the log of a replication by case.

    Parameters
    ----------
    history
        What happened; the rows of each case in the order in which they happened.
    cases
        Rows of the case table.
    """
    sort = sort_by_case if has_numba() else sort_in_numpy
    return CaseLog(*sort(history.case, history.time, history.event, history.detail, cases))


@compiled()
def sort_by_case(
    case: IntArray, time: FloatArray, event: IntArray, detail: IntArray, cases: int
) -> tuple[FloatArray, IntArray, IntArray, IntArray, IntArray]:
    """Return the columns of ``CaseLog`` from those of ``History``."""
    place = np.zeros(cases + 1, dtype=np.int64)
    for one in case:
        place[one + 1] += 1
    first = np.empty(cases, dtype=np.int64)
    for one in range(cases):
        first[one] = place[one] if place[one + 1] else case.size
        place[one + 1] += place[one]
    times, owner = np.empty_like(time), np.empty_like(case)
    events, details = np.empty_like(event), np.empty_like(detail)
    for row in range(case.size):
        one = case[row]
        to = place[one]
        times[to], owner[to], events[to], details[to] = time[row], one, event[row], detail[row]
        place[one] = to + 1
    return times, owner, events, details, first


def sort_in_numpy(
    case: IntArray, time: FloatArray, event: IntArray, detail: IntArray, cases: int
) -> tuple[FloatArray, IntArray, IntArray, IntArray, IntArray]:
    """Return what ``sort_by_case`` does, soonest in plain numpy."""
    order, rows = np.argsort(case, kind="stable"), np.bincount(case, minlength=cases)
    first = np.where(rows > 0, np.cumsum(rows) - rows, case.size)
    return time[order], case[order], event[order], detail[order], first
