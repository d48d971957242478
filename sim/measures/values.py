"""The measures of one replication, collected block by block."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from sim.measures.arrays import FloatArray, IntArray
from sim.measures.levels import Level

if TYPE_CHECKING:
    import pandas as pd


class Values:
    """Measures by level and unit; each can be set once and read by measures that build on it."""

    def __init__(self) -> None:
        self._blocks: dict[tuple[str, str], tuple[tuple[str, ...], FloatArray]] = {}

    def add(self, measure: str, level: str, units: Sequence[str], values: FloatArray) -> None:
        """Add the values of a measure for all units of a level.

        Raises
        ------
        ValueError
            If the measure is there already at this level, or units and values differ in number.
        """
        if (measure, level) in self._blocks or len(units) != len(values):
            raise ValueError(f"measure '{measure}' at level '{level}': set twice, or units and values differ")
        self._blocks[measure, level] = (tuple(units), values)

    def add_total(self, measure: str, value: float) -> None:
        """Add a measure that is known in total only."""
        self.add(measure, "total", ("all",), np.array([value]))

    def add_counts(self, measure: str, cases: IntArray, levels: Iterable[Level], years: float) -> None:
        """Add counts a year of ``cases`` (rows of the case table) at ``levels``."""
        for level in levels:
            self.add(measure, level.name, level.units, level.count(cases) / years)

    def at(self, measure: str, level: str) -> FloatArray:
        """Return the values of a measure by unit."""
        return self._blocks[measure, level][1]

    def total(self, measure: str) -> float:
        """Return the value of a measure in total."""
        return float(self.at(measure, "total")[0])

    def frame(self) -> pd.DataFrame:
        """Return everything as a table with columns measure, level, unit and value."""
        import pandas as pd

        sizes = [len(units) for units, _ in self._blocks.values()]
        measures, levels = zip(*self._blocks, strict=True)
        return pd.DataFrame(
            {
                "measure": np.repeat(np.array(measures, dtype=object), sizes),
                "level": np.repeat(np.array(levels, dtype=object), sizes),
                "unit": np.concatenate([np.array(units, dtype=object) for units, _ in self._blocks.values()]),
                "value": np.concatenate([values for _, values in self._blocks.values()]),
            }
        )
