"""The visits of school social work to one school: what is done in them, and in which order."""

from __future__ import annotations

from sim.compiled.bridging import keep_in_touch
from sim.compiled.clock import call
from sim.compiled.course import levers_of
from sim.compiled.desk import converse, drop_talk, take_in
from sim.compiled.layout import NOBODY, Net
from sim.compiled.lists import take
from sim.compiled.memory import case_at, list_at, school_at, seen_at, worker_at
from sim.compiled.places import handover_list, smw_list
from sim.rules.hazards import CALLED
from sim.rules.visit import (
    ACTIVITIES,
    FOLLOW_UP,
    HAND_OVER,
    KEEP_IN_TOUCH,
    TAKE_IN,
    carried_over,
    has_room,
    kept_for_intakes,
    one_more,
    time_for,
    time_for_cases,
    time_on_the_road,
)

# Columns of the minutes of a visit, in the order of ``TASKS``; the shares of the visit stand between travel and the
# meetings.
TRAVEL = 0
FIRST_SHARE = 1


def visit(net: Net, number: int, minutes: float, returns: bool) -> float:
    """Do what fits: meetings and hand-overs first, then follow-ups, contacts with those who wait outside, intakes.

    Parameters
    ----------
    net
        The stations.
    number
        School.
    minutes
        Paid minutes.
    returns
        Whether time that is left goes back to a pool; otherwise it is lost.

    Returns
    -------
    float
        Minutes that go back to the pool.
    """
    levers, school = levers_of(net), school_at(net, number)
    on_the_road = time_on_the_road(minutes, levers.travel_minutes)
    at_school = minutes - on_the_road
    rest = time_for_cases(at_school, levers.time_shares)
    meetings = min(school.owed, rest)
    school.owed -= meetings
    left, kept = rest + school.carried - meetings, 0.0
    handovers = talks = touches = 0.0
    for activity in ACTIVITIES:
        if activity == FOLLOW_UP:
            kept = kept_for_intakes(left, list_at(net, smw_list(number)).length, levers.intake_share)
        used = do(net, number, activity, time_for(activity, left, kept))
        left -= used
        if activity == HAND_OVER:
            handovers = used
        elif activity == KEEP_IN_TOUCH:
            touches = used
        else:
            talks += used
    school.carried = carried_over(left, school.minutes)
    school.last_visit = net.now
    over = left - school.carried
    registration = talks * school.registration_share
    log_visit(net, number, on_the_road, at_school)
    log_cases(net, meetings, handovers, touches, talks - registration, registration, 0.0 if returns else over)
    return over if returns else 0.0


def do(net: Net, number: int, activity: int, available: float) -> float:
    """Do one of the activities of a visit as far as time goes; return the minutes used."""
    if activity == HAND_OVER:
        return hand_over(net, number, available)
    if activity == KEEP_IN_TOUCH:
        return keep_in_touch(net, number, available)
    if activity == TAKE_IN:
        return take_in_who_waits(net, number, available)
    return follow_up(net, number, available)


def hand_over(net: Net, number: int, available: float) -> float:
    """Hand over who waits for it."""
    used, each = 0.0, levers_of(net).handover_minutes
    while one_more(used, each, available):
        row = take(net, handover_list(number))
        if row == NOBODY:
            break
        used += each
        call(net, row, CALLED)
    return used


def follow_up(net: Net, number: int, available: float) -> float:
    """Talk with those in contact whose next conversation is due."""
    used, today, school = 0.0, int(net.now), school_at(net, number)
    row = school.first_talk
    while row != NOBODY and case_at(net, row).due_day <= today and one_more(used, school.minutes, available):
        case = case_at(net, row)
        drop_talk(net, case)
        used += school.minutes
        converse(net, case, row)
        if case.received >= case.limit:
            call(net, row, CALLED)
        row = school.first_talk
    return used


def take_in_who_waits(net: Net, number: int, available: float) -> float:
    """Call those who wait to a first conversation."""
    used, cap, school = 0.0, levers_of(net).caseload_cap, school_at(net, number)
    worker = worker_at(net, school.worker)
    while one_more(used, school.minutes, available) and has_room(worker.caseload, cap, worker.number):
        row = take_in(net, number)
        if row == NOBODY:
            break
        used += school.minutes
        call(net, row, CALLED)
    return used


def log_visit(net: Net, number: int, on_the_road: float, at_school: float) -> None:
    """Write down a visit with the minutes that are not for cases."""
    seen, shares = seen_at(net, net.seen), levers_of(net).time_shares
    seen.time = net.now
    seen.school = number
    seen.minutes[TRAVEL] = on_the_road
    for share in range(shares.size):
        seen.minutes[FIRST_SHARE + share] = at_school * shares[share]


def log_cases(
    net: Net,
    meetings: float,
    handovers: float,
    touches: float,
    talks: float,
    registration: float,
    lost: float,
) -> None:
    """Write down the minutes of a visit for cases, which completes its row."""
    minutes, place = seen_at(net, net.seen).minutes, FIRST_SHARE + levers_of(net).time_shares.size
    minutes[place] = meetings
    minutes[place + 1] = handovers
    minutes[place + 2] = touches
    minutes[place + 3] = talks
    minutes[place + 4] = registration
    minutes[place + 5] = lost
    net.seen += 1
