"""Decisions in the care chain as functions of a uniform and plain numbers."""

from __future__ import annotations

TO_SMW = 0
TO_MUNICIPALITY = 1
TO_EDUCATION_CARE = 2
TO_OZA = 3
STAYS_AT_SCHOOL = 4
TO_TEAM = 5


def team_route(uniform: float, smw: float, municipality: float, education_care: float, oza: float) -> int:
    """Return what the care team decides: the parts of the unit interval in this order, the rest stays.

    Parameters
    ----------
    uniform
        Uniform in [0, 1).
    smw, municipality, education_care, oza
        Shares for the severity of the case; together at most 1.
    """
    if uniform < smw:
        return TO_SMW
    if uniform < smw + municipality:
        return TO_MUNICIPALITY
    if uniform < smw + municipality + education_care:
        return TO_EDUCATION_CARE
    if uniform < smw + municipality + education_care + oza:
        return TO_OZA
    return STAYS_AT_SCHOOL


def by_absence(uniform: float, absence: float, together: float) -> bool:
    """Return which of two competing ways brought a case to notice: absence, or else a teacher or mentor.

    Parameters
    ----------
    uniform
        Uniform in [0, 1).
    absence, together
        Rate of absence alone, and of both ways together; the chance of absence is the first over the second.
    """
    return uniform * together < absence


def leerplicht_route(uniform: float, team: float, municipality: float) -> int:
    """Return what leerplicht decides: the parts of the unit interval in this order, the rest stays at school.

    Parameters
    ----------
    uniform
        Uniform in [0, 1).
    team, municipality
        Shares that go to the care team of the school and to the municipality; together at most 1.
    """
    if uniform < team:
        return TO_TEAM
    if uniform < team + municipality:
        return TO_MUNICIPALITY
    return STAYS_AT_SCHOOL


def expected_wait_weeks(ahead: float, per_week: float, visit_interval_weeks: float) -> float:
    """Return the wait a school can expect for SMW, without the case's own service.

    Parameters
    ----------
    ahead
        Work of the cases that come first, in conversations or in minutes.
    per_week
        Work that the school's hours allow in a school week, in the same unit.
    visit_interval_weeks
        School weeks between visits.
    """
    if per_week <= 0.0:
        return float("inf")
    return ahead / per_week + 0.5 * visit_interval_weeks


def balks(uniform: float, wait_weeks: float, half_weeks: float) -> bool:
    """Return whether the school is put off by the wait, with probability wait / (wait + half)."""
    if wait_weeks == float("inf"):
        return True
    return uniform * (wait_weeks + half_weeks) < wait_weeks


def levelling_off(gain: float, hours: float, half: float) -> float:
    """Return ``gain`` times a share that rises with hours per 100 students a week and levels off at 1."""
    return gain * (hours / (hours + half))


def conversation_limit(needed: int, max_conversations: int, max_minutes: float, minutes: float) -> int:
    """Return how many conversations policy allows a case; the first always fits if any is allowed.

    Parameters
    ----------
    needed
        Conversations the case needs.
    max_conversations
        Policy's maximum number.
    max_minutes
        Policy's maximum time (infinite if there is none).
    minutes
        Minutes of a conversation.
    """
    limit = min(needed, max_conversations)
    if limit * minutes > max_minutes:
        limit = int(max_minutes / minutes)
        if limit < 1 and max_minutes > 0.0:
            limit = 1
    return limit


def helped(uniform: float, gain: float, received: int, needed: int) -> bool:
    """Return whether help adds a recovery: the gain over natural recovery, scaled by the share received."""
    return uniform * needed < gain * received
