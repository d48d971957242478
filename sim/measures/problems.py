"""When each problem was open, how severe it was, and whether its student was at school."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.cases.table import CaseTable
from sim.compiling import compiled
from sim.measures.arrays import BoolArray, FloatArray, IntArray
from sim.measures.log import CaseLog
from sim.records import FIRST_CLOSED, Event, State
from sim.rules.rates import WAITS_OUTSIDE

STATE, SEVERITY, IS_OPEN, AT_SCHOOL, TOUCHED = range(5)

# What an event does to the course of a problem; compiled code holds these, and learns of events by table.
NOTHING, ENTERS, RECOVERS, RELAPSES, ESCALATES, LEAVES, TOUCHES = range(7)
CHANGES = np.full(len(Event), NOTHING, dtype=np.int8)
CHANGES[[Event.LEFT_EARLY, Event.LEFT_SCHOOL]] = LEAVES
CHANGES[Event.ENTER], CHANGES[Event.IN_TOUCH] = ENTERS, TOUCHES
CHANGES[Event.RECOVERED], CHANGES[Event.RELAPSED], CHANGES[Event.ESCALATED] = RECOVERS, RELAPSES, ESCALATES
IS_CLOSED = np.array([state >= FIRST_CLOSED for state in State])
# States in which SMW can keep in touch.
WAITS = np.array([state in WAITS_OUTSIDE for state in State])


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
    columns = (log.time, log.case, log.event, log.detail)
    row, end, course = follow_course(*columns, table.severity, CHANGES, IS_CLOSED, WAITS)
    return Problems(
        row=row,
        case=log.case[row],
        start=log.time[row],
        end=end,
        state=course[STATE],
        severity=course[SEVERITY],
        is_open=course[IS_OPEN].view(np.bool_),
        at_school=course[AT_SCHOOL].view(np.bool_),
        in_touch=course[TOUCHED].view(np.bool_),
    )


@compiled()
def follow_course(
    time: FloatArray,
    case: IntArray,
    event: IntArray,
    detail: IntArray,
    severity: IntArray,
    changes: IntArray,
    is_closed: BoolArray,
    waits: BoolArray,
) -> tuple[IntArray, FloatArray, npt.NDArray[np.int8]]:
    """Follow every case through its rows of the log.

    Parameters
    ----------
    time, case, event, detail
        The log, by case, shape (rows,).
    severity
        Severity with which each case begins, shape (cases,).
    changes
        What each event does, ``NOTHING`` or another, shape (events,).
    is_closed, waits
        In which states a case is closed, and in which SMW can keep in touch, shape (states,).

    Returns
    -------
    tuple
        Row and end of each piece, and what holds in it, shape (5, pieces), in the order of ``STATE`` and the others.
    """
    row, end = np.empty(time.size, dtype=np.int32), np.empty(time.size)
    course, now = np.empty((5, time.size), dtype=np.int8), np.zeros(5, dtype=np.int8)
    pieces, current = 0, -1
    for number in range(time.size):
        change, which = changes[event[number]], detail[number]
        if case[number] != current:
            current = case[number]
            now[STATE], now[SEVERITY] = which, severity[current]
            now[IS_OPEN], now[AT_SCHOOL], now[TOUCHED] = 1, 1, 0
        elif change == NOTHING:
            continue
        else:
            end[pieces - 1] = time[number]
            if change == ESCALATES:
                now[SEVERITY] = which
        if change == ENTERS:
            now[STATE] = which
            now[IS_OPEN] *= not is_closed[which]
            now[TOUCHED] *= waits[which]
        elif change == RECOVERS:
            now[IS_OPEN] = 0
        elif change == RELAPSES:
            now[IS_OPEN] = 1
        elif change == LEAVES:
            now[AT_SCHOOL] = 0
        elif change == TOUCHES:
            now[TOUCHED] = 1
        row[pieces], end[pieces] = number, np.inf
        course[:, pieces] = now
        pieces += 1
    return row[:pieces], end[:pieces], course[:, :pieces]
