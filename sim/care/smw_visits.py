"""The visits of school social work to one school: what is done in them, and in which order."""

from __future__ import annotations

from heapq import heappop

from sim.care.clock import VISIT, Clock, Steps
from sim.care.smw_desk import SmwDesk
from sim.cases.rhythm import Rhythm
from sim.rules.hazards import CALLED
from sim.rules.visit import carried_over, split_visit


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
    available = rest + desk.carried - meetings
    handovers = _hand_over(desk, available)
    available -= handovers
    touches, talks = _see_students(desk, now, available)
    unused = available - touches - talks
    desk.carried = carried_over(unused, desk.minutes)
    desk.last_visit = now
    left = unused - desk.carried
    registration = talks * desk.registration_share
    lost, returned = (0.0, left) if returns else (left, 0.0)
    for_cases = (meetings, handovers, touches, talks - registration, registration, lost)
    desk.observer.visit(now, desk.school, (*not_for_cases, *for_cases))
    return returned


def _see_students(desk: SmwDesk, now: float, available: float) -> tuple[float, float]:
    """Talk with those in contact and be in touch with those outside; then take in who waits, in time kept for it."""
    kept = desk.settings.intake_share * available if len(desk.waiting) > 0 else 0.0
    talks = _follow_up(desk, now, available - kept)
    touches = desk.contacts.make(now, available - kept - talks)
    talks += _take_in(desk, available - talks - touches)
    if kept > 0.0:
        talks += _follow_up(desk, now, available - talks - touches)
    return touches, talks


def _hand_over(desk: SmwDesk, available: float) -> float:
    used, each = 0.0, desk.settings.handover_minutes
    while used + each <= available:
        case = desk.handovers.take()
        if case is None:
            break
        used += each
        case.call(CALLED)
    return used


def _follow_up(desk: SmwDesk, now: float, available: float) -> float:
    used, today, follow_ups = 0.0, int(now), desk.follow_ups
    while follow_ups and used + desk.minutes <= available:
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


def _take_in(desk: SmwDesk, available: float) -> float:
    used, cap = 0.0, desk.settings.caseload_cap
    while used + desk.minutes <= available:
        if cap is not None and desk.worker.caseload >= cap * desk.worker.number:
            break
        case = desk.take_in()
        if case is None:
            break
        used += desk.minutes
        case.call(CALLED)
    return used
