"""Draw the case table of one replication: students of every school, then background people."""

from __future__ import annotations

from dataclasses import fields

import numpy as np

from sim.cases.background import background_cases
from sim.cases.conversations import needed_conversations
from sim.cases.draws import Choice
from sim.cases.episodes import STUDENT_PURPOSES, Draws, draw, durations, pick
from sim.cases.students import StudentRates, Students, draw_students
from sim.cases.table import BoolArray, CaseTable, FloatArray, IntArray
from sim.records import State
from sim.scenario.base import KINDS
from sim.scenario.demand import Demand, InitialPlaces
from sim.world import World

HOME = KINDS.index("home")
PLACES = (
    State.BASE_CARE,
    State.TEAM_WAIT,
    State.SMW_WAIT,
    State.SMW_CARE,
    State.MONITORED,
    State.EDUCATION_CARE,
    State.GATEWAY_WAIT,
    State.GATEWAY_HELP,
    State.YOUTH_CARE_WAIT,
    State.YOUTH_CARE,
    State.AFTER_CARE,
    State.HIDDEN,
)


def draw_cases(world: World, seed: int, replication: int) -> CaseTable:
    """Draw everything random about every case of one replication.

    Parameters
    ----------
    world
        The world to draw for; only its region, demand and horizon shape the draws, never its policy.
    seed
        Seed of the study.
    replication
        Number of the replication, from 0.
    """
    parts: list[CaseTable] = []
    first_student = 0
    for school in range(len(world.region.school_ids)):
        part, students = _school_cases(world, school, first_student, seed, replication)
        parts.append(part)
        first_student += students
    parts.append(background_cases(world, seed, replication))
    return stack(parts)


def stack(parts: list[CaseTable]) -> CaseTable:
    """Join the tables of units into one, in the given order."""
    columns = {
        field.name: np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(CaseTable)
    }
    return CaseTable(**columns)


def mean_case_frailty(shape: float) -> float:
    """Return the mean frailty of students with a case.

    Cases fall on students in proportion to their frailty, so the frailty of a case is the size-biased gamma with
    mean 1 + 1 / shape (Vaupel, Manton and Stallard 1979, Demography 16:439).
    """
    return 1.0 + 1.0 / shape


def _school_cases(
    world: World, school: int, first_student: int, seed: int, replication: int
) -> tuple[CaseTable, int]:
    demand, region = world.scenario.demand, world.region
    sector = int(region.sector[school])
    unit = region.school_ids[school]
    students = draw_students(
        _student_rates(demand, sector), unit, int(region.students[school]), world.calendar, seed, replication
    )
    per_student = students.open_at_start + students.onsets
    owner = np.repeat(np.arange(per_student.size, dtype=np.int32), per_student)
    number = np.arange(owner.size) - np.repeat(np.cumsum(per_student) - per_student, per_student)
    brought: BoolArray = number < students.open_at_start[owner]
    draws = draw(owner.size, unit, STUDENT_PURPOSES, seed, replication)
    onset = _onset(students, owner, brought, draws.episode[:, 0], world.horizon)
    order = np.lexsort((onset, owner))
    # Sorting the onsets of a student, not the rows: the other draws of a case do not depend on its rank.
    table = _table(world, school, students, owner, onset[order], brought[order], draws, first_student)
    return table, per_student.size


def _student_rates(demand: Demand, sector: int) -> StudentRates:
    return StudentRates(
        stay_years=round(demand.stay_years.values()[sector]),
        frailty_shape=demand.frailty_shape,
        onset_per_day=demand.onset_per_year.values()[sector] / 365.25,
        stock=demand.stock_prevalence.values()[sector],
        brought=demand.entry_prevalence.values()[sector],
    )


def _onset(
    students: Students, owner: IntArray, brought: BoolArray, uniform: FloatArray, horizon: float
) -> FloatArray:
    begin = students.start[owner]
    until = np.minimum(students.end[owner], horizon)
    return np.where(brought, begin, begin + uniform * (until - begin))


def _table(
    world: World,
    school: int,
    students: Students,
    owner: IntArray,
    onset: FloatArray,
    brought: BoolArray,
    draws: Draws,
    first_student: int,
) -> CaseTable:
    demand, region, care = world.scenario.demand, world.region, world.scenario.care
    sector = int(region.sector[school])
    n = owner.size
    stock = brought & (onset == 0.0)
    kind = pick(draws.episode[:, 1], np.array(demand.kinds.values()[sector].values()))
    severity = _severity(demand, brought, draws.episode[:, 2])
    stacked = draws.episode[:, 3] < np.array(demand.stacked_share.values())[severity]
    start = np.where(stock, _start(demand, sector, draws.episode[:, 6]), int(State.HIDDEN)).astype(np.int32)
    conversations = needed_conversations(draws.episode[:, 7], care.smw.conversations_mean.values()[sector])
    frailty = students.frailty[owner] / mean_case_frailty(demand.frailty_shape)
    ratio = np.where(stacked, demand.early_leaving.stacked_ratio, 1.0)
    course = draws.course
    return CaseTable(
        student=(first_student + owner).astype(np.int32),
        school=np.full(n, school, dtype=np.int32),
        sector=np.full(n, sector, dtype=np.int32),
        kind=kind,
        severity=severity,
        stacked=stacked,
        safety=(kind == HOME) & (draws.episode[:, 4] < demand.safety_concern_share),
        municipality=pick(draws.episode[:, 5], region.residence[school]),
        onset=onset,
        stock=stock,
        start=start,
        leaves_school=students.end[owner],
        frailty=frailty,
        recover=course[:, 0:2],
        escalate=course[:, 2:5] / frailty[:, None],
        gp=course[:, 5:7],
        leave_early=_divide(course[:, 7], frailty * ratio),
        give_up=course[:, 8:11],
        notice=course[:, 11:13],
        choice=_choices(draws, brought),
        conversations=conversations,
        duration=durations(draws, start, care.gateway.service_cv, care.youth_care.service_cv),
        received=_received(start, conversations, draws.uniform[:, 0]),
    )


def _choices(draws: Draws, brought: BoolArray) -> FloatArray:
    """Return the uniforms; problems brought along get the mark -1, as no prevention at this school undoes them."""
    choice = draws.choice.copy()
    choice[brought, Choice.ONSET_MARK] = -1.0
    return choice


def _divide(threshold: FloatArray, ratio: FloatArray) -> FloatArray:
    """Return thresholds divided by a ratio; a ratio of zero means that the hazard never fires."""
    divided: FloatArray = np.full(threshold.shape, np.inf)
    return np.divide(threshold, ratio, out=divided, where=ratio > 0.0)


def _severity(demand: Demand, brought: BoolArray, uniform: FloatArray) -> IntArray:
    new = pick(uniform, np.array(demand.severity_onset.values()))
    old = pick(uniform, np.array(demand.severity_stock.values()))
    return np.where(brought, old, new).astype(np.int32)


def _start(demand: Demand, sector: int, uniform: FloatArray) -> IntArray:
    places: InitialPlaces = (demand.initial_places.po, demand.initial_places.vo)[sector]
    shares = [getattr(places, State(place).name.lower()) for place in PLACES[:-1]]
    index = pick(uniform, np.array([*shares, max(0.0, 1.0 - sum(shares))]))
    return np.array([int(place) for place in PLACES], dtype=np.int32)[index]


def _received(start: IntArray, conversations: IntArray, uniform: FloatArray) -> IntArray:
    """Return the conversations had by those in contact on day 0: the first, and part of those before the last."""
    running = 1 + np.floor(uniform * (conversations - 1)).astype(np.int32)
    return np.where(start == State.SMW_CARE, running, 0).astype(np.int32)
