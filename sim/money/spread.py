"""What the rules of spreading work on: the schools as they see them, and the hours that they give."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from sim.region.region import FloatArray, IntArray


class Spread(NamedTuple):
    """Hours a year by school.

    Attributes
    ----------
    hours
        Hours of each school, shape (s,).
    flexible
        The flexible part of those hours, shape (s,).
    unspread
        Hours that no school may take.
    """

    hours: FloatArray
    flexible: FloatArray
    unspread: float


@dataclass(frozen=True)
class SpreadSchools:
    """The schools that may get the hours, as the rules see them; other schools have no students here.

    Attributes
    ----------
    students
        Students by school, shape (s,).
    low_level_students
        Those of them at levels 1 and 2 of the mbo, shape (s,).
    need
        Problems to be expected at each school in any unit, shape (s,).
    type_weight
        Weight of each school's type, shape (s,).
    given
        Hours a year that each school has already from money for some schools only, shape (s,).
    meeting_hours
        Hours a year that the meetings of its care team take from each school, whatever its size.
    own_weight
        Weight of each school in the user's own table, shape (s,); None without one.
    """

    students: FloatArray
    low_level_students: FloatArray
    need: FloatArray
    type_weight: FloatArray
    given: FloatArray
    meeting_hours: float = 0.0
    own_weight: FloatArray | None = None


def by_weight(hours: float, weights: FloatArray) -> Spread:
    """Spread hours that stay at their school in proportion to weights; without any weight they find no school.

    Parameters
    ----------
    hours
        Hours a year.
    weights
        Weight of each school, shape (s,).
    """
    total = float(weights.sum())
    nothing = np.zeros_like(weights)
    if total <= 0.0:
        return Spread(nothing, nothing, hours)
    return Spread(hours * (weights / total), nothing, 0.0)


def fill(hours: float, weights: FloatArray, room: FloatArray) -> tuple[FloatArray, float]:
    """Spread in proportion to weights, with a maximum for each; what does not fit is passed on to the others.

    Parameters
    ----------
    hours
        Hours to spread.
    weights
        Weight of each school, shape (s,).
    room
        Most that each school can take, shape (s,).

    Returns
    -------
    tuple
        Hours by school, shape (s,), and the hours that fit nowhere.
    """
    given = np.zeros_like(weights)
    taking = (weights > 0.0) & (room > 0.0)
    left = hours
    while left > 0.0 and taking.any():
        offer = np.where(taking, left * (weights / weights[taking].sum()), 0.0)
        full = taking & (offer >= room)
        if not full.any():
            return given + offer, 0.0
        given[full] = room[full]
        left -= float(room[full].sum())
        taking &= ~full
    return given, max(left, 0.0)


def type_weights(weights: tuple[float, ...], school_type: IntArray) -> FloatArray:
    """Return the weight of each school's type, shape (s,).

    Parameters
    ----------
    weights
        Weight by type, in the order of ``TYPES``.
    school_type
        Index into ``TYPES``, shape (s,).
    """
    return np.array(weights, dtype=np.float64)[school_type]
