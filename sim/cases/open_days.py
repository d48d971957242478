"""School days by school year and weekday."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from sim.region.calendar import SchoolCalendar

WEEKDAYS = 5


class OpenDays:
    """School days of a calendar, looked up by weekday; what was asked once is kept.

    Parameters
    ----------
    calendar
        School time.

    Attributes
    ----------
    years
        First day of each school year, and the end of the last.
    weeks
        School weeks in each school year: fifths of its school days.
    weeks_per_year
        Mean number of school weeks in a year.
    """

    def __init__(self, calendar: SchoolCalendar) -> None:
        self.years: list[int] = calendar.year_starts.tolist()
        self.weeks: list[float] = (np.diff(calendar.elapsed[calendar.year_starts]) / WEEKDAYS).tolist()
        self.weeks_per_year = calendar.school_days_per_year / WEEKDAYS
        self._days = calendar.school_days
        self._weekday = (calendar.school_days + calendar.weekday) % 7
        self._first_in_year = np.searchsorted(calendar.school_days, calendar.year_starts).tolist()
        self._by_weekday: dict[frozenset[int], npt.NDArray[np.bool_]] = {}
        self._in_year: dict[tuple[int, frozenset[int]], list[int]] = {}

    def in_year(self, year: int, weekdays: Iterable[int]) -> list[int]:
        """Return the school days of a school year on some weekdays (0 is Monday), in order; not to be changed."""
        wanted = frozenset(weekdays)
        found = self._in_year.get((year, wanted))
        if found is None:
            inside = slice(self._first_in_year[year], self._first_in_year[year + 1])
            found = self._in_year[year, wanted] = self._days[inside][self._on(wanted)[inside]].tolist()
        return found

    def on(self, weekdays: Iterable[int]) -> npt.NDArray[np.int64]:
        """Return the school days of all years on some weekdays, in order, shape (days,)."""
        days: npt.NDArray[np.int64] = self._days[self._on(frozenset(weekdays))]
        return days

    def _on(self, weekdays: frozenset[int]) -> npt.NDArray[np.bool_]:
        found = self._by_weekday.get(weekdays)
        if found is None:
            wanted = np.zeros(7, dtype=np.bool_)
            wanted[list(weekdays)] = True
            found = self._by_weekday[weekdays] = wanted[self._weekday]
        return found
