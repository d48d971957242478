"""Runs the points of a design, some at a time, and keeps what they come to."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sim.designs.design import Design, Point
from sim.questions.sweeping.outcomes import Outcomes
from sim.questions.sweeping.prepare import Prepared, ScenarioOf
from sim.runs.points import PointRun, PointRunner
from sim.runs.points.with_load import FIRST, LOAD
from sim.runs.tasks import Task
from sim.runs.workers import Failure

AT_A_TIME = 1000
"""Points whose settings and values are in memory together: a design may have many more."""
COSTS = ("cost.smw", "cost")
OUTCOMES = ("early_leavers_total", "smw_wait.median", "smw_wait.p90")


@dataclass(frozen=True)
class Sweep:
    """A design that was run.

    Attributes
    ----------
    design
        Its points.
    prepared
        Which points can be run.
    outcomes
        What was measured.
    measures
        The measures that were asked for; those of the frontier may be there besides.
    reference
        Name of the point that the others are compared with.
    loads
        Offered load of SMW by sector, by the name of the point; NaN without hours, nothing where it is not known.
    failures
        Tasks that could not be done, and why.
    """

    design: Design
    prepared: Prepared
    outcomes: Outcomes
    measures: tuple[str, ...]
    reference: str
    loads: Mapping[str, Mapping[str, float]]
    failures: Mapping[Task, Failure] = field(default_factory=dict)

    @property
    def reference_number(self) -> int:
        """Number of the reference among the points."""
        return list(self.outcomes.points).index(self.reference)


def run_sweep(
    runner: PointRunner,
    design: Design,
    prepared: Prepared,
    scenario_of: ScenarioOf,
    replications: int,
    measures: Sequence[str],
    reference: str,
) -> Sweep:
    """Run every point that can be run; what is on disk is not done again.

    Parameters
    ----------
    runner
        Runs points, with the tables of ``TotalsWithLoad``.
    design, prepared, scenario_of
        The points, what is known about them, and what makes their scenarios.
    replications
        How many of each.
    measures
        Measures to report.
    reference
        Name of the point that the others are compared with.
    """
    kept = tuple(dict.fromkeys((*measures, *COSTS, *OUTCOMES)))
    outcomes = Outcomes([point.name for point in design.points], kept, replications)
    failures: dict[Task, Failure] = {}
    loads: dict[str, dict[str, float]] = {}
    runner.plan(len(prepared.points) * replications)
    for batch in _batches(prepared.points):
        scenarios = {point.name: scenario_of(point) for point in batch}
        run = runner.run(scenarios, replications)
        outcomes.add(run.values(kept))
        failures |= run.failures
        loads |= _loads(run)
    return Sweep(design, prepared, outcomes, tuple(measures), reference, loads, failures)


def _loads(run: PointRun) -> dict[str, dict[str, float]]:
    """Return minutes asked over minutes that the hours leave for cases, by point and sector."""
    found: dict[str, dict[str, float]] = {}
    for row in run.table(LOAD, only=FIRST).to_dict("records"):
        asked, funded = float(row["minutes_asked"]), float(row["minutes_funded"])
        found.setdefault(str(row["scenario"]), {})[str(row["sector"])] = asked / funded if funded > 0.0 else math.nan
    return found


def _batches(points: Sequence[Point]) -> Iterator[Sequence[Point]]:
    for first in range(0, len(points), AT_A_TIME):
        yield points[first : first + AT_A_TIME]
