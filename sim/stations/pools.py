"""Pools of flexible hours of school social work: their schools, periods and terms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from sim.cases.rhythm import Rhythm
from sim.region.school_time import SCHOOL_DAYS_PER_WEEK
from sim.rules.hazards import INFINITE
from sim.rules.visit import split_visit
from sim.scenario.base import SECTORS
from sim.world import World


class Period(NamedTuple):
    """A stretch of school time for which hours are given.

    Attributes
    ----------
    start, end
        First day, and the day after the last.
    weeks
        School weeks.
    minutes
        Flexible minutes of all schools.
    opens_year
        Whether a school year begins with it.
    """

    start: int
    end: int
    weeks: float
    minutes: float
    opens_year: bool


class Terms(NamedTuple):
    """How a pool gives visits.

    Attributes
    ----------
    visit_minutes
        Paid minutes of a visit.
    for_cases
        Minutes of it that are for cases.
    most_weekly_hours
        Most hours a school week at one school, fixed hours included.
    only_for_work
        Give a school no more visits than the work that waits there takes (one team that goes where the queue is);
        otherwise all hours are given at the beginning of the period.
    """

    visit_minutes: float
    for_cases: float
    most_weekly_hours: float
    only_for_work: bool


class PoolPlan(NamedTuple):
    """A pool before it runs.

    Attributes
    ----------
    sector
        Index into ``SECTORS``, and the number of the pool.
    schools
        Schools that it comes to, in order of index.
    periods
        All periods of the run, in order.
    terms
        How it gives visits.
    """

    sector: int
    schools: list[int]
    periods: list[Period]
    terms: Terms


def pools_of(world: World, rhythms: Sequence[Rhythm]) -> Iterator[PoolPlan]:
    """Yield the pool of every sector that has flexible hours."""
    for sector in range(len(SECTORS)):
        here = np.flatnonzero(world.region.sector == sector).tolist()
        schools = [school for school in here if rhythms[school].chances]
        terms = _terms(world, sector)
        if schools and terms.for_cases > 0.0:
            yield PoolPlan(sector, schools, list(_periods(world, sector)), terms)


def _terms(world: World, sector: int) -> Terms:
    smw, spreading = world.scenario.care.smw, world.scenario.spreading
    minutes = 60.0 * smw.visits.min_hours
    is_pooled = spreading.rule.values()[sector] == "pooled"
    return Terms(
        visit_minutes=minutes,
        for_cases=split_visit(minutes, smw.visits.travel_minutes, smw.shares.values())[-1],
        most_weekly_hours=INFINITE if is_pooled else spreading.max_weekly_hours,
        only_for_work=is_pooled,
    )


def _periods(world: World, sector: int) -> Iterator[Period]:
    """Yield the periods: so many school weeks from 1 August on; a last one shorter than half joins the one before."""
    calendar, spreading = world.calendar, world.scenario.spreading
    weeks = 1 if spreading.rule.values()[sector] == "pooled" else spreading.reassign_weeks
    days = int(SCHOOL_DAYS_PER_WEEK) * weeks
    here = world.region.sector == sector
    for first, last in pairwise(calendar.year_starts.tolist()):
        before, after = int(calendar.elapsed[first]), int(calendar.elapsed[last])
        begins = [before + days * number for number in range(max(1, round((after - before) / days)))]
        starts = [first, *calendar.school_days[begins[1:]].tolist(), last]
        for start, end in pairwise(starts):
            school_weeks = float(calendar.elapsed[end] - calendar.elapsed[start]) / SCHOOL_DAYS_PER_WEEK
            if school_weeks > 0.0:
                minutes = 60.0 * float(world.flexible_hours(start, end)[here].sum())
                yield Period(start, end, school_weeks, minutes, start == first)
