"""The rhythm of a school: on which days the social worker visits and the care team meets."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from sim.cases.streams import Purpose, stream
from sim.money.capacity import CapacityProfile
from sim.region.calendar import SchoolCalendar
from sim.scenario.smw import Visits
from sim.world import World

VISIT_HOUR = 9.0 / 24.0
MEETING_HOUR = 15.0 / 24.0
WEEKDAYS = 5
FROM_FIXED_TO_FLEXIBLE = 2


class HoursSpan(NamedTuple):
    """From the day ``start`` on, planned hours are multiplied by ``factor`` and raised by ``extra`` a school week."""

    start: int
    factor: float
    extra: float


UNCHANGED = (HoursSpan(0, 1.0, 0.0),)


@dataclass(frozen=True)
class Rhythm:
    """Visits and meetings of one school.

    Attributes
    ----------
    visits
        Day of each visit from the fixed hours of the school, in order.
    minutes
        Paid minutes of each visit, travel included, of all workers who come that day together: at a large school
        more than one worker can work in a day.
    meetings
        Day of each meeting of the care team, in order.
    weekday
        First weekday of the visits, 0 (Monday) to 4.
    chances
        Days on which a visit from flexible hours can take place, in order: one weekday in every school week, not
        that of the visits where there is another; none where the school has no flexible hours.
    """

    visits: tuple[float, ...]
    minutes: tuple[float, ...]
    meetings: tuple[float, ...]
    weekday: int = 0
    chances: tuple[float, ...] = ()


def draw_rhythms(world: World, seed: int, replication: int) -> list[Rhythm]:
    """Return the rhythm of every school; its phase is drawn once per school and replication."""
    return [
        _rhythm(world, school, *stream(seed, replication, Purpose.PHASE, name).random(4).tolist())
        for school, name in enumerate(world.region.school_ids)
    ]


def _rhythm(world: World, school: int, day: float, credit: float, meeting_day: float, offset: float) -> Rhythm:
    """Return the rhythm of one school for its four uniform numbers."""
    care, calendar = world.scenario.care, world.calendar
    fixed, weekday = float(world.plan.fixed_hours[school]), int(WEEKDAYS * day)
    spans = hours_spans(world.profile, school)
    visits, minutes = plan_visits(fixed, care.smw.visits, calendar, weekday, credit, spans)
    weeks = care.team(int(world.region.sector[school])).every_weeks
    meetings = team_meetings(weeks, calendar, int(WEEKDAYS * meeting_day), offset)
    chances: list[float] = []
    if world.plan.flexible_hours[school] > 0.0:
        taken = visit_weekdays(fixed / _school_weeks(calendar), care.smw.visits.max_hours, weekday)
        chances = flexible_chances(calendar, taken, weekday, spans)
    return Rhythm(tuple(visits), tuple(minutes), tuple(meetings), weekday, tuple(chances))


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
    at_first = _weekly(yearly_hours, spans[0], calendar)
    saved = phase * settings.min_hours if at_first < settings.min_hours else 0.0
    visits: list[float] = []
    minutes: list[float] = []
    for day, earned in _earned(yearly_hours, settings, calendar, weekday, spans):
        saved += earned
        if saved >= settings.min_hours - 1e-9:
            visits.append(day + VISIT_HOUR)
            minutes.append(60.0 * saved)
            saved = 0.0
    return visits, minutes


def visit_weekdays(weekly_hours: float, max_hours: float, weekday: int) -> set[int]:
    """Return the weekdays of the visits: as many as the hours need, at most five, spread from ``weekday`` on."""
    per_week = max(1, min(WEEKDAYS, math.ceil(weekly_hours / max_hours - 1e-9)))
    return {(weekday + WEEKDAYS * turn // per_week) % WEEKDAYS for turn in range(per_week)}


def flexible_chances(
    calendar: SchoolCalendar, taken: set[int], weekday: int, spans: Sequence[HoursSpan] = UNCHANGED
) -> list[float]:
    """Return the days on which a flexible visit can take place: two weekdays after the first visit, or the next free.

    Parameters
    ----------
    calendar
        School time.
    taken
        Weekdays of the visits from fixed hours; where they take all five, flexible visits share a day with them.
    weekday
        First weekday of those.
    spans
        How the hours of the school change over time; nobody comes while they are multiplied by 0.
    """
    later = [(weekday + FROM_FIXED_TO_FLEXIBLE + turn) % WEEKDAYS for turn in range(WEEKDAYS)]
    chosen = next((day for day in later if day not in taken), later[0])
    years = range(len(calendar.year_starts) - 1)
    days = np.array([day for year in years for day in _open_days(calendar, year, {chosen})], dtype=np.int64)
    span = np.searchsorted([span.start for span in spans], days, side="right") - 1
    coming = np.array([span.factor > 0.0 for span in spans])[span]
    return [day + VISIT_HOUR for day in days[coming].tolist()]


def _earned(
    yearly_hours: float, settings: Visits, calendar: SchoolCalendar, weekday: int, spans: Sequence[HoursSpan]
) -> Iterator[tuple[int, float]]:
    """Yield the days on which the school saves up hours for visits, and the hours of each (more than 0)."""
    ends = [*(span.start for span in spans[1:]), int(calendar.year_starts[-1])]
    for year in range(len(calendar.year_starts) - 1):
        first, last = int(calendar.year_starts[year]), int(calendar.year_starts[year + 1])
        weeks = int(calendar.elapsed[last] - calendar.elapsed[first]) / WEEKDAYS
        for span, end in zip(spans, ends, strict=True):
            hours = yearly_hours * span.factor + span.extra * weeks
            if hours <= 0.0 or span.start >= last or end <= first:
                continue
            weekdays = visit_weekdays(_weekly(yearly_hours, span, calendar), settings.max_hours, weekday)
            days = _open_days(calendar, year, weekdays)
            yield from ((day, hours / len(days)) for day in days if span.start <= day < end)


def _weekly(yearly_hours: float, span: HoursSpan, calendar: SchoolCalendar) -> float:
    """Return the hours of a school week in a span."""
    return yearly_hours / _school_weeks(calendar) * span.factor + span.extra


def _school_weeks(calendar: SchoolCalendar) -> float:
    return calendar.school_days_per_year / WEEKDAYS


def team_meetings(every_weeks: int, calendar: SchoolCalendar, weekday: int, phase: float) -> list[float]:
    """Return the days of the care team's meetings: every so many school weeks on one weekday.

    Parameters
    ----------
    every_weeks
        School weeks between meetings.
    calendar
        School time.
    weekday
        Weekday, 0 (Monday) to 4.
    phase
        From 0 to 1; which of the first weeks has the first meeting.
    """
    years = len(calendar.year_starts) - 1
    days = [day for year in range(years) for day in _open_days(calendar, year, {weekday})]
    return [day + MEETING_HOUR for day in days[int(phase * every_weeks) :: every_weeks]]


def _open_days(calendar: SchoolCalendar, year: int, weekdays: set[int]) -> list[int]:
    first, last = int(calendar.year_starts[year]), int(calendar.year_starts[year + 1])
    open_days = np.flatnonzero(calendar.is_school[first:last]) + first
    wanted = np.isin((open_days + calendar.weekday) % 7, list(weekdays))
    return [int(day) for day in open_days[wanted]]
