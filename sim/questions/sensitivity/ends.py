"""Each of the most important assumptions at the two ends of its range, the others as they are: a tornado."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from sim.questions.sensitivity.varied_worlds import VariedWorlds
from sim.statistics.intervals import intervals
from sim.statistics.paired import verdicts
from sim.statistics.rows import paired_rows

if TYPE_CHECKING:
    import pandas as pd

FloatArray = npt.NDArray[np.float64]

STAGE = "ends"
BASE = "base"
ENDS = {"low": 0.0, "high": 1.0}


def both_ends(worlds: VariedWorlds, keys: Sequence[str], replications: int) -> pd.DataFrame:
    """Simulate the scenarios as they are, and with each assumption at its low and at its high end.

    Parameters
    ----------
    worlds
        The model as a function of the assumptions.
    keys
        The assumptions.
    replications
        Replications of each end, the same ones at all.

    Returns
    -------
    pandas.DataFrame
        Columns of, measure, assumption (empty for the scenarios as they are), end (``base``, ``low`` or ``high``),
        n, n_missing, mean, sd, low, high, half_width (95% t-interval over replications), verdict (against zero), and
        change, change_low, change_high, change_verdict (against the scenarios as they are, paired by replication).
    """
    import pandas as pd

    places: list[tuple[str, str]] = [("", BASE), *((key, end) for key in keys for end in ENDS)]
    levels = [{} if end == BASE else {key: ENDS[end]} for key, end in places]
    outputs = worlds.at(STAGE, levels, replications)
    tables = []
    for (of, measure), values in outputs.items():
        table = pd.DataFrame(places, columns=["assumption", "end"])
        table.insert(0, "of", of)
        table.insert(1, "measure", measure)
        tables.append(table.assign(**_columns(values)))
    return pd.concat(tables, ignore_index=True)


def _columns(values: FloatArray) -> dict[str, npt.NDArray[np.generic]]:
    """Return means and verdicts of outputs, shape (points, replications), of which the first point is the base."""
    points, replications = values.shape
    group = np.repeat(np.arange(points), replications)
    found = intervals(group, values.ravel(), points)
    change = intervals(group, paired_rows(values, values[0]).ravel(), points)
    missing = replications - found.n
    bounds = (change.mean - change.half_width, change.mean + change.half_width)
    return {
        "n": found.n,
        "n_missing": missing,
        **found.columns(),
        "verdict": verdicts(found.mean - found.half_width, found.mean + found.half_width, missing),
        "change": change.mean,
        "change_low": bounds[0],
        "change_high": bounds[1],
        "change_verdict": verdicts(*bounds, replications - change.n),
    }
