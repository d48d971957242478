"""What points came to: every value that was seen, so that a sequential procedure asks for nothing twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from sim.errors import InputError
from sim.runs.points import PointRunner
from sim.runs.tasks import Task
from sim.runs.workers import Failure
from sim.scenario import Scenario
from sim.statistics.paired import ROUNDING

FloatArray = npt.NDArray[np.float64]


class Observed:
    """Values in total, by point and replication.

    Parameters
    ----------
    runner
        Runs the points.
    measures
        Measures that are looked at.
    """

    def __init__(self, runner: PointRunner, measures: Sequence[str]) -> None:
        self.measures = tuple(measures)
        self.failures: dict[Task, Failure] = {}
        self._runner = runner
        self._values: dict[tuple[str, int], dict[str, float]] = {}

    @property
    def runs(self) -> int:
        """Replications of points that were seen."""
        return len(self._values)

    def see(self, points: Mapping[str, Scenario], replications: Sequence[int]) -> None:
        """Run what was not seen yet.

        Parameters
        ----------
        points
            Scenarios by name; a name always stands for the same scenario.
        replications
            Numbers of the replications.
        """
        new = {name: [number for number in replications if (name, number) not in self._values] for name in points}
        wanted = {name: points[name] for name, numbers in new.items() if numbers}
        if not wanted:
            return
        run = self._runner.run(wanted, {name: new[name] for name in wanted})
        self.failures |= run.failures
        for name, numbers in run.replications.items():
            self._values |= {(name, number): {} for number in numbers}
        found = run.values(self.measures)
        columns = (found[column].tolist() for column in ("scenario", "replication", "measure", "value"))
        for name, number, measure, value in zip(*columns, strict=True):
            self._values[name, number][measure] = float(value)

    def matrix(self, measure: str, points: Sequence[str], replications: Sequence[int]) -> FloatArray:
        """Return values of a measure, NaN where there is none, shape (points, replications)."""
        nothing: dict[str, float] = {}
        rows = [
            [self._values.get((point, number), nothing).get(measure, np.nan) for number in replications]
            for point in points
        ]
        return np.array(rows, dtype=np.float64).reshape(len(points), len(replications))

    def row(self, measure: str, point: str, replications: Sequence[int]) -> FloatArray:
        """Return the values of one point, NaN where there is none, shape (replications,)."""
        values: FloatArray = self.matrix(measure, [point], replications)[0]
        return values

    def change(self, measure: str, point: str, base: str, replications: Sequence[int]) -> FloatArray:
        """Return the change of a measure against another point in the same replications, shape (replications,)."""
        one, other = self.matrix(measure, [point, base], replications)
        change: FloatArray = one - other
        change[np.abs(change) <= ROUNDING * np.maximum(np.abs(one), np.abs(other))] = 0.0
        return change

    def demand_values(self, measure: str, points: Sequence[str], replications: Sequence[int]) -> None:
        """Make sure that a measure has a value in every replication that was finished.

        Raises
        ------
        InputError
            If it has none somewhere: means over the rest would favour what has none where it is worst.
        """
        for point in points:
            finished = [number for number in replications if (point, number) in self._values]
            missing = int(np.isnan(self.row(measure, point, finished)).sum())
            if missing:
                raise InputError(
                    f"measure={measure}: it has no value in {missing} of {len(finished)} replications of {point}\n"
                    "  allowed: a measure that has one in every replication, such as helped_per_year or "
                    "smw_wait.within_norm"
                )
