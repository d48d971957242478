"""The course of a live case: its rates, what is left of its thresholds, and what it sleeps for."""

from __future__ import annotations

from sim.cases.numbers import CHOICE_AT, DURATION_AT, END_OF_THRESHOLDS, FIRST_THRESHOLD
from sim.compiled.clock import sleep_until
from sim.compiled.layout import Array, Net, Record
from sim.compiled.memory import day_at, lever_at, numbers_at, presence_at, rate_at, school_day_at
from sim.records import FIRST_CLOSED
from sim.region.school_time import SCHOOL_DAYS_PER_WEEK, time_at, within_day
from sim.rules.hazards import (
    ABSENCE,
    CALLED,
    INFINITE,
    N_HAZARDS,
    NOTICE,
    first_own_event,
    noticing_rate,
    use_up,
    used_up,
)
from sim.rules.rates import IN_TOUCH_IN, N_PROFILES

# Which of the tables of rates holds for a case.
ORDINARY, IN_TOUCH, NONE = 0, 1, 2

N_OPEN_STATES = int(FIRST_CLOSED)


def levers_of(net: Net) -> Record:
    """Return the levers."""
    return lever_at(net, 0)


def rates_of(net: Net, case: Record) -> Array:
    """Return the daily rates of a case at present, by hazard."""
    return rate_at(net, (case.rates * N_OPEN_STATES + case.state) * N_PROFILES + case.profile).of


def presence_of_school(net: Net, school: int) -> Record:
    """Return what the presence of SMW does at a school at present."""
    return presence_at(net, net.presence * net.n_schools + school)


def school_time(net: Net, time: float) -> float:
    """Return the school days that have passed at a time."""
    day = day_at(net, int(time))
    return within_day(time, int(time), day.elapsed, day.is_school)


def calendar_time(net: Net, passed: float) -> float:
    """Return the first time (days) at which so many school days have passed; infinite beyond the calendar."""
    if passed >= net.n_school_days:
        return INFINITE
    index = int(passed)
    return time_at(passed, index, school_day_at(net, index).day)


def uniform(net: Net, row: int, choice: int) -> float:
    """Return the case's uniform for a choice."""
    number: float = numbers_at(net, row).of[CHOICE_AT + choice]
    return number


def after(net: Net, row: int, duration: int, mean_days: float) -> float:
    """Return the day on which a service of the given mean (days) ends that starts now."""
    end: float = net.now + numbers_at(net, row).of[DURATION_AT + duration] * mean_days
    return end


def after_school_weeks(net: Net, row: int, duration: int, mean_weeks: float) -> float:
    """Return the day on which a service counted in school weeks ends."""
    begin = school_time(net, net.now)
    weeks = numbers_at(net, row).of[DURATION_AT + duration] * mean_weeks
    return calendar_time(net, begin + weeks * SCHOOL_DAYS_PER_WEEK)


def stay_in(net: Net, case: Record, state: int, until: float) -> None:
    """Begin to stay in a state, with a service that ends at ``until`` (infinite if there is none)."""
    case.state = state
    case.until = until
    case.since = net.now
    if case.in_touch and not IN_TOUCH_IN[state]:
        case.in_touch = False
    update_rates(net, case)


def update_rates(net: Net, case: Record) -> None:
    """Take the rates of the present state and severity; without a problem there are no hazards."""
    case.rates = NONE
    if case.is_open:
        case.rates = IN_TOUCH if case.in_touch else ORDINARY
    rate = rates_of(net, case)
    case.noticing = noticing_rate(rate[NOTICE], case.notice_factor, rate[ABSENCE])
    if case.noticing > 0.0:
        case.school_since = school_time(net, case.since)


def sleep(net: Net, case: Record, row: int) -> None:
    """Sleep until whatever this case does next by itself; a station may call it away before."""
    rate = rates_of(net, case)
    time, what = first_own_event(case.since, case.until, case.leaves, case.left, rate)
    if case.noticing > 0.0:
        noticed = calendar_time(net, case.school_since + case.left[NOTICE] / case.noticing)
        if noticed < time:
            time, what = noticed, NOTICE
    sleep_until(net, case, row, time, what)


def settle(net: Net, case: Record, row: int, what: int) -> None:
    """Use up thresholds for the time since the last change; a hazard that fired takes its next one."""
    now = net.now
    elapsed = now - case.since
    case.since = now
    use_up(case.left, rates_of(net, case), elapsed)
    if case.noticing > 0.0:
        school_now = school_time(net, now)
        case.left[NOTICE] = used_up(case.left[NOTICE], case.noticing, school_now - case.school_since)
        case.school_since = school_now
    if what < N_HAZARDS:
        reload(net, case, row, what)


def reload(net: Net, case: Record, row: int, hazard: int) -> None:
    """Give a hazard that fired its next threshold; the drawn numbers are bounded, so in the end there is none."""
    case.fired[hazard] += 1
    place = FIRST_THRESHOLD[hazard] + case.fired[hazard]
    case.left[hazard] = numbers_at(net, row).of[place] if place < END_OF_THRESHOLDS[hazard] else INFINITE


def change_course(net: Net, case: Record, row: int) -> None:
    """Work out again what the case sleeps for, as its rates change now."""
    settle(net, case, row, CALLED)
    update_rates(net, case)
    sleep(net, case, row)
