"""Rules of school social work: whom it may help, how fast its list moves, when it is in touch again."""

from __future__ import annotations

from sim.records import Route
from sim.region.school_time import DAYS_PER_YEAR
from sim.rules.hazards import INFINITE


def may_be_helped(is_open: bool, study_only: bool, refuses_study_only: bool, age: float, most_age: float) -> bool:
    """Tell whether SMW may help a case at a school: there is SMW, and its limits let the case in."""
    return is_open and not (refuses_study_only and study_only) and age <= most_age


def age_now(age: float, onset: float, now: float) -> float:
    """Return the age in years of a student who had ``age`` on the day of onset."""
    return age + (now - onset) / DAYS_PER_YEAR


def interval_weeks(visits: float) -> float:
    """Return the school weeks between visits for so many visits a school week."""
    return 1.0 / visits if visits > 0.0 else INFINITE


def due_day(now: float, gap_days: int) -> int:
    """Return the day from which the next conversation or contact is due."""
    return int(now) + gap_days


def is_followed(is_open: bool, at_school: bool, route: int) -> bool:
    """Tell whether SMW keeps in touch with a student outside: one whom it referred and who has a problem."""
    return is_open and at_school and route == Route.SMW
