"""When each problem was open, how severe it was, and whether its student was at school."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim import records
from sim.cases.table import CaseTable
from sim.compiling import compiled
from sim.measures.arrays import BoolArray, FloatArray, IntArray
from sim.measures.log import CaseLog
from sim.records import Event, State
from sim.rules.rates import WAITS_OUTSIDE

ENTER, RECOVERED, RELAPSED = int(Event.ENTER), int(Event.RECOVERED), int(Event.RELAPSED)
ESCALATED, IN_TOUCH = int(Event.ESCALATED), int(Event.IN_TOUCH)
LEFT_EARLY, LEFT_SCHOOL = int(Event.LEFT_EARLY), int(Event.LEFT_SCHOOL)
FIRST_CLOSED = int(records.FIRST_CLOSED)
STATE, SEVERITY, IS_OPEN, AT_SCHOOL, TOUCHED = range(5)

# Events with which a piece begins.
CHANGES = np.zeros(len(Event), dtype=np.bool_)
CHANGES[[ENTER, RECOVERED, RELAPSED, ESCALATED, IN_TOUCH, LEFT_EARLY, LEFT_SCHOOL]] = True
# States in which SMW can keep in touch.
WAITS = np.zeros(len(State), dtype=np.bool_)
WAITS[list(WAITS_OUTSIDE)] = True


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
    row, end, course = follow_course(log.time, log.case, log.event, log.detail, table.severity, CHANGES, WAITS)
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
    changes: BoolArray,
    waits: BoolArray,
) -> tuple[IntArray, FloatArray, npt.NDArray[np.int8]]:
    """Follow every case through its rows of the log.

    Parameters
    ----------
    time, case, event, detail
        The log, by case, shape (rows,).
    severity
        Severity with which each case begins, shape (cases,).
    changes, waits
        Events with which a piece begins, and states in which SMW can keep in touch.

    Returns
    -------
    tuple
        Row and end of each piece, and what holds in it, shape (5, pieces), in the order of ``STATE`` and the others.
    """
    row, end = np.empty(time.size, dtype=np.int32), np.empty(time.size)
    course, now = np.empty((5, time.size), dtype=np.int8), np.zeros(5, dtype=np.int8)
    pieces, current = 0, -1
    for number in range(time.size):
        what, which = event[number], detail[number]
        if case[number] != current:
            current = case[number]
            now[STATE], now[SEVERITY] = which, severity[current]
            now[IS_OPEN], now[AT_SCHOOL], now[TOUCHED] = 1, 1, 0
        elif not changes[what]:
            continue
        else:
            end[pieces - 1] = time[number]
            if what == ESCALATED:
                now[SEVERITY] = which
        if what == ENTER:
            now[STATE] = which
            now[IS_OPEN] *= which < FIRST_CLOSED
            now[TOUCHED] *= waits[which]
        elif what in (RECOVERED, RELAPSED):
            now[IS_OPEN] = what == RELAPSED
        elif what in (LEFT_EARLY, LEFT_SCHOOL):
            now[AT_SCHOOL] = 0
        elif what == IN_TOUCH:
            now[TOUCHED] = 1
        row[pieces], end[pieces] = number, np.inf
        course[:, pieces] = now
        pieces += 1
    return row[:pieces], end[:pieces], course[:, :pieces]
