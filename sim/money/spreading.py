"""How the hours of a sector are spread over its schools: one pure function a rule.

Every rule gives hours only to schools with students and gives away all hours, or says what no school may take.
"""

from __future__ import annotations

import numpy as np

from sim.errors import InputError
from sim.money.plan import SCHOOL_WEEKS
from sim.money.spread import Spread, SpreadSchools, by_weight, fill
from sim.region.region import FloatArray
from sim.scenario.money import Rule, Spreading

_ROUNDING = 1e-9


def spread_hours(rule: Rule, hours: float, schools: SpreadSchools, settings: Spreading, key: str = "") -> Spread:
    """Spread the hours of one sector by its rule.

    Parameters
    ----------
    rule
        Name of the rule.
    hours
        Hours a year of the sector.
    schools
        The schools of the sector that may get them.
    settings
        Base share and maximum.
    key
        Dotted key of the rule, for error messages.

    Returns
    -------
    Spread
        Hours by school; with ``unspread`` they add up to ``hours``.

    Raises
    ------
    InputError
        If the rule is ``own_table`` and there is no table, or ``by_level_1_2_share`` and the schools have no students
        at levels 1 and 2.
    """
    students, weight = schools.students, schools.type_weight
    if rule == "per_student":
        return per_student(hours, students)
    if rule == "equal":
        return equal(hours, students)
    if rule == "by_school_type":
        return by_school_type(hours, students, weight)
    if rule == "by_level_1_2_share":
        return _by_levels(hours, schools, key)
    if rule == "by_expected_need":
        return by_expected_need(hours, schools.need * weight, schools.meeting_hours, schools.given)
    if rule == "pooled":
        return pooled(hours, students)
    if rule == "own_table":
        return _by_table(hours, schools, key)
    room = np.maximum(settings.max_weekly_hours * SCHOOL_WEEKS - schools.given, 0.0)
    return base_plus_flexible(hours, schools.need, settings.base_share, room)


def per_student(hours: float, students: FloatArray) -> Spread:
    """Every student counts the same."""
    return by_weight(hours, students)


def equal(hours: float, students: FloatArray) -> Spread:
    """Every school with students gets the same."""
    return by_weight(hours, _has_students(students))


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
    return by_weight(hours, students * weights)


def by_level_1_2_share(hours: float, low_level_students: FloatArray, weights: FloatArray) -> Spread:
    """Students at levels 1 and 2 times the weight of their type of school: the rule of the state's subsidy for mbo.

    Hours so follow the number of these students, that is the size of an institution times their share in it; an
    institution without them gets none (KBA Nijmegen, 2018).

    Parameters
    ----------
    hours
        Hours a year.
    low_level_students
        Students at levels 1 and 2 by school, shape (s,).
    weights
        Weight of each school's type, shape (s,).
    """
    return by_weight(hours, low_level_students * weights)


def by_expected_need(hours: float, need: FloatArray, meeting_hours: float, given: FloatArray | float = 0.0) -> Spread:
    """Follow the work that is expected at each school: meetings of its care team first, then problems of students.

    A meeting takes the same time at a large and at a small school, so it comes off before the rest is spread; what
    is left for conversations is then in proportion to the problems to be expected. Time for travel is left out: it
    depends on the visits that the hours allow. Where the hours do not even pay the meetings, they are spread as the
    meetings are.

    Parameters
    ----------
    hours
        Hours a year.
    need
        Expected problems by school in any unit, shape (s,); the weight of a school's type says how much more a
        problem there needs.
    meeting_hours
        Hours a year of meetings at a school with any need; infinite where no hours could pay them.
    given
        Hours a year that each school has already, shape (s,); they pay its meetings first.
    """
    unpaid = _has_students(need) * np.clip(meeting_hours - given, 0.0, hours)
    for_meetings = min(hours, float(unpaid.sum()))
    meetings, problems = by_weight(for_meetings, unpaid), by_weight(hours - for_meetings, need)
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
    return by_weight(hours, weights * _has_students(students))


def pooled(hours: float, students: FloatArray) -> Spread:
    """Give all hours to one team of the sector that goes where the queue is; students only say where it begins.

    Parameters
    ----------
    hours
        Hours a year.
    students
        Students by school, shape (s,).
    """
    spread = by_weight(hours, students)
    return Spread(spread.hours, spread.hours, spread.unspread)


def base_plus_flexible(hours: float, need: FloatArray, base_share: float, maximum: FloatArray | float) -> Spread:
    """Give every school the same base and the rest by need up to a maximum: the rule of Gooi en Vechtstreek for PO.

    What a school cannot take above the maximum is passed on to the others.

    Parameters
    ----------
    hours
        Hours a year.
    need
        Expected problems by school in any unit, shape (s,).
    base_share
        Share of the hours that is base.
    maximum
        Most hours a year for one school, base included; one number, or shape (s,).
    """
    share = equal(hours * base_share, need)
    base = np.minimum(share.hours, maximum)
    flexible, left = fill(hours - float(base.sum()), need, maximum - base)
    return Spread(base + flexible, flexible, left if left > _ROUNDING * hours else 0.0)


def _by_levels(hours: float, schools: SpreadSchools, key: str) -> Spread:
    if schools.students.any() and not schools.low_level_students.any():
        raise InputError(
            f"{key}: found by_level_1_2_share, but these schools have no students at levels 1 and 2 of the mbo\n"
            "  allowed: another rule, or a schools.csv with students in the columns level_1 and level_2"
        )
    return by_level_1_2_share(hours, schools.low_level_students, schools.type_weight)


def _by_table(hours: float, schools: SpreadSchools, key: str) -> Spread:
    if schools.own_weight is None:
        raise InputError(f"{key}: found own_table for a region that was read without spreading.table")
    return own_table(hours, schools.students, schools.own_weight)


def _has_students(students: FloatArray) -> FloatArray:
    return np.asarray(students > 0.0, dtype=np.float64)
