"""Background people: those who come to a gateway or to youth care without passing through a school."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from sim.cases.episodes import BACKGROUND_PURPOSES, Draws, draw, durations, pick, recovered_on_day_0
from sim.cases.present import ANYWHERE, BackgroundStart
from sim.cases.streams import Purpose, stream
from sim.cases.table import CaseTable, FloatArray, IntArray, take
from sim.records import State
from sim.scenario.base import SECTORS
from sim.world import World

KINDS_OF = "vo"


def background_cases(world: World, seed: int, replication: int, today: Sequence[BackgroundStart] = ()) -> CaseTable:
    """Draw the background people of one replication: on day 0 in care or waiting, and those who come later.

    Parameters
    ----------
    world
        The world to draw for.
    seed
        Seed of the study.
    replication
        Number of the replication, from 0.
    today
        How many are in some states on day 0, instead of those who are drawn; nobody else changes.
    """
    start, arrival = _starts_and_arrivals(world, seed, replication)
    drawn = start.size
    start = np.concatenate([start, *(np.full(here.number, here.state, dtype=np.int32) for here in today)])
    arrival = np.concatenate([arrival, np.zeros(start.size - drawn)])
    table = _table(world, start, arrival, draw(start.size, "background", BACKGROUND_PURPOSES, seed, replication))
    return table if not today else _in_place(table, drawn, today)


def _in_place(table: CaseTable, drawn: int, today: Sequence[BackgroundStart]) -> CaseTable:
    """Leave out who was drawn into the states given, and let those who were added last live where they wait."""
    municipality, stays = table.municipality.copy(), np.ones(len(table), dtype=np.bool_)
    first = drawn
    for state, place, number in today:
        here = (table.start == state) & (table.onset == 0.0)
        if place != ANYWHERE:
            here &= table.municipality == place
            municipality[first : first + number] = place
        stays[:drawn] &= ~here[:drawn]
        first += number
    return take(replace(table, municipality=municipality), np.flatnonzero(stays))


def _table(world: World, start: IntArray, arrival: FloatArray, draws: Draws) -> CaseTable:
    demand, care = world.scenario.demand, world.scenario.care
    n = start.size
    kinds = demand.kinds.values()[SECTORS.index(KINDS_OF)]
    never = np.full((n, 2), np.inf)
    minus_one = np.full(n, -1, dtype=np.int32)
    residents = world.region.residents / world.region.residents.sum()
    return CaseTable(
        student=minus_one,
        school=minus_one,
        sector=minus_one,
        level=np.zeros(n, dtype=np.int32),
        kind=pick(draws.episode[:, 1], np.array(kinds.values())),
        severity=pick(draws.episode[:, 2], np.array(demand.background.severity.values())),
        stacked=np.zeros(n, dtype=np.bool_),
        safety=np.zeros(n, dtype=np.bool_),
        study_only=np.zeros(n, dtype=np.bool_),
        age=np.zeros(n),
        municipality=pick(draws.episode[:, 5], residents),
        onset=arrival,
        stock=arrival == 0.0,
        start=start,
        recovered=recovered_on_day_0(start, draws.episode[:, 9], demand.initial_recovered),
        leaves_school=np.zeros(n),
        frailty=np.ones(n),
        recover=draws.course[:, 0:2],
        escalate=draws.course[:, 2:5],
        gp=never,
        leave_early=np.full(n, np.inf),
        give_up=draws.course[:, 8:12],
        notice=never,
        choice=draws.choice,
        conversations=np.ones(n, dtype=np.int32),
        duration=durations(draws, start, care),
        received=np.zeros(n, dtype=np.int32),
    )


def _starts_and_arrivals(world: World, seed: int, replication: int) -> tuple[IntArray, FloatArray]:
    """Return start states and days; those in service on day 0 first, then those waiting, then arrivals."""
    demand = world.scenario.demand
    initial = (
        (State.GATEWAY_HELP, demand.initial_background.gateway_help),
        (State.YOUTH_CARE, demand.initial_background.youth_care),
        (State.GGZ, demand.initial_background.ggz),
        (State.GATEWAY_WAIT, demand.initial_background.gateway_wait),
        (State.YOUTH_CARE_WAIT, demand.initial_background.youth_care_wait),
        (State.GGZ_WAIT, demand.initial_background.ggz_wait),
        (State.AFTER_CARE, demand.initial_background.after_care),
    )
    streams = (
        (State.GATEWAY_WAIT, demand.background.gateway_per_year),
        (State.YOUTH_CARE_WAIT, demand.background.youth_care_per_year),
    )
    states = [np.full(round(number), int(state), dtype=np.int32) for state, number in initial]
    times = [np.zeros(state.size) for state in states]
    for state, per_year in streams:
        arrivals = _poisson_times(world, state, per_year / 365.25, seed, replication)
        states.append(np.full(arrivals.size, int(state), dtype=np.int32))
        times.append(arrivals)
    return np.concatenate(states), np.concatenate(times)


def _poisson_times(world: World, state: State, per_day: float, seed: int, replication: int) -> FloatArray:
    generator = stream(seed, replication, Purpose.BACKGROUND_ARRIVAL, state.name)
    expected = per_day * world.horizon
    if expected <= 0.0:
        return np.empty(0)
    # Exponential gaps, not a count and uniforms: a longer horizon then only adds arrivals.
    gaps = generator.standard_exponential(int(expected + 10.0 * np.sqrt(expected) + 20.0)) / per_day
    times = np.cumsum(gaps)
    return times[times < world.horizon]
