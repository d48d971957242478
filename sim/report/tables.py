"""The tables of the page: measures by scenario, and differences against the reference."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from sim.report.catalogue import HEADLINES, ONLY_WHERE_IT_HAPPENS, measure_of
from sim.report.grid import Cell, Grid, Row, Shade
from sim.report.language import MISSING
from sim.report.lookup import Difference
from sim.report.view import View

GLANCE = (
    "hours_funded",
    "reach",
    "smw_wait.median",
    "balked",
    "gateway_requests",
    "youth_care_requests",
    "youth_care_wait.median",
    "early_leavers_total",
    "cost",
)


def glance(view: View) -> Grid:
    """Show the differences of the main measures, for a first look."""
    return Grid(
        caption=view.text("brief.glance", reference=view.reference),
        corner=view.text("tables.measure"),
        heads=tuple(view.label(name) for name in view.study.others),
        rows=tuple(_judged(view, difference_row(view, measure)) for measure in GLANCE),
        note=view.text("brief.glance_note"),
    )


def _judged(view: View, row: Row) -> Row:
    """Add to each cell in a word what its background says."""
    words = {key: view.text(f"brief.{key}") for key in ("better", "worse", "unclear")}
    cells = (replace(cell, word=words.get(cell.shade, "")) for cell in row.cells)
    return replace(row, cells=tuple(cells))


def headline(view: View) -> Grid:
    """Show the main measures of every scenario with their intervals."""
    return Grid(
        caption=view.text("tables.headline"),
        corner=view.text("tables.measure"),
        heads=tuple(scenario_head(view, name) for name in view.names),
        rows=tuple(_grouped(view, value_row)),
        note=view.text("tables.headline_note"),
    )


def differences(view: View) -> Grid:
    """Show the differences of the main measures with interval and verdict."""
    return Grid(
        caption=view.text("tables.differences", reference=view.reference),
        corner=view.text("tables.measure"),
        heads=tuple(view.label(name) for name in view.study.others),
        rows=tuple(_grouped(view, _verdict_row)),
        note=view.text("tables.differences_note"),
    )


def _grouped(view: View, make: Callable[[View, str], Row]) -> Iterator[Row]:
    for group, measures in HEADLINES.items():
        rows = [make(view, measure) for measure in measures if _happens(view, measure)]
        yield replace(rows[0], group=view.text(f"headline.{group}"))
        yield from rows[1:]


def _happens(view: View, measure: str) -> bool:
    """Tell whether a main measure has something to show."""
    if measure not in ONLY_WHERE_IT_HAPPENS:
        return True
    return any(view.lookup.figure(name, measure).mean > 0.0 for name in view.names)


def scenario_head(view: View, name: str) -> str:
    """Return the head of a scenario's column."""
    mark = f" ({view.text('page.reference')})" if name == view.study.reference and view.study.others else ""
    return view.label(name) + mark


def value_row(view: View, measure: str, level: str = "total", unit: str = "all") -> Row:
    """Show a measure of one unit in every scenario, with its intervals."""
    figures = [view.lookup.figure(name, measure, level, unit) for name in view.names]
    cells = tuple(Cell(view.value(measure, figure), view.value_range(measure, figure)) for figure in figures)
    return Row(view.measure(measure), cells, view.about(measure), unit=_unit(view, measure))


def _unit(view: View, measure: str) -> str:
    kind = measure_of(measure).kind
    return "" if kind in ("share", "number") else view.unit_of(measure)


def _change_unit(view: View, measure: str) -> str:
    kind = measure_of(measure).kind
    if kind == "share":
        return view.text("kind.points")
    return "" if kind == "number" else view.unit_of(measure)


def difference_row(view: View, measure: str, level: str = "total", unit: str = "all") -> Row:
    """Show the differences of one measure.

    Parameters
    ----------
    view
        The study and the language.
    measure
        Name of the measure.
    level, unit
        Of what; everything together if they are not given.
    """
    found = [view.lookup.difference(name, measure, level, unit) for name in view.study.others]
    cells = tuple(_difference_cell(view, measure, one) for one in found)
    return Row(view.measure(measure), cells, view.about(measure), unit=_change_unit(view, measure))


def _difference_cell(view: View, measure: str, found: Difference) -> Cell:
    if not found.known:
        return Cell(MISSING)
    return Cell(view.short_change(measure, found), view.change_range(measure, found), shade=shade(measure, found))


def _verdict_row(view: View, measure: str) -> Row:
    row = difference_row(view, measure)
    found = [view.lookup.difference(name, measure) for name in view.study.others]
    cells = tuple(
        replace(cell, word=verdict(view, measure, difference))
        for cell, difference in zip(row.cells, found, strict=True)
    )
    return replace(row, cells=cells)


def verdict(view: View, measure: str, found: Difference) -> str:
    """Say in a word what the model can tell of a difference.

    Parameters
    ----------
    view
        The study and the language.
    measure
        The measure.
    found
        Its difference.
    """
    if not found.told:
        return view.text("verdict.cannot_tell" if found.known else "verdict.not_measured")
    kind = measure_of(measure).kind
    group = f"verdict_{kind}" if kind in ("days", "share", "euros") else "verdict"
    return view.text(f"{group}.{found.verdict}")


def shade(measure: str, found: Difference) -> Shade:
    """Choose what the background of a difference says: better, worse, cannot tell, or neither.

    Parameters
    ----------
    measure
        The measure.
    found
        Its difference.
    """
    if not found.known:
        return ""
    if not found.told:
        return "unclear"
    better = measure_of(measure).better
    if not better:
        return "neutral"
    return "better" if (found.verdict == "less") == (better == "lower") else "worse"
