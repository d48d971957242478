"""What the time of one SMW visit goes to, in which order."""

from __future__ import annotations

import math
from collections.abc import Sequence

# What is done with cases in a visit, in this order; what is over for meetings has been taken off before.
HAND_OVER = 0
FOLLOW_UP = 1
KEEP_IN_TOUCH = 2
TAKE_IN = 3
FOLLOW_UP_AGAIN = 4
ACTIVITIES = (HAND_OVER, FOLLOW_UP, KEEP_IN_TOUCH, TAKE_IN, FOLLOW_UP_AGAIN)


def time_on_the_road(minutes: float, travel: float) -> float:
    """Return the minutes of travel of a visit, never more than the visit."""
    return travel if travel < minutes else minutes


def time_for_cases(at_school: float, shares: Sequence[float]) -> float:
    """Return the minutes for cases; ``shares`` of the time at school go to other tasks."""
    elsewhere = 0.0
    for share in shares:
        elsewhere += at_school * share
    rest = at_school - elsewhere
    return rest if rest > 0.0 else 0.0


def split_visit(minutes: float, travel: float, shares: Sequence[float]) -> tuple[float, ...]:
    """Split the paid minutes of a visit.

    Parameters
    ----------
    minutes
        Paid minutes of the visit.
    travel
        Minutes of travel; never more than the visit.
    shares
        Shares of the time after travel that are not for cases.

    Returns
    -------
    tuple of float
        Minutes of travel, of each share in the same order, and last what is left for cases.
    """
    on_the_road = time_on_the_road(minutes, travel)
    at_school = minutes - on_the_road
    return (on_the_road, *(at_school * share for share in shares), time_for_cases(at_school, shares))


def kept_for_intakes(available: float, waiting: int, intake_share: float) -> float:
    """Return the minutes that follow-ups and contacts leave to intakes, as long as somebody waits."""
    return intake_share * available if waiting > 0 else 0.0


def time_for(activity: int, left: float, kept: float) -> float:
    """Return the minutes that an activity of a visit may take.

    Parameters
    ----------
    activity
        One of ``ACTIVITIES``.
    left
        Minutes that are left of the visit.
    kept
        Minutes of them that are kept for intakes.
    """
    if activity in (FOLLOW_UP, KEEP_IN_TOUCH):
        return left - kept
    if activity == FOLLOW_UP_AGAIN and kept <= 0.0:
        return 0.0
    return left


def one_more(used: float, each: float, available: float) -> bool:
    """Tell whether another piece of work of so many minutes fits."""
    return used + each <= available


def has_room(caseload: int, cap: float, workers: float) -> bool:
    """Tell whether the workers may take in another case; ``cap`` is the most a worker, infinite if there is none."""
    return caseload < cap * workers


def carried_over(rest: float, conversation: float) -> float:
    """Return the minutes that carry to the next visit: at most one conversation."""
    return rest if rest < conversation else conversation


def visits_that_fit(minutes: float, each: float) -> float:
    """Return how many whole visits fit in so many minutes; what floating point leaves below a whole one counts.

    Parameters
    ----------
    minutes
        Paid minutes (may be infinite; below zero nothing fits).
    each
        Paid minutes of a visit.
    """
    if minutes == math.inf:
        return math.inf
    return max(0.0, math.floor(minutes / each + 1e-9))
