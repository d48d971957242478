"""Mean, median, p90 and share within the norm of every kind of wait."""

from __future__ import annotations

import numpy as np

from sim.measures.arrays import FloatArray
from sim.measures.levels import Level
from sim.measures.replication import Replication
from sim.measures.survival import Curve, aalen_johansen, incidence_at, kaplan_meier, quantile, restricted_mean
from sim.measures.values import Values
from sim.measures.waits import SERVED, Waits, by_unit

EXITS = 2


def incidence(waits: Waits, duration: FloatArray | None = None) -> Curve:
    """Return the Aalen-Johansen curve of being served (exit 1) and of leaving the list (exit 2)."""
    return aalen_johansen(waits.days if duration is None else duration, waits.outcome, EXITS)


def add_waits(run: Replication, waits: dict[str, Waits], values: Values) -> None:
    """Add mean, median, p90 and share within the norm of every kind of wait.

    ``mean``, ``median`` and ``p90`` (days) are of the offered wait: what somebody who stays would wait; leaving the
    list in another way is censored (Kaplan-Meier). The mean is restricted at the longest observed wait.
    ``within_norm`` is the share of all who asked that was served within the norm (Aalen-Johansen), so leaving counts
    as not served; the norm of SMW counts school days, that of the outside waits days. There is no norm for
    ``time_to_help``. Values are NaN where nobody asked or the curve does not get there.

    Waits are students', at all levels for ``smw_wait`` and ``time_to_help``, at all but that of schools for the
    others; ``people`` gives background people apart.
    """
    norms = run.world.scenario.norms
    outside = float(norms.outside_wait_days)
    shared = (*run.levels_above_schools, run.people)
    _add_wait(run, values, "smw_wait", waits, run.levels, float(norms.smw_wait_school_days))
    for name in ("gateway_wait", "youth_care_wait", "ggz_wait"):
        _add_wait(run, values, name, waits, shared, outside)
    _add_wait(run, values, "outside_wait", waits, run.levels_above_schools, outside)
    _add_wait(run, values, "time_to_help", waits, run.levels, None)


def _add_wait(
    run: Replication,
    values: Values,
    name: str,
    waits: dict[str, Waits],
    levels: tuple[Level, ...],
    norm: float | None,
) -> None:
    for level in levels:
        parts = by_unit(waits[name], level)
        figures = np.array([_offered(part) for part in parts])
        for statistic, column in zip(("mean", "median", "p90"), figures.T, strict=True):
            values.add(f"{name}.{statistic}", level.name, level.units, column)
        if norm is not None:
            school_days = name == "smw_wait"
            within = np.array([_within(run, part, norm, school_days) for part in parts])
            values.add(f"{name}.within_norm", level.name, level.units, within)


def _offered(waits: Waits) -> tuple[float, float, float]:
    curve = kaplan_meier(waits.days, waits.outcome == SERVED)
    return restricted_mean(curve), quantile(curve, 0.5), quantile(curve, 0.9)


def _within(run: Replication, waits: Waits, norm: float, school_days: bool) -> float:
    duration = waits.days
    if school_days:
        calendar = run.world.calendar
        duration = calendar.school_times(waits.end) - calendar.school_times(waits.start)
    return float(incidence_at(incidence(waits, duration), SERVED, np.array([norm]))[0])
