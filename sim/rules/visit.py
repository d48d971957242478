"""What the time of one SMW visit goes to, before the first conversation."""

from __future__ import annotations


def split_visit(
    minutes: float, travel: float, overhead: float, consultation: float, group_prevention: float
) -> tuple[float, float, float, float, float]:
    """Split the paid minutes of a visit.

    Parameters
    ----------
    minutes
        Paid minutes of the visit.
    travel
        Minutes of travel; never more than the visit.
    overhead, consultation, group_prevention
        Shares of the time after travel.

    Returns
    -------
    tuple of float
        Minutes of travel, overhead, consultation, group prevention, and what is left for cases.
    """
    on_the_road = travel if travel < minutes else minutes
    at_school = minutes - on_the_road
    general = at_school * overhead
    teachers = at_school * consultation
    groups = at_school * group_prevention
    rest = at_school - general - teachers - groups
    return on_the_road, general, teachers, groups, rest if rest > 0.0 else 0.0


def carried_over(rest: float, conversation: float) -> float:
    """Return the minutes that carry to the next visit: at most one conversation."""
    return rest if rest < conversation else conversation
