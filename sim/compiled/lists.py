"""Waiting lists: for each class its cases in order of arrival, linked to each other."""

from __future__ import annotations

from sim.compiled.layout import N_CLASSES, NOBODY, NOWHERE, Net, Record
from sim.compiled.memory import case_at, list_at
from sim.rules.hazards import GIVE_UP
from sim.rules.lists import class_of
from sim.rules.next_state import MOST_SEVERE

FIRST_CLASS = class_of(MOST_SEVERE, True)


def index_of(severity: int, by_severity: bool) -> int:
    """Return the place of a class among those of a list, the first served first."""
    return class_of(severity, by_severity) - FIRST_CLASS if by_severity else 0


def join(net: Net, row: int, place: int) -> None:
    """Put a case at the end of its class of a list."""
    waiting, case = list_at(net, place), case_at(net, row)
    waiting.tickets += 1
    waiting.length += 1
    case.ticket = waiting.tickets
    case.place = place
    link(net, row, place)


def link(net: Net, row: int, place: int) -> None:
    """Link a case into its class, behind those with an earlier ticket."""
    waiting, case = list_at(net, place), case_at(net, row)
    index = index_of(case.severity, waiting.by_severity)
    before, behind = waiting.last[index], NOBODY
    while before != NOBODY and case_at(net, before).ticket > case.ticket:
        behind = before
        before = case_at(net, before).before
    case.before = before
    case.behind = behind
    if before == NOBODY:
        waiting.first[index] = row
    else:
        case_at(net, before).behind = row
    if behind == NOBODY:
        waiting.last[index] = row
    else:
        case_at(net, behind).before = row


def unlink(net: Net, case: Record, severity: int) -> None:
    """Take a case out of the class that it had with a severity."""
    waiting = list_at(net, case.place)
    index = index_of(severity, waiting.by_severity)
    if case.before == NOBODY:
        waiting.first[index] = case.behind
    else:
        case_at(net, case.before).behind = case.behind
    if case.behind == NOBODY:
        waiting.last[index] = case.before
    else:
        case_at(net, case.behind).before = case.before


def leave(net: Net, case: Record) -> None:
    """Take a case off the list that it is on."""
    unlink(net, case, case.severity)
    list_at(net, case.place).length -= 1
    case.place = NOWHERE


def worsened(net: Net, row: int) -> None:
    """Move a case whose severity rose by one step, behind earlier arrivals of its new class."""
    case = case_at(net, row)
    if case.place != NOWHERE and list_at(net, case.place).by_severity:
        unlink(net, case, case.severity - 1)
        link(net, row, case.place)


def take(net: Net, place: int) -> int:
    """Take off and return the case whose turn it is, or ``NOBODY``."""
    waiting = list_at(net, place)
    for index in range(N_CLASSES):
        row = waiting.first[index]
        if row != NOBODY:
            leave(net, case_at(net, row))
            return int(row)
    return NOBODY


def wait_for(net: Net, row: int, place: int, which: int) -> None:
    """Join a list; each of the waits (``which``) has one threshold of giving up for all its lists."""
    case = case_at(net, row)
    if which != case.which:
        case.give_up_left[case.which] = case.left[GIVE_UP]
        case.left[GIVE_UP] = case.give_up_left[which]
        case.which = which
    join(net, row, place)
