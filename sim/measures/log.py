"""The event log, sorted by case."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.measures.arrays import BoolArray, FloatArray, IntArray, is_one_of
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

    def is_event(self, *events: Event) -> BoolArray:
        """Tell which rows are one of ``events``."""
        return is_one_of(self.event, events)

    def first_row(self, wanted: BoolArray, after: IntArray | None = None) -> IntArray:
        """Find the first wanted row of each case.

        Parameters
        ----------
        wanted
            Which rows count, shape (rows,).
        after
            Only rows behind this position of the same case count, shape (cases,).

        Returns
        -------
        IntArray
            Position of the row; ``len`` of the log where there is none, shape (cases,).
        """
        rows = np.flatnonzero(wanted)
        if after is not None:
            rows = rows[rows > after[self.case[rows]]]
        return _first_of_case(self.case, rows, self.first.size, len(self))

    def last_row(self, wanted: BoolArray, rows: IntArray) -> IntArray:
        """Find the last wanted row of the same case up to and including each of ``rows``; -1 where there is none."""
        position: IntArray = np.where(wanted, np.arange(len(self)), -1)
        last: IntArray = np.maximum.accumulate(position)[rows]
        same_case = (last >= 0) & (self.case[last] == self.case[rows])
        return np.where(same_case, last, -1)


def by_case(history: History, cases: int) -> CaseLog:
    """Sort the log of a replication by case.

    Parameters
    ----------
    history
        What happened, in the order in which it happened.
    cases
        Rows of the case table.
    """
    order = np.argsort(history.case, kind="stable")
    case = history.case[order].astype(np.int64)
    return CaseLog(
        time=history.time[order],
        case=case,
        event=history.event[order].astype(np.int64),
        detail=history.detail[order].astype(np.int64),
        first=_first_of_case(case, np.arange(case.size), cases, case.size),
    )


def _first_of_case(case: IntArray, rows: IntArray, cases: int, missing: int) -> IntArray:
    first = np.full(cases, missing, dtype=np.int64)
    # Later assignments win, so going backwards leaves the first row of each case.
    first[case[rows[::-1]]] = rows[::-1]
    return first
