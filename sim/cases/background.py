"""Background people: those who come to a gateway or to youth care without passing through a school."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from sim.cases.blocks import Blocks, Luck, draw_rows, uniform
from sim.cases.draws import Episode
from sim.cases.episodes import recovered_on_day_0
from sim.cases.numbers import DURATION_AT, GIVE_UP_AT, GP_AT, NOTICE_AT
from sim.cases.plan import Plan
from sim.cases.streams import Purpose, place_of
from sim.cases.table import BoolArray, FloatArray, IntArray
from sim.records import State
from sim.region.school_time import DAYS_PER_YEAR
from sim.scenario.demand import Demand
from sim.world import World

UNIT = "background"
ANYWHERE = -1


class BackgroundStart(NamedTuple):
    """Background people who are needed in a state: in one municipality, or ``ANYWHERE`` in the region."""

    state: State
    municipality: int
    number: int


class Background(NamedTuple):
    """Background people before they are a table.

    Attributes
    ----------
    start
        State on day 0, or of arrival, shape (n,).
    arrival
        Day of coming, shape (n,).
    municipality
        Where they live, shape (n,).
    episode
        Uniforms by ``Episode``, shape (n, uniforms).
    stays
        Whether they are there at all; others stand in the place of those who are not, shape (n,).
    """

    start: IntArray
    arrival: FloatArray
    municipality: IntArray
    episode: FloatArray
    stays: BoolArray

    @property
    def blocks(self) -> Blocks:
        """All of them are one unit."""
        return _blocks(self.start.size)


def draw_background(world: World, plan: Plan, luck: Luck, today: Sequence[BackgroundStart] = ()) -> Background:
    """Draw the background people of one replication: on day 0 in care or waiting, and those who come later.

    Parameters
    ----------
    world
        The world to draw for.
    plan
        Shares of the world.
    luck
        Seed and replication.
    today
        How many are in some states on day 0, instead of those who are drawn; nobody else changes.
    """
    start, arrival = _starts_and_arrivals(world, luck)
    drawn = start.size
    start = np.concatenate([start, *(np.full(here.number, here.state, dtype=np.int32) for here in today)])
    arrival = np.concatenate([arrival, np.zeros(start.size - drawn)])
    episode = draw_rows(uniform, luck.streams(Purpose.BACKGROUND_EPISODE_UNIFORM), _blocks(start.size), len(Episode))
    municipality = plan.background_residence.find(episode[:, Episode.RESIDENCE])
    people = Background(start, arrival, municipality, episode, np.ones(start.size, dtype=np.bool_))
    _put_in_place(people, drawn, today)
    return people


def _blocks(people: int) -> Blocks:
    return Blocks((place_of(UNIT),), (0, people))


def _put_in_place(people: Background, drawn: int, today: Sequence[BackgroundStart]) -> None:
    """Leave out who was drawn into the states given, and let those who were added last live where they wait."""
    first = drawn
    for state, place, number in today:
        here = (people.start[:drawn] == state) & (people.arrival[:drawn] == 0.0)
        if place != ANYWHERE:
            here &= people.municipality[:drawn] == place
            people.municipality[first : first + number] = place
        people.stays[:drawn] &= ~here
        first += number


def background_columns(demand: Demand, plan: Plan, people: Background) -> dict[str, np.ndarray[Any, Any]]:
    """Return the columns of the table but for the numbers, each of shape (n,)."""
    n, episode = people.start.size, people.episode
    nowhere: IntArray = np.full(n, -1, dtype=np.int32)
    none, no, zero = np.zeros(n, dtype=np.int32), np.zeros(n, dtype=np.bool_), np.zeros(n)
    return {
        "student": nowhere,
        "school": nowhere,
        "sector": nowhere,
        "level": none,
        "kind": plan.background_kinds.find(episode[:, Episode.KIND]),
        "severity": plan.background_severities.find(episode[:, Episode.SEVERITY]),
        "stacked": no,
        "safety": no,
        "study_only": no,
        "age": zero,
        "municipality": people.municipality,
        "onset": people.arrival,
        "stock": people.arrival == 0.0,
        "start": people.start,
        "recovered": recovered_on_day_0(people.start, episode[:, Episode.RECOVERED], demand.initial_recovered),
        "leaves_school": zero,
        "frailty": np.ones(n),
        "conversations": np.ones(n, dtype=np.int32),
        "received": none,
    }


def close_to_background(numbers: FloatArray) -> None:
    """Let nothing happen to background people that happens at a school: no GP, no early leaving, no noticing."""
    numbers[:, GP_AT:GIVE_UP_AT] = np.inf
    numbers[:, NOTICE_AT:DURATION_AT] = np.inf


def _starts_and_arrivals(world: World, luck: Luck) -> tuple[IntArray, FloatArray]:
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
        arrivals = _poisson_times(world, state, per_year / DAYS_PER_YEAR, luck)
        states.append(np.full(arrivals.size, int(state), dtype=np.int32))
        times.append(arrivals)
    return np.concatenate(states), np.concatenate(times)


def _poisson_times(world: World, state: State, per_day: float, luck: Luck) -> FloatArray:
    generator = luck.streams(Purpose.BACKGROUND_ARRIVAL).at(place_of(state.name))
    expected = per_day * world.horizon
    if expected <= 0.0:
        return np.empty(0)
    # Exponential gaps, not a count and uniforms: a longer horizon then only adds arrivals.
    gaps = generator.standard_exponential(int(expected + 10.0 * np.sqrt(expected) + 20.0)) / per_day
    times = np.cumsum(gaps)
    return times[times < world.horizon]
