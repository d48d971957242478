"""Problem episodes of one unit (a school or a group of background people): what is drawn for each case."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.cases.draws import Choice, Duration, unit_residual, unit_service
from sim.cases.streams import Purpose, stream
from sim.cases.table import BoolArray, FloatArray, IntArray
from sim.records import State
from sim.scenario.care import Care
from sim.scenario.demand import InitialRecovered


@dataclass(frozen=True)
class Draws:
    """Raw random numbers of the cases of one unit; every case uses the same fixed number of each.

    Attributes
    ----------
    episode
        Uniforms for onset, kind, severity, stacking, safety, residence, start state, received conversations,
        studying only, and recovered on day 0, shape (n, 10).
    course
        Unit exponentials for the hazards, shape (n, 14).
    choice
        Uniforms by ``Choice``, shape (n, choices).
    exponential, normal, uniform
        Draws for durations, each of shape (n, durations).
    """

    episode: FloatArray
    course: FloatArray
    choice: FloatArray
    exponential: FloatArray
    normal: FloatArray
    uniform: FloatArray


STUDENT_PURPOSES = (Purpose.EPISODE, Purpose.COURSE, Purpose.CHOICE, Purpose.DURATION)
BACKGROUND_PURPOSES = (
    Purpose.BACKGROUND_EPISODE,
    Purpose.BACKGROUND_COURSE,
    Purpose.BACKGROUND_CHOICE,
    Purpose.BACKGROUND_DURATION,
)
N_EPISODE = 10
N_COURSE = 14


def draw(
    cases: int, unit: str, purposes: tuple[Purpose, Purpose, Purpose, Purpose], seed: int, replication: int
) -> Draws:
    """Draw everything for ``cases`` cases of a unit; case ``i`` does not depend on how many follow."""
    episode, course, choice, duration = (stream(seed, replication, purpose, unit) for purpose in purposes)
    # One exponential, one normal and one uniform stream: a shared stream would shift with the number of cases.
    exponential, normal, uniform = duration.spawn(3)
    shape = (cases, len(Duration))
    return Draws(
        episode=episode.random((cases, N_EPISODE)),
        course=course.standard_exponential((cases, N_COURSE)),
        choice=choice.random((cases, len(Choice))),
        exponential=exponential.standard_exponential(shape),
        normal=normal.standard_normal(shape),
        uniform=uniform.random(shape),
    )


def pick(uniform: FloatArray, shares: FloatArray) -> IntArray:
    """Return the index that each uniform falls on when ``shares`` are laid end to end.

    Parameters
    ----------
    uniform
        Uniforms in [0, 1), shape (n,).
    shares
        Shares that add up to 1, shape (k,) or one row for each uniform (n, k).
    """
    bounds = np.cumsum(np.atleast_2d(shares), axis=1)[:, :-1]
    index: IntArray = (uniform[:, None] >= bounds).sum(axis=1).astype(np.int32)
    return index


def durations(draws: Draws, start: IntArray, care: Care) -> FloatArray:
    """Return unit-mean durations by ``Duration``; services going on at the start are residual."""
    result = draws.exponential.copy()
    services = (
        (Duration.GATEWAY, care.gateway.service_cv, State.GATEWAY_HELP),
        (Duration.YOUTH_CARE, care.youth_care.service_cv, State.YOUTH_CARE),
        (Duration.YOUTH_CARE_AGAIN, care.youth_care.service_cv, None),
        (Duration.GGZ, care.ggz.service_cv, State.GGZ),
        (Duration.GGZ_AGAIN, care.ggz.service_cv, None),
    )
    for column, cv, running in services:
        normal, exponential = draws.normal[:, column], draws.exponential[:, column]
        result[:, column] = unit_service(normal, exponential, cv)
        if running is not None:
            old: BoolArray = start == running
            residual = unit_residual(normal, exponential, draws.uniform[:, column], cv)
            result[old, column] = residual[old]
    return result


def recovered_on_day_0(start: IntArray, uniform: FloatArray, shares: InitialRecovered) -> BoolArray:
    """Return which cases in a trajectory on day 0 have recovered and only finish it, shape (n,)."""
    chance = np.zeros(start.shape)
    for state, share in (
        (State.GATEWAY_HELP, shares.gateway_help),
        (State.YOUTH_CARE, shares.youth_care),
        (State.GGZ, shares.ggz),
    ):
        chance[start == state] = share
    return uniform < chance
