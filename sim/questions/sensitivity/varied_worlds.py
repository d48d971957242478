"""The model as a function of its assumptions: points become scenarios, scenarios are simulated and measured."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from pydantic import ValidationError

from sim.designs.assumption import Assumptions
from sim.designs.factor import Value
from sim.designs.plausible import mend
from sim.parameters.leaves import leaves
from sim.questions.sensitivity.stages import Evaluate, Outputs
from sim.runs.points import PointRun, PointRunner
from sim.runs.tasks import Task
from sim.runs.workers import Failure
from sim.scenario import Scenario
from sim.statistics.rows import paired_rows

if TYPE_CHECKING:
    import pandas as pd

FloatArray = npt.NDArray[np.float64]

DIFFERENCE = "difference"


@dataclass
class VariedWorlds:
    """One scenario, or two on the same points, as a function of assumptions.

    Attributes
    ----------
    runner
        Simulates.
    scenarios
        One or two by name; of two the first is the reference, and the difference is the second less the first.
    assumptions
        What can be varied.
    measures
        What is measured, in total.
    points
        How many points were asked for, by stage.
    refused
        Points whose settings cannot go together, with what is wrong, by stage.
    scaled
        How often shares had to be made smaller to fit, by stage and by what they are parts of.
    failures
        Tasks that could not be done.
    """

    runner: PointRunner
    scenarios: Mapping[str, Scenario]
    assumptions: Assumptions
    measures: tuple[str, ...]
    refused: dict[str, list[str]] = field(default_factory=dict)
    scaled: dict[str, Counter[str]] = field(default_factory=dict)
    points: dict[str, int] = field(default_factory=dict)
    failures: dict[Task, Failure] = field(default_factory=dict)

    @property
    def of(self) -> tuple[str, ...]:
        """What there are outputs of: the scenarios and, of two, the difference."""
        return (*self.scenarios, DIFFERENCE) if len(self.scenarios) > 1 else tuple(self.scenarios)

    @cached_property
    def _own(self) -> dict[str, dict[str, object]]:
        """All settings of each scenario by key: what is varied is the same in both, what belongs to it may differ."""
        return {of: dict(leaves(scenario.model_dump())) for of, scenario in self.scenarios.items()}

    def over(self, stage: str, keys: Sequence[str], replications: int) -> Evaluate:
        """Return the model as a function of some assumptions; the others stay as they are in the scenario.

        Parameters
        ----------
        stage
            Name of the stage, for the names of the points.
        keys
            The assumptions, in the order of the columns of the points.
        replications
            Replications of each point: the same ones at all.
        """

        def evaluate(points: FloatArray) -> Outputs:
            levels = [dict(zip(keys, map(float, row), strict=True)) for row in points]
            return self.at(stage, levels, replications)

        return evaluate

    def at(self, stage: str, levels: Sequence[Mapping[str, float]], replications: int) -> Outputs:
        """Simulate points and return their outputs.

        Parameters
        ----------
        stage
            Name of the stage.
        levels
            For each point the level (0 low, 1 high) of the assumptions that it moves.
        replications
            Replications of each point.
        """
        names = [f"{stage}.{number:05d}" for number in range(len(levels))]
        worlds: dict[str, Scenario] = {}
        for name, level in zip(names, levels, strict=True):
            worlds.update(self._worlds(stage, name, level))
        run = self.runner.run(worlds, replications)
        self.points[stage] = len(levels)
        self.failures.update(run.failures)
        return self._outputs(run, names, replications)

    def _worlds(self, stage: str, name: str, level: Mapping[str, float]) -> dict[str, Scenario]:
        values: dict[str, Value] = {}
        for one in self.assumptions.of(list(level)):
            values.update(one.values(level[one.key]))
        mended = {of: mend(own, values) for of, own in self._own.items()}
        self.scaled.setdefault(stage, Counter()).update({what for one in mended.values() for what in one.scaled})
        try:
            return {f"{name}.{of}": self.scenarios[of].changed(**one.values) for of, one in mended.items()}
        except ValidationError as error:
            self.refused.setdefault(stage, []).append(f"{name}: {error.errors()[0]['msg']}")
            return {}

    def _outputs(self, run: PointRun, names: Sequence[str], replications: int) -> dict[tuple[str, str], FloatArray]:
        values = run.values(self.measures)
        outputs: dict[tuple[str, str], FloatArray] = {}
        for of in self.scenarios:
            rows = {f"{name}.{of}": row for row, name in enumerate(names)}
            outputs |= {
                (of, measure): _spread_out(values[values["measure"] == measure], rows, replications)
                for measure in self.measures
            }
        if len(self.scenarios) > 1:
            reference, other = self.scenarios
            for measure in self.measures:
                outputs[DIFFERENCE, measure] = paired_rows(outputs[other, measure], outputs[reference, measure])
        return outputs


def _spread_out(values: pd.DataFrame, rows: Mapping[str, int], replications: int) -> FloatArray:
    """Return values of one measure and scenario by point and replication; NaN where there is none."""
    found = np.full((len(rows), replications), np.nan)
    row = values["scenario"].astype(str).map(rows)
    here = row.notna().to_numpy()
    places = row.to_numpy()[here].astype(np.int64)
    found[places, values["replication"].to_numpy()[here] - 1] = values["value"].to_numpy(dtype=np.float64)[here]
    return np.where(np.isfinite(found), found, np.nan)
