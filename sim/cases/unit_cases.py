"""The cases of one unit before they are a table: whose they are, when they begin, and where those of day 0 are."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.cases.episodes import STUDENT_PURPOSES, Draws, draw, pick
from sim.cases.students import StudentRates, Students, draw_students
from sim.cases.table import BoolArray, FloatArray, IntArray
from sim.cases.units import Unit
from sim.records import State
from sim.scenario.demand import Demand, InitialPlaces
from sim.world import World

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
NOBODY: IntArray = np.zeros(0, dtype=np.int32)


class UnitCases(NamedTuple):
    """The cases of one unit, by owner and onset and then those that were added.

    Attributes
    ----------
    students
        Everyone who has a seat in the unit at some time.
    owner
        Index of the student, shape (n,).
    onset
        Day of onset, shape (n,).
    brought
        Brought along to the school or open on day 0, shape (n,).
    start
        State on day 0, hidden for later cases, shape (n,).
    draws
        Everything else that is random.
    """

    students: Students
    owner: IntArray
    onset: FloatArray
    brought: BoolArray
    start: IntArray
    draws: Draws

    @property
    def stock(self) -> BoolArray:
        """Whether each case is open on day 0, shape (n,)."""
        stock: BoolArray = self.brought & (self.onset == 0.0)
        return stock


def draw_unit(world: World, unit: Unit, seed: int, replication: int, added: IntArray = NOBODY) -> UnitCases:
    """Draw the students of a unit and their cases.

    Parameters
    ----------
    world
        The world to draw for.
    unit
        School, or one level of an mbo institution.
    seed, replication
        Of the study.
    added
        Students (indices) who get one more case that is open on day 0; the draws of all other cases stay the same.
    """
    demand = world.scenario.demand
    students = draw_students(
        _student_rates(demand, unit.group), unit.name, unit.students, world.calendar, seed, replication
    )
    per_student = students.open_at_start + students.onsets
    owner = np.repeat(np.arange(per_student.size, dtype=np.int32), per_student)
    number = np.arange(owner.size) - np.repeat(np.cumsum(per_student) - per_student, per_student)
    brought: BoolArray = number < students.open_at_start[owner]
    draws = draw(owner.size + added.size, unit.name, STUDENT_PURPOSES, seed, replication)
    onset = _onset(students, owner, brought, draws.episode[: owner.size, 0], world.horizon)
    order = np.lexsort((onset, owner))
    # Sorting the onsets of a student, not the rows: the other draws of a case do not depend on its rank.
    onset = np.concatenate([onset[order], np.zeros(added.size)])
    brought = np.concatenate([brought[order], np.ones(added.size, dtype=np.bool_)])
    owner = np.concatenate([owner, added])
    places = _places(demand, unit.sector, draws.episode[:, 6])
    # What new students bring along on day 0 is hidden, as it is on every other 1 August.
    known = brought & (onset == 0.0) & ~students.is_new[owner]
    start = np.where(known, places, int(State.HIDDEN)).astype(np.int32)
    return UnitCases(students, owner, onset, brought, start, draws)


def _student_rates(demand: Demand, group: int) -> StudentRates:
    return StudentRates(
        stay_years=round(demand.stay_years.values()[group]),
        entry_age=demand.entry_age.values()[group],
        age_spread=demand.entry_age_spread.values()[group],
        frailty_shape=demand.frailty_shape,
        onset_per_day=demand.onset_per_year.values()[group] / 365.25,
        stock=demand.stock_prevalence.values()[group],
        brought=demand.entry_prevalence.values()[group],
    )


def _onset(
    students: Students, owner: IntArray, brought: BoolArray, uniform: FloatArray, horizon: float
) -> FloatArray:
    begin = students.start[owner]
    until = np.minimum(students.end[owner], horizon)
    return np.where(brought, begin, begin + uniform * (until - begin))


def _places(demand: Demand, sector: int, uniform: FloatArray) -> IntArray:
    places: InitialPlaces = demand.initial_places.values()[sector]
    shares = [getattr(places, State(place).name.lower()) for place in PLACES[:-1]]
    index = pick(uniform, np.array([*shares, max(0.0, 1.0 - sum(shares))]))
    return np.array([int(place) for place in PLACES], dtype=np.int32)[index]


def residence_of(world: World, unit: Unit, draws: Draws) -> IntArray:
    """Return the municipality where the student of each case lives, shape (n,)."""
    return pick(draws.episode[:, 5], world.region.residence[unit.school])
