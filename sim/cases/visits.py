"""Hours become visits: on which days the social worker comes, for how long, and on which days more could come."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from sim.cases.open_days import WEEKDAYS, OpenDays
from sim.money.capacity import CapacityProfile
from sim.region.calendar import SchoolCalendar
from sim.scenario.smw import Visits

VISIT_HOUR = 9.0 / 24.0
FROM_FIXED_TO_FLEXIBLE = 2


class HoursSpan(NamedTuple):
    """From the day ``start`` on, planned hours are multiplied by ``factor`` and raised by ``extra`` a school week."""

    start: int
    factor: float
    extra: float


UNCHANGED = (HoursSpan(0, 1.0, 0.0),)


class Earning(NamedTuple):
    """Days on each of which a school saves up so many hours for visits."""

    days: Sequence[int]
    hours: float


def hours_spans(profile: CapacityProfile | None, school: int) -> Sequence[HoursSpan]:
    """Return the hours of one school over time, without the spans in which nothing changes for it."""
    if profile is None:
        return UNCHANGED
    factor, extra = profile.factor[:, school], profile.extra[:, school]
    changed = np.append(True, (np.diff(factor) != 0.0) | (np.diff(extra) != 0.0))
    columns = (profile.starts[changed].tolist(), factor[changed].tolist(), extra[changed].tolist())
    return [HoursSpan(*row) for row in zip(*columns, strict=True)]


def plan_visits(
    yearly_hours: float,
    settings: Visits,
    calendar: SchoolCalendar,
    weekday: int,
    phase: float,
    spans: Sequence[HoursSpan] = UNCHANGED,
) -> tuple[list[float], list[float]]:
    """Turn yearly hours into visits.

    Each school week on its day, the school saves up the week's part of the hours; once a visit of the minimum
    length has been saved, the worker comes and uses all of it. Schools with more than ``max_hours`` a week are
    visited on several days; with more than five times as much, several workers come every day and a visit is longer
    than ``max_hours``. Hours of a school year are spread over that year's own school weeks, so that no year uses more
    than it was given plus what was saved before. Where hours change over time, a day earns what holds on that day.

    Parameters
    ----------
    yearly_hours
        Paid hours a year.
    settings
        Minimum and maximum length of a visit.
    calendar
        School time.
    weekday
        First weekday of the visits, 0 (Monday) to 4.
    phase
        Part of a minimum visit that was saved before day 0, from 0 to 1.
    spans
        How the hours change over time, the first span from day 0.

    Returns
    -------
    list of float, list of float
        Day and minutes of every visit.
    """
    open_days = OpenDays(calendar)
    earnings = list(earnings_of(yearly_hours, settings, open_days, weekday, spans))
    return save_up(earnings, saved_before(yearly_hours, settings, open_days, phase, spans[0]), settings.min_hours)


def saved_before(
    yearly_hours: float, settings: Visits, open_days: OpenDays, phase: float, at_first: HoursSpan
) -> float:
    """Return the hours saved before day 0: part of a visit, and none where there is a visit every week."""
    weekly = _weekly(yearly_hours, at_first, open_days)
    return phase * settings.min_hours if weekly < settings.min_hours else 0.0


def save_up(earnings: Sequence[Earning], saved: float, min_hours: float) -> tuple[list[float], list[float]]:
    """Return day and minutes of every visit; ``saved`` hours are there at the start."""
    visits: list[float] = []
    minutes: list[float] = []
    enough = min_hours - 1e-9
    for days, hours in earnings:
        for day in days:
            saved += hours
            if saved >= enough:
                visits.append(day + VISIT_HOUR)
                minutes.append(60.0 * saved)
                saved = 0.0
    return visits, minutes


def visit_weekdays(weekly_hours: float, max_hours: float, weekday: int) -> set[int]:
    """Return the weekdays of the visits: as many as the hours need, at most five, spread from ``weekday`` on."""
    per_week = max(1, min(WEEKDAYS, math.ceil(weekly_hours / max_hours - 1e-9)))
    return {(weekday + WEEKDAYS * turn // per_week) % WEEKDAYS for turn in range(per_week)}


def flexible_chances(
    open_days: OpenDays, taken: set[int], weekday: int, spans: Sequence[HoursSpan] = UNCHANGED
) -> list[float]:
    """Return the days on which a flexible visit can take place: two weekdays after the first visit, or the next free.

    Parameters
    ----------
    open_days
        School days.
    taken
        Weekdays of the visits from fixed hours; where they take all five, flexible visits share a day with them.
    weekday
        First weekday of those.
    spans
        How the hours of the school change over time; nobody comes while they are multiplied by 0.
    """
    later = [(weekday + FROM_FIXED_TO_FLEXIBLE + turn) % WEEKDAYS for turn in range(WEEKDAYS)]
    days = open_days.on({next((day for day in later if day not in taken), later[0])})
    span = np.searchsorted([span.start for span in spans], days, side="right") - 1
    coming = np.array([span.factor > 0.0 for span in spans])[span]
    chances: list[float] = (days[coming] + VISIT_HOUR).tolist()
    return chances


def earnings_of(
    yearly_hours: float, settings: Visits, open_days: OpenDays, weekday: int, spans: Sequence[HoursSpan]
) -> Iterator[Earning]:
    """Yield the days on which a school saves up hours for visits, and how many each day (more than 0)."""
    ends = [*(span.start for span in spans[1:]), open_days.years[-1]]
    for year, weeks in enumerate(open_days.weeks):
        first, last = open_days.years[year], open_days.years[year + 1]
        for span, end in zip(spans, ends, strict=True):
            hours = yearly_hours * span.factor + span.extra * weeks
            if hours <= 0.0 or span.start >= last or end <= first:
                continue
            weekdays = visit_weekdays(_weekly(yearly_hours, span, open_days), settings.max_hours, weekday)
            days = open_days.in_year(year, weekdays)
            if days:
                inside = slice(bisect_left(days, span.start), bisect_left(days, end))
                yield Earning(days[inside], hours / len(days))


def _weekly(yearly_hours: float, span: HoursSpan, open_days: OpenDays) -> float:
    """Return the hours of a school week in a span."""
    return yearly_hours / open_days.weeks_per_year * span.factor + span.extra
