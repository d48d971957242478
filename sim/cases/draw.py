"""Draw the case table of one replication: students of every school, then background people."""

from __future__ import annotations

import numpy as np

from sim.cases.background import background_cases
from sim.cases.conversations import needed_conversations
from sim.cases.draws import Choice
from sim.cases.episodes import Draws, durations, pick, recovered_on_day_0
from sim.cases.present import start_from_today
from sim.cases.table import BoolArray, CaseTable, FloatArray, IntArray, stack, take
from sim.cases.unit_cases import UnitCases, draw_unit, residence_of
from sim.cases.units import Unit, units_of
from sim.records import State
from sim.scenario.base import KINDS, SEVERITIES
from sim.scenario.demand import Demand
from sim.world import World

HOME = KINDS.index("home")
LIGHT = SEVERITIES.index("light")
NOTICED_BEFORE = (
    State.BASE_CARE,
    State.TEAM_WAIT,
    State.SMW_WAIT,
    State.SMW_CARE,
    State.MONITORED,
    State.EDUCATION_CARE,
    State.LEERPLICHT,
)
"""States on day 0 of those who were noticed at school before."""


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
    today = start_from_today(world, seed, replication)
    parts: list[CaseTable] = []
    first_student = 0
    for number, unit in enumerate(units_of(world.region)):
        if today is None:
            cases = draw_unit(world, unit, seed, replication)
            parts.append(_table(world, unit, cases, first_student))
        else:
            cases = today.units[number].draw(world, unit, seed, replication)
            table = _table(world, unit, cases, first_student)
            parts.append(take(table, np.lexsort((table.onset, table.student))))
        first_student += cases.students.end.size
    parts.append(background_cases(world, seed, replication, () if today is None else today.background))
    return stack(parts)


def mean_case_frailty(shape: float) -> float:
    """Return the mean frailty of students with a case.

    Cases fall on students in proportion to their frailty, so the frailty of a case is the size-biased gamma with
    mean 1 + 1 / shape (Vaupel, Manton and Stallard 1979, Demography 16:439).
    """
    return 1.0 + 1.0 / shape


def _table(world: World, unit: Unit, cases: UnitCases, first_student: int) -> CaseTable:
    demand, care = world.scenario.demand, world.scenario.care
    sector, students, owner, draws, start = unit.sector, cases.students, cases.owner, cases.draws, cases.start
    n = owner.size
    kind = pick(draws.episode[:, 1], np.array(demand.kinds.values()[sector].values()))
    severity = _severity(demand, cases.brought, draws.episode[:, 2])
    stacked = draws.episode[:, 3] < np.array(demand.stacked_share.values())[severity]
    conversations = needed_conversations(draws.episode[:, 7], care.smw.conversations_mean.values()[unit.group])
    frailty = students.frailty[owner] / mean_case_frailty(demand.frailty_shape)
    ratio = np.where(stacked, demand.early_leaving.stacked_ratio, 1.0)
    course = draws.course
    return CaseTable(
        student=(first_student + owner).astype(np.int32),
        school=np.full(n, unit.school, dtype=np.int32),
        sector=np.full(n, sector, dtype=np.int32),
        level=np.full(n, unit.level, dtype=np.int32),
        kind=kind,
        severity=severity,
        stacked=stacked,
        safety=(kind == HOME) & (draws.episode[:, 4] < demand.safety_concern_share),
        study_only=(severity == LIGHT) & (draws.episode[:, 8] < demand.study_only_share.values()[sector]),
        age=students.age[owner] + cases.onset / 365.25,
        municipality=residence_of(world, unit, draws),
        onset=cases.onset,
        stock=cases.stock,
        start=start,
        recovered=recovered_on_day_0(start, draws.episode[:, 9], demand.initial_recovered),
        leaves_school=students.end[owner],
        frailty=frailty,
        recover=course[:, 0:2],
        escalate=course[:, 2:5] / frailty[:, None],
        gp=course[:, 5:7],
        leave_early=_divide(course[:, 7], frailty * ratio),
        give_up=course[:, 8:12],
        notice=_notice(course[:, 12:14], start),
        choice=_choices(draws, cases.brought),
        conversations=conversations,
        duration=durations(draws, start, care),
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


def _notice(thresholds: FloatArray, start: IntArray) -> FloatArray:
    """Return the thresholds of noticing; those at a station of the school on day 0 have used up their first."""
    noticed = np.isin(start, NOTICED_BEFORE)[:, None]
    used_up = np.column_stack([thresholds[:, 1], np.full(start.shape, np.inf)])
    return np.where(noticed, used_up, thresholds)


def _received(start: IntArray, conversations: IntArray, uniform: FloatArray) -> IntArray:
    """Return the conversations had by those in contact on day 0: the first, and part of those before the last."""
    running = 1 + np.floor(uniform * (conversations - 1)).astype(np.int32)
    return np.where(start == State.SMW_CARE, running, 0).astype(np.int32)
