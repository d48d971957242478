"""The same student in two worlds: who uses care outside in both, in neither, only with SMW, or only without it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.measures.outside_use import STATES_OF
from sim.questions.prevention.outside_counts import PER, described
from sim.questions.prevention.points import Pair
from sim.scenario.base import SEVERITIES
from sim.statistics.intervals import FloatArray

if TYPE_CHECKING:
    import pandas as pd

    from sim.runs.points import PointRun

PLACES = tuple(STATES_OF)
GROUPS = ("both", "neither", "only_with", "only_without")
_GROUP = np.array([[GROUPS.index("neither"), GROUPS.index("only_without")], [GROUPS.index("only_with"), 0]])
"""Group by use with SMW and use without."""
BY_SEVERITY = (*SEVERITIES, "all")


def groups_table(run: PointRun, pair: Pair, students: float, years: float) -> pd.DataFrame:
    """Return how many students are in each group, by how severe their problems were at first.

    Students who had an open problem, or care, in the measuring period in either world; using care is a start in that
    period. Severity is the worst of these problems when it began (or was found on day 0), which is the same in both
    worlds, unless a problem is there in one of them only.

    Parameters
    ----------
    run
        Run with the table ``students``.
    pair
        Points with and without SMW.
    students
        Students of the region.
    years
        Length of the measuring period.

    Returns
    -------
    pandas.DataFrame
        Place, group, severity (and ``all``), mean, low, high: students per 1,000 students a year, who count once
        however long the period; and n.
    """
    table = run.table("students")
    rates = [
        _numbers(table[table["replication"] == number], pair) * (PER / students / years)
        for number in sorted(set(run.replications[pair[0]]) & set(run.replications[pair[1]]))
    ]
    rows = [(place, group, severity) for place in PLACES for group in GROUPS for severity in BY_SEVERITY]
    keys = dict(zip(("place", "group", "severity"), map(list, zip(*rows, strict=True)), strict=True))
    found = described(keys, np.stack(rates).reshape(len(rates), -1))
    return found.drop(columns="verdict")


def _numbers(table: pd.DataFrame, pair: Pair) -> FloatArray:
    """Count the students of one replication, shape (places, groups, severities and all)."""
    worlds = [table[table["scenario"] == point].set_index("student") for point in pair]
    everybody = worlds[0].index.union(worlds[1].index)
    both = [world.reindex(everybody) for world in worlds]
    severity = np.fmax(*(world["severity"].to_numpy(dtype=np.float64) for world in both)).astype(np.int64)
    numbers = np.zeros((len(PLACES), len(GROUPS), len(BY_SEVERITY)))
    for place, name in enumerate(PLACES):
        used = [(world[f"{name}_starts"].fillna(0).to_numpy() > 0).astype(np.int64) for world in both]
        np.add.at(numbers[place], (_GROUP[used[0], used[1]], severity), 1.0)
    numbers[..., -1] = numbers.sum(axis=-1)
    return numbers
