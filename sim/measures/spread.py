"""How unequal it is between schools and between municipalities."""

from __future__ import annotations

import numpy as np

from sim.measures.arrays import FloatArray
from sim.measures.replication import Replication
from sim.measures.values import Values
from sim.scenario.base import SECTORS

SPREADS = (("spread.reach", "reach"), ("spread.smw_wait", "smw_wait.mean"))


def add_spread(run: Replication, values: Values) -> None:
    """Add ``spread.reach`` and ``spread.smw_wait``: the 90th less the 10th percentile of the units.

    In total over all schools with students, by sector over the sector's schools, and at level ``municipality`` (unit
    ``all``) over municipalities. Each unit counts once, whatever its size. Units without a value (nobody asked SMW)
    do not count. Chance alone makes small schools differ: compare scenarios, not the figure with zero.
    """
    sector, students = run.world.region.sector, run.world.region.students
    for measure, source in SPREADS:
        schools = np.where(students > 0, values.at(source, "school"), np.nan)
        by_sector = np.array([_spread(schools[sector == index]) for index in range(len(SECTORS))])
        values.add_total(measure, _spread(schools))
        values.add(measure, "sector", SECTORS, by_sector)
        towns = _spread(values.at(source, "municipality"))
        values.add(measure, "municipality", ("all",), np.array([towns]))


def _spread(figures: FloatArray) -> float:
    known = figures[np.isfinite(figures)]
    if not known.size:
        return float("nan")
    low, high = np.percentile(known, [10.0, 90.0])
    return float(high - low)
