"""The tables of the section: cost against early leavers avoided, and who pays and who gains."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sim.report.grid import Cell, Grid, Row, Shade
from sim.report.language import MISSING
from sim.report.money_to_outcome.results import EXPECTED, Outcome, results_of
from sim.report.money_to_outcome.words import (
    part_of_replications,
    price_with_bounds,
    range_of,
    signed_euros,
    sureness,
)
from sim.report.payers import paying
from sim.report.tables import difference_row
from sim.report.view import View
from sim.statistics.cost_effectiveness import Estimate, estimate

SHADES: dict[int, Shade] = {1: "better", 0: "unclear", -1: "worse"}


def outcome_grid(view: View) -> Grid:
    """Show cost, early leavers, price, net benefit and how sure that is, for every scenario.

    Parameters
    ----------
    view
        The study and the language.
    """
    results = results_of(view)
    rows = [
        difference_row(view, "cost"),
        difference_row(view, EXPECTED),
        _row(view, view.text("outcome.table.price"), lambda one: _price(view, one)),
    ]
    for worth in results.worth.marked:
        rows += _at(view, worth)
    found = results.frontier.places
    places = tuple(
        Cell(view.text(f"outcome.place.{found[name]}") if name in found else MISSING) for name in results.outcomes
    )
    return Grid(
        caption=view.text("outcome.table.caption", reference=view.reference),
        corner=view.text("outcome.table.corner"),
        heads=tuple(view.label(name) for name in results.outcomes),
        rows=(*rows, Row(view.text("outcome.table.place"), places)),
        note=view.text("outcome.table.note"),
    )


def _row(view: View, head: str, cell: Callable[[Outcome], Cell]) -> Row:
    return Row(head, tuple(cell(one) for one in results_of(view).outcomes.values()))


def _price(view: View, one: Outcome) -> Cell:
    word = view.text(f"outcome.word.{one.standing}")
    if one.standing not in ("better_dearer", "worse_cheaper"):
        return Cell(MISSING, word=word)
    value, low, high = price_with_bounds(view, one)
    return Cell(value, view.text("bounds.plain", low=low, high=high), word)


def _at(view: View, worth: float) -> list[Row]:
    """Show what follows at one worth of an early leaver."""
    shown = view.language.euros(worth)
    return [
        _row(view, view.text("outcome.table.benefit", worth=shown), lambda one: _benefit(view, one, worth)),
        _row(
            view,
            view.text("outcome.table.sure", worth=shown),
            lambda one: Cell(sureness(view, one.sureness(worth))),
        ),
        _row(
            view,
            view.text("outcome.table.chance", worth=shown),
            lambda one: Cell(part_of_replications(view, one.chance_at(worth))),
        ),
    ]


def _benefit(view: View, one: Outcome, worth: float) -> Cell:
    found = one.benefit(worth)
    return Cell(signed_euros(view, found.mean), range_of(view, found), shade=SHADES[_sign(one, found)])


def _sign(one: Outcome, found: Estimate) -> int:
    return 0 if one.expected.missing else found.sign


def payers_grid(view: View) -> Grid:
    """Show what changes for every payer, SMW apart, and what society gains by early leaving avoided."""
    results = results_of(view)
    rows: list[Row] = []
    for payer in paying(view):
        name = view.language.name("payer", payer)
        rows.append(replace(difference_row(view, "cost", "payer", payer), head=name, about="", unit=""))
        if _moves(view, "cost.smw", payer):
            smw = difference_row(view, "cost.smw", "payer", payer)
            rows.append(replace(smw, head=view.text("outcome.payers_table.smw"), about="", unit=""))
    rows.append(replace(difference_row(view, "cost"), head=view.text("outcome.payers_table.all"), unit=""))
    rows[0] = replace(rows[0], group=view.text("outcome.payers_table.pays"))
    society = [_society(view, worth) for worth in results.worth.marked]
    society[0] = replace(society[0], group=view.text("outcome.payers_table.gains"))
    return Grid(
        caption=view.text("outcome.payers_table.caption", reference=view.reference),
        corner=view.text("outcome.table.corner"),
        heads=tuple(view.label(name) for name in results.outcomes),
        rows=(*rows, *society),
    )


def _moves(view: View, measure: str, payer: str) -> bool:
    found = (view.lookup.difference(name, measure, "payer", payer) for name in view.study.others)
    return any(one.known and one.mean != 0.0 for one in found)


def _society(view: View, worth: float) -> Row:
    def cell(one: Outcome) -> Cell:
        found = estimate(worth * one.expected.effect)
        return Cell(signed_euros(view, found.mean), range_of(view, found), shade=SHADES[_sign(one, found)])

    return _row(view, view.text("outcome.payers_table.society", worth=view.language.euros(worth)), cell)
