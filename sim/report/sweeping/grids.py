"""The tables on the page of a sweep."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from typing import Any

from sim.designs.factor import Value, text_of
from sim.parameters.leaves import generic
from sim.parameters.register import load_register
from sim.questions.sweeping.frontiers import Frontier
from sim.report.catalogue import measure_of
from sim.report.grid import Cell, Grid, Row, Shade
from sim.report.language import MISSING
from sim.report.sweeping.view import SweepView

MOST_POINTS = 200
MOST_VALUES = 8
MOST_SAME = 2
MOST_ROWS = 60


def frontier_grid(view: SweepView, one: Frontier) -> Grid:
    """Return the points on a frontier, the cheapest first."""
    count = len(one.found.order)
    rows = tuple(_frontier_row(view, one, place) for place in range(min(count, MOST_ROWS)))
    counts = {place: one.count(place) for place in ("near", "dominated", "unknown")}
    on = one.count("frontier") + one.count("equal")
    return Grid(
        caption=view.text("frontier.caption", outcome=view.measure(one.outcome), cost=view.measure(one.cost)),
        corner=view.text("frontier.corner"),
        heads=(view.measure(one.cost), view.measure(one.outcome), view.text("frontier.step")),
        rows=rows,
        note=view.text("frontier.counts", all=len(one.found.places), on=on, **counts)
        + (f" {view.text('frontier.first', count=MOST_ROWS)}" if count > MOST_ROWS else ""),
    )


def _frontier_row(view: SweepView, one: Frontier, place: int) -> Row:
    number = one.found.order[place]
    cost = Cell(*view.figure(one.cost, one.costs, number))
    outcome = Cell(*view.figure(one.outcome, one.outcomes, number))
    return Row(
        f"{place + 1}. {view.point(number)}", (cost, outcome, _step(view, one, place)), unit=_same(view, one, number)
    )


def _step(view: SweepView, one: Frontier, place: int) -> Cell:
    mean, half = float(one.step.mean[place]), float(one.step.half_width[place])
    if place == 0 or not math.isfinite(mean):
        return Cell("")
    return difference_cell(view, one.outcome, mean, half)


def difference_cell(view: SweepView, measure: str, mean: float, half_width: float) -> Cell:
    """Return a cell with a difference, its interval and, where it cannot be told from zero, those words."""
    amount, low, high = view.change(measure, mean, half_width)
    if mean == half_width == 0.0:
        return Cell(amount)
    if not math.isfinite(half_width):
        return Cell(amount, "", view.text("effects.cannot_tell"), "unclear")
    interval = "" if half_width == 0.0 else view.language.text("bounds.plain", low=low, high=high)
    said = verdict(mean, half_width)
    if said == "cannot tell":
        return Cell(amount, interval, view.text("effects.cannot_tell"), "unclear")
    return Cell(amount, interval, "", shade_of(measure, said))


def verdict(mean: float, half_width: float) -> str:
    """Return ``more``, ``less`` or ``cannot tell`` for a difference."""
    if mean - half_width > 0.0:
        return "more"
    return "less" if mean + half_width < 0.0 else "cannot tell"


def shade_of(measure: str, said: str) -> Shade:
    """Say whether a difference is for the better."""
    better = measure_of(measure).better
    if not better:
        return "neutral"
    return "better" if (said == "less") == (better == "lower") else "worse"


def _same(view: SweepView, one: Frontier, number: int) -> str:
    """Name the points with the same cost and outcome."""
    means = (one.costs.mean, one.outcomes.mean)
    equal = [n for n, place in enumerate(one.found.places) if place == "equal"]
    same = [n for n in equal if all(math.isclose(part[n], part[number], rel_tol=1e-8) for part in means)]
    if len(same) > MOST_SAME:
        return view.text("frontier.same_many", count=len(same))
    return view.text("frontier.same", points=", ".join(view.point(n) for n in same)) if same else ""


def points_grid(view: SweepView) -> Grid:
    """Return the first points with their offered loads and measures."""
    sweep = view.sweep
    sectors = list(dict.fromkeys(sector for own in sweep.loads.values() for sector in own))
    found = {measure: sweep.outcomes.summary(measure) for measure in sweep.measures}
    missing = {measure: sweep.outcomes.missing(measure) for measure in sweep.measures}
    rows = []
    for number, point in enumerate(sweep.design.points[:MOST_POINTS]):
        own = sweep.loads.get(point.name, {})
        loads = [Cell(view.language.percent(own.get(sector, math.nan))) for sector in sectors]
        cells = [
            Cell(*view.figure(measure, found[measure], number, int(missing[measure][number])))
            for measure in sweep.measures
        ]
        rows.append(Row(view.point(number), (*loads, *cells)))
    heads = [view.text("points.load", sector=view.language.text(f"sector.{sector}")) for sector in sectors]
    return Grid(
        caption=view.text("points.caption"),
        corner=view.text("points.corner"),
        heads=(*heads, *(view.measure(measure) for measure in sweep.measures)),
        rows=tuple(rows),
        note=view.text("points.note"),
    )


def effects_grid(view: SweepView) -> Grid:
    """Return the means by key, with the difference with the first value below."""
    rows: list[Row] = []
    for name, own in () if view.effects is None else view.effects.groupby("key", sort=False):
        key = str(name)
        for place, value in enumerate(view.sweep.design.values(key)):
            found = {str(row["measure"]): row for row in own[own["value"] == text_of(value)].to_dict("records")}
            cells = tuple(_effect_cell(view, measure, found.get(measure)) for measure in view.sweep.measures)
            rows.append(Row(view.value(key, value), cells, group="" if place else view.key(key)))
    return Grid(
        caption=view.text("effects.caption"),
        corner=view.text("effects.corner"),
        heads=tuple(view.measure(measure) for measure in view.sweep.measures),
        rows=tuple(rows),
        note=view.text("effects.note"),
    )


def _effect_cell(view: SweepView, measure: str, row: Mapping[Hashable, Any] | None) -> Cell:
    if row is None:
        return Cell(MISSING)
    mean = view.amount(measure, float(row["mean"]))
    if row["verdict"] == "reference":
        return Cell(mean)
    half = (float(row["difference_high"]) - float(row["difference_low"])) / 2.0
    cell = difference_cell(view, measure, float(row["difference"]), half)
    interval = f" ({cell.below})" if cell.below else ""
    return Cell(mean, f"{cell.text}{interval}", cell.word, cell.shade)


def varied_grid(view: SweepView) -> Grid:
    """Return the settings that were varied, with their values and what the register says about them."""
    rows = tuple(
        Row(view.key(key), (Cell(key), Cell(_values(view, key)), Cell(_about(view, key))))
        for key in view.sweep.design.varied
    )
    return Grid(
        caption=view.text("varied.caption"),
        corner=view.text("varied.corner"),
        heads=(view.text("varied.key"), view.text("varied.values"), view.text("varied.about")),
        rows=rows,
        prose=True,
    )


def _values(view: SweepView, key: str) -> str:
    values: list[Value] = list(view.sweep.design.values(key))
    if len(values) > MOST_VALUES and view.numeric(key):
        low, high = (view.value(key, one(values)) for one in (min, max))  # type: ignore[type-var]
        return view.text("varied.between", count=len(values), low=low, high=high)
    words = [view.value(key, value) for value in values]
    if any(key not in point.values for point in view.sweep.design.points):
        words.append(view.text("as_is"))
    return "; ".join(words)


def _about(view: SweepView, key: str) -> str:
    """Return what the register says about a setting, or about the first entry of a table of settings."""
    register = load_register()
    known = generic(key)
    found = register.get(known) or next((row for row in register.values() if row.key.startswith(f"{known}.")), None)
    if found is None:
        return ""
    return found.nl if view.language.code == "nl" else found.en
