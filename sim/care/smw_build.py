"""Set up school social work: the desk of every school, and the pools of flexible hours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sim.care.bridging import Contacts
from sim.care.course import Rates
from sim.care.observer import Observer
from sim.care.smw_desk import Line, SmwDesk, Worker
from sim.care.smw_pool import Member, SmwPool
from sim.cases.rhythm import Rhythm
from sim.scenario.base import SECTORS
from sim.stations.pools import pools_of
from sim.stations.smw import limits_of, planned_hours, workers_of
from sim.world import World


def build_desks(world: World, rhythms: Sequence[Rhythm], rates_in_touch: Rates, observer: Observer) -> list[SmwDesk]:
    """Set up the SMW of every school, with the hours that it was planned to have on day 0."""
    smw, sectors = world.scenario.care.smw, world.region.sector
    plan, limits, hours = workers_of(world), limits_of(world), planned_hours(world, rhythms)
    workers = [Worker(number) for number in plan.numbers]
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
            worker=workers[plan.at_school[school]],
            pool_line=lines[sector] if rhythm.chances else None,
            contacts=Contacts(smw.bridging, rates_in_touch, observer),
            observer=observer,
        )
        desk.change_hours(hours[school])
        desks.append(desk)
    return desks


def build_pools(world: World, desks: Sequence[SmwDesk], rhythms: Sequence[Rhythm]) -> Iterator[SmwPool]:
    """Set up the pool of every sector that has flexible hours."""
    for plan in pools_of(world, rhythms):
        members = [Member(desks[school], rhythms[school].chances) for school in plan.schools]
        line = members[0].desk.pool_line
        assert line is not None
        yield SmwPool(plan.sector, members, plan.periods, plan.terms, line, world.calendar)
