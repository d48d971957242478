"""The run: begin, let events happen one by one, stop at the horizon."""

from __future__ import annotations

from sim.compiled import (
    arrivals,
    at_school,
    bridging,
    clock,
    course,
    desk,
    flow,
    hours,
    journey,
    lists,
    log,
    outside,
    places,
    pool,
    referral,
    slots,
    smw,
    specialised,
    visits,
)
from sim.compiled.arrivals import arrive_on_day_0, come_in_on_day_0, let_in
from sim.compiled.clock import call, day_is_over, entries_of_next_day, is_sudden, next_day, pop, put, read_ahead
from sim.compiled.hours import change_all, plan_change
from sim.compiled.journey import wake
from sim.compiled.layout import NOBODY, Array, Net
from sim.compiled.lists import take
from sim.compiled.memory import case_at, meeting_at, school_at, sudden_at, today_at, visit_at
from sim.compiled.places import team_list
from sim.compiled.pool import begin_period, flexible_visit, go_on
from sim.compiled.visits import visit
from sim.compiling import compiled
from sim.region import school_time
from sim.rules import decisions, hazards, next_state
from sim.rules import lists as list_rules
from sim.rules import pool as pool_rules
from sim.rules import smw as smw_rules
from sim.rules import specialised as specialised_rules
from sim.rules import visit as visit_rules
from sim.rules.hazards import CALLED, INFINITE
from sim.rules.order import FLEXIBLE_VISIT, HOURS, MEETING, NUMBER, POOL, VISIT

STATIONS = (
    arrivals,
    at_school,
    bridging,
    clock,
    course,
    desk,
    flow,
    hours,
    journey,
    lists,
    log,
    outside,
    places,
    pool,
    referral,
    slots,
    smw,
    specialised,
    visits,
)
RULES = (
    decisions,
    hazards,
    list_rules,
    school_time,
    next_state,
    pool_rules,
    smw_rules,
    specialised_rules,
    visit_rules,
)
# What the events of one moment may need of the log and of the event list besides one place a case.
MARGIN = 64


def set_out(net: Net) -> None:
    """Put the first events into the list, and let everybody of day 0 in."""
    for number in range(net.n_schools):
        next_visit(net, number)
        next_meeting(net, number)
    for number in range(net.n_pools):
        go_on(net, number)
    plan_change(net)
    arrive_on_day_0(net)
    come_in_on_day_0(net)
    net.has_begun = 1


def next_visit(net: Net, number: int) -> None:
    """Put the next visit to a school in hours of its own into the event list."""
    place = school_at(net, number).next_visit
    if place < school_at(net, number).last_visit_place:
        put(net, visit_at(net, place).day, VISIT + number)


def next_meeting(net: Net, number: int) -> None:
    """Put the next meeting of the care team of a school into the event list."""
    place = school_at(net, number).next_meeting
    if place < school_at(net, number).last_meeting_place:
        put(net, meeting_at(net, place).day, MEETING + number)


def happen(net: Net, time: float, key: int) -> None:
    """Let one event happen."""
    number = key & NUMBER
    if key < HOURS:
        case = case_at(net, number)
        if not case.has_come:
            let_in(net, number)
        elif case.walking and case.wake_time == time and case.wake_key == key:
            case.wake_time = INFINITE
            wake(net, number)
    elif key < MEETING:
        change_all(net)
    elif key < POOL:
        meet(net, number)
    elif key < VISIT:
        begin_period(net, number)
    elif key < FLEXIBLE_VISIT:
        fixed_visit(net, number)
    else:
        flexible_visit(net, school_at(net, number).pool)


def meet(net: Net, number: int) -> None:
    """Let the care team of a school meet and handle at most so many cases."""
    school = school_at(net, number)
    if school.is_open:
        school.owed += school.meeting_minutes
    for _ in range(school.team_cases):
        row = take(net, team_list(number))
        if row == NOBODY:
            break
        call(net, row, CALLED)
    school.next_meeting += 1
    next_meeting(net, number)


def fixed_visit(net: Net, number: int) -> None:
    """Visit a school in hours of its own."""
    school = school_at(net, number)
    visit(net, number, visit_at(net, school.next_visit).minutes, False)
    school.next_visit += 1
    next_visit(net, number)


def has_room(net: Net) -> bool:
    """Tell whether log and event list have room for whatever the next event brings."""
    need = net.n_cases + MARGIN
    return bool(
        net.logged + net.log_need <= net.log_room
        and net.used_entries + need <= net.entry_room
        and net.sudden + need <= net.sudden_room
    )


@compiled(*STATIONS, *RULES, set_out, next_visit, next_meeting, happen, meet, fixed_visit, has_room)
def run(nets: Array) -> bool:
    """Run to the horizon; return False where log or event list are full and the run has to go on with larger ones."""
    net = nets[0]
    if net.has_begun == 0:
        set_out(net)
    while has_room(net):
        if day_is_over(net):
            if net.day + 1 >= net.n_days:
                return True
            if 2 * entries_of_next_day(net) > net.today_room:
                return False
            next_day(net)
            continue
        if net.next_today == net.next_ahead:
            read_ahead(net)
        if is_sudden(net):
            time, key = sudden_at(net, 0).time, sudden_at(net, 0).key
            pop(net)
        else:
            time, key = today_at(net, net.next_today).time, today_at(net, net.next_today).key
            net.next_today += 1
        net.now = time
        net.handled += 1
        happen(net, time, key)
    return False
