"""School social work of every school: whom it may help, who comes, and its hours and visits over time."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean
from typing import NamedTuple

from sim.cases.rhythm import Rhythm
from sim.cases.visits import HoursSpan, hours_spans
from sim.region.practice import schools_with
from sim.region.school_time import SCHOOL_DAYS_PER_WEEK
from sim.rules.hazards import INFINITE
from sim.rules.visit import split_visit
from sim.world import World

NO_LIMIT = 1 << 30


class Pace(NamedTuple):
    """Visits a school week, and the minutes of them that are for cases, on average."""

    visits: float = 0.0
    minutes: float = 0.0


class Hours(NamedTuple):
    """What a school gets from some day on: paid fixed hours a school week, their pace, and whether anyone comes."""

    weekly: float
    pace: Pace
    is_open: bool


class Limits(NamedTuple):
    """Limits of the help at one school.

    Attributes
    ----------
    conversations, minutes
        Most conversations, and most time in conversations.
    age
        Age above which nobody is helped.
    refuses_study_only
        Whether problems that are about studying and nothing else are refused.
    """

    conversations: int = NO_LIMIT
    minutes: float = INFINITE
    age: float = INFINITE
    refuses_study_only: bool = False


class Workers(NamedTuple):
    """Who comes to which school.

    Attributes
    ----------
    numbers
        Social workers behind each: 1, or more for a team (not a whole number).
    at_school
        Index of the worker of each school.
    """

    numbers: list[float]
    at_school: list[int]


def workers_of(world: World) -> Workers:
    """Return the workers; a school without planned hours has one of its own, if hours come later."""
    plan = world.plan
    known: dict[int, int] = {}
    workers = Workers([], [])
    for worker, number in zip(plan.worker.tolist(), plan.workers_at.tolist(), strict=True):
        index = known.setdefault(worker, len(workers.numbers)) if worker >= 0 else len(workers.numbers)
        if index == len(workers.numbers):
            workers.numbers.append(number if worker >= 0 else 1.0)
        workers.at_school.append(index)
    return workers


def limits_of(world: World) -> list[Limits]:
    """Return the limits of every school."""
    limits, region = world.scenario.care.smw.limits, world.region
    conversations = NO_LIMIT if limits.max_conversations is None else limits.max_conversations
    minutes = INFINITE if limits.max_hours is None else 60.0 * limits.max_hours
    age = INFINITE if limits.age is None else float(limits.age)
    practices = (
        schools_with(limits.max_at, region, "max"),
        schools_with(limits.age_at, region, "age"),
        schools_with(limits.study_only_excluded_at, region, "study_only"),
    )
    return [
        Limits(
            conversations=conversations if has_maximum else NO_LIMIT,
            minutes=minutes if has_maximum else INFINITE,
            age=age if has_age else INFINITE,
            refuses_study_only=bool(refuses),
        )
        for has_maximum, has_age, refuses in zip(*practices, strict=True)
    ]


def planned_hours(world: World, rhythms: Sequence[Rhythm]) -> list[Hours]:
    """Return the hours that every school was planned to have on day 0."""
    whole, weekly = HoursSpan(0, 1.0, 0.0), _weekly_hours(world)
    return [_hours(world, rhythm, weekly[school], whole, rhythm.minutes) for school, rhythm in enumerate(rhythms)]


def changes_of_hours(world: World, rhythms: Sequence[Rhythm]) -> list[tuple[int, int, Hours]]:
    """Return when hours of schools change during the run: day, school and hours from then on, in order."""
    if world.profile is None:
        return []
    weekly = _weekly_hours(world)
    changes: list[tuple[int, int, Hours]] = []
    for school, rhythm in enumerate(rhythms):
        spans = hours_spans(world.profile, school)
        ends = [float(span.start) for span in spans[1:]] + [world.horizon]
        changes += [
            (
                span.start,
                school,
                _hours(world, rhythm, weekly[school], span, _minutes(rhythm, span.start, end)),
            )
            for span, end in zip(spans, ends, strict=True)
        ]
    return sorted(changes, key=lambda change: change[:2])


def _weekly_hours(world: World) -> list[float]:
    """Return the fixed hours a school week of every school as planned."""
    weeks = world.calendar.school_days_per_year / SCHOOL_DAYS_PER_WEEK
    return [hours / weeks for hours in world.plan.fixed_hours.tolist()]


def _hours(world: World, rhythm: Rhythm, planned: float, span: HoursSpan, minutes: Sequence[float]) -> Hours:
    """Return the hours of a school in a span, in which its visits take so many minutes each."""
    weekly = planned * span.factor + span.extra
    pace = Pace()
    if weekly > 0.0 and rhythm.visits:
        pace = _pace(world, weekly, fmean(minutes))
    return Hours(weekly, pace, pace.visits > 0.0 or (span.factor > 0.0 and len(rhythm.chances) > 0))


def _minutes(rhythm: Rhythm, start: float, end: float) -> Sequence[float]:
    """Return the minutes of the visits between two days, or of all if there are none."""
    visits = zip(rhythm.visits, rhythm.minutes, strict=True)
    return [minutes for day, minutes in visits if start <= day < end] or rhythm.minutes


def _pace(world: World, weekly_hours: float, visit_minutes: float) -> Pace:
    smw = world.scenario.care.smw
    visits = 60.0 * weekly_hours / visit_minutes
    return Pace(visits, visits * split_visit(visit_minutes, smw.visits.travel_minutes, smw.shares.values())[-1])
