"""The table of differences under other values of the assumption that the effects outside school hang on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sim.report.grid import Grid, Row
from sim.report.lookup import Lookup
from sim.report.tables import difference_row
from sim.report.view import View

if TYPE_CHECKING:
    import pandas as pd

MEASURES = ("gateway_requests", "youth_care_requests", "youth_care_starts", "early_leavers_total")


def range_table(view: View) -> Grid:
    """Show the differences for every value of the assumption; a grid without rows when none was varied.

    Parameters
    ----------
    view
        The study and the language.
    """
    heads = tuple(view.label(name) for name in view.study.others)
    rows = tuple(row for measure in MEASURES for row in _rows(view, measure))
    return Grid(
        caption=view.text("range.caption", reference=view.reference),
        corner=view.text("range.corner"),
        heads=heads,
        rows=rows,
        note=view.text("range.note"),
    )


def _rows(view: View, measure: str) -> list[Row]:
    rows: list[Row] = []
    for value, lookup in range_lookups(view).items():
        row = difference_row(replace(view, lookup=lookup), measure)
        head = view.text("range.head", share=view.language.percent(value))
        rows.append(replace(row, head=head, group="" if rows else view.measure(measure)))
    return rows


def range_lookups(view: View) -> dict[float, Lookup]:
    """Return the differences in total for every value of the assumption; nothing when none was varied."""
    return view.study.once("lookups of the range", lambda: _lookups(view.study.range_differences))


def _lookups(table: pd.DataFrame | None) -> dict[float, Lookup]:
    if table is None:
        return {}
    nothing = table.iloc[0:0]
    values = sorted({float(value) for value in table["assumption"]})
    return {value: Lookup(nothing, table[table["assumption"] == value]) for value in values}
