"""Mean, median, p90 and share within the norm of every kind of wait."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sim.measures.arrays import FloatArray, IntArray
from sim.measures.levels import Level, Levels
from sim.measures.readings import incidence_at, quantile, restricted_mean
from sim.measures.replication import Replication
from sim.measures.survival import Curves, aalen_johansen, observe
from sim.measures.values import Values
from sim.measures.waits import SERVED, Waits

EXITS = 2


@dataclass(frozen=True)
class WaitsOfUnits:
    """Waits of one kind by unit of levels; a wait occurs once at each level at which it counts.

    Attributes
    ----------
    waits
        The waits.
    levels
        The levels, of which the first are total and sector.
    unit
        Its unit, counted through all levels, -1 where it does not count, shape (levels, n).
    """

    waits: Waits
    levels: Levels[Level]
    unit: IntArray

    def after(self, duration: FloatArray) -> Curves:
        """Return ``curves`` for the length of each wait as told, shape (n,)."""
        return aalen_johansen(observe(duration, self.waits.outcome, self.unit, self.levels.size), EXITS)

    @cached_property
    def curves(self) -> Curves:
        """Shares that have been served (exit 1) and have left the list (exit 2) after so many days, by unit."""
        return self.after(self.waits.days)


def all_units(run: Replication, waits: dict[str, Waits]) -> dict[str, WaitsOfUnits]:
    """Divide all waits over the units of the levels at which they are given."""
    shared = run.levels.above_schools.with_people
    levels = {
        "smw_wait": run.levels,
        "gateway_wait": shared,
        "youth_care_wait": shared,
        "ggz_wait": shared,
        "outside_wait": run.levels.above_schools,
        "time_to_help": run.levels,
    }
    return {
        name: WaitsOfUnits(kind, levels[name], levels[name].units_of(run.origins, kind.case))
        for name, kind in waits.items()
    }


def add_waits(run: Replication, waits: dict[str, WaitsOfUnits], values: Values) -> None:
    """Add mean, median, p90 and share within the norm of every kind of wait.

    ``mean``, ``median`` and ``p90`` (days) are of the offered wait: what somebody who stays would wait; leaving the
    list in another way is censored (Kaplan-Meier). The mean is restricted at the longest observed wait.
    ``within_norm`` is the share of all who asked that was served within the norm (Aalen-Johansen), so leaving counts
    as not served; the norm of SMW counts school days, that of the outside waits days. There is no norm for
    ``time_to_help``. Values are NaN where nobody asked or the curve does not get there.

    Waits are students', at all levels for ``smw_wait`` and ``time_to_help``, at all but that of schools for the
    others; ``people`` gives background people apart.
    """
    for name, kind in waits.items():
        offered = kind.curves.only(SERVED)
        figures = {"mean": restricted_mean(offered), "median": quantile(offered, 0.5), "p90": quantile(offered, 0.9)}
        if name != "time_to_help":
            figures["within_norm"] = _within_norm(run, name, kind)
        values.add_levels(kind.levels, {f"{name}.{statistic}": figure for statistic, figure in figures.items()})


def _within_norm(run: Replication, name: str, kind: WaitsOfUnits) -> FloatArray:
    norms = run.world.scenario.norms
    if name == "smw_wait":
        curves, norm = kind.after(_school_days(run, kind.waits)), norms.smw_wait_school_days
    else:
        curves, norm = kind.curves, norms.outside_wait_days
    return incidence_at(curves, SERVED, np.array([norm], dtype=np.float64))[:, 0]


def _school_days(run: Replication, waits: Waits) -> FloatArray:
    calendar = run.world.calendar
    return calendar.school_times(waits.end) - calendar.school_times(waits.start)
