"""School social work at one school: who waits, who is in contact, and what the school can expect of it."""

from __future__ import annotations

from sim.compiled.codes import EVENT
from sim.compiled.course import levers_of
from sim.compiled.layout import NOBODY, NOWHERE, Net, Record
from sim.compiled.lists import leave, take, wait_for
from sim.compiled.log import log
from sim.compiled.memory import case_at, line_at, school_at, worker_at
from sim.compiled.places import smw_list
from sim.rules.decisions import conversation_limit, expected_wait_weeks
from sim.rules.smw import age_now, due_day, interval_weeks, may_be_helped
from sim.stations.waits import LIST_OF_SMW


def limit_of(net: Net, case: Record) -> int:
    """Return how many conversations the case can have here now; 0 means that it cannot be asked."""
    school = school_at(net, case.school)
    age = age_now(case.age, case.onset, net.now)
    if not may_be_helped(school.is_open, case.study_only, school.refuses_study_only, age, school.limit_age):
        return 0
    return int(
        conversation_limit(case.conversations, school.limit_conversations, school.limit_minutes, school.minutes)
    )


def expected_wait(net: Net, case: Record) -> float:
    """Return the wait (school weeks) that the school can expect for one more case."""
    line = line_at(net, school_at(net, case.school).line)
    return expected_wait_weeks(line.conversations, line.per_week, line.interval_weeks)


def change_hours(net: Net, number: int, weekly_hours: float, visits: float, minutes: float, is_open: bool) -> None:
    """Have other fixed hours at a school from now on."""
    school = school_at(net, number)
    school.is_open = is_open
    school.weekly_hours = weekly_hours
    school.fixed_visits = visits
    school.fixed_minutes = minutes
    update_line(net, number)


def plan_flexible(net: Net, number: int, visits: float, minutes: float) -> None:
    """Have other flexible visits at a school from now on."""
    school = school_at(net, number)
    school.flexible_visits = visits
    school.flexible_minutes = minutes
    update_line(net, number)


def update_line(net: Net, number: int) -> None:
    """Work out the pace of the own line, and stand in that of the pool while there are no visits of its own."""
    school, own = school_at(net, number), line_at(net, number)
    own.interval_weeks = interval_weeks(school.fixed_visits + school.flexible_visits)
    own.per_week = (school.fixed_minutes + school.flexible_minutes) / school.minutes
    line_at(net, school.line).conversations -= school.conversations_ahead
    school.line = number if school.pool_line == NOWHERE or school.fixed_visits > 0.0 else school.pool_line
    line_at(net, school.line).conversations += school.conversations_ahead


def count_ahead(net: Net, number: int, change: int) -> None:
    """Count the conversations that those who wait may have together."""
    school = school_at(net, number)
    school.conversations_ahead += change
    line_at(net, school.line).conversations += change


def join_smw(net: Net, case: Record, row: int) -> None:
    """Put a case on the list for a first conversation."""
    count_ahead(net, case.school, case.limit)
    wait_for(net, row, smw_list(case.school), LIST_OF_SMW)


def leave_smw(net: Net, case: Record) -> None:
    """Take a case off the list that leaves it for another reason than its turn."""
    count_ahead(net, case.school, -case.limit)
    leave(net, case)


def take_in(net: Net, number: int) -> int:
    """Take the case whose turn it is off the list, or return ``NOBODY``."""
    row = take(net, smw_list(number))
    if row != NOBODY:
        count_ahead(net, number, -case_at(net, row).limit)
        worker_at(net, school_at(net, number).worker).caseload += 1
    return row


def begin_contact(net: Net, case: Record, row: int) -> None:
    """Take a case into contact: its first conversation, unless it has had some before day 0."""
    case.in_smw_contact = True
    if case.received == 0:
        converse(net, case, row)
    else:
        worker_at(net, school_at(net, case.school).worker).caseload += 1
        plan_talk(net, case, row, 0)


def end_contact(net: Net, case: Record) -> None:
    """End the contact with a case."""
    case.in_smw_contact = False
    drop_talk(net, case)
    worker_at(net, school_at(net, case.school).worker).caseload -= 1


def converse(net: Net, case: Record, row: int) -> None:
    """Have a conversation, and plan the next if there is one."""
    case.received += 1
    log(net, row, EVENT.CONVERSATION, case.received)
    if case.received < case.limit:
        plan_talk(net, case, row, due_day(net.now, levers_of(net).gap_days))


def plan_talk(net: Net, case: Record, row: int, day: int) -> None:
    """Put the next conversation among those of the school, in order of day and row."""
    school = school_at(net, case.school)
    case.due_day = day
    case.has_talk = True
    before, behind = school.last_talk, NOBODY
    while before != NOBODY and (
        case_at(net, before).due_day > day or (case_at(net, before).due_day == day and before > row)
    ):
        behind = before
        before = case_at(net, before).talk_before
    case.talk_before = before
    case.talk_behind = behind
    if before == NOBODY:
        school.first_talk = row
    else:
        case_at(net, before).talk_behind = row
    if behind == NOBODY:
        school.last_talk = row
    else:
        case_at(net, behind).talk_before = row


def drop_talk(net: Net, case: Record) -> None:
    """Take the next conversation of a case, if there is one, from those of the school."""
    if not case.has_talk:
        return
    school = school_at(net, case.school)
    case.has_talk = False
    if case.talk_before == NOBODY:
        school.first_talk = case.talk_behind
    else:
        case_at(net, case.talk_before).talk_behind = case.talk_behind
    if case.talk_behind == NOBODY:
        school.last_talk = case.talk_before
    else:
        case_at(net, case.talk_behind).talk_before = case.talk_before
