"""Every case comes in at its onset; on day 0 first those in service, then those who wait."""

from __future__ import annotations

from sim.compiled.clock import put
from sim.compiled.codes import CAUSE, CHOICE, STATE
from sim.compiled.course import presence_of_school, uniform
from sim.compiled.flow import recover
from sim.compiled.journey import walk
from sim.compiled.layout import Net
from sim.compiled.memory import arrival_at, case_at, head_at, student_at
from sim.compiled.specialised import begin_first
from sim.records import State

WAITS_FOR_SLOT = tuple(state in (STATE.GATEWAY_WAIT, STATE.YOUTH_CARE_WAIT, STATE.GGZ_WAIT) for state in State)


def arrive_on_day_0(net: Net) -> None:
    """Put those whose problem begins in the course of day 0 into the event list, which is in that day already."""
    for number in range(head_at(net, 0).last_arrival):
        put(net, arrival_at(net, number).time, arrival_at(net, number).key)


def come_in_on_day_0(net: Net) -> None:
    """Let in everybody of day 0: first those in service, then those who wait."""
    for waits in (False, True):
        for row in range(net.n_cases):
            case = case_at(net, row)
            if case.onset <= 0.0 and WAITS_FOR_SLOT[case.start] == waits:
                let_in(net, row)


def let_in(net: Net, row: int) -> None:
    """Let a case in, unless its student left school early or prevention keeps it from coming up."""
    case = case_at(net, row)
    case.has_come = True
    if case.has_siblings and student_at(net, case.student).gone:
        return
    if not case.is_background:
        presence = presence_of_school(net, case.school)
        if uniform(net, row, CHOICE.ONSET_MARK) >= presence.onset:
            return
        case.notice_factor = presence.notice
    case.walking = True
    state = begin_first(net, case, row, int(case.start))
    if case.recovered or state == STATE.AFTER_CARE:
        recover(net, case, row, CAUSE.NATURAL)
    walk(net, row, state)
