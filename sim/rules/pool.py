"""Rules of a pool of flexible hours: which school waits longest, how much work it has, on which day it is visited."""

from __future__ import annotations

from sim.rules.decisions import expected_wait_weeks


def wait_of_school(
    work: float,
    fixed_visits: float,
    fixed_minutes: float,
    given: int,
    for_cases: float,
    weeks: float,
    weeks_since: float,
) -> float:
    """Return the wait (school weeks) of somebody who asked now, behind the work that is there.

    Where only the pool comes, the time since its last visit counts too, so that no school is passed over for ever.

    Parameters
    ----------
    work
        Minutes of work at the school.
    fixed_visits, fixed_minutes
        Pace of its own hours: visits a school week, and the minutes of them that are for cases.
    given
        Visits that the pool gave so far in this period.
    for_cases
        Minutes of such a visit that are for cases.
    weeks, weeks_since
        School weeks of the period, and since the last visit.
    """
    if fixed_visits > 0.0:
        visits = fixed_visits + given / weeks
        minutes = fixed_minutes + given / weeks * for_cases
    else:
        visits = (given + 1) / (weeks_since + weeks)
        minutes = visits * for_cases
    return expected_wait_weeks(work, minutes, 1.0 / visits)


def takes_another(given: int, room: float, work: float, for_cases: float, only_for_work: bool) -> bool:
    """Tell whether a school takes another visit: there is room, and work if visits are given for work only."""
    return given < room and not (only_for_work and given * for_cases >= work)


def most_talks(begin: float, end: float, gap_days: int) -> int:
    """Return the most conversations with one student from a day on up to another."""
    gap = max(1, gap_days)
    return 1 + int(end - begin - 1) // gap


def work_of_school(talks: float, conversation: float, owed: float) -> float:
    """Return the minutes of work at a school; meetings count with the rest, or once they are a conversation long.

    Parameters
    ----------
    talks
        Minutes of conversations, hand-overs and contacts.
    conversation
        Minutes of one conversation.
    owed
        Minutes of meetings that no visit has paid for yet.
    """
    return talks + owed if talks > 0.0 or owed >= conversation else 0.0


def day_of_visit(number: int, days: int, visits: int) -> int:
    """Return on which of so many days visit ``number`` of so many takes place, spread evenly."""
    return int((number + 0.5) * days / visits)
