"""Which share has been helped within so many days."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.measures.replication import Replication
from sim.measures.survival import incidence_at
from sim.measures.wait_values import incidence
from sim.measures.waits import SERVED, Waits, by_unit

if TYPE_CHECKING:
    import pandas as pd

DAYS = np.arange(0.0, 366.0, 7.0)


def curve_table(run: Replication, waits: dict[str, Waits]) -> pd.DataFrame:
    """Return the share helped within so many days, with columns curve, sector, day and share.

    Aalen-Johansen cumulative incidence of being served among students who began to wait in the measuring period;
    those still waiting are censored, those who left in another way are never served. NaN beyond the longest observed
    wait if somebody is still waiting then.
    """
    import pandas as pd

    blocks = [
        (name, unit, incidence_at(incidence(part), SERVED, DAYS))
        for name, kind in waits.items()
        for level in run.levels_of("total", "sector")
        for unit, part in zip(level.units, by_unit(kind, level), strict=True)
    ]
    names, sectors, shares = zip(*blocks, strict=True)
    return pd.DataFrame(
        {
            "curve": np.repeat(np.array(names, dtype=object), DAYS.size),
            "sector": np.repeat(np.array(sectors, dtype=object), DAYS.size),
            "day": np.tile(DAYS, len(blocks)),
            "share": np.concatenate(shares),
        }
    )
