"""How unequal it is between schools and between municipalities."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sim.measures.arrays import FloatArray
from sim.measures.levels import SchoolLevels
from sim.measures.replication import Replication
from sim.measures.values import Values

SPREADS = (("spread.reach", "reach"), ("spread.smw_wait", "smw_wait.mean"))


def add_spread(run: Replication, values: Values) -> None:
    """Add ``spread.reach`` and ``spread.smw_wait``, and ``reach.mean_of_schools``.

    A spread is the 90th less the 10th percentile of the units: in total over all schools with students, by sector and
    type over its schools, and at level ``municipality`` (unit ``all``) over municipalities. The mean of schools is
    that of the reach of single schools, as surveys of institutions give it. Each unit counts once, whatever its size.
    Units without a value (nobody asked SMW) do not count. Chance alone makes small schools differ: compare scenarios,
    not the figure with zero.
    """
    over_schools = run.levels.named("total", "sector", "type")
    for measure, source in SPREADS:
        schools = _of_schools(run, values, source)
        values.add_levels(over_schools, {measure: _by_unit(over_schools, schools, _spread)})
        towns = _spread(values.at(source, "municipality"))
        values.add(measure, "municipality", ("all",), np.array([towns]))
    reach = _of_schools(run, values, "reach")
    values.add_levels(over_schools, {"reach.mean_of_schools": _by_unit(over_schools, reach, _mean)})


def _of_schools(run: Replication, values: Values, measure: str) -> FloatArray:
    """Return a measure by school, NaN for schools without students."""
    return np.where(run.world.region.students > 0, values.at(measure, "school"), np.nan)


def _by_unit(levels: SchoolLevels, schools: FloatArray, figure: Callable[[FloatArray], float]) -> FloatArray:
    of_units = [level.of_school == unit for level in levels.parts for unit in range(len(level.units))]
    return np.array([figure(schools[chosen]) for chosen in of_units])


def _mean(figures: FloatArray) -> float:
    known = figures[np.isfinite(figures)]
    return float(known.mean()) if known.size else float("nan")


def _spread(figures: FloatArray) -> float:
    known = np.sort(figures[np.isfinite(figures)])
    return _percentile(known, 0.9) - _percentile(known, 0.1) if known.size else float("nan")


def _percentile(known: FloatArray, share: float) -> float:
    """Return what ``np.percentile`` does, which takes ten times as long for a few figures; ``known`` is in order."""
    place = share * (known.size - 1)
    below = int(place)
    low, high = float(known[below]), float(known[min(below + 1, known.size - 1)])
    return low + (high - low) * (place - below)
