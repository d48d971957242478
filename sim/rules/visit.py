"""What the time of one SMW visit goes to, before the first conversation."""

from __future__ import annotations

import math
from collections.abc import Sequence


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
    on_the_road = travel if travel < minutes else minutes
    at_school = minutes - on_the_road
    parts = [at_school * share for share in shares]
    rest = at_school - sum(parts)
    return (on_the_road, *parts, rest if rest > 0.0 else 0.0)


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
