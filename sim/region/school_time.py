"""School time, which stands still on days without school, and the time of the calendar."""

from __future__ import annotations

DAYS_PER_YEAR = 365.25
DAYS_PER_MONTH = DAYS_PER_YEAR / 12.0
SCHOOL_DAYS_PER_WEEK = 5.0


def within_day(time: float, day: int, elapsed: int, is_school: bool) -> float:
    """Return the school days that have passed at a time (days).

    Parameters
    ----------
    time, day
        The time, and the day in which it lies.
    elapsed
        School days before that day.
    is_school
        Whether it is one itself.
    """
    return float(elapsed) + (time - day if is_school else 0.0)


def time_at(passed: float, index: int, school_day: int) -> float:
    """Return the time (days) at which so many school days have passed.

    Parameters
    ----------
    passed, index
        School days, and the whole number of them.
    school_day
        Calendar day of the school day with that number.
    """
    return float(school_day) + (passed - index)
