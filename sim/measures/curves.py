"""Which share has been helped within so many days."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from sim.measures.arrays import Columns, shared, texts
from sim.measures.readings import incidence_at
from sim.measures.replication import Replication
from sim.measures.wait_values import WaitsOfUnits
from sim.measures.waits import SERVED

DAYS = np.arange(0.0, 366.0, 7.0)


def curve_table(run: Replication, waits: dict[str, WaitsOfUnits]) -> Columns:
    """Return the share helped within so many days, with columns curve, sector, day and share.

    Aalen-Johansen cumulative incidence of being served among students who began to wait in the measuring period;
    those still waiting are censored, those who left in another way are never served. NaN beyond the longest observed
    wait if somebody is still waiting then.
    """
    sectors = run.levels.named("total", "sector").units
    shares = [incidence_at(kind.curves.first_groups(len(sectors)), SERVED, DAYS) for kind in waits.values()]
    return _labels(tuple(waits), sectors) | {"share": np.concatenate(shares).ravel()}


@lru_cache(maxsize=32)
def _labels(names: tuple[str, ...], sectors: tuple[str, ...]) -> Columns:
    """Return the columns that all replications of a world share."""
    return {
        "curve": texts(names, DAYS.size * len(sectors)),
        "sector": texts(sectors * len(names), DAYS.size),
        "day": shared(np.tile(DAYS, len(names) * len(sectors))),
    }
