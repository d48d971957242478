"""A world with school social work beside the same world without it, and what differs outside school."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np

from sim.questions.prevention.introduction import introduced, never
from sim.runs.points import PointRunner
from sim.scenario import Scenario
from sim.statistics.intervals import FloatArray

if TYPE_CHECKING:
    import pandas as pd

    from sim.runs.points import PointRun

PLACES = ("youth_care", "gateway")
WHAT = ("requests", "starts")
MEASURES = {(place, what): f"{place}_{what}" for place in PLACES for what in WHAT}
PER = 1000.0
SERVED = "served"
TOTALS = "totals"


def two_worlds(scenario: Scenario) -> tuple[Scenario, Scenario]:
    """Return the scenario in which SMW begins on the first day that is measured, and the one without it.

    Parameters
    ----------
    scenario
        The scenario; its warm-up is the time without SMW in both worlds.
    """
    before, years = max(scenario.horizon.warm_up_years, 1), scenario.horizon.measure_years
    return introduced(scenario, before, years), never(scenario, before, years)


@contextmanager
def totals_runner(runner: PointRunner) -> Iterator[PointRunner]:
    """Give a runner of the usual measures in the same folder: the one given, if it makes those."""
    if runner.replicate.name == TOTALS:
        yield runner
        return
    with PointRunner(runner.output, runner.settings, show=runner.show, root=runner.root) as own:
        yield own


def measured(run: PointRun, names: Sequence[str], measures: Sequence[str]) -> dict[str, FloatArray]:
    """Return measures in total, of the replications that all points have.

    Parameters
    ----------
    run
        Finished tasks.
    names
        Points, in order.
    measures
        Names of measures.

    Returns
    -------
    dict
        An array by measure, shape (replications, points).
    """
    common = sorted(set.intersection(*(set(run.replications[name]) for name in names)))
    values = run.values(measures)
    return {measure: _array(values[values["measure"] == measure], common, names) for measure in measures}


def _array(values: pd.DataFrame, replications: Sequence[int], names: Sequence[str]) -> FloatArray:
    """Return the values of one measure, shape (replications, points)."""
    table = values.pivot_table(index="replication", columns="scenario", values="value", observed=True, dropna=False)
    return table.reindex(index=list(replications), columns=list(names)).to_numpy(dtype=np.float64)


def students_of(runner: PointRunner, scenario: Scenario) -> float:
    """Return the number of students of a scenario's region."""
    from sim.region.reader import read_region

    return float(read_region(scenario, runner.root).students.sum())


def per_1000(number: FloatArray, students: float) -> FloatArray:
    """Return numbers a year per 1,000 students."""
    return number * (PER / students)


def verdict(low: float, high: float) -> str:
    """Say whether an interval lies above zero (``more``), below (``less``) or neither (``cannot tell``)."""
    return "more" if low > 0.0 else "less" if high < 0.0 else "cannot tell"
