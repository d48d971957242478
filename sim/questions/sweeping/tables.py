"""The tables of a sweep: a row for each point and measure, a row for each point, the frontier, and more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.designs.design import Design
from sim.designs.factor import number_of
from sim.questions.sweeping.sweep import Sweep
from sim.statistics.paired import verdicts

if TYPE_CHECKING:
    import pandas as pd

POINT, FAILED, REFERENCE = "point", "failed", "reference"


def key_columns(design: Design) -> dict[str, list[object]]:
    """Return a column for the points and one for each key: numbers where all values are, otherwise texts.

    A cell is empty where a point leaves a key as it is in the scenario.
    """
    columns: dict[str, list[object]] = {POINT: [point.name for point in design.points]}
    for key in design.keys:
        values = [point.values.get(key) if key in point.values else None for point in design.points]
        numbers = [number_of(value) for value in values]
        plain = all(number == number for number in numbers)
        columns[key] = list(values) if plain else [point.text(key) for point in design.points]
    return columns


def load_columns(sweep: Sweep) -> dict[str, list[float]]:
    """Return the offered load of every point by sector; NaN where it has no hours or cannot be run."""
    loads = sweep.loads
    sectors = dict.fromkeys(sector for own in loads.values() for sector in own)
    names = [point.name for point in sweep.design.points]
    return {
        f"offered_load_{sector}": [loads.get(name, {}).get(sector, np.nan) for name in names] for sector in sectors
    }


def tidy_table(sweep: Sweep) -> pd.DataFrame:
    """Return a row for each point and measure.

    Returns
    -------
    pandas.DataFrame
        Columns point and keys; measure, n (replications with a value), n_missing (finished ones without), mean, low
        and high (95% interval); difference with the reference in pairs, difference_low, difference_high, and verdict
        (``more``, ``less``, ``cannot tell``, ``reference``, or ``failed`` for a point that cannot be run); and the
        offered load of SMW before simulating, by sector (NaN without hours).
    """
    import pandas as pd

    count, measures = len(sweep.design.points), len(sweep.measures)
    keys = key_columns(sweep.design)
    every = {name: np.repeat(np.array(column, dtype=object), measures) for name, column in keys.items()}
    figures = [pd.DataFrame(_figures(sweep, measure)) for measure in sweep.measures]
    table = pd.DataFrame(every).infer_objects()
    table["measure"] = list(sweep.measures) * count
    # Row after row of one point: its measures follow each other.
    stacked = pd.concat(figures, ignore_index=True)
    order = np.arange(count * measures).reshape(measures, count).T.ravel()
    table = pd.concat([table, stacked.iloc[order].reset_index(drop=True)], axis=1)
    for name, column in load_columns(sweep).items():
        table[name] = np.repeat(np.array(column), measures)
    return table


def _figures(sweep: Sweep, measure: str) -> dict[str, Any]:
    own = sweep.outcomes.summary(measure)
    against, missing = sweep.outcomes.differences(measure, sweep.reference_number)
    low, high = against.mean - against.half_width, against.mean + against.half_width
    said = verdicts(low, high, missing)
    said[sweep.reference_number] = REFERENCE
    failed = [point.name in sweep.prepared.failed for point in sweep.design.points]
    said[np.array(failed)] = FAILED
    is_reference = np.arange(len(failed)) == sweep.reference_number
    return {
        "n": own.n,
        "n_missing": sweep.outcomes.missing(measure),
        "mean": own.mean,
        "low": own.mean - own.half_width,
        "high": own.mean + own.half_width,
        "difference": np.where(is_reference, np.nan, against.mean),
        "difference_low": np.where(is_reference, np.nan, low),
        "difference_high": np.where(is_reference, np.nan, high),
        "verdict": said,
    }


def wide_table(sweep: Sweep) -> pd.DataFrame:
    """Return a row for each point: keys, offered loads, and for each measure its mean, bounds and missing values."""
    import pandas as pd

    columns: dict[str, Any] = {**key_columns(sweep.design), **load_columns(sweep)}
    for measure in sweep.measures:
        own = sweep.outcomes.summary(measure)
        columns[measure] = own.mean
        columns[f"{measure} low"] = own.mean - own.half_width
        columns[f"{measure} high"] = own.mean + own.half_width
        columns[f"{measure} missing"] = sweep.outcomes.missing(measure)
    return pd.DataFrame(columns)


def failed_table(sweep: Sweep) -> pd.DataFrame:
    """Return the points that cannot be run, with why."""
    import pandas as pd

    table = pd.DataFrame(key_columns(sweep.design))
    reasons = table[POINT].map(dict(sweep.prepared.failed))
    return table[reasons.notna()].assign(reason=reasons[reasons.notna()]).reset_index(drop=True)
