"""Problem episodes, of students or of background people: what is drawn for each case, and how it stands on day 0."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.cases.blocks import Blocks, Columns, Luck, draw_columns, draw_rows, exponential, normal, uniform
from sim.cases.draws import Duration, lognormal_residual, lognormal_service
from sim.cases.numbers import CHOICE_AT, DURATION_AT, SERVICES_AT
from sim.cases.streams import Purpose
from sim.cases.table import BoolArray, FloatArray, IntArray
from sim.records import State
from sim.scenario.care import Care
from sim.scenario.demand import InitialRecovered

RUNNING = {
    Duration.GATEWAY: State.GATEWAY_HELP,
    Duration.YOUTH_CARE: State.YOUTH_CARE,
    Duration.GGZ: State.GGZ,
}
"""Services that can be going on on day 0, with the state that says so."""

NORMAL_OF = {
    Duration.GATEWAY: 0,
    Duration.YOUTH_CARE: 1,
    Duration.YOUTH_CARE_AGAIN: 2,
    Duration.GGZ: 1,
    Duration.GGZ_AGAIN: 2,
}
"""Which normal of the case makes the length of a service: a case needs one form of specialised care only."""


class Purposes(NamedTuple):
    """The purposes of the numbers of a case."""

    exponential: Purpose
    choice: Purpose
    service_normal: Purpose
    service_exponential: Purpose


OF_STUDENTS = Purposes(
    Purpose.CASE_EXPONENTIAL, Purpose.CASE_CHOICE, Purpose.SERVICE_NORMAL, Purpose.SERVICE_EXPONENTIAL
)
OF_BACKGROUND = Purposes(
    Purpose.BACKGROUND_CASE_EXPONENTIAL,
    Purpose.BACKGROUND_CASE_CHOICE,
    Purpose.BACKGROUND_SERVICE_NORMAL,
    Purpose.BACKGROUND_SERVICE_EXPONENTIAL,
)


def draw_numbers(
    numbers: FloatArray,
    blocks: Blocks,
    purposes: Purposes,
    luck: Luck,
    care: Care,
    start: IntArray,
    passed: FloatArray,
) -> None:
    """Draw the numbers of cases; case ``i`` of a unit does not depend on how many follow.

    Parameters
    ----------
    numbers
        Rows of the cases, to be filled: unit exponentials for thresholds and ordinary durations, uniforms for
        choices, durations of services with mean 1.
    blocks
        Rows of each unit.
    purposes
        Purposes of the streams.
    luck
        Seed and replication.
    care
        Coefficients of variation of the services.
    start
        State of each case on day 0, shape (n,).
    passed
        Uniforms: how much of a service has passed that is going on then, shape (n,).
    """
    parts = [
        Columns(exponential, luck.streams(purposes.exponential), numbers[:, :SERVICES_AT]),
        Columns(uniform, luck.streams(purposes.choice), numbers[:, CHOICE_AT:]),
    ]
    spread = _spread(care)
    if None in spread.values():
        # What is left of an exponential service is exponential too.
        services = numbers[:, SERVICES_AT:CHOICE_AT]
        parts.append(Columns(exponential, luck.streams(purposes.service_exponential), services))
    draw_columns(blocks, *parts)
    if set(spread.values()) != {None}:
        normals = draw_rows(normal, luck.streams(purposes.service_normal), blocks, 1 + max(NORMAL_OF.values()))
        _fill_lognormal(numbers, normals, spread, start, passed)


def _spread(care: Care) -> dict[Duration, float | None]:
    """Return the coefficient of variation of each service; None where it is exponential."""
    return {
        Duration.GATEWAY: care.gateway.service_cv,
        Duration.YOUTH_CARE: care.youth_care.service_cv,
        Duration.YOUTH_CARE_AGAIN: care.youth_care.service_cv,
        Duration.GGZ: care.ggz.service_cv,
        Duration.GGZ_AGAIN: care.ggz.service_cv,
    }


def _fill_lognormal(
    numbers: FloatArray,
    normals: FloatArray,
    spread: dict[Duration, float | None],
    start: IntArray,
    passed: FloatArray,
) -> None:
    """Fill in the lognormal services; those going on at the start are residual."""
    for service, cv in spread.items():
        if cv is None:
            continue
        drawn = normals[:, NORMAL_OF[service]].copy()
        numbers[:, DURATION_AT + service] = lognormal_service(drawn, cv)
        if service in RUNNING:
            old = np.flatnonzero(start == RUNNING[service])
            numbers[old, DURATION_AT + service] = lognormal_residual(drawn[old], passed[old], cv)


def recovered_on_day_0(start: IntArray, uniforms: FloatArray, shares: InitialRecovered) -> BoolArray:
    """Return which cases in a trajectory on day 0 have recovered and only finish it, shape (n,)."""
    chance = np.zeros(len(State))
    chance[[State.GATEWAY_HELP, State.YOUTH_CARE, State.GGZ]] = shares.gateway_help, shares.youth_care, shares.ggz
    recovered: BoolArray = uniforms < chance.take(start)
    return recovered
