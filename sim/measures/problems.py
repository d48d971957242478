"""When each problem was open, how severe it was, and whether its student was at school."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.cases.table import CaseTable
from sim.measures.arrays import BoolArray, FloatArray, IntArray, is_one_of
from sim.measures.log import CaseLog
from sim.records import FIRST_CLOSED, Event
from sim.rules.rates import WAITS_OUTSIDE

_UNCHANGED = -1


@dataclass(frozen=True)
class Problems:
    """The course of every case in pieces, by case and in order.

    A problem is open from onset until it recovers or the case closes, and again from a relapse on. School time
    ends when the student leaves the school, early or in the normal way, even if care outside goes on.

    Attributes
    ----------
    row
        Position in the case log of the row with which the piece begins, shape (n,).
    case
        Whose piece it is.
    start, end
        Days; ``end`` is infinite for the last piece of a case.
    state
        ``State`` of the case.
    severity
        Index into ``SEVERITIES``.
    is_open
        Whether the problem is open.
    at_school
        Whether the student is still at the school.
    in_touch
        Whether SMW keeps in touch with the student, who waits outside: from its first contact until the case is in
        another state than those of ``WAITS_OUTSIDE``.
    """

    row: IntArray
    case: IntArray
    start: FloatArray
    end: FloatArray
    state: IntArray
    severity: IntArray
    is_open: BoolArray
    at_school: BoolArray
    in_touch: BoolArray


def read_problems(log: CaseLog, table: CaseTable) -> Problems:
    """Read the course of all problems from the log."""
    begins = np.zeros(len(log), dtype=np.bool_)
    begins[log.first[log.first < len(log)]] = True
    enters = log.is_event(Event.ENTER)
    closes = log.is_event(Event.RECOVERED) | (enters & (log.detail >= FIRST_CLOSED))
    opens = log.is_event(Event.RELAPSED)
    escalates = log.is_event(Event.ESCALATED)
    leaves = log.is_event(Event.LEFT_EARLY, Event.LEFT_SCHOOL)
    touches = log.is_event(Event.IN_TOUCH)
    moves_on = begins | (enters & ~is_one_of(log.detail, WAITS_OUTSIDE))
    row = np.flatnonzero(begins | enters | closes | opens | escalates | leaves | touches)
    case, begin = log.case[row], begins[row]
    end = np.append(np.where(begin[1:], np.inf, log.time[row[1:]]), np.inf)[: row.size]
    return Problems(
        row=row,
        case=case,
        start=log.time[row],
        end=end,
        state=_carry(np.where(enters[row] | begin, log.detail[row], _UNCHANGED)),
        severity=_carry(np.where(begin, table.severity[case], np.where(escalates[row], log.detail[row], _UNCHANGED))),
        is_open=_carry(np.where(closes[row], 0, np.where(begin | opens[row], 1, _UNCHANGED))) == 1,
        at_school=_carry(np.where(leaves[row], 0, np.where(begin, 1, _UNCHANGED))) == 1,
        in_touch=_carry(np.where(touches[row], 1, np.where(moves_on[row], 0, _UNCHANGED))) == 1,
    )


def _carry(values: IntArray) -> IntArray:
    """Carry each value forward over unchanged ones; the first piece of a case always has a value."""
    source = np.where(values == _UNCHANGED, 0, np.arange(values.size))
    return values[np.maximum.accumulate(source)]
