"""What SMW changes outside school: in all, year by year, over what schools may do without it, and in waits."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product
from typing import TYPE_CHECKING

from sim.questions.prevention.outside_counts import PER, STUDENTS, USES, WHOSE, OutsideCounts, described
from sim.questions.prevention.points import CAPACITIES, Pair, pair_of
from sim.statistics.intervals import FloatArray
from sim.statistics.paired import differences

if TYPE_CHECKING:
    import pandas as pd

    from sim.runs.points import PointRun

WAITS = tuple(
    f"{place}_wait.{statistic}" for place in ("gateway", "youth_care", "ggz") for statistic in ("median", "p90")
)


def net_table(counts: OutsideCounts, students: float) -> pd.DataFrame:
    """Return the net change a year.

    Returns
    -------
    pandas.DataFrame
        Capacity (as_is, open), place, what, people (students, background, all), mean, low, high (with SMW less
        without, per 1,000 students a year), verdict, n, with_smw and without_smw.
    """
    import pandas as pd

    parts = []
    for capacity in CAPACITIES:
        with_smw, without_smw = (counts.per_1000(point, students) for point in pair_of(capacity))
        keys = _columns(("place", "what", "people"), ((*use, people) for use, people in product(USES, WHOSE)))
        table = described({"capacity": [capacity] * len(keys["place"]), **keys}, _flat(with_smw - without_smw))
        levels = {"with_smw": _flat(with_smw).mean(axis=0), "without_smw": _flat(without_smw).mean(axis=0)}
        parts.append(table.assign(**levels))
    return pd.concat(parts, ignore_index=True)


def years_table(counts: OutsideCounts, students: float) -> pd.DataFrame:
    """Return the net change for students in each year since SMW was introduced.

    Columns as those of ``net_table``, with ``year`` (from 1) instead of people.
    """
    import pandas as pd

    parts = []
    for capacity in CAPACITIES:
        with_smw, without_smw = (
            counts.numbers[point][:, :, STUDENTS] * (PER / students) for point in pair_of(capacity)
        )
        years = range(1, with_smw.shape[-1] + 1)
        keys = _columns(("place", "what", "year"), ((*use, year) for use, year in product(USES, years)))
        table = described({"capacity": [capacity] * len(keys["place"]), **keys}, _flat(with_smw - without_smw))
        levels = {"with_smw": _flat(with_smw).mean(axis=0), "without_smw": _flat(without_smw).mean(axis=0)}
        parts.append(table.assign(**levels))
    return pd.concat(parts, ignore_index=True)


def range_table(counts: OutsideCounts, students: float, pairs: dict[float, Pair]) -> pd.DataFrame:
    """Return the net change for students over what schools may do without SMW.

    Parameters
    ----------
    counts, students
        Numbers, and students of the region.
    pairs
        Points with and without SMW by the share that goes straight outside without it.

    Returns
    -------
    pandas.DataFrame
        Outside_share, place, what, mean, low, high, verdict and n.
    """
    import pandas as pd

    keys = _columns(("place", "what"), USES)
    parts = [
        described({"outside_share": [share] * len(USES), **keys}, _difference(counts, pair, students))
        for share, pair in sorted(pairs.items())
    ]
    return pd.concat(parts, ignore_index=True)


def _difference(counts: OutsideCounts, pair: Pair, students: float) -> FloatArray:
    with_smw, without_smw = (counts.per_1000(point, students)[:, :, STUDENTS] for point in pair)
    return with_smw - without_smw


def waits_table(run: PointRun) -> pd.DataFrame:
    """Return how waits of students change.

    Returns
    -------
    pandas.DataFrame
        Capacity, measure, mean, low, high (days, with SMW less without), verdict, n, n_missing, with_smw and
        without_smw.
    """
    import pandas as pd

    values = run.values(WAITS)
    parts = []
    for capacity in CAPACITIES:
        with_smw, without_smw = pair_of(capacity)
        found = differences(values[values["scenario"].isin((with_smw, without_smw))], without_smw)
        means = values.groupby(["scenario", "measure"], observed=True)["value"].mean()
        levels = {name: found["measure"].map(means[point]) for name, point in _levels(with_smw, without_smw)}
        parts.append(found.assign(capacity=capacity, **levels))
    columns = ["capacity", "measure", "mean", "low", "high", "verdict", "n", "n_missing", "with_smw", "without_smw"]
    return pd.concat(parts, ignore_index=True)[columns]


def _levels(with_smw: str, without_smw: str) -> tuple[tuple[str, str], tuple[str, str]]:
    return ("with_smw", with_smw), ("without_smw", without_smw)


def _columns(names: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> dict[str, list[object]]:
    return {name: list(column) for name, column in zip(names, zip(*rows, strict=True), strict=True)}


def _flat(samples: FloatArray) -> FloatArray:
    """Keep the replications and put everything else in one row."""
    flat: FloatArray = samples.reshape(len(samples), -1)
    return flat
