"""The SimPy engine: build the network of a world, let the cases in, run to the horizon."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np

from sim.care.care_team import CareTeam
from sim.care.case import Case, Rates
from sim.care.clock import OWN_EVENT, Clock, Steps
from sim.care.network import Network
from sim.care.observer import Observer
from sim.care.rows import CHOICE_AT, Rows, as_rows
from sim.care.slots import Slots
from sim.care.smw_visits import SmwDesk, Worker
from sim.care.student import journey
from sim.cases.draws import Choice
from sim.cases.rhythm import Rhythm
from sim.cases.table import CaseTable
from sim.records import History, State
from sim.region.region import GATEWAY_TYPES
from sim.rules.presence import Presence, presence_of
from sim.rules.rates import rate_table
from sim.world import World

LIST_OF_GATEWAY, LIST_OF_YOUTH_CARE = 1, 2


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
    presence = presence_of(world.scenario.care.smw, world.plan.yearly_hours, world.region.students, world.calendar)
    network = build_network(world, as_rows(table), rhythms, clock, observer, presence)
    for desk, team in zip(network.desks, network.teams, strict=True):
        clock.process(desk.visits(clock))
        clock.process(team.meet(clock))
    clock.process(_arrivals(network, _rates(world), presence, world.horizon))
    clock.run(until=world.horizon)
    handled = clock.popped
    for case in network.walking:
        case.stop()
    clock.forget()
    return handled


def _rates(world: World) -> Rates:
    """Return the rate table as lists of tuples, by state and profile."""
    scenario = world.scenario
    table = rate_table(scenario.demand, scenario.care, world.calendar.school_days_per_year)
    return [[tuple(row) for row in state] for state in table.tolist()]


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
) -> Network:
    """Set up every station of a world."""
    care, region = world.scenario.care, world.region
    desks = _desks(world, rhythms, observer)
    teams = [
        CareTeam(school, (care.mdo, care.zat)[int(region.sector[school])], rhythms[school].meetings, desk)
        for school, desk in enumerate(desks)
    ]
    by_severity = care.gateway.order == "severity"
    cases_of = Counter(student for student in rows.student if student >= 0)
    return Network(
        care=care,
        rows=rows,
        calendar=world.calendar,
        clock=clock,
        observer=observer,
        desks=desks,
        teams=teams,
        gateways=[Slots(slots, by_severity, LIST_OF_GATEWAY) for slots in gateway_slots(world)],
        gateway_types=[int(kind) for kind in region.gateway_type],
        youth_care=Slots(care.youth_care.slots, care.youth_care.order == "severity", LIST_OF_YOUTH_CARE),
        base_care_factor=presence.base_care.tolist(),
        siblings=[cases_of[student] > 1 for student in rows.student],
    )


def gateway_slots(world: World) -> list[int]:
    """Return the slots of every municipality's gateway, rounded to whole slots and at least one."""
    gateway, region = world.scenario.care.gateway, world.region
    per_1000 = [getattr(gateway, name).slots_per_1000_pupils for name in GATEWAY_TYPES]
    return [
        max(1, round(per_1000[int(kind)] * int(pupils) / 1000.0)) if per_1000[int(kind)] > 0.0 else 0
        for kind, pupils in zip(region.gateway_type, region.pupils, strict=True)
    ]


def _desks(world: World, rhythms: list[Rhythm], observer: Observer) -> list[SmwDesk]:
    smw, plan = world.scenario.care.smw, world.plan
    workers = [Worker() for _ in range(int(plan.worker.max(initial=-1)) + 1)]
    weeks = world.calendar.school_days_per_year / 5.0
    return [
        SmwDesk(
            school,
            smw,
            smw.conversation_minutes.values()[int(world.region.sector[school])],
            rhythm,
            float(plan.yearly_hours[school]) / weeks,
            workers[int(plan.worker[school])] if plan.worker[school] >= 0 else None,
            observer,
        )
        for school, rhythm in enumerate(rhythms)
    ]


def _arrivals(network: Network, rates: Rates, presence: Presence, horizon: float) -> Steps:
    """Let every case in at its onset; on day 0 first those in service, then those who wait."""
    rows, clock = network.rows, network.clock
    notice = presence.notice.tolist()
    onset_factor = presence.onset.tolist()
    marks = rows.numbers[:, CHOICE_AT + Choice.ONSET_MARK].tolist()
    for row in _order(rows):
        onset = rows.onset[row]
        if onset >= horizon:
            return
        if onset > clock.now:
            yield clock.at(onset, OWN_EVENT + row)
        school, student = rows.school[row], rows.student[row]
        if student in network.gone:
            continue
        if school >= 0 and marks[row] >= onset_factor[school]:
            continue
        case = Case(row, rows, rates, clock, network.calendar, notice[school] if school >= 0 else 1.0)
        network.walking.add(case)
        if network.siblings[row]:
            network.live[student].add(case)
        case.begin(journey(network, case, State(rows.start[row])))


def _order(rows: Rows) -> list[int]:
    waits = np.isin(rows.start, (State.GATEWAY_WAIT, State.YOUTH_CARE_WAIT))
    onset = np.array(rows.onset)
    return [int(row) for row in np.lexsort((np.arange(onset.size), waits, onset))]
