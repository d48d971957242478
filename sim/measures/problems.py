"""When each problem was open, how severe it was, and whether its student was at school."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.cases.table import CaseTable
from sim.compiling import compiled
from sim.measures.arrays import BoolArray, FloatArray, IntArray
from sim.measures.log import CaseLog
from sim.records import FIRST_CLOSED, Event, State
from sim.rules.rates import WAITS_OUTSIDE

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
    return Problems(*follow_course(*columns, table.severity, CHANGES, IS_CLOSED, WAITS))


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
) -> tuple[IntArray, IntArray, FloatArray, FloatArray, IntArray, IntArray, BoolArray, BoolArray, BoolArray]:
    """Follow every case through its rows of the log and return the columns of ``Problems``.

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
    """
    row, owner = np.empty(time.size, dtype=np.int32), np.empty(time.size, dtype=np.int32)
    start, end = np.empty(time.size), np.empty(time.size)
    state, grade = np.empty(time.size, dtype=np.int8), np.empty(time.size, dtype=np.int8)
    opened, present = np.empty(time.size, dtype=np.bool_), np.empty(time.size, dtype=np.bool_)
    touched = np.empty(time.size, dtype=np.bool_)
    pieces, current, where, how_severe = 0, -1, 0, 0
    is_open = at_school = in_touch = True
    for number in range(time.size):
        change, which = changes[event[number]], detail[number]
        if case[number] != current:
            current = case[number]
            where, how_severe = which, severity[current]
            is_open, at_school, in_touch = True, True, False
        elif change == NOTHING:
            continue
        else:
            end[pieces - 1] = time[number]
            how_severe = which if change == ESCALATES else how_severe
        if change == ENTERS:
            where = which
            is_open, in_touch = is_open and not is_closed[which], in_touch and waits[which]
        elif change == RECOVERS:
            is_open = False
        elif change == RELAPSES:
            is_open = True
        elif change == LEAVES:
            at_school = False
        elif change == TOUCHES:
            in_touch = True
        row[pieces], owner[pieces], start[pieces], end[pieces] = number, current, time[number], np.inf
        state[pieces], grade[pieces] = where, how_severe
        opened[pieces], present[pieces], touched[pieces] = is_open, at_school, in_touch
        pieces += 1
    k = pieces
    return row[:k], owner[:k], start[:k], end[:k], state[:k], grade[:k], opened[:k], present[:k], touched[:k]
