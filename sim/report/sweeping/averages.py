"""What each key of a grid does from its first to its last value, by measure."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from sim.designs.factor import text_of
from sim.report.sweeping.view import SweepView


@dataclass(frozen=True)
class Average:
    """One key and one measure, averaged over the other keys.

    Attributes
    ----------
    first, last
        The two values that are compared, in words.
    difference, half_width
        The paired difference, and half its 95% interval.
    verdict
        ``more``, ``less`` or ``cannot tell``.
    """

    measure: str
    first: str
    last: str
    difference: float
    half_width: float
    verdict: str

    @property
    def is_nothing(self) -> bool:
        """Whether there is no difference in any replication."""
        return self.difference == self.half_width == 0.0


def averages(view: SweepView) -> dict[str, list[Average]]:
    """Return for each key the difference between its first and its last value, by measure.

    Where a measure is not known at the first or the last value, those next to them are compared.
    """
    found: dict[str, list[Average]] = {}
    if view.effects is None:
        return found
    for name, rows in view.effects.groupby("key", sort=False):
        key = str(name)
        words = {text_of(value): view.value(key, value) for value in view.sweep.design.values(key)}
        found[key] = [_average(words, str(measure), own) for measure, own in rows.groupby("measure", sort=False)]
    return found


def _average(words: dict[str, str], measure: str, rows: pd.DataFrame) -> Average:
    first, last = rows.iloc[0], rows.iloc[-1]
    low, high = float(last["difference_low"]), float(last["difference_high"])
    half = (high - low) / 2.0 if math.isfinite(low) else math.nan
    return Average(
        measure,
        words[str(first["value"])],
        words[str(last["value"])],
        float(last["difference"]),
        half,
        str(last["verdict"]),
    )
