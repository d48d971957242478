"""The students of all units over the whole run: how frail they are, how old, and how many problems each gets."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from sim.cases.blocks import Luck, draw_rows, uniform
from sim.cases.draws import FloatArray, IntArray, poisson_inverse
from sim.cases.plan import Plan
from sim.cases.streams import Purpose


class Uniform(IntEnum):
    """Columns of uniforms of a student."""

    FRAILTY = 0
    OPEN = 1
    ONSETS = 2
    AGE = 3


@dataclass(frozen=True)
class Students:
    """Everyone who has a seat at some time in the run, in the order of ``Plan.term``; shape (students,).

    Attributes
    ----------
    frailty
        Gamma multiplier with mean 1.
    older
        Unit exponential years above the age of the youngest of the term, as a uniform.
    open_at_start
        Problems open on day 0 or brought along on the first day.
    onsets
        New problems while at the school and before the horizon.
    """

    frailty: FloatArray
    older: FloatArray
    open_at_start: IntArray
    onsets: IntArray


def draw_students(plan: Plan, shape: float, luck: Luck) -> Students:
    """Draw the students of all units; seat ``j`` of a unit depends on no later seat and on no other unit.

    Parameters
    ----------
    plan
        Units, seats and rates.
    shape
        Shape of the gamma multiplier.
    luck
        Seed and replication.
    """
    uniforms = draw_rows(uniform, luck.streams(Purpose.STUDENT_UNIFORM), plan.students, len(Uniform))
    frailty = _frailty(plan, shape, uniforms[:, Uniform.FRAILTY].copy(), luck)
    terms, term = plan.terms, plan.term
    return Students(
        frailty=frailty,
        older=uniforms[:, Uniform.AGE].copy(),
        open_at_start=poisson_inverse(uniforms[:, Uniform.OPEN], terms.open_mean.take(term) * frailty),
        onsets=poisson_inverse(uniforms[:, Uniform.ONSETS], terms.onset_mean.take(term) * frailty),
    )


def _frailty(plan: Plan, shape: float, uniforms: FloatArray, luck: Luck) -> FloatArray:
    """Return gamma multipliers with mean 1, shape (students,).

    A gamma of shape ``a`` is one of shape ``a + 1`` times a uniform to the power ``1 / a`` (Marsaglia and Tsang 2000,
    ACM Transactions on Mathematical Software 26:363), which is drawn much faster where ``a`` is below 1.
    """

    def gamma(generator: np.random.Generator, rows: FloatArray) -> None:
        generator.standard_gamma(shape + 1.0, out=rows)

    drawn = draw_rows(gamma, luck.streams(Purpose.STUDENT), plan.students, 1)[:, 0]
    drawn *= uniforms ** (1.0 / shape)
    drawn /= shape
    return drawn
