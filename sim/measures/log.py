"""The event log, sorted by case."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sim.measures.arrays import FloatArray, Index, IntArray, index_of, stable_order
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

    @cached_property
    def enters(self) -> IntArray:
        """Positions at which cases enter a state, in increasing order; two thirds of the log."""
        return np.flatnonzero(self.event == Event.ENTER)

    @cached_property
    def _by_event(self) -> Index:
        others = np.flatnonzero(self.event != Event.ENTER)
        index = index_of(self.event[others], len(Event))
        return Index(others[index.order], index.bounds)

    def rows(self, *events: Event) -> IntArray:
        """Return the positions of ``events``, others than ``ENTER``, in increasing order."""
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
            Positions to look back from, shape (k,).
        """
        last = np.append(wanted, -1)[np.searchsorted(wanted, rows, side="right") - 1]
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
    order = stable_order(history.case, cases)
    rows = np.bincount(history.case, minlength=cases)
    return CaseLog(
        time=history.time[order],
        case=history.case[order],
        event=history.event[order],
        detail=history.detail[order],
        first=np.where(rows > 0, np.cumsum(rows) - rows, order.size),
    )
