"""The measures of one replication, collected block by block."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np

from sim.measures.arrays import Columns, FloatArray, texts
from sim.measures.levels import Level, Levels


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

    def add_levels(self, levels: Levels[Level], measures: Mapping[str, FloatArray]) -> None:
        """Add the values of measures for all units of several levels, at each level one measure after the other."""
        for level, (first, last) in zip(levels.parts, pairwise(levels.bounds), strict=True):
            for measure, values in measures.items():
                self.add(measure, level.name, level.units, values[first:last])

    def add_total(self, measure: str, value: float) -> None:
        """Add a measure that is known in total only."""
        self.add(measure, "total", ("all",), np.array([value]))

    def at(self, measure: str, level: str) -> FloatArray:
        """Return the values of a measure by unit."""
        return self._blocks[measure, level][1]

    def total(self, measure: str) -> float:
        """Return the value of a measure in total."""
        return float(self.at(measure, "total")[0])

    def columns(self) -> Columns:
        """Return everything as a table with columns measure, level, unit and value."""
        labels = tuple((measure, level, units) for (measure, level), (units, _) in self._blocks.items())
        return _labels(labels) | {"value": np.concatenate([values for _, values in self._blocks.values()])}


@lru_cache(maxsize=32)
def _labels(blocks: tuple[tuple[str, str, tuple[str, ...]], ...]) -> Columns:
    """Return the columns of texts, which all replications of a world share."""
    sizes = [len(units) for _, _, units in blocks]
    return {
        "measure": texts([measure for measure, _, _ in blocks], sizes),
        "level": texts([level for _, level, _ in blocks], sizes),
        "unit": texts([unit for _, _, units in blocks for unit in units]),
    }
