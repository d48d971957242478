"""The folded tables of the page: every measure by sector, school, municipality, task, payer and so on."""

from __future__ import annotations

from collections.abc import Iterable

from sim.report.grid import Grid, Row
from sim.report.tables import scenario_head, value_row
from sim.report.units import LEVELS, NAMED_BY_REGION
from sim.report.view import View

MOST_UNITS = 25
"""Of more schools or municipalities than this only the first and the last are on the page."""
SHOWN = 5
EXTREMES = ("reach", "smw_wait.median", "hours_funded", "early_leaving_rate", "youth_care_requests")


def full_tables(view: View) -> list[Grid]:
    """Show every measure at every level; of many schools or municipalities only the first and the last."""
    return [grid for level in LEVELS for grid in _of_level(view, level) if grid.rows]


def _of_level(view: View, level: str) -> list[Grid]:
    units = view.lookup.units_at(level)
    if level in NAMED_BY_REGION and len(units) > MOST_UNITS:
        return [extremes(view, level)]
    # The only sector or school is the total.
    return [_level_table(view, level)] if len(units) > 1 or level not in ("sector", "school") else []


def _level_table(view: View, level: str) -> Grid:
    return Grid(
        caption=view.text("tables.by", level=view.text(f"level.{level}")),
        corner=view.text("tables.measure"),
        heads=tuple(scenario_head(view, name) for name in view.names),
        rows=tuple(_level_rows(view, level, view.lookup.measures(level))),
    )


def _level_rows(view: View, level: str, measures: list[str]) -> Iterable[Row]:
    for measure in measures:
        group = view.measure(measure) if level != "total" else ""
        for unit in view.lookup.units(measure, level):
            row = value_row(view, measure, level, unit)
            if level == "total":
                yield row
            else:
                yield Row(view.unit(level, unit), row.cells, group=group, unit=row.unit)
                group = ""


def extremes(view: View, level: str) -> Grid:
    """Show the units with the lowest and the highest figures in the reference scenario, for the main measures.

    Parameters
    ----------
    view
        The study and the language.
    level
        A level with many units.
    """
    rows = [row for measure in EXTREMES for row in _first_and_last(view, level, measure)]
    count = len(view.lookup.units_at(level))
    return Grid(
        caption=view.text("tables.extremes", level=view.text(f"level.{level}"), count=SHOWN),
        corner=view.text(f"level.{level}"),
        heads=tuple(scenario_head(view, name) for name in view.names),
        rows=tuple(rows),
        note=view.text("tables.extremes_note", reference=view.reference, all=view.language.number(count)),
    )


def _first_and_last(view: View, level: str, measure: str) -> list[Row]:
    figures = {
        unit: view.lookup.figure(view.study.reference, measure, level, unit)
        for unit in view.lookup.units(measure, level)
        if unit != "all"
    }
    order = sorted((unit for unit in figures if figures[unit].known), key=lambda unit: (figures[unit].mean, unit))
    if len(order) <= 2 * SHOWN:
        return []
    parts = {"lowest": order[:SHOWN], "highest": order[: -SHOWN - 1 : -1]}
    return [
        Row(
            view.unit(level, unit),
            value_row(view, measure, level, unit).cells,
            group="" if place else view.text(f"tables.{part}", measure=view.measure(measure)),
        )
        for part, units in parts.items()
        for place, unit in enumerate(units)
    ]
