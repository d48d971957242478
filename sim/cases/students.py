"""The students of a school over the whole run: seats, who sits in them, and how many problems each gets."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.cases.draws import poisson_inverse
from sim.cases.streams import Purpose, stream
from sim.cases.table import BoolArray, FloatArray, IntArray
from sim.region.calendar import SchoolCalendar


@dataclass(frozen=True)
class Students:
    """Everyone who has a seat at one school at some time in the run, by seat and then by occupant.

    Attributes
    ----------
    start, end
        First day at the school and the 1 August of leaving (may lie after the horizon), shape (n,).
    frailty
        Gamma multiplier with mean 1, shape (n,).
    open_at_start
        Problems open on day 0 or brought along on the first day, shape (n,).
    onsets
        New problems while at the school and before the horizon, shape (n,).
    """

    start: FloatArray
    end: FloatArray
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
    frailty_shape
        Shape of the gamma multiplier.
    onset_per_day
        Onsets a day of a student with frailty 1.
    stock, brought
        Mean number of open problems on day 0, and brought along by a new student.
    """

    stay_years: int
    frailty_shape: float
    onset_per_day: float
    stock: float
    brought: float


def draw_students(
    rates: StudentRates, school: str, seats: int, calendar: SchoolCalendar, seed: int, replication: int
) -> Students:
    """Draw the students of one school; seat ``j`` depends on no other seat.

    Years left of the first occupants run evenly over 1 to ``stay_years``, so that a cohort leaves every 1 August.
    """
    start, end = _terms(rates.stay_years, seats, calendar)
    shape = rates.frailty_shape
    frailty = stream(seed, replication, Purpose.STUDENT, school).standard_gamma(shape, start.shape) / shape
    uniforms = stream(seed, replication, Purpose.COUNT, school).random((*start.shape, 2))
    horizon = float(calendar.year_starts[-1])
    present: BoolArray = start < horizon
    days = np.where(present, np.minimum(end, horizon) - start, 0.0)
    brought = np.where(start == 0.0, rates.stock, rates.brought) * frailty * present
    return Students(
        start=start.ravel(),
        end=end.ravel(),
        frailty=frailty.ravel(),
        open_at_start=poisson_inverse(uniforms[..., 0].ravel(), brought.ravel()).astype(np.int32),
        onsets=poisson_inverse(uniforms[..., 1].ravel(), (rates.onset_per_day * frailty * days).ravel()).astype(
            np.int32
        ),
    )


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
    beyond = np.maximum(year - known, 0) * 365.25
    return calendar.year_starts[np.minimum(year, known)] + beyond
