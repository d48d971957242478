"""The school calendar: a table between calendar days and school days, so that holidays are one look-up."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
from dateutil.easter import easter

from sim.region.school_time import time_at, within_day
from sim.scenario.calendar import Calendar

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True)
class SchoolCalendar:
    """School time of a run; day 0 is 1 August of the start year.

    Attributes
    ----------
    is_school
        Whether each calendar day is a school day, shape (days,).
    elapsed
        School days before each calendar day, shape (days + 1,).
    school_days
        Calendar day of each school day, shape (number of school days,).
    year_starts
        Calendar day of each 1 August from day 0 on, shape (years + 1,).
    weekday
        Day of the week of day 0 (Monday is 0).
    """

    is_school: npt.NDArray[np.bool_]
    elapsed: npt.NDArray[np.int64]
    school_days: npt.NDArray[np.int64]
    year_starts: npt.NDArray[np.int64]
    weekday: int

    @property
    def school_days_per_year(self) -> float:
        """Mean number of school days in a school year."""
        years = len(self.year_starts) - 1
        return float(self.elapsed[self.year_starts[-1]] / years)

    def school_time(self, time: float) -> float:
        """Return the school days that have passed at ``time`` (days since day 0)."""
        day = int(time)
        return within_day(time, day, self.elapsed[day], self.is_school[day])

    def school_times(self, times: FloatArray) -> FloatArray:
        """Return ``school_time`` of many times, shape (n,)."""
        days = np.minimum(times.astype(np.int64), len(self.is_school) - 1)
        inside: FloatArray = np.where(self.is_school[days], times - days, 0.0)
        passed: FloatArray = self.elapsed[days].astype(np.float64) + inside
        return passed

    def calendar_time(self, school_time: float) -> float:
        """Return the first time (days) at which ``school_time`` has passed; infinite beyond the table."""
        if school_time >= len(self.school_days):
            return math.inf
        index = int(school_time)
        return time_at(school_time, index, self.school_days[index])


def build_calendar(settings: Calendar, start_year: int, years: int) -> SchoolCalendar:
    """Build the calendar of ``years`` school years from 1 August of ``start_year``.

    Parameters
    ----------
    settings
        Holiday weeks by ISO week number, and whether Dutch public holidays close the schools.
    start_year
        Calendar year of day 0.
    years
        Number of school years in the table.
    """
    first = date(start_year, 8, 1)
    starts = [(date(start_year + year, 8, 1) - first).days for year in range(years + 1)]
    closed = set() if settings.always_open else _closed_days(settings, start_year, years)
    dates = [first + timedelta(days=day) for day in range(starts[-1])]
    is_school = np.array(
        [settings.always_open or (day.weekday() < 5 and day not in closed) for day in dates], dtype=np.bool_
    )
    return SchoolCalendar(
        is_school=is_school,
        elapsed=np.concatenate([[0], np.cumsum(is_school)]).astype(np.int64),
        school_days=np.flatnonzero(is_school).astype(np.int64),
        year_starts=np.array(starts, dtype=np.int64),
        weekday=first.weekday(),
    )


def _closed_days(settings: Calendar, start_year: int, years: int) -> set[date]:
    closed: set[date] = set()
    for year in range(start_year, start_year + years + 1):
        for holiday in settings.holidays:
            monday = date.fromisocalendar(year, min(holiday.first_week, 52), 1)
            closed.update(monday + timedelta(days=day) for day in range(7 * holiday.weeks))
        if settings.public_holidays:
            closed.update(_public_holidays(year))
    return closed


def _public_holidays(year: int) -> set[date]:
    """Dutch public holidays outside the school holidays (the schools' list of the ministry of education)."""
    sunday = easter(year)
    after_easter = {sunday + timedelta(days=days) for days in (-2, 1, 39, 50)}
    return after_easter | {date(year, 4, 27), date(year, 12, 25), date(year, 12, 26), date(year, 1, 1)}
