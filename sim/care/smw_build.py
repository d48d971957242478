"""Set up school social work: the desk of every school, its hours over time, and the pools of flexible hours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import fmean

import numpy as np

from sim.care.bridging import Contacts
from sim.care.course import Rates
from sim.care.observer import Observer
from sim.care.smw_desk import NO_LIMIT, DeskLimits, Hours, Line, Pace, SmwDesk, Worker
from sim.care.smw_pool import SCHOOL_DAYS_PER_WEEK, Member, Period, SmwPool, Terms
from sim.cases.rhythm import HoursSpan, Rhythm, hours_spans
from sim.region.practice import schools_with
from sim.rules.hazards import INFINITE
from sim.rules.visit import split_visit
from sim.scenario.base import SECTORS
from sim.world import World


def build_desks(world: World, rhythms: Sequence[Rhythm], rates_in_touch: Rates, observer: Observer) -> list[SmwDesk]:
    """Set up the SMW of every school, with the hours that it was planned to have on day 0."""
    smw, sectors = world.scenario.care.smw, world.region.sector
    workers, limits = _workers(world), _limits(world)
    lines = [Line() for _ in SECTORS]
    desks: list[SmwDesk] = []
    for school, rhythm in enumerate(rhythms):
        sector = int(sectors[school])
        desk = SmwDesk(
            school=school,
            settings=smw,
            minutes=smw.conversation_minutes.values()[sector],
            registration_minutes=smw.registration_minutes.values()[sector],
            limits=limits[school],
            worker=workers[school],
            pool_line=lines[sector] if rhythm.chances else None,
            contacts=Contacts(smw.bridging, rates_in_touch, observer),
            observer=observer,
        )
        desk.change_hours(_hours(world, rhythm, school, HoursSpan(0, 1.0, 0.0), world.horizon))
        desks.append(desk)
    return desks


def _workers(world: World) -> list[Worker]:
    """Return the worker of each school; a school without planned hours has one of its own, if hours come later."""
    plan = world.plan
    shared: dict[int, Worker] = {}
    workers: list[Worker] = []
    for worker, number in zip(plan.worker.tolist(), plan.workers_at.tolist(), strict=True):
        workers.append(shared.setdefault(worker, Worker(number)) if worker >= 0 else Worker())
    return workers


def _limits(world: World) -> list[DeskLimits]:
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
        DeskLimits(
            conversations=conversations if has_maximum else NO_LIMIT,
            minutes=minutes if has_maximum else INFINITE,
            age=age if has_age else INFINITE,
            refuses_study_only=bool(refuses),
        )
        for has_maximum, has_age, refuses in zip(*practices, strict=True)
    ]


def changes_of_hours(world: World, rhythms: Sequence[Rhythm]) -> list[tuple[int, int, Hours]]:
    """Return when hours of schools change during the run: day, school and hours from then on, in order."""
    changes: list[tuple[int, int, Hours]] = []
    for school, rhythm in enumerate(rhythms):
        spans = hours_spans(world.profile, school)
        ends = [float(span.start) for span in spans[1:]] + [world.horizon]
        changes += [
            (span.start, school, _hours(world, rhythm, school, span, end))
            for span, end in zip(spans, ends, strict=True)
        ]
    return sorted(changes, key=lambda change: change[:2])


def _hours(world: World, rhythm: Rhythm, school: int, span: HoursSpan, end: float) -> Hours:
    weeks = world.calendar.school_days_per_year / SCHOOL_DAYS_PER_WEEK
    weekly = float(world.plan.fixed_hours[school]) / weeks * span.factor + span.extra
    pace = Pace()
    if weekly > 0.0 and rhythm.visits:
        pace = _pace(world, weekly, _mean_length(rhythm, span.start, end))
    return Hours(weekly, pace, pace.visits > 0.0 or (span.factor > 0.0 and len(rhythm.chances) > 0))


def _mean_length(rhythm: Rhythm, start: float, end: float) -> float:
    """Return the mean minutes of the visits between two days, or of all if there are none."""
    visits = zip(rhythm.visits, rhythm.minutes, strict=True)
    return fmean([minutes for day, minutes in visits if start <= day < end] or rhythm.minutes)


def _pace(world: World, weekly_hours: float, visit_minutes: float) -> Pace:
    smw = world.scenario.care.smw
    visits = 60.0 * weekly_hours / visit_minutes
    return Pace(visits, visits * split_visit(visit_minutes, smw.visits.travel_minutes, smw.shares.values())[-1])


def build_pools(world: World, desks: Sequence[SmwDesk], rhythms: Sequence[Rhythm]) -> Iterator[SmwPool]:
    """Set up the pool of every sector that has flexible hours."""
    for sector in range(len(SECTORS)):
        members = [
            Member(desks[school], rhythms[school].chances)
            for school in np.flatnonzero(world.region.sector == sector).tolist()
            if rhythms[school].chances
        ]
        terms = _terms(world, sector)
        line = members[0].desk.pool_line if members else None
        if line is not None and terms.for_cases > 0.0:
            yield SmwPool(sector, members, list(_periods(world, sector)), terms, line, world.calendar)


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
