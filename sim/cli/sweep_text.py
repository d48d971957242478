"""What a sweep prints: a row for each point, and the cheapest points that are as good as the best."""

from __future__ import annotations

import math

import numpy as np

from sim.cli.printing import MISSING, UNKNOWN, table, unit_of, with_note
from sim.designs.design import short_keys
from sim.questions.sweeping.frontiers import cheapest_of_the_best
from sim.questions.sweeping.sweep import Sweep
from sim.report.catalogue import measure_of

MOST_ROWS = 60


def sweep_text(sweep: Sweep) -> str:
    """Return the table of the points, and what is the best."""
    design = sweep.design
    heads = [*short_keys(design.keys), *(f"{name} ({unit_of(name) or 'number'})" for name in sweep.measures)]
    rows = [heads] if design.kind == "grid" else [["point", *heads]]
    cells = {name: _cells(sweep, name) for name in sweep.measures}
    for number, point in enumerate(design.points[:MOST_ROWS]):
        keys = [point.text(key) for key in design.keys]
        name = [] if design.kind == "grid" else [point.name]
        rows.append([*name, *keys, *(cells[measure][number] for measure in sweep.measures)])
    more = len(design.points) - MOST_ROWS
    left = [f"and {more:,} more points: see the tables"] if more > 0 else []
    return "\n".join([with_note(table(rows)), *left, "", *_best(sweep)])


def _cells(sweep: Sweep, measure: str) -> list[str]:
    found, missing = sweep.outcomes.summary(measure), sweep.outcomes.missing(measure)
    low, high = found.mean - found.half_width, found.mean + found.half_width
    return [_cell(measure, *map(float, figures)) for figures in zip(found.mean, low, high, missing, strict=True)]


def _cell(measure: str, mean: float, low: float, high: float, missing: float) -> str:
    if not math.isfinite(mean):
        return UNKNOWN
    star = MISSING if missing > 0 else ""
    interval = f" [{_number(measure, low)}, {_number(measure, high)}]" if math.isfinite(low) and low < high else ""
    return f"{_number(measure, mean)}{star}{interval}"


def _number(measure: str, value: float) -> str:
    known = measure_of(measure)
    scale = 100.0 if known.kind == "share" else 1.0
    return f"{np.round(scale * value, known.digits) + 0.0:,.{known.digits}f}"


def _best(sweep: Sweep) -> list[str]:
    lines = []
    costs = sweep.outcomes.summary("cost.smw").mean
    for one in cheapest_of_the_best(sweep):
        mean = sweep.outcomes.summary(one.outcome).mean
        best, cheapest = sweep.design.points[one.best].name, sweep.design.points[one.cheapest].name
        text = f"lowest {one.outcome}: {best} ({_number(one.outcome, float(mean[one.best]))})"
        if one.tied > 1:
            text += f"; {one.tied - 1} cannot be told from it"
        if one.cheapest != one.best:
            euros = _number("cost.smw", float(costs[one.cheapest]))
            text += f", the cheapest of these: {cheapest} ({euros} euros a year for SMW)"
        lines.append(text)
    return lines
