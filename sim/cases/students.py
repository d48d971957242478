"""The students of a school over the whole run: seats, who sits in them, and how many problems each gets."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.cases.draws import poisson_inverse
from sim.cases.streams import Purpose, stream
from sim.cases.table import BoolArray, FloatArray, IntArray
from sim.region.calendar import SchoolCalendar

DAYS_PER_YEAR = 365.25


@dataclass(frozen=True)
class Students:
    """Everyone who has a seat in one unit at some time in the run, by seat and then by occupant.

    Attributes
    ----------
    start, end
        First day at the school and the 1 August of leaving (may lie after the horizon), shape (n,).
    is_new
        Whether the student comes to the school on day 0 or later, shape (n,).
    age
        Age on day 0 in years; negative before birth, shape (n,).
    frailty
        Gamma multiplier with mean 1, shape (n,).
    open_at_start
        Problems open on day 0 or brought along on the first day, shape (n,).
    onsets
        New problems while at the school and before the horizon, shape (n,).
    """

    start: FloatArray
    end: FloatArray
    is_new: BoolArray
    age: FloatArray
    frailty: FloatArray
    open_at_start: IntArray
    onsets: IntArray


@dataclass(frozen=True)
class StudentRates:
    """What the number of problems of a student follows.

    Attributes
    ----------
    stay_years
        Years a student stays at the school.
    entry_age, age_spread
        Age of the youngest new students, and the mean of the exponential years above it.
    frailty_shape
        Shape of the gamma multiplier.
    onset_per_day
        Onsets a day of a student with frailty 1.
    stock, brought
        Mean number of open problems on day 0 of a student who was at the school before, and of a new student.
    """

    stay_years: int
    entry_age: float
    age_spread: float
    frailty_shape: float
    onset_per_day: float
    stock: float
    brought: float


def draw_students(
    rates: StudentRates, unit: str, seats: int, calendar: SchoolCalendar, seed: int, replication: int
) -> Students:
    """Draw the students of one unit (a school, or one level of an mbo institution); seat ``j`` depends on no other.

    Years left of the first occupants run evenly over 1 to ``stay_years``, so that a cohort leaves every 1 August.
    """
    start, end = _terms(rates.stay_years, seats, calendar)
    shape = rates.frailty_shape
    frailty = stream(seed, replication, Purpose.STUDENT, unit).standard_gamma(shape, start.shape) / shape
    uniforms = stream(seed, replication, Purpose.COUNT, unit).random((*start.shape, 2))
    horizon = float(calendar.year_starts[-1])
    present: BoolArray = start < horizon
    days = np.where(present, np.minimum(end, horizon) - start, 0.0)
    is_new: BoolArray = np.ones(start.shape, dtype=np.bool_)
    # Of the first occupants those who have all their years before them.
    is_new[:, 0] = np.arange(seats) % rates.stay_years == rates.stay_years - 1
    brought = np.where(is_new, rates.brought, rates.stock) * frailty * present
    return Students(
        start=start.ravel(),
        end=end.ravel(),
        is_new=is_new.ravel(),
        age=_age_on_day_0(rates, end.ravel(), stream(seed, replication, Purpose.AGE, unit)),
        frailty=frailty.ravel(),
        open_at_start=poisson_inverse(uniforms[..., 0].ravel(), brought.ravel()).astype(np.int32),
        onsets=poisson_inverse(uniforms[..., 1].ravel(), (rates.onset_per_day * frailty * days).ravel()).astype(
            np.int32
        ),
    )


def _age_on_day_0(rates: StudentRates, end: FloatArray, generator: np.random.Generator) -> FloatArray:
    """Return ages on day 0; those who are there then entered before it."""
    entered = end / DAYS_PER_YEAR - rates.stay_years
    older = rates.age_spread * generator.standard_exponential(end.shape)
    return rates.entry_age + older - entered


def _terms(stay: int, seats: int, calendar: SchoolCalendar) -> tuple[FloatArray, FloatArray]:
    """Return first and last day of every occupant of every seat, shape (seats, occupants)."""
    years = len(calendar.year_starts) - 1
    occupants = 1 + -(-years // stay)
    first_leave = 1 + np.arange(seats) % stay
    leave = first_leave[:, None] + stay * np.arange(occupants)[None, :]
    begin = np.maximum(leave - stay, 0)
    return _day_of_year(begin, calendar), _day_of_year(leave, calendar)


def _day_of_year(year: np.ndarray[tuple[int, int], np.dtype[np.int64]], calendar: SchoolCalendar) -> FloatArray:
    """Return the day of the 1 August after so many school years; beyond the horizon a year is 365.25 days."""
    known = len(calendar.year_starts) - 1
    beyond = np.maximum(year - known, 0) * DAYS_PER_YEAR
    return calendar.year_starts[np.minimum(year, known)] + beyond
