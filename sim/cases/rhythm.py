"""The rhythm of a school: on which days the social worker visits and the care team meets."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from sim.cases.streams import Purpose, stream
from sim.region.calendar import SchoolCalendar
from sim.scenario.care import Visits
from sim.world import World

VISIT_HOUR = 9.0 / 24.0
MEETING_HOUR = 15.0 / 24.0


@dataclass(frozen=True)
class Rhythm:
    """Visits and meetings of one school.

    Attributes
    ----------
    visits
        Day of each visit, in order.
    minutes
        Paid minutes of each visit, travel included.
    meetings
        Day of each meeting of the care team, in order.
    """

    visits: tuple[float, ...]
    minutes: tuple[float, ...]
    meetings: tuple[float, ...]


def draw_rhythms(world: World, seed: int, replication: int) -> list[Rhythm]:
    """Return the rhythm of every school; its phase is drawn once per school and replication."""
    teams = (world.scenario.care.mdo, world.scenario.care.zat)
    rhythms: list[Rhythm] = []
    for school, name in enumerate(world.region.school_ids):
        day, credit, meeting_day, offset = stream(seed, replication, Purpose.PHASE, name).random(4)
        hours = float(world.plan.yearly_hours[school])
        visits, minutes = plan_visits(
            hours, world.scenario.care.smw.visits, world.calendar, int(5 * day), float(credit)
        )
        weeks = teams[int(world.region.sector[school])].every_weeks
        meetings = team_meetings(weeks, world.calendar, int(5 * meeting_day), float(offset))
        rhythms.append(Rhythm(tuple(visits), tuple(minutes), tuple(meetings)))
    return rhythms


def plan_visits(
    yearly_hours: float, settings: Visits, calendar: SchoolCalendar, weekday: int, phase: float
) -> tuple[list[float], list[float]]:
    """Turn yearly hours into visits.

    Each school week on its day, the school saves up the week's part of the hours; once a visit of the minimum
    length has been saved, the worker comes and uses all of it. Schools with more than ``max_hours`` a week are
    visited on several days. Hours of a school year are spread over that year's own school weeks, so that no year
    uses more than it was given plus what was saved before.

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

    Returns
    -------
    list of float, list of float
        Day and minutes of every visit.
    """
    if yearly_hours <= 0.0:
        return [], []
    weeks = calendar.school_days_per_year / 5.0
    per_week = max(1, min(5, math.ceil(yearly_hours / weeks / settings.max_hours - 1e-9)))
    weekdays = {(weekday + 5 * turn // per_week) % 5 for turn in range(per_week)}
    saved = phase * settings.min_hours if yearly_hours / weeks < settings.min_hours else 0.0
    visits: list[float] = []
    minutes: list[float] = []
    for year in range(len(calendar.year_starts) - 1):
        days = _open_days(calendar, year, weekdays)
        for day in days:
            saved += yearly_hours / len(days)
            if saved >= settings.min_hours - 1e-9:
                visits.append(day + VISIT_HOUR)
                minutes.append(60.0 * saved)
                saved = 0.0
    return visits, minutes


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
