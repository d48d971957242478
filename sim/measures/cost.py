"""What it costs, and whom."""

from __future__ import annotations

from typing import get_args

import numpy as np

from sim.measures.replication import Replication
from sim.measures.values import Values
from sim.measures.workload import mean_in
from sim.records import State
from sim.scenario.money import Payer

PAYERS: tuple[str, ...] = get_args(Payer)
STUDENTS, BACKGROUND = 0, 1
MONTHS = 12.0


def add_costs(run: Replication, values: Values) -> None:
    """Add euros a year: ``cost`` (also by payer) and its parts.

    ``cost`` is SMW (what the payers put in), base care (hours of mentors and internal supervisors; paid by schools),
    education care and OZA (a price a case; samenwerkingsverband), gateway help (a price a trajectory) and youth care
    (a price a month in care) of students' cases (municipalities), also after the student left school. Not in it:
    ``cost.background``, gateway help and youth care of background people, and ``cost.early_leaving``, the social cost
    of all early leavers. ``cost_per_helped`` is the cost of SMW per student with a conversation, a year; NaN if no
    student had one.
    """
    prices = run.world.scenario.costs
    base_care = run.world.scenario.care.base_care.hours * prices.base_care_hour
    smw = np.array([run.world.plan.cost_by_payer.get(payer, 0.0) for payer in PAYERS])
    gateway, youth_care = _outside(run)
    parts = {
        "base_care": ("school", base_care * _entries(run, State.BASE_CARE)),
        "education_care": (
            "samenwerkingsverband",
            prices.education_care_case * _entries(run, State.EDUCATION_CARE, State.OZA),
        ),
        "gateway": ("municipality", gateway[STUDENTS]),
        "youth_care": ("municipality", youth_care[STUDENTS]),
    }
    by_payer = smw.copy()
    for payer, euros in parts.values():
        by_payer[PAYERS.index(payer)] += euros
    values.add_total("cost", float(by_payer.sum()))
    values.add("cost", "payer", PAYERS, by_payer)
    values.add_total("cost.smw", float(smw.sum()))
    values.add("cost.smw", "payer", PAYERS, smw)
    for name, (_, euros) in parts.items():
        values.add_total(f"cost.{name}", euros)
    values.add_total("cost.background", gateway[BACKGROUND] + youth_care[BACKGROUND])
    values.add_total("cost.early_leaving", prices.early_leaver * values.total("early_leavers_total"))
    _add_cost_per_helped(run, values)


def _entries(run: Replication, *states: State) -> float:
    """Return how often a year students' cases entered one of ``states``."""
    return float(run.is_student[run.begun(*states).case].sum() / run.period.years)


def _outside(run: Replication) -> tuple[list[float], list[float]]:
    """Return the euros a year for gateway help and for youth care, of students and of background people."""
    prices = run.world.scenario.costs
    starts = run.people.count(run.begun(State.GATEWAY_HELP).case) / run.period.years
    in_care = mean_in(run, (State.YOUTH_CARE,), run.people)
    gateway = prices.gateway_trajectory * starts
    youth_care = prices.youth_care_month * MONTHS * in_care
    return gateway.tolist(), youth_care.tolist()


def _add_cost_per_helped(run: Replication, values: Values) -> None:
    helped = values.total("reach") * float(run.world.region.students.sum())
    values.add_total("cost_per_helped", values.total("cost.smw") / helped if helped > 0.0 else float("nan"))
