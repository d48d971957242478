"""What each key of a grid does by itself, averaged over the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.designs.factor import text_of
from sim.questions.sweeping.sweep import Sweep
from sim.statistics.main_effects import MainEffect, main_effects
from sim.statistics.paired import verdicts
from sim.statistics.pareto import all_known

if TYPE_CHECKING:
    import pandas as pd

FEWEST_KEYS = 2


def effects_table(sweep: Sweep) -> pd.DataFrame | None:
    """Return the mean of every measure at each value of a key, averaged over the same values of the other keys.

    Returns
    -------
    pandas.DataFrame or None
        Columns key, value, measure, combinations (how many of the other keys), n (replications), mean, low and high
        (95% interval), difference with the first value in pairs, difference_low, difference_high and verdict; None
        unless the design is a grid of two keys or more.
    """
    import pandas as pd

    design = sweep.design
    if design.kind != "grid" or len(design.keys) < FEWEST_KEYS:
        return None
    shape = tuple(len(design.values(key)) for key in design.keys)
    rows: list[dict[str, object]] = []
    for measure in sweep.measures:
        values = sweep.outcomes.of(measure)
        # Averages over points need the same replications at each of them.
        started = sweep.outcomes.done.any(axis=1)
        done = sweep.outcomes.done[started].all(axis=0)
        if not done.any():
            return None
        known = all_known(values[:, done], sweep.outcomes.done[:, done])
        for key, effect in zip(design.keys, main_effects(values[:, done], known, shape), strict=True):
            if effect is not None:
                texts = [text_of(value) for value in design.values(key)]
                rows += _rows(key, texts, measure, effect)
    return pd.DataFrame(rows)


def _rows(key: str, texts: list[str], measure: str, effect: MainEffect) -> list[dict[str, object]]:
    means, differences = effect.means, effect.differences
    low, high = differences.mean - differences.half_width, differences.mean + differences.half_width
    said = verdicts(low, high, np.zeros(len(low), dtype=np.int64))
    said[0] = "reference"
    return [
        {
            "key": key,
            "value": texts[level],
            "measure": measure,
            "combinations": effect.combinations,
            "n": int(means.n[place]),
            "mean": means.mean[place],
            "low": means.mean[place] - means.half_width[place],
            "high": means.mean[place] + means.half_width[place],
            "difference": differences.mean[place] if place else np.nan,
            "difference_low": low[place] if place else np.nan,
            "difference_high": high[place] if place else np.nan,
            "verdict": said[place],
        }
        for place, level in enumerate(effect.levels)
    ]
