"""What drawing needs to know of a world and no replication changes: units, their seats, and shares as bounds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from sim.cases.blocks import Blocks
from sim.cases.draws import poisson_bounds
from sim.cases.lookup import Lookup, bounds_of
from sim.cases.per_world import PerWorld
from sim.cases.streams import place_of
from sim.cases.terms import TermArray, Terms, terms_of
from sim.cases.units import units_of
from sim.records import State
from sim.scenario.base import SECTORS
from sim.scenario.demand import InitialPlaces
from sim.world import World

IntArray = npt.NDArray[np.int32]

KINDS_OF_BACKGROUND = "vo"

PLACES = (
    State.BASE_CARE,
    State.TEAM_WAIT,
    State.SMW_WAIT,
    State.SMW_CARE,
    State.MONITORED,
    State.EDUCATION_CARE,
    State.LEERPLICHT,
    State.GATEWAY_WAIT,
    State.GATEWAY_HELP,
    State.YOUTH_CARE_WAIT,
    State.YOUTH_CARE,
    State.GGZ_WAIT,
    State.GGZ,
    State.AFTER_CARE,
    State.HIDDEN,
)
"""Where open problems of students can be on day 0; who is nowhere else is hidden."""


@dataclass(frozen=True)
class Plan:
    """Units in the order of the region's schools, and what holds for all students of a unit.

    Attributes
    ----------
    school, sector, level, group
        School index and indices into ``SECTORS``, ``LEVELS`` (0 outside the mbo) and ``GROUPS`` of each unit, shape
        (units,).
    students
        Students of each unit: everyone who has a seat at some time before the horizon, by seat and then by occupant.
    term
        Term of each student, shape (students,).
    terms
        What can be expected of each term.
    kinds, severities, places
        Kinds of problems by sector, severities at onset (row 0) and of problems that were there before (row 1), and
        index into ``PLACES`` by sector.
    residence
        Municipality where students live, by school.
    conversations
        Conversations beyond the first that are needed, by group.
    background_kinds, background_severities, background_residence
        Kinds and severities of problems of background people, and where they live.
    """

    school: IntArray
    sector: IntArray
    level: IntArray
    group: IntArray
    students: Blocks
    term: TermArray
    terms: Terms
    kinds: Lookup
    severities: Lookup
    places: Lookup
    residence: Lookup
    conversations: Lookup
    background_kinds: Lookup
    background_severities: Lookup
    background_residence: Lookup


def make_plan(world: World) -> Plan:
    """Work out the plan of a world."""
    demand, units = world.scenario.demand, list(units_of(world.region))
    terms, means = terms_of(demand, world.calendar), world.scenario.care.smw.conversations_mean.values()
    of_units = [terms.of_seats(unit.group, unit.students) for unit in units]
    residents = world.region.residents
    columns = [(unit.school, unit.sector, unit.level, unit.group) for unit in units]
    school, sector, level, group = np.array(columns, dtype=np.int32).reshape(-1, 4).T.copy()
    return Plan(
        school=school,
        sector=sector,
        level=level,
        group=group,
        students=Blocks(
            places=tuple(place_of(unit.name) for unit in units),
            first=tuple(accumulate((part.size for part in of_units), initial=0)),
        ),
        term=np.concatenate([np.zeros(0, dtype=np.int16), *of_units]),
        terms=terms,
        kinds=_by_share([kinds.values() for kinds in demand.kinds.values()]),
        severities=_by_share([demand.severity_onset.values(), demand.severity_stock.values()]),
        places=_by_share([_shares(places) for places in demand.initial_places.values()]),
        residence=_by_share(world.region.residence),
        conversations=Lookup.of([poisson_bounds(max(mean - 1.0, 0.0)) for mean in means]),
        background_kinds=_by_share([demand.kinds.values()[SECTORS.index(KINDS_OF_BACKGROUND)].values()]),
        background_severities=_by_share([demand.background.severity.values()]),
        background_residence=_by_share([residents / residents.sum()]),
    )


plan_of = PerWorld(make_plan)


def _by_share(rows: Iterable[npt.ArrayLike]) -> Lookup:
    return Lookup.of([bounds_of(np.array(row)) for row in rows])


def _shares(places: InitialPlaces) -> list[float]:
    shares = [getattr(places, place.name.lower()) for place in PLACES[:-1]]
    return [*shares, max(0.0, 1.0 - sum(shares))]
