"""What lies on the desks: caseloads, waiting lists, hours and full slots."""

from __future__ import annotations

import numpy as np

from sim.measures.arrays import FloatArray, IntArray, ratio
from sim.measures.levels import SchoolLevel
from sim.measures.occupancy import mean_above, number_by_week
from sim.measures.origins import Tally
from sim.measures.period import DAYS_PER_WEEK, whole_weeks
from sim.measures.replication import Replication
from sim.measures.values import Values
from sim.records import TASKS, State

CASELOAD = (State.SMW_CARE, State.SMW_HANDOVER)
LOST = TASKS.index("lost")


def add_waiting(run: Replication, values: Values) -> None:
    """Add the mean number on each list: students', and background people apart.

    Who is in OZA is on the list of youth care or ggz.
    """
    for name, waiting in run.lists.items():
        levels = run.levels if name == "smw" else run.levels.with_people
        values.add_levels(levels, {f"waiting.{name}": levels.divide(_days(run, waiting)) / run.period.days})


def add_overflow(run: Replication, values: Values) -> None:
    """Add ``youth_care_overflow``: the mean number in youth care above its slots (crises start at once).

    It counts that in ggz too, each above its own slots; ``ggz_overflow`` is that in ggz alone.
    """
    care = run.world.scenario.care
    youth_care = _overflow(run, State.YOUTH_CARE, care.youth_care.slots)
    ggz = _overflow(run, State.GGZ, care.ggz.slots)
    values.add_total("youth_care_overflow", youth_care + ggz)
    values.add_total("ggz_overflow", ggz)


def _overflow(run: Replication, state: State, slots: int) -> float:
    at, stays, period = run.stays.of(state), run.stays, run.period
    return mean_above(stays.start[at], stays.end[at], slots, period.start, period.end)


def mean_in(run: Replication, state: State) -> FloatArray:
    """Return the mean number of students' cases and of background people in a state, shape (2,)."""
    return _days(run, run.stays.of(state)).by_people / run.period.days


def _days(run: Replication, at: IntArray) -> Tally:
    """Add up the days of stays within the measuring period."""
    stays = run.stays
    return run.tally(stays.case[at], run.period.overlap(stays.start[at], stays.end[at]))


def add_caseload(run: Replication, values: Values) -> None:
    """Add ``caseload.mean`` and ``caseload.peak``: cases in SMW care or hand-over per worker, over all their schools.

    The mean is the average over time of the cases of all workers over the number of workers. For the peak each
    worker counts with the highest number at the end of a week; a team counts as one and shares its peak among its
    workers. By sector and type: the workers with a school there. NaN without workers.
    """
    plan = run.world.plan
    worker_of = plan.worker.astype(np.int32)
    workers = int(worker_of.max(initial=-1)) + 1
    size = np.zeros(workers)
    size[worker_of[worker_of >= 0]] = plan.workers_at[worker_of >= 0]
    # The last place is for background people, whose school has number -1.
    worker_of_case = np.append(worker_of, -1).astype(np.int32)[run.table.school]
    stays = run.stays
    at = stays.of(*CASELOAD)
    at = at[worker_of_case[stays.case[at]] >= 0]
    days = run.period.overlap(stays.start[at], stays.end[at])
    mean = np.bincount(worker_of_case[stays.case[at]], days, minlength=workers) / run.period.days
    columns = (at, stays.start, stays.end, stays.case, worker_of_case)
    at_week_ends = number_by_week(*columns, workers, whole_weeks(run.period))
    before = int(run.period.start // DAYS_PER_WEEK)
    peak = at_week_ends[:, before:].max(axis=1, initial=0)
    for level in run.levels.named("total", "sector", "type").parts:
        chosen = _workers_of(level, worker_of, workers)
        for measure, figure in (("caseload.mean", mean), ("caseload.peak", peak)):
            values.add(measure, level.name, level.units, ratio(chosen @ figure, chosen @ size))


def _workers_of(level: SchoolLevel, worker_of: IntArray, workers: int) -> FloatArray:
    """Return 1 for the workers who have a school in each unit, shape (units, workers)."""
    counted = np.zeros((len(level.units), workers))
    served = (worker_of >= 0) & (level.of_school >= 0)
    counted[level.of_school[served], worker_of[served]] = 1.0
    return counted


def add_hours(run: Replication, values: Values) -> None:
    """Add ``hours_used``, ``hours_funded``, ``hours_unused`` and ``utilisation``.

    Hours are a year and belong to the school where they are used; flexible hours are funded where they were planned
    at the start, so a school may use more than is funded there. ``utilisation`` is used over funded, NaN without
    funded hours. ``hours_unused`` is funded less used, in total and by sector: lost in visits, not taken from the
    pool of flexible hours, or saved up for a next visit.
    """
    history, period = run.history, run.period
    counted = period.contains(history.visit_time)
    hours = history.visit_minutes[counted] / 60.0 / period.years
    values.add("hours_used", "task", TASKS, hours.sum(axis=0))
    schools = len(run.world.region.school_ids)
    not_lost = hours.sum(axis=1) - hours[:, LOST]
    used = np.bincount(history.visit_school[counted], not_lost, minlength=schools).astype(np.float64)
    funded = run.world.funded_hours(period.start, period.end) / period.years
    for level in run.levels.parts:
        if level.has_hours:
            _add_hours_at(values, level, level.place(used), level.place(funded))


def _add_hours_at(values: Values, level: SchoolLevel, used: FloatArray, funded: FloatArray) -> None:
    values.add("hours_used", level.name, level.units, used)
    values.add("hours_funded", level.name, level.units, funded)
    values.add("utilisation", level.name, level.units, ratio(used, funded))
    if level.name in ("total", "sector"):
        values.add("hours_unused", level.name, level.units, funded - used)
