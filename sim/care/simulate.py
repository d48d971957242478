"""The SimPy engine: build the network of a world, let the cases in, run to the horizon."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import numpy as np

from sim.care.care_forms import care_forms
from sim.care.care_team import CareTeam
from sim.care.case import Case
from sim.care.clock import Clock, Steps
from sim.care.course import Rates
from sim.care.hours_over_time import change_hours
from sim.care.linking import link
from sim.care.network import Network
from sim.care.observer import Observer
from sim.care.rows import Rows, as_rows
from sim.care.smw_build import build_desks, build_pools
from sim.care.smw_visits import fixed_visits
from sim.care.student import journey
from sim.cases.draws import Choice
from sim.cases.numbers import CHOICE_AT
from sim.cases.rhythm import Rhythm
from sim.cases.table import CaseTable
from sim.records import History, State
from sim.rules.order import OWN_EVENT
from sim.rules.presence import Presence
from sim.rules.rates import in_touch, rate_table
from sim.stations.presence import presence_over_time
from sim.stations.smw import changes_of_hours
from sim.world import World


def simulate(world: World, table: CaseTable, rhythms: list[Rhythm]) -> History:
    """Run one replication.

    Parameters
    ----------
    world
        The world to simulate.
    table
        Everything random about every case.
    rhythms
        Visits and meetings of every school.
    """
    return run(world, table, rhythms)[0]


def run(world: World, table: CaseTable, rhythms: list[Rhythm]) -> tuple[History, int]:
    """Run one replication; return what happened and the number of events that SimPy handled."""
    observer = Observer()
    with _without_collector():
        handled = _walk(world, table, rhythms, observer)
    return observer.history(world.horizon), handled


def _walk(world: World, table: CaseTable, rhythms: list[Rhythm], observer: Observer) -> int:
    """Let all cases walk to the horizon; return the number of events that SimPy handled."""
    clock = Clock(world.horizon)
    presence = presence_over_time(world)
    rates = _rates(world)
    network = build_network(world, as_rows(table), rhythms, clock, observer, presence[0], rates)
    for desk, team, rhythm in zip(network.desks, network.teams, rhythms, strict=True):
        clock.process(fixed_visits(desk, rhythm, clock))
        clock.process(team.meet(clock))
    for pool in build_pools(world, network.desks, rhythms):
        clock.process(pool.run(clock))
    clock.process(change_hours(network, changes_of_hours(world, rhythms), presence))
    clock.process(_arrivals(network, rates.ordinary, world.horizon))
    clock.run(until=world.horizon)
    handled = clock.popped
    for case in network.walking:
        case.stop()
    clock.forget()
    return handled


class RateTables(NamedTuple):
    """Rates as lists of tuples, by state and profile: ordinary ones, and those of students in touch with SMW."""

    ordinary: Rates
    in_touch: Rates


def _rates(world: World) -> RateTables:
    scenario = world.scenario
    ordinary = rate_table(scenario.demand, scenario.care, world.calendar.school_days_per_year)
    touched = in_touch(ordinary, scenario.care.smw.bridging.leaving_factor)
    return RateTables(*([[tuple(row) for row in state] for state in table.tolist()] for table in (ordinary, touched)))


@contextmanager
def _without_collector() -> Iterator[None]:
    """Switch off the search for reference cycles: a run makes few, and searching takes a third of its time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def build_network(
    world: World,
    rows: Rows,
    rhythms: list[Rhythm],
    clock: Clock,
    observer: Observer,
    presence: Presence,
    rates: RateTables,
) -> Network:
    """Set up every station of a world."""
    care, region = world.scenario.care, world.region
    desks = build_desks(world, rhythms, rates.in_touch, observer)
    teams = [
        CareTeam(school, care.team(int(region.sector[school])), rhythms[school].meetings, desk)
        for school, desk in enumerate(desks)
    ]
    cases_of = Counter(student for student in rows.student if student >= 0)
    return Network(
        care=care,
        rows=rows,
        calendar=world.calendar,
        clock=clock,
        observer=observer,
        desks=desks,
        teams=teams,
        linking=link(world),
        forms=care_forms(care),
        notice_factor=presence.notice.tolist(),
        base_care_factor=presence.base_care.tolist(),
        onset_factor=presence.onset.tolist(),
        siblings=[cases_of[student] > 1 for student in rows.student],
    )


def _arrivals(network: Network, rates: Rates, horizon: float) -> Steps:
    """Let every case in at its onset; on day 0 first those in service, then those who wait."""
    rows, clock = network.rows, network.clock
    marks = rows.numbers[:, CHOICE_AT + Choice.ONSET_MARK].tolist()
    for row in _order(rows):
        onset = rows.onset[row]
        if onset >= horizon:
            return
        if onset > 0.0:
            yield clock.at(onset, OWN_EVENT + row)
        school, student = rows.school[row], rows.student[row]
        if student in network.gone:
            continue
        if school >= 0 and marks[row] >= network.onset_factor[school]:
            continue
        notice = network.notice_factor[school] if school >= 0 else 1.0
        case = Case(row, rows, rates, clock, network.calendar, notice)
        network.walking.add(case)
        if network.siblings[row]:
            network.live[student].add(case)
        case.begin(journey(network, case, State(rows.start[row])))


def _order(rows: Rows) -> list[int]:
    onset = np.array(rows.onset)
    waits = np.isin(rows.start, (State.GATEWAY_WAIT, State.YOUTH_CARE_WAIT, State.GGZ_WAIT)) & (onset == 0.0)
    return [int(row) for row in np.lexsort((np.arange(onset.size), waits, onset))]
