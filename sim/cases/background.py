"""Background people: those who come to a gateway or to youth care without passing through a school."""

from __future__ import annotations

import numpy as np

from sim.cases.episodes import BACKGROUND_PURPOSES, draw, durations, pick
from sim.cases.streams import Purpose, stream
from sim.cases.table import CaseTable, FloatArray, IntArray
from sim.records import State
from sim.scenario.base import SECTORS
from sim.world import World

KINDS_OF = "vo"


def background_cases(world: World, seed: int, replication: int) -> CaseTable:
    """Draw the background people of one replication: on day 0 in care or waiting, and those who come later.

    Parameters
    ----------
    world
        The world to draw for.
    seed
        Seed of the study.
    replication
        Number of the replication, from 0.
    """
    start, arrival = _starts_and_arrivals(world, seed, replication)
    demand, care = world.scenario.demand, world.scenario.care
    n = start.size
    draws = draw(n, "background", BACKGROUND_PURPOSES, seed, replication)
    kinds = demand.kinds.values()[SECTORS.index(KINDS_OF)]
    never = np.full((n, 2), np.inf)
    minus_one = np.full(n, -1, dtype=np.int32)
    pupils = world.region.pupils / world.region.pupils.sum()
    return CaseTable(
        student=minus_one,
        school=minus_one,
        sector=minus_one,
        kind=pick(draws.episode[:, 1], np.array(kinds.values())),
        severity=pick(draws.episode[:, 2], np.array(demand.background.severity.values())),
        stacked=np.zeros(n, dtype=np.bool_),
        safety=np.zeros(n, dtype=np.bool_),
        municipality=pick(draws.episode[:, 5], pupils),
        onset=arrival,
        stock=arrival == 0.0,
        start=start,
        leaves_school=np.zeros(n),
        frailty=np.ones(n),
        recover=draws.course[:, 0:2],
        escalate=draws.course[:, 2:5],
        gp=never,
        leave_early=np.full(n, np.inf),
        give_up=draws.course[:, 8:11],
        notice=never,
        choice=draws.choice,
        conversations=np.ones(n, dtype=np.int32),
        duration=durations(draws, start, care.gateway.service_cv, care.youth_care.service_cv),
        received=np.zeros(n, dtype=np.int32),
    )


def _starts_and_arrivals(world: World, seed: int, replication: int) -> tuple[IntArray, FloatArray]:
    """Return start states and days; those in service on day 0 first, then those waiting, then arrivals."""
    demand = world.scenario.demand
    initial = (
        (State.GATEWAY_HELP, demand.initial_background.gateway_help),
        (State.YOUTH_CARE, demand.initial_background.youth_care),
        (State.GATEWAY_WAIT, demand.initial_background.gateway_wait),
        (State.YOUTH_CARE_WAIT, demand.initial_background.youth_care_wait),
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
