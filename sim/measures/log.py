"""The event log, sorted by case."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sim.compiling import compiled
from sim.measures.arrays import FloatArray, Index, IntArray, index_of
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
    order, first = order_by_case(history.case, cases)
    return CaseLog(history.time[order], history.case[order], history.event[order], history.detail[order], first)


@compiled()
def order_by_case(case: IntArray, cases: int) -> tuple[IntArray, IntArray]:
    """Return the stable order of the rows by case, and the first row of each case in that order, by counting."""
    first, rows = np.zeros(cases, dtype=np.int64), np.zeros(cases, dtype=np.int64)
    for row in range(case.size):
        rows[case[row]] += 1
    total = 0
    for number in range(cases):
        first[number] = total
        total += rows[number]
        rows[number] = first[number]
    order = np.empty(case.size, dtype=np.int64)
    for row in range(case.size):
        order[rows[case[row]]] = row
        rows[case[row]] += 1
    for number in range(cases):
        if rows[number] == first[number]:
            first[number] = case.size
    return order, first
