"""The tables of the sign map, from the values of its points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from sim.questions.prevention.paired_worlds import MEASURES, SERVED, per_1000, verdict
from sim.statistics.intervals import FloatArray, intervals
from sim.statistics.ratio import fieller
from sim.statistics.zero_line import Surface, fit_surface, zero_line

if TYPE_CHECKING:
    import pandas as pd

TABLES = ("cells", "surface", "lines", "fits", "per_case")
FINE = 41
AS_IT_IS = 1.0
"""Strength of the scenario: below and above it the same step changes the settings by another amount."""
Cell = tuple[float, float]
"""Strengths of prevention and of case-finding."""


def tables_of_map(
    values: Mapping[str, FloatArray], cells: Sequence[Cell], students: float
) -> dict[str, pd.DataFrame]:
    """Make the tables of one map.

    Parameters
    ----------
    values
        Measures a year, shape (replications, points): the world without SMW, that with SMW as it is, and the cells.
    cells
        Strengths of the cells, in the order of the points.
    students
        Number of students.

    Returns
    -------
    dict
        The tables of ``TABLES``; see ``sim.questions.prevention.sign_map.SignMap``.
    """
    parts: dict[str, list[pd.DataFrame]] = {key: [] for key in TABLES}
    for (place, what), measure in MEASURES.items():
        difference = values[measure][:, 1:] - values[measure][:, :1]
        found = _tables(per_1000(difference[:, 1:], students), cells)
        found["per_case"] = _per_case(difference[:, 0], values[SERVED][:, 1])
        for key, table in found.items():
            parts[key].append(labelled(table, place=place, what=what))
    return {key: stacked(tables) for key, tables in parts.items()}


def labelled(table: pd.DataFrame, **labels: object) -> pd.DataFrame:
    """Return a table with columns in front that say what it is about."""
    import pandas as pd

    return pd.DataFrame({name: [value] * len(table) for name, value in labels.items()}).join(table)


def stacked(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Put tables below each other."""
    import pandas as pd

    filled = [part for part in parts if len(part)]
    return pd.concat(filled, ignore_index=True) if filled else parts[0]


def _tables(net: FloatArray, cells: Sequence[Cell]) -> dict[str, pd.DataFrame]:
    prevention, finding = np.array(cells).T
    places = np.linspace(0.0, float(prevention.max()), FINE)
    surface = fit_surface(prevention, finding, net, places, places, bend=AS_IT_IS)
    return {
        "cells": _cell_table(prevention, finding, net),
        "surface": _surface_table(surface),
        "lines": _line_table(surface),
        "fits": _fit_table(surface),
    }


def _cell_table(prevention: FloatArray, finding: FloatArray, net: FloatArray) -> pd.DataFrame:
    import pandas as pd

    replications, cells = net.shape
    found = intervals(np.tile(np.arange(cells), replications), net.ravel(), cells)
    low, high = found.mean - found.half_width, found.mean + found.half_width
    columns: dict[str, object] = {"prevention": prevention, "case_finding": finding}
    columns |= {"mean": found.mean, "low": low, "high": high}
    columns["verdict"] = [verdict(*pair) for pair in zip(low, high, strict=True)]
    return pd.DataFrame(columns | {"n": found.n})


def _surface_table(surface: Surface) -> pd.DataFrame:
    import pandas as pd

    prevention, finding = np.meshgrid(surface.x, surface.y, indexing="ij")
    effect = {name: getattr(surface, name).ravel() for name in ("mean", "low", "high")}
    return pd.DataFrame({"prevention": prevention.ravel(), "case_finding": finding.ravel()} | effect)


def _line_table(surface: Surface) -> pd.DataFrame:
    import pandas as pd

    line = zero_line(surface)
    return pd.DataFrame({"prevention": line.x, "case_finding": line.y, "low": line.low, "high": line.high})


def _fit_table(surface: Surface) -> pd.DataFrame:
    import pandas as pd

    less, more = surface.share_below, surface.share_above
    return pd.DataFrame([{"less": less, "more": more, "unclear": 1.0 - less - more, "misfit": surface.misfit}])


def _per_case(difference: FloatArray, served: FloatArray) -> pd.DataFrame:
    import pandas as pd

    found = fieller(difference, served)
    ends = (found.value, found.low, found.high) if found else (np.nan, np.nan, np.nan)
    return pd.DataFrame([dict(zip(("mean", "low", "high"), ends, strict=True))])
