"""How the hours of a sector are spread over its schools: one pure function a rule.

Every rule gives hours only to schools with students and gives away all hours, or says what no school may take.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.errors import InputError
from sim.money.plan import SCHOOL_WEEKS
from sim.region.region import SCHOOL_TYPES, FloatArray, IntArray
from sim.scenario.money import Rule, Spreading

_ROUNDING = 1e-9


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


class SpreadSchools(NamedTuple):
    """The schools of one sector as the rules see them; schools of other sectors have no students here.

    Attributes
    ----------
    students
        Students by school, shape (s,).
    school_type
        Index into ``SCHOOL_TYPES``, shape (s,).
    meeting_hours
        Hours a year that the meetings of its care team take from each school, whatever its size.
    own_weight
        Weight of each school in the user's own table, shape (s,); None without one.
    """

    students: FloatArray
    school_type: IntArray
    meeting_hours: float = 0.0
    own_weight: FloatArray | None = None


def spread_hours(rule: Rule, hours: float, schools: SpreadSchools, settings: Spreading) -> Spread:
    """Spread the hours of one sector by its rule.

    Parameters
    ----------
    rule
        Name of the rule.
    hours
        Hours a year of the sector.
    schools
        The schools of the sector.
    settings
        Base share, maximum and type weights.

    Returns
    -------
    Spread
        Hours by school; with ``unspread`` they add up to ``hours``.

    Raises
    ------
    InputError
        If the rule is ``own_table`` and there is no table.
    """
    students = schools.students
    if rule == "per_student":
        return per_student(hours, students)
    if rule == "equal":
        return equal(hours, students)
    if rule == "by_school_type":
        return by_school_type(hours, students, type_weights(schools.school_type, settings))
    if rule == "by_expected_need":
        need = students * type_weights(schools.school_type, settings)
        return by_expected_need(hours, need, schools.meeting_hours)
    if rule == "own_table":
        if schools.own_weight is None:
            raise InputError("spreading.rule: found own_table for a region that was read without spreading.table")
        return own_table(hours, students, schools.own_weight)
    return base_plus_flexible(hours, students, settings.base_share, settings.max_weekly_hours * SCHOOL_WEEKS)


def per_student(hours: float, students: FloatArray) -> Spread:
    """Every student counts the same."""
    return _fixed(hours, students)


def equal(hours: float, students: FloatArray) -> Spread:
    """Every school with students gets the same."""
    return _fixed(hours, _has_students(students))


def by_school_type(hours: float, students: FloatArray, weights: FloatArray) -> Spread:
    """Students times the weight of their type of school: the rule of Gooi en Vechtstreek for VO.

    Parameters
    ----------
    hours
        Hours a year.
    students
        Students by school, shape (s,).
    weights
        Weight of each school's type, shape (s,).
    """
    return _fixed(hours, students * weights)


def by_expected_need(hours: float, need: FloatArray, meeting_hours: float) -> Spread:
    """Follow the work that is expected at each school: meetings of its care team first, then problems of students.

    A meeting takes the same time at a large and at a small school, so it comes off before the rest is spread; what
    is left for conversations is then in proportion to the problems to be expected. Time for travel is left out: it
    depends on the visits that the hours allow. Where the hours do not even pay the meetings, every school gets the
    same.

    Parameters
    ----------
    hours
        Hours a year.
    need
        Expected problems by school in any unit, shape (s,). A sector has one rate of problems per student, so
        students stand for it; the weight of a school's type (VO) says how much more a student there needs.
    meeting_hours
        Hours a year of meetings at a school with any need.
    """
    having = _has_students(need)
    for_meetings = min(hours, meeting_hours * float(having.sum())) if having.any() else 0.0
    meetings, problems = _fixed(for_meetings, having), _fixed(hours - for_meetings, need)
    return Spread(meetings.hours + problems.hours, meetings.flexible, meetings.unspread + problems.unspread)


def own_table(hours: float, students: FloatArray, weights: FloatArray) -> Spread:
    """Follow the user's own table: in proportion to the weight of each school; a school without students gets none.

    Parameters
    ----------
    hours
        Hours a year.
    students
        Students by school, shape (s,).
    weights
        Weight of each school, shape (s,); hours serve as weights too.
    """
    return _fixed(hours, weights * _has_students(students))


def base_plus_flexible(hours: float, need: FloatArray, base_share: float, maximum: float) -> Spread:
    """Give every school the same base and the rest by need up to a maximum: the rule of Gooi en Vechtstreek for PO.

    What a school cannot take above the maximum is passed on to the others.

    Parameters
    ----------
    hours
        Hours a year.
    need
        Expected signals by school in any unit, shape (s,). A sector has one onset rate per student, so within a
        sector students stand for it.
    base_share
        Share of the hours that is base.
    maximum
        Most hours a year for one school, base included.
    """
    share = equal(hours * base_share, need)
    base = np.minimum(share.hours, maximum)
    flexible, left = fill(hours - float(base.sum()), need, maximum - base)
    return Spread(base + flexible, flexible, left if left > _ROUNDING * hours else 0.0)


def type_weights(school_type: IntArray, settings: Spreading) -> FloatArray:
    """Weight of each school's type, shape (s,); schools without a type (PO) all weigh the same."""
    weights = settings.type_weights
    by_type = {"": 1.0, "a": weights.a, "b": weights.b, "c": weights.c}
    return np.array([by_type[kind] for kind in SCHOOL_TYPES], dtype=np.float64)[school_type]


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


def _fixed(hours: float, weights: FloatArray) -> Spread:
    total = float(weights.sum())
    nothing = np.zeros_like(weights)
    if total <= 0.0:
        return Spread(nothing, nothing, hours)
    return Spread(hours * (weights / total), nothing, 0.0)


def _has_students(students: FloatArray) -> FloatArray:
    return np.asarray(students > 0.0, dtype=np.float64)
