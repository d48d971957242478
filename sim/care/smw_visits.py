"""The visits of school social work to one school: what is done in them, and in which order."""

from __future__ import annotations

from collections.abc import Callable
from heapq import heappop

from sim.care.clock import Clock, Steps
from sim.care.smw_desk import SmwDesk
from sim.cases.rhythm import Rhythm
from sim.rules.hazards import CALLED, INFINITE
from sim.rules.order import VISIT
from sim.rules.visit import (
    ACTIVITIES,
    FOLLOW_UP,
    FOLLOW_UP_AGAIN,
    HAND_OVER,
    KEEP_IN_TOUCH,
    TAKE_IN,
    carried_over,
    has_room,
    kept_for_intakes,
    one_more,
    split_visit,
    time_for,
)


def fixed_visits(desk: SmwDesk, rhythm: Rhythm, clock: Clock) -> Steps:
    """Visit the school all through the run, in the hours that are its own."""
    for day, minutes in zip(rhythm.visits, rhythm.minutes, strict=True):
        yield clock.at(day, VISIT + desk.school)
        visit(desk, day, minutes)


def visit(desk: SmwDesk, now: float, minutes: float, returns: bool = False) -> float:
    """Do what fits: meetings and hand-overs first, then follow-ups, contacts with those who wait outside, intakes.

    Parameters
    ----------
    desk
        The SMW of the school.
    now
        Time now (days).
    minutes
        Paid minutes.
    returns
        Whether time that is left goes back to a pool; otherwise it is lost.

    Returns
    -------
    float
        Minutes that go back to the pool.
    """
    settings = desk.settings
    *not_for_cases, rest = split_visit(minutes, settings.visits.travel_minutes, settings.shares.values())
    meetings = min(desk.owed, rest)
    desk.owed -= meetings
    used, left = _see_cases(desk, now, rest + desk.carried - meetings)
    desk.carried = carried_over(left, desk.minutes)
    desk.last_visit = now
    over = left - desk.carried
    talks = used[FOLLOW_UP] + used[TAKE_IN] + used[FOLLOW_UP_AGAIN]
    registration = talks * desk.registration_share
    lost, returned = (0.0, over) if returns else (over, 0.0)
    for_cases = (meetings, used[HAND_OVER], used[KEEP_IN_TOUCH], talks - registration, registration, lost)
    desk.observer.visit(now, desk.school, (*not_for_cases, *for_cases))
    return returned


def _see_cases(desk: SmwDesk, now: float, available: float) -> tuple[list[float], float]:
    """Do what fits for cases, in order; return the minutes of each activity and what is left."""
    used, left, kept = [0.0] * len(ACTIVITIES), available, 0.0
    for activity in ACTIVITIES:
        if activity == FOLLOW_UP:
            kept = kept_for_intakes(left, len(desk.waiting), desk.settings.intake_share)
        used[activity] = _DO[activity](desk, now, time_for(activity, left, kept))
        left -= used[activity]
    return used, left


def _hand_over(desk: SmwDesk, _: float, available: float) -> float:
    used, each = 0.0, desk.settings.handover_minutes
    while one_more(used, each, available):
        case = desk.handovers.take()
        if case is None:
            break
        used += each
        case.call(CALLED)
    return used


def _follow_up(desk: SmwDesk, now: float, available: float) -> float:
    used, today, follow_ups = 0.0, int(now), desk.follow_ups
    while follow_ups and one_more(used, desk.minutes, available):
        day, _, case = follow_ups[0]
        if day > today:
            break
        heappop(follow_ups)
        if not case.in_smw_contact or case.due_day != day:
            continue
        used += desk.minutes
        desk.converse(case, now)
        if case.received >= case.limit:
            case.call(CALLED)
    return used


def _keep_in_touch(desk: SmwDesk, now: float, available: float) -> float:
    return desk.contacts.make(now, available)


def _take_in(desk: SmwDesk, _: float, available: float) -> float:
    used, cap = 0.0, INFINITE if desk.settings.caseload_cap is None else desk.settings.caseload_cap
    while one_more(used, desk.minutes, available) and has_room(desk.worker.caseload, cap, desk.worker.number):
        case = desk.take_in()
        if case is None:
            break
        used += desk.minutes
        case.call(CALLED)
    return used


_DO: dict[int, Callable[[SmwDesk, float, float], float]] = {
    HAND_OVER: _hand_over,
    FOLLOW_UP: _follow_up,
    KEEP_IN_TOUCH: _keep_in_touch,
    TAKE_IN: _take_in,
    FOLLOW_UP_AGAIN: _follow_up,
}
