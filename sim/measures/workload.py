"""What lies on the desks: caseloads, waiting lists, hours and full slots."""

from __future__ import annotations

import numpy as np

from sim.measures.arrays import BoolArray, FloatArray, IntArray, ratio
from sim.measures.levels import Level, SchoolLevel
from sim.measures.occupancy import mean_above, number_at
from sim.measures.period import week_ends
from sim.measures.replication import Replication
from sim.measures.values import Values
from sim.records import TASKS, State
from sim.scenario.base import SECTORS

WAITING_LISTS = {
    "waiting.smw": (State.SMW_WAIT,),
    "waiting.gateway": (State.GATEWAY_WAIT,),
    "waiting.youth_care": (State.OZA, State.YOUTH_CARE_WAIT),
}
CASELOAD = (State.SMW_CARE, State.SMW_HANDOVER)
LOST = TASKS.index("lost")


def add_waiting(run: Replication, values: Values) -> None:
    """Add the mean number on each list (youth care includes OZA): students', and background people apart."""
    for measure, states in WAITING_LISTS.items():
        levels: tuple[Level, ...] = run.levels
        if measure != "waiting.smw":
            levels = (*levels, run.people)
        cases, days = _time_in(run, states)
        for level in levels:
            values.add(measure, level.name, level.units, level.count(cases, days) / run.period.days)


def add_overflow(run: Replication, values: Values) -> None:
    """Add ``youth_care_overflow``: the mean number in youth care above the slots (crises start at once)."""
    stays = run.stays.select(run.stays.in_states(State.YOUTH_CARE))
    slots, period = run.world.scenario.care.youth_care.slots, run.period
    values.add_total("youth_care_overflow", mean_above(stays.start, stays.end, slots, period.start, period.end))


def mean_in(run: Replication, states: tuple[State, ...], level: Level) -> FloatArray:
    """Return the mean number of cases in ``states`` by unit of a level."""
    cases, days = _time_in(run, states)
    return level.count(cases, days) / run.period.days


def _time_in(run: Replication, states: tuple[State, ...]) -> tuple[IntArray, FloatArray]:
    stays = run.stays.select(run.stays.in_states(*states))
    return stays.case, run.period.overlap(stays.start, stays.end)


def add_caseload(run: Replication, values: Values) -> None:
    """Add ``caseload.mean`` and ``caseload.peak``: cases in SMW care or hand-over per worker, over all their schools.

    The mean is each worker's average over time, averaged over workers; the peak each worker's highest number at the
    end of a week, averaged over workers. By sector: the workers with a school in the sector. NaN without workers.
    """
    worker_of = run.world.plan.worker.astype(np.int64)
    workers = int(worker_of.max(initial=-1)) + 1
    stays = run.stays.select(run.stays.in_states(*CASELOAD))
    worker = worker_of[run.table.school[stays.case]]
    stays, worker = stays.select(worker >= 0), worker[worker >= 0]
    days = run.period.overlap(stays.start, stays.end)
    mean = np.bincount(worker, days, minlength=workers) / run.period.days
    peak = number_at(_week_ends(run), stays.start, stays.end, worker, workers).max(axis=1, initial=0)
    counted = _workers_of(run, worker_of, workers)
    for measure, figure in (("caseload.mean", mean), ("caseload.peak", peak)):
        averages = np.array([figure[chosen].mean() if chosen.any() else np.nan for chosen in counted])
        values.add(measure, "total", ("all",), averages[:1])
        values.add(measure, "sector", SECTORS, averages[1:])


def _workers_of(run: Replication, worker_of: IntArray, workers: int) -> list[BoolArray]:
    """Return which workers count in total and in each sector."""
    sector = run.world.region.sector
    everyone = np.arange(workers)
    schools = [worker_of] + [worker_of[sector == index] for index in range(len(SECTORS))]
    return [np.isin(everyone, part) for part in schools]


def _week_ends(run: Replication) -> FloatArray:
    ends = week_ends(run.period)
    return ends[ends > run.period.start]


def add_hours(run: Replication, values: Values) -> None:
    """Add ``hours_used`` (without lost time; by task with it), ``hours_funded`` and ``utilisation``, a year.

    Hours belong to the municipality of the school. ``utilisation`` is used over funded, NaN without funded hours.
    """
    history, plan = run.history, run.world.plan
    counted = run.period.contains(history.visit_time)
    hours = history.visit_minutes[counted] / 60.0 / run.period.years
    values.add("hours_used", "task", TASKS, hours.sum(axis=0))
    schools = len(run.world.region.school_ids)
    used = np.bincount(history.visit_school[counted], hours.sum(axis=1) - hours[:, LOST], minlength=schools)
    for level in run.levels:
        _add_hours_at(values, level, level.place @ used, level.place @ plan.yearly_hours)


def _add_hours_at(values: Values, level: SchoolLevel, used: FloatArray, funded: FloatArray) -> None:
    values.add("hours_used", level.name, level.units, used)
    values.add("hours_funded", level.name, level.units, funded)
    values.add("utilisation", level.name, level.units, ratio(used, funded))
