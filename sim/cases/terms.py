"""Terms at school: which stays follow each other in a seat, and what can be expected of whoever has each of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.cases.draws import FloatArray
from sim.region.calendar import SchoolCalendar
from sim.region.school_time import DAYS_PER_YEAR
from sim.scenario.demand import Demand

TermArray = npt.NDArray[np.int16]


@dataclass(frozen=True)
class Terms:
    """All terms that begin before the horizon, by group of students, first year of leaving and occupant of the seat.

    Seats of a group follow ``seats``: years left of the first occupants run evenly over 1 to the years of a stay, so
    that a cohort leaves every 1 August. All arrays have shape (terms,).

    Attributes
    ----------
    start, end
        First day at the school and the 1 August of leaving (may lie after the horizon).
    days
        Days at the school before the horizon.
    is_new
        Whether the student comes to the school on day 0 or later.
    age, age_spread
        Age of the youngest on day 0 in years, and the mean of the exponential years above it.
    open_mean, onset_mean
        Expected problems of a student with frailty 1 that are open on day 0 or brought along on the first day, and
        that arise at the school before the horizon.
    seats
        Terms of each seat by group: of the first seat, the second and so on, and then again from the first.
    """

    start: FloatArray
    end: FloatArray
    days: FloatArray
    is_new: npt.NDArray[np.bool_]
    age: FloatArray
    age_spread: FloatArray
    open_mean: FloatArray
    onset_mean: FloatArray
    seats: tuple[tuple[TermArray, ...], ...]

    def of_seats(self, group: int, number: int) -> TermArray:
        """Return the terms of so many seats of a group, seat after seat, shape (students,)."""
        seats = self.seats[group]
        rounds, rest = divmod(number, len(seats))
        return np.concatenate([np.tile(np.concatenate(seats), rounds), *seats[:rest]])


def terms_of(demand: Demand, calendar: SchoolCalendar) -> Terms:
    """Work out all terms of a run.

    Parameters
    ----------
    demand
        Years of a stay, ages and rates by group of students.
    calendar
        School years of the run.
    """
    years = len(calendar.year_starts) - 1
    # A cohort leaves on a 1 August, so nobody stays for less than a school year.
    stays = [max(1, round(years_of_stay)) for years_of_stay in demand.stay_years.values()]
    rows: list[tuple[int, int, int]] = []
    seats: list[tuple[TermArray, ...]] = []
    for group, stay in enumerate(stays):
        of_group = []
        for first_leave in range(1, stay + 1):
            found = [(group, begin, leave) for begin, leave in _occupants(first_leave, stay, years)]
            of_group.append(np.arange(len(rows), len(rows) + len(found), dtype=np.int16))
            rows += found
        seats.append(tuple(of_group))
    groups, begins, leaves = (np.array(column) for column in zip(*rows, strict=True))
    return _expected(demand, calendar, np.array(stays), groups, begins, leaves, tuple(seats))


def _occupants(first_leave: int, stay: int, years: int) -> Iterator[tuple[int, int]]:
    """Yield the school years in which the occupants of a seat come (0: are there on day 0) and leave."""
    leave = first_leave
    while max(leave - stay, 0) < years:
        yield max(leave - stay, 0), leave
        leave += stay


def _expected(
    demand: Demand,
    calendar: SchoolCalendar,
    stays: npt.NDArray[np.int64],
    group: npt.NDArray[np.int64],
    begin: npt.NDArray[np.int64],
    leave: npt.NDArray[np.int64],
    seats: tuple[tuple[TermArray, ...], ...],
) -> Terms:
    start, end = _day_of_year(begin, calendar), _day_of_year(leave, calendar)
    days = np.minimum(end, float(calendar.year_starts[-1])) - start
    # Of the first occupants those are new who have all their years before them.
    is_new = leave - begin == stays[group]
    stock, brought = np.array(demand.stock_prevalence.values()), np.array(demand.entry_prevalence.values())
    return Terms(
        start=start,
        end=end,
        days=days,
        is_new=is_new,
        age=np.array(demand.entry_age.values())[group] + stays[group] - end / DAYS_PER_YEAR,
        age_spread=np.array(demand.entry_age_spread.values())[group],
        open_mean=np.where(is_new, brought[group], stock[group]),
        onset_mean=np.array(demand.onset_per_year.values())[group] / DAYS_PER_YEAR * days,
        seats=seats,
    )


def _day_of_year(year: npt.NDArray[np.int64], calendar: SchoolCalendar) -> FloatArray:
    """Return the day of the 1 August after so many school years; beyond the horizon a year is 365.25 days."""
    known = len(calendar.year_starts) - 1
    beyond = np.maximum(year - known, 0) * DAYS_PER_YEAR
    days: FloatArray = calendar.year_starts[np.minimum(year, known)] + beyond
    return days
