"""Hours of school social work that change during the run, and what happens to running cases when they stop."""

from __future__ import annotations

from sim.compiled.clock import call, put
from sim.compiled.codes import EVENT, STATE
from sim.compiled.course import change_course, levers_of, presence_of_school
from sim.compiled.desk import change_hours
from sim.compiled.layout import Net
from sim.compiled.log import log
from sim.compiled.memory import case_at, change_at, presence_at, school_at
from sim.rules.hazards import HOURS_STOPPED
from sim.rules.order import HOURS


def plan_change(net: Net) -> None:
    """Put the next day on which hours change into the event list."""
    if net.next_change < net.n_changes:
        put(net, change_at(net, net.next_change).day, HOURS)


def change_all(net: Net) -> None:
    """Change the hours of all schools that have other hours from today on."""
    first = net.next_change
    last = first
    while last < net.n_changes and change_at(net, last).day == change_at(net, first).day:
        last += 1
    net.next_change = last
    change_presence(net, change_at(net, first).presence)
    stopped = 0
    for place in range(first, last):
        change = change_at(net, place)
        school = school_at(net, change.school)
        school.has_stopped = school.is_open and not change.is_open
        stopped += school.has_stopped
        change_hours(net, change.school, change.weekly_hours, change.visits, change.minutes, change.is_open)
    if stopped > 0:
        find_cases(net)
    for place in range(first, last):
        school_at(net, change_at(net, place).school).has_stopped = False
    plan_change(net)


def change_presence(net: Net, presence: int) -> None:
    """Have other effects of presence from now on, and tell the cases that can be noticed sooner or later by it."""
    before, net.presence = net.presence, presence
    for row in range(net.n_cases):
        case = case_at(net, row)
        if not case.walking or case.is_background:
            continue
        factor = presence_of_school(net, case.school).notice
        if presence_at(net, before * net.n_schools + case.school).notice != factor:
            case.notice_factor = factor
            if case.noticing > 0.0:
                change_course(net, case, row)


def find_cases(net: Net) -> None:
    """Tell the cases of schools whose hours stopped, unless they are to wait until hours come back."""
    for row in range(net.n_cases):
        case = case_at(net, row)
        if not case.walking or case.is_background or not school_at(net, case.school).has_stopped:
            continue
        if STATE.SMW_WAIT <= case.state <= STATE.SMW_HANDOVER:
            log(net, row, EVENT.HOURS_STOPPED, case.state)
            if not levers_of(net).waits_for_hours:
                call(net, row, HOURS_STOPPED)
