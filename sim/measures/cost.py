"""What it costs, and whom."""

from __future__ import annotations

import numpy as np

from sim.measures.arrays import FloatArray
from sim.measures.replication import Replication
from sim.measures.values import Values
from sim.measures.workload import mean_in
from sim.money.plan import PAYERS
from sim.records import State
from sim.scenario.base import SECTORS
from sim.scenario.money import Payer

STUDENTS, BACKGROUND = 0, 1
MONTHS = 12.0


def add_costs(run: Replication, values: Values) -> None:
    """Add euros a year: ``cost`` (also by payer) and its parts.

    ``cost`` is SMW (what the payers put in, with dated changes of its hours), base care (hours of mentors and
    internal supervisors; paid by schools), education care and OZA (a price a case; samenwerkingsverband, in the mbo
    the school itself; also by payer), and of municipalities: leerplicht and RMC (a price a case), gateway help (a
    price a trajectory, also of a jeugdteam), youth care and ggz (a price a month in care) of students' cases, also
    after the student left school. Not in it: ``cost.background``, gateway help, youth care and ggz of background
    people, and ``cost.early_leaving``, the social cost of all early leavers. ``cost_per_helped`` is the cost of SMW
    per student with a conversation, a year; NaN if no student had one.
    """
    smw = run.world.funded_cost(run.period.start, run.period.end)
    by_payer = np.array([smw[payer] for payer in PAYERS]) / run.period.years
    values.add("cost.smw", "payer", PAYERS, by_payer.copy())
    values.add_total("cost.smw", float(by_payer.sum()))
    outside = _outside(run)
    education_care = _education_care(run)
    by_payer += education_care
    values.add("cost.education_care", "payer", PAYERS, education_care)
    values.add_total("cost.education_care", float(education_care.sum()))
    parts = _at_school(run) | {name: ("municipality", euros[STUDENTS]) for name, euros in outside.items()}
    for name, (payer, euros) in parts.items():
        values.add_total(f"cost.{name}", euros)
        by_payer[PAYERS.index(payer)] += euros
    values.add("cost", "payer", PAYERS, by_payer)
    values.add_total("cost", float(by_payer.sum()))
    values.add_total("cost.background", float(sum(euros[BACKGROUND] for euros in outside.values())))
    early_leaver = run.world.scenario.costs.early_leaver
    values.add_total("cost.early_leaving", early_leaver * values.total("early_leavers_total"))
    helped = values.total("helped_per_year")
    values.add_total("cost_per_helped", values.total("cost.smw") / helped if helped > 0.0 else float("nan"))


def _at_school(run: Replication) -> dict[str, tuple[Payer, float]]:
    """Return payer and euros a year of the mentor's care and of leerplicht and RMC."""
    prices = run.world.scenario.costs
    base_care = run.world.scenario.care.base_care.hours * prices.base_care_hour
    return {
        "base_care": ("school", base_care * _entries(run, State.BASE_CARE)),
        "leerplicht": ("municipality", prices.leerplicht_case * _entries(run, State.LEERPLICHT)),
    }


def _education_care(run: Replication) -> FloatArray:
    """Return the euros a year for education care and OZA by payer, shape (payers,); the mbo has no partnerships."""
    cases = run.stays.case[run.begun(State.EDUCATION_CARE, State.OZA)]
    in_mbo = run.table.sector[cases] == SECTORS.index("mbo")
    euros = run.world.scenario.costs.education_care_case / run.period.years
    by_payer = np.zeros(len(PAYERS))
    by_payer[PAYERS.index("school")] = euros * in_mbo.sum()
    by_payer[PAYERS.index("samenwerkingsverband")] = euros * (~in_mbo & run.is_student[cases]).sum()
    return by_payer


def _entries(run: Replication, *states: State) -> float:
    """Return how often a year students' cases entered one of ``states``."""
    return float(run.is_student[run.stays.case[run.begun(*states)]].sum() / run.period.years)


def _outside(run: Replication) -> dict[str, list[float]]:
    """Return the euros a year for gateway help, youth care and ggz, of students and of background people."""
    prices = run.world.scenario.costs
    starts = run.tally(run.stays.case[run.begun(State.GATEWAY_HELP)]).by_people / run.period.years
    euros = {
        "gateway": prices.gateway_trajectory * starts,
        "youth_care": prices.youth_care_month * MONTHS * mean_in(run, State.YOUTH_CARE),
        "ggz": prices.ggz_month * MONTHS * mean_in(run, State.GGZ),
    }
    return {name: of_people.tolist() for name, of_people in euros.items()}
