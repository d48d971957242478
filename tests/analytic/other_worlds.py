"""The real model, set up so that a season, a weekly slot of social work or a single hazard has a closed form."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from sim.cases.draw import draw_cases
from sim.cases.rhythm import draw_rhythms
from sim.cases.table import CaseTable
from sim.records import Event, History, State
from sim.region.school_time import DAYS_PER_MONTH, DAYS_PER_YEAR
from sim.scenario.base import SEVERITIES
from sim.world import World
from tests.analytic.queue_worlds import DAYS, SEED, SETTLE, TAIL
from tests.histories import stays
from tests.worlds import (
    DUTCH_CALENDAR,
    NEVER,
    by_group,
    by_kind,
    by_sector,
    by_severity,
    hours,
    one_school,
    quiet,
    rhythm,
    simulate,
    world_of,
)

SEASON_ARRIVALS, SEASON_SWING, SEASON_PERIOD, SEASON_SERVICE = 6.0, 0.5, 60.0, 15.0
SEASON_PULSE = 2.0 * np.pi / SEASON_PERIOD
SEASON_PHASES = np.array([0.0, 15.0, 30.0, 45.0])

SLOT_ARRIVALS, SLOT_DAYS = 0.7, 0.04

RECOVER_A_MONTH, GP_A_MONTH = 4.0, 2.0
NOTICE_A_MONTH = 0.1
FRAILTY_SHAPE, ESCALATE_A_MONTH, ESCALATE_MONTHS = 0.75, 0.3, 6.0
LEAVE_A_YEAR, KIND_RATIO, SEVERITY_RATIO, STACKED_RATIO, LEAVE_YEARS = 0.4, 1.5, 2.0, 1.2, 0.5
ONSET_A_YEAR, ENTRY_PREVALENCE = 0.25, 0.4
FIRST_YEAR_STUDENTS, FIRST_YEAR_ONSET = 1000, 0.8


def season(replication: int) -> dict[str, float]:
    """Let arrivals of youth care without a limit of slots follow a season; return numbers in care by phase."""
    world = world_of(
        quiet(),
        demand__background__youth_care_per_year=SEASON_ARRIVALS * DAYS_PER_YEAR,
        care__youth_care__slots=1_000_000,
        care__youth_care__mean_months=SEASON_SERVICE / DAYS_PER_MONTH,
    )
    table = draw_cases(world, SEED, replication)
    # A Poisson stream seen on another clock: the time at which the seasonal stream has expected as many arrivals.
    grid = np.linspace(0.0, float(DAYS), 400_001)
    expected = grid + SEASON_SWING / SEASON_PULSE * (1.0 - np.cos(SEASON_PULSE * grid))
    seasonal = replace(table, onset=np.interp(table.onset, expected, grid))
    in_care = stays(simulate(world, seasonal, draw_rhythms(world, SEED, replication))).of(State.YOUTH_CARE)
    rounds = np.arange(2, 6) * SEASON_PERIOD
    return {
        f"number at {phase:.0f} of {SEASON_PERIOD:.0f} days": float(in_care.number_at(rounds + phase).mean())
        for phase in SEASON_PHASES
    }


def weekly_slot(replication: int) -> dict[str, float]:
    """Let students ask a social worker who has one conversation a visit; return the mean wait in visits."""
    world = world_of(
        quiet(), demand__background__gateway_per_year=SLOT_ARRIVALS / SLOT_DAYS * DAYS_PER_YEAR, **hours(vo=1.0)
    )
    table = draw_cases(world, SEED, replication)
    number = np.arange(len(table), dtype=np.int32)
    asking = replace(
        table,
        student=number,
        school=0 * number,
        sector=0 * number + 1,
        start=0 * number + int(State.SMW_WAIT),
        leaves_school=np.full(number.size, NEVER),
    )
    visits = tuple(np.arange(1, int(DAYS / SLOT_DAYS)) * SLOT_DAYS)
    history = simulate(world, asking, rhythm(visits, 60.0))
    waits = stays(history).of(State.SMW_WAIT).begun(SETTLE * DAYS, (1.0 - TAIL) * DAYS)
    assert waits.over.all(), "a wait that counts is not over at the horizon"
    return {"mean wait in visits": float(waits.length.mean()) / SLOT_DAYS}


def _stock(replication: int, **changes: Any) -> tuple[CaseTable, History]:
    """Run the stock of problems of one large school, whose students never leave and have one problem each."""
    world = world_of(
        quiet(),
        one_school(2000),
        demand__stock_prevalence=by_group(0.5),
        care__youth_care__slots=0,
        **changes,
    )
    drawn = draw_cases(world, SEED, replication)
    table = replace(drawn, student=np.arange(len(drawn), dtype=np.int32), leaves_school=np.full(len(drawn), NEVER))
    return table, simulate(world, table, draw_rhythms(world, SEED, replication))


def competing_hazards(replication: int) -> dict[str, float]:
    """Let recovery and the GP compete for hidden problems; return who wins, and when."""
    _, history = _stock(
        replication,
        demand__recovery__per_month=by_kind(RECOVER_A_MONTH),
        demand__gp_per_month=by_severity(GP_A_MONTH),
    )
    hidden = stays(history).of(State.HIDDEN)
    assert hidden.over.all()
    return {
        "share that recovers": float((hidden.following == State.RECOVERED).mean()),
        "mean months hidden": float(hidden.length.mean()) / DAYS_PER_MONTH,
    }


def noticing_in_school_time(replication: int) -> dict[str, float]:
    """Let teachers notice in school time only; return the share noticed within a school year."""
    table, history = _stock(
        replication, calendar=DUTCH_CALENDAR, demand__notice__per_month=by_severity(NOTICE_A_MONTH)
    )
    return {"share noticed in a year": _count(history, Event.NOTICED, NEVER) / len(table)}


def escalation_of_the_frail(replication: int) -> dict[str, float]:
    """Let light problems get worse at a rate with gamma frailty; return the share that did."""
    table, history = _stock(
        replication,
        demand__frailty_shape=FRAILTY_SHAPE,
        demand__severity_stock=by_severity(1.0, 0.0),
        demand__escalation_per_month=by_severity(ESCALATE_A_MONTH, 0.0),
    )
    worse = _count(history, Event.ESCALATED, ESCALATE_MONTHS * DAYS_PER_MONTH)
    return {"share that got worse": worse / len(table)}


def early_leaving_of_the_frail(replication: int) -> dict[str, float]:
    """Let students leave early by kind, severity, stacking and frailty; return the share that did."""
    ones = dict.fromkeys(SEVERITIES, 1.0)
    table, history = _stock(
        replication,
        demand__frailty_shape=FRAILTY_SHAPE,
        demand__kinds=by_sector(by_kind(0.0, 1.0, 0.0, 0.0)),
        demand__severity_stock=by_severity(0.0, 1.0, 0.0),
        demand__stacked_share=ones,
        demand__early_leaving={
            "base_per_year": by_group(0.0, LEAVE_A_YEAR),
            "sector_ratio": by_sector(1.0),
            "kind_ratio": by_kind(1.0, KIND_RATIO, 1.0, 1.0),
            "severity_ratio": by_severity(1.0, SEVERITY_RATIO, 1.0),
            "stacked_ratio": STACKED_RATIO,
        },
    )
    return {"share that left early": _count(history, Event.LEFT_EARLY, LEAVE_YEARS * DAYS_PER_YEAR) / len(table)}


def problems_of_a_school(replication: int) -> dict[str, float]:
    """Let problems arise and new cohorts bring some along; return how many of each a year."""
    world = _growing_world()
    table = draw_cases(world, SEED, replication)
    history = simulate(world, table, draw_rhythms(world, SEED, replication))
    # Every case enters: nothing else can happen to it here than to be hidden and to leave school.
    entered = np.unique(history.case)
    first_days = world.calendar.year_starts[:-1]
    brought = np.isin(table.onset[entered], first_days)
    years = len(first_days)
    return {
        "new problems a year": float((~brought).sum()) / years,
        "problems brought along a year": float(brought.sum()) / years,
    }


def students_without_a_problem(replication: int) -> dict[str, float]:
    """Let problems arise for a year; return the share of students who get none, which hangs on their frailty."""
    world = world_of(
        quiet(),
        one_school(FIRST_YEAR_STUDENTS),
        demand__frailty_shape=FRAILTY_SHAPE,
        demand__onset_per_year=by_group(0.0, FIRST_YEAR_ONSET),
    )
    table = draw_cases(world, SEED, replication)
    history = simulate(world, table, draw_rhythms(world, SEED, replication))
    with_problem = np.unique(table.student[np.unique(history.case)]).size
    return {"share without a problem": 1.0 - with_problem / FIRST_YEAR_STUDENTS}


def _growing_world() -> World:
    return world_of(
        quiet(),
        one_school(500),
        horizon__measure_years=7,
        demand__onset_per_year=by_group(0.0, ONSET_A_YEAR),
        demand__entry_prevalence=by_group(0.0, ENTRY_PREVALENCE),
    )


def _count(history: History, event: Event, until: float) -> int:
    """Return how many cases an event happened to before ``until``."""
    return np.unique(history.case[(history.event == event) & (history.time < until)]).size
