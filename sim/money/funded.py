"""What is funded in a stretch of days: hours by school and euros by payer, with changes of capacity in them."""

from __future__ import annotations

import numpy as np

from sim.money.capacity import CapacityProfile
from sim.money.plan import PAYERS, HoursPlan
from sim.region.calendar import SchoolCalendar
from sim.region.region import FloatArray

SCHOOL_DAYS_A_WEEK = 5.0


def funded_hours(
    yearly_hours: FloatArray,
    calendar: SchoolCalendar,
    profile: CapacityProfile | None,
    first_day: float,
    last_day: float,
    *,
    with_extra: bool = True,
) -> FloatArray:
    """Add up the paid hours of each school over a stretch of days.

    A school day pays the yearly hours over the number of school days in its school year, times the factor of that
    day, and a fifth of the extra weekly hours. So a whole school year without changes pays the yearly hours.

    Parameters
    ----------
    yearly_hours
        Planned hours a year, shape (s,).
    calendar
        School time.
    profile
        Capacity over time; None where it does not change.
    first_day, last_day
        First day, and the day after the last, in whole days since day 0.
    with_extra
        Whether the extra hours of the profile count.

    Returns
    -------
    FloatArray
        Hours, shape (s,).
    """
    days = school_days(calendar, profile, first_day, last_day)
    in_year = np.diff(calendar.elapsed[calendar.year_starts]).astype(np.float64)
    years = (days / np.maximum(in_year, 1.0)).sum(axis=1)
    factor = np.ones((1, 1)) if profile is None else profile.factor
    hours: FloatArray = (years @ factor) * yearly_hours
    if profile is not None and with_extra:
        hours += days.sum(axis=1) @ profile.extra / SCHOOL_DAYS_A_WEEK
    return hours


def school_days(
    calendar: SchoolCalendar, profile: CapacityProfile | None, first_day: float, last_day: float
) -> FloatArray:
    """Count the school days of a stretch of days by span of the profile and by school year, shape (k, years)."""
    spans = np.zeros(1, dtype=np.int64) if profile is None else profile.starts
    begin, end = calendar.year_starts[:-1], calendar.year_starts[1:]
    span_end = np.append(spans[1:], calendar.year_starts[-1])
    first = np.maximum(np.maximum.outer(spans, begin), int(first_day))
    last = np.maximum(np.minimum(np.minimum.outer(span_end, end), int(last_day)), first)
    days: FloatArray = (calendar.elapsed[last] - calendar.elapsed[first]).astype(np.float64)
    return days


def funded_cost(
    plan: HoursPlan, calendar: SchoolCalendar, profile: CapacityProfile | None, first_day: float, last_day: float
) -> dict[str, float]:
    """Add up the euros of each payer over a stretch of days: money follows the hours of the schools it is for.

    What a payer puts in at a school is multiplied as its hours are. Hours on top of the plan (extra weekly hours)
    are paid by the payers of that school in proportion to what they pay there, and by the school itself where the
    plan gives it nothing.

    Parameters
    ----------
    plan
        Planned hours and euros.
    calendar, profile, first_day, last_day
        As for ``funded_hours``.

    Returns
    -------
    dict of str to float
        Euros by payer (all payers).
    """
    planned = plan.yearly_hours > 0.0
    span = (calendar, profile, first_day, last_day)
    hours = funded_hours(plan.yearly_hours, *span)
    years = funded_hours(np.ones_like(plan.yearly_hours), *span, with_extra=False)
    times = np.divide(hours, plan.yearly_hours, out=years, where=planned)
    euros = plan.cost_by_school @ times
    euros[PAYERS.index("school")] += float((hours * plan.hour_price)[~planned].sum())
    return dict(zip(PAYERS, euros.tolist(), strict=True))
