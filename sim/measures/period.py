"""The measuring period, and the school years in it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from sim.measures.arrays import BoolArray, FloatArray
from sim.world import World

DAYS_PER_WEEK = 7.0


@dataclass(frozen=True)
class Period:
    """The part of a run that is measured.

    Attributes
    ----------
    start, end
        First day and day after the last, in days since day 0.
    years
        School years (August to July) in it; a leap year is a year.
    school_years
        Start and end of each of them within the period, shape (years, 2).
    """

    start: float
    end: float
    years: float
    school_years: FloatArray

    @property
    def days(self) -> float:
        """Length in days."""
        return self.end - self.start

    def contains(self, time: FloatArray) -> BoolArray:
        """Tell which times (days) lie in the period."""
        return (time >= self.start) & (time < self.end)

    def overlap(self, start: FloatArray, end: FloatArray) -> FloatArray:
        """Return the days that intervals share with the period."""
        days: FloatArray = np.minimum(end, self.end) - np.maximum(start, self.start)
        return np.maximum(days, 0.0)


def measuring_period(world: World) -> Period:
    """Return the period from the end of the warm-up to the horizon."""
    edges = world.calendar.year_starts.astype(np.float64)
    start, end = world.warm_up, world.horizon
    number = np.interp([start, end], edges, np.arange(edges.size))
    bounds = np.clip(edges, start, end)
    years = np.column_stack([bounds[:-1], bounds[1:]])
    return Period(start, end, float(number[1] - number[0]), years[years[:, 1] > years[:, 0]])


def whole_weeks(period: Period) -> int:
    """Return the number of whole weeks from day 0 to the end of the period."""
    return int(period.end // DAYS_PER_WEEK)


def weeks_before(time: float, weeks: int) -> int:
    """Return how many weeks, of so many from day 0 on, end before a time (days, also infinite)."""
    if time > weeks * DAYS_PER_WEEK:
        return weeks
    number = math.ceil(time / DAYS_PER_WEEK)
    # A moment right behind the end of a week can be divided to that end itself.
    if number * DAYS_PER_WEEK < time:
        number += 1
    return max(number - 1, 0)
