"""Bridging: SMW keeps in touch with students whom it referred while they wait outside school."""

from __future__ import annotations

from sim.compiled.codes import EVENT, STATE
from sim.compiled.course import change_course, levers_of
from sim.compiled.layout import NOBODY, Net, Record
from sim.compiled.log import log
from sim.compiled.memory import case_at, school_at
from sim.rules.rates import IN_TOUCH_IN
from sim.rules.smw import due_day, is_followed
from sim.rules.visit import one_more


def plan_touch(net: Net, case: Record, row: int) -> None:
    """Plan the next contact with a student who was referred, if SMW keeps in touch at all."""
    levers = levers_of(net)
    if levers.keeps_in_touch:
        drop_touch(net, case)
        case.touch_day = due_day(net.now, levers.touch_days)
        link_touch(net, case, row)


def link_touch(net: Net, case: Record, row: int) -> None:
    """Put the next contact among those of the school, in order of day and row."""
    school, day = school_at(net, case.school), case.touch_day
    case.has_touch = True
    before, behind = school.last_touch, NOBODY
    while before != NOBODY and (
        case_at(net, before).touch_day > day or (case_at(net, before).touch_day == day and before > row)
    ):
        behind = before
        before = case_at(net, before).touch_before
    case.touch_before = before
    case.touch_behind = behind
    if before == NOBODY:
        school.first_touch = row
    else:
        case_at(net, before).touch_behind = row
    if behind == NOBODY:
        school.last_touch = row
    else:
        case_at(net, behind).touch_before = row


def drop_touch(net: Net, case: Record) -> None:
    """Take the next contact with a case, if there is one, from those of the school."""
    if not case.has_touch:
        return
    school = school_at(net, case.school)
    case.has_touch = False
    if case.touch_before == NOBODY:
        school.first_touch = case.touch_behind
    else:
        case_at(net, case.touch_before).touch_behind = case.touch_behind
    if case.touch_behind == NOBODY:
        school.last_touch = case.touch_before
    else:
        case_at(net, case.touch_behind).touch_before = case.touch_before


def touches_due_before(net: Net, number: int, day: float) -> int:
    """Return how many contacts of a school are due before a day, as far as is known now."""
    count, row = 0, school_at(net, number).first_touch
    while row != NOBODY and case_at(net, row).touch_day < day:
        count += is_due(case_at(net, row))
        row = case_at(net, row).touch_behind
    return count


def keep_in_touch(net: Net, number: int, available: float) -> float:
    """Make the contacts that are due and fit in the minutes; return the minutes used."""
    used, each, today = 0.0, levers_of(net).touch_minutes, int(net.now)
    row = school_at(net, number).first_touch
    while row != NOBODY and case_at(net, row).touch_day <= today and one_more(used, each, available):
        case = case_at(net, row)
        drop_touch(net, case)
        if is_due(case):
            used += each
            touch(net, case, row)
        elif may_wait_again(case):
            plan_touch(net, case, row)
        row = school_at(net, number).first_touch
    return used


def touch(net: Net, case: Record, row: int) -> None:
    """Be in touch with a student, which changes the rates of this wait outside."""
    case.touched += 1
    log(net, row, EVENT.IN_TOUCH, case.touched)
    if not case.in_touch:
        case.in_touch = True
        change_course(net, case, row)
    plan_touch(net, case, row)


def is_due(case: Record) -> bool:
    """Tell whether a planned contact still makes sense: the student waits on SMW's referral."""
    return bool(IN_TOUCH_IN[case.state] and is_followed(case.is_open, case.at_school, case.route))


def may_wait_again(case: Record) -> bool:
    """Tell whether a wait for specialised care may follow the help at the gateway."""
    return bool(case.state == STATE.GATEWAY_HELP and is_followed(case.is_open, case.at_school, case.route))
