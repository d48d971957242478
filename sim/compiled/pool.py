"""A pool of flexible hours of school social work, given again and again to the schools with the longest waits."""

from __future__ import annotations

from sim.compiled.bridging import touches_due_before
from sim.compiled.clock import put
from sim.compiled.course import levers_of, school_time
from sim.compiled.desk import plan_flexible
from sim.compiled.layout import NOBODY, Net, Record
from sim.compiled.memory import (
    case_at,
    chance_at,
    date_at,
    line_at,
    list_at,
    member_at,
    period_at,
    pool_at,
    school_at,
)
from sim.compiled.places import handover_list, smw_list
from sim.compiled.visits import visit
from sim.region.school_time import SCHOOL_DAYS_PER_WEEK
from sim.rules.hazards import INFINITE
from sim.rules.order import FLEXIBLE_VISIT, POOL
from sim.rules.pool import day_of_visit, most_talks, takes_another, wait_of_school, work_of_school
from sim.rules.visit import visits_that_fit


def go_on(net: Net, number: int) -> None:
    """Put the next visit of a pool into the event list, or its next period if there is none."""
    pool = pool_at(net, number)
    if pool.next_date < pool.last_date:
        date = date_at(net, pool.next_date)
        put(net, date.day, FLEXIBLE_VISIT + date.school)
    elif pool.next_period < pool.last_period:
        put(net, period_at(net, pool.next_period).start, POOL + number)


def begin_period(net: Net, number: int) -> None:
    """Give the hours of a period, and plan the visits."""
    pool = pool_at(net, number)
    period = period_at(net, pool.next_period)
    pool.next_period += 1
    pool.minutes = period.minutes + (0.0 if period.opens_year else pool.minutes)
    know_the_wait(net, pool, period)
    for place in range(pool.first_member, pool.last_member):
        look_at(net, pool, period, place)
    give(net, pool, period.weeks)
    plan_dates(net, pool)
    go_on(net, number)


def flexible_visit(net: Net, number: int) -> None:
    """Visit the school whose turn it is."""
    pool = pool_at(net, number)
    date = date_at(net, pool.next_date)
    pool.next_date += 1
    pool.minutes += visit(net, date.school, date.visits * pool.visit_minutes, True)
    go_on(net, number)


def know_the_wait(net: Net, pool: Record, period: Record) -> None:
    """Work out the pace of schools that only the pool comes to: that of the pool for all of them."""
    line, first = line_at(net, pool.line), school_at(net, member_at(net, pool.first_member).school)
    visits = period.minutes / pool.visit_minutes / period.weeks
    line.per_week = visits * pool.for_cases / first.minutes
    line.interval_weeks = period.weeks if visits > 0.0 else INFINITE


def look_at(net: Net, pool: Record, period: Record, place: int) -> None:
    """See what a school asks of a period: the days, the work, and the room for visits."""
    member = member_at(net, place)
    school = school_at(net, member.school)
    member.first_day = first_chance(net, member, period.start)
    member.last_day = first_chance(net, member, period.end)
    member.room = 0.0
    if member.last_day > member.first_day:
        hours = pool.most_weekly_hours - school.weekly_hours
        member.room = visits_that_fit(60.0 * period.weeks * hours, pool.visit_minutes)
    begun = school_time(net, period.start)
    last = school_time(net, school.last_visit)
    member.weeks_since = (begun - last) / SCHOOL_DAYS_PER_WEEK
    member.work = work_at(net, member.school, period.start, period.end)
    member.visits = 0


def first_chance(net: Net, member: Record, day: float) -> int:
    """Return the place of the first chance of a school from a day on."""
    low, high = member.first_chance, member.last_chance
    while low < high:
        middle = (low + high) // 2
        if chance_at(net, middle).day < day:
            low = middle + 1
        else:
            high = middle
    return int(low)


def work_at(net: Net, number: int, begin: float, end: float) -> float:
    """Return the minutes of work at a school that can be done in a period; 0 where there is nobody to see."""
    levers, school = levers_of(net), school_at(net, number)
    gap = levers.gap_days
    talks = min(school.conversations_ahead, list_at(net, smw_list(number)).length * most_talks(begin, end, gap))
    row = school.first_talk
    while row != NOBODY and case_at(net, row).due_day < end:
        case = case_at(net, row)
        talks += min(case.limit - case.received, most_talks(max(float(case.due_day), begin), end, gap))
        row = case.talk_behind
    touches = touches_due_before(net, number, end) * levers.touch_minutes
    handovers = list_at(net, handover_list(number)).length * levers.handover_minutes
    return work_of_school(talks * school.minutes + handovers + touches, school.minutes, school.owed)


def give(net: Net, pool: Record, weeks: float) -> None:
    """Give visits one by one: to the longest wait, then to the most work, then to the first school."""
    for place in range(pool.first_member, pool.last_member):
        update_wait(net, pool, place, weeks)
    left = visits_that_fit(pool.minutes, pool.visit_minutes)
    while left > 0:
        place = longest_wait(net, pool)
        if place == NOBODY:
            break
        member_at(net, place).visits += 1
        left -= 1
        pool.minutes = max(0.0, pool.minutes - pool.visit_minutes)
        update_wait(net, pool, place, weeks)
    for place in range(pool.first_member, pool.last_member):
        member = member_at(net, place)
        per_week = member.visits / weeks
        plan_flexible(net, member.school, per_week, per_week * pool.for_cases)


def update_wait(net: Net, pool: Record, place: int, weeks: float) -> None:
    """Work out the wait at a school with the visits given so far; ``NOBODY`` where it takes no more."""
    member = member_at(net, place)
    school = school_at(net, member.school)
    member.wait = NOBODY
    if takes_another(member.visits, member.room, member.work, pool.for_cases, pool.only_for_work):
        member.wait = wait_of_school(
            member.work,
            school.fixed_visits,
            school.fixed_minutes,
            member.visits,
            pool.for_cases,
            weeks,
            member.weeks_since,
        )


def longest_wait(net: Net, pool: Record) -> int:
    """Return the place of the school that the next visit goes to, or ``NOBODY``."""
    best = NOBODY
    for place in range(pool.first_member, pool.last_member):
        member = member_at(net, place)
        if member.wait < 0.0:
            continue
        if best == NOBODY or comes_before(member, member_at(net, best)):
            best = place
    return best


def comes_before(member: Record, other: Record) -> bool:
    """Tell whether a school comes before one with a lower index."""
    return bool(member.wait > other.wait or (member.wait == other.wait and member.work > other.work))


def plan_dates(net: Net, pool: Record) -> None:
    """Spread the visits of each school over its days; those of one day are one longer visit."""
    pool.next_date = pool.last_date = pool.first_date
    for place in range(pool.first_member, pool.last_member):
        member = member_at(net, place)
        days = member.last_day - member.first_day
        for number in range(member.visits):
            day = chance_at(net, member.first_day + day_of_visit(number, days, member.visits)).day
            add_date(net, pool, day, member.school)


def add_date(net: Net, pool: Record, day: float, school: int) -> None:
    """Add a visit to the dates, which are in order of day and school."""
    place = pool.last_date
    while place > pool.first_date and comes_after(date_at(net, place - 1), day, school):
        place -= 1
    if place > pool.first_date and date_at(net, place - 1).day == day and date_at(net, place - 1).school == school:
        date_at(net, place - 1).visits += 1
        return
    for other in range(pool.last_date, place, -1):
        date_at(net, other).day = date_at(net, other - 1).day
        date_at(net, other).school = date_at(net, other - 1).school
        date_at(net, other).visits = date_at(net, other - 1).visits
    date_at(net, place).day = day
    date_at(net, place).school = school
    date_at(net, place).visits = 1
    pool.last_date += 1


def comes_after(date: Record, day: float, school: int) -> bool:
    """Tell whether a date comes after a visit to a school on a day."""
    return bool(date.day > day or (date.day == day and date.school > school))
