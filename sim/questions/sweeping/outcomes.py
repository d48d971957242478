"""What the points of a sweep came to: an array of measures x points x replications."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from sim.statistics.intervals import FloatArray, Intervals
from sim.statistics.rows import paired_rows, row_intervals

if TYPE_CHECKING:
    import pandas as pd

BoolArray = npt.NDArray[np.bool_]


@dataclass
class Outcomes:
    """Measures in total of every finished replication.

    Attributes
    ----------
    points
        Names of the points.
    measures
        Names of the measures.
    replications
        Number of replications that were asked for.
    values
        Shape (measures, points, replications); NaN where a measure has no value or the replication is not there.
    done
        Which replications are finished, shape (points, replications).
    """

    points: Sequence[str]
    measures: Sequence[str]
    replications: int
    values: FloatArray = field(init=False)
    done: BoolArray = field(init=False)

    def __post_init__(self) -> None:
        """Make room."""
        shape = (len(self.points), self.replications)
        self.values = np.full((len(self.measures), *shape), np.nan)
        self.done = np.zeros(shape, dtype=bool)
        self._row = {name: row for row, name in enumerate(self.points)}

    def add(self, found: pd.DataFrame) -> None:
        """Put values in their place.

        Parameters
        ----------
        found
            Columns scenario, replication, measure and value, in total.
        """
        if found.empty:
            return
        row = found["scenario"].astype(str).map(self._row).to_numpy(dtype=np.int64)
        column = found["replication"].to_numpy(dtype=np.int64) - 1
        self.done[row, column] = True
        places = {measure: place for place, measure in enumerate(self.measures)}
        measure = found["measure"].astype(str).map(places)
        known = measure.notna().to_numpy()
        place = measure[known].to_numpy(dtype=np.int64)
        self.values[place, row[known], column[known]] = found["value"].to_numpy(dtype=np.float64)[known]

    def of(self, measure: str) -> FloatArray:
        """Return the values of a measure, shape (points, replications)."""
        values: FloatArray = self.values[list(self.measures).index(measure)]
        return values

    def summary(self, measure: str) -> Intervals:
        """Return mean and 95% interval at every point."""
        return row_intervals(self.of(measure))

    def missing(self, measure: str) -> npt.NDArray[np.int64]:
        """Return in how many finished replications the measure has no value, shape (points,)."""
        absent = self.done & ~np.isfinite(self.of(measure))
        return np.asarray(absent.sum(axis=1), dtype=np.int64)

    def differences(self, measure: str, reference: int) -> tuple[Intervals, npt.NDArray[np.int64]]:
        """Return the paired differences with a point, and how many pairs have no value.

        Parameters
        ----------
        measure
            Name of the measure.
        reference
            Number of the point that the others are compared with.
        """
        values = self.of(measure)
        found = paired_rows(values, values[reference])
        common = self.done & self.done[reference]
        missing = (common & ~np.isfinite(found)).sum(axis=1)
        return row_intervals(found), missing
