"""Draw the case table of one replication: students of every school, then background people."""

from __future__ import annotations

import numpy as np

from sim.cases.background import Background, background_columns, close_to_background, draw_background
from sim.cases.blocks import Luck
from sim.cases.draws import Episode
from sim.cases.episodes import OF_BACKGROUND, OF_STUDENTS, draw_numbers
from sim.cases.numbers import NUMBERS
from sim.cases.plan import Plan, plan_of
from sim.cases.present import start_from_today
from sim.cases.student_cases import StudentCases, draw_student_cases
from sim.cases.student_columns import fit_to_students, student_columns
from sim.cases.students import Students, draw_students
from sim.cases.table import CaseTable, FloatArray, take
from sim.world import World


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
    plan, luck, present = plan_of(world), Luck(seed, replication), world.region.present
    students = draw_students(plan, world.scenario.demand.frailty_shape, luck)
    cases = draw_student_cases(plan, students, luck)
    if present is None:
        return _table(world, plan, students, cases, draw_background(world, plan, luck), luck)
    today = start_from_today(present, plan, students, cases, luck)
    cases = draw_student_cases(plan, students, luck, today.added)._replace(start=today.start)
    background = draw_background(world, plan, luck, today.background)
    table = _table(world, plan, students, cases, background, luck)
    in_order = np.lexsort((cases.onset, cases.owner))
    return take(table, np.concatenate([in_order, in_order.size + np.flatnonzero(background.stays)]))


def _table(
    world: World, plan: Plan, students: Students, cases: StudentCases, background: Background, luck: Luck
) -> CaseTable:
    """Put the cases of students and background people under each other, with all their numbers."""
    care, at_school = world.scenario.care, cases.owner.size
    upper = student_columns(world.scenario, plan, students, cases)
    lower = background_columns(world.scenario.demand, plan, background)
    numbers: FloatArray = np.empty((at_school + background.start.size, NUMBERS))
    joined = {name: np.concatenate([column, lower[name]]) for name, column in upper.items()}
    above, below = numbers[:at_school], numbers[at_school:]
    passed = cases.episode[:, Episode.PASSED]
    draw_numbers(above, cases.blocks, OF_STUDENTS, luck, care, cases.start, passed)
    fit_to_students(above, world.scenario.demand, cases, upper["frailty"], upper["stacked"])
    passed = background.episode[:, Episode.PASSED]
    draw_numbers(below, background.blocks, OF_BACKGROUND, luck, care, background.start, passed)
    close_to_background(below)
    return CaseTable(**joined, numbers=numbers)
