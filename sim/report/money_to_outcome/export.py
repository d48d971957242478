"""Money against outcome as rows for Excel and CSV."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import get_args

from sim.report.money_to_outcome.ranges import ends_of
from sim.report.money_to_outcome.results import Outcome, results_of
from sim.report.view import View
from sim.statistics.cost_effectiveness import Estimate, Quadrant, quadrants

TEXTS = 4
Value = str | float | None
QUADRANTS = tuple(name for name in get_args(Quadrant) if name != "on_an_axis")


def outcome_heads(view: View) -> tuple[str, ...]:
    """Return the headings; the first ``TEXTS`` columns are text."""
    parts = [view.text(f"outcome.export.{key}") for key in ("effect", "cost", "price")]
    worths = [view.language.euros(worth) for worth in results_of(view).worth.marked]
    parts += [view.text("outcome.export.benefit", worth=worth) for worth in worths]
    bounds = (
        head
        for part in parts
        for head in (part, *(view.text(f"outcome.export.{side}", what=part) for side in ("low", "high")))
    )
    shares = (view.text(f"outcome.export.{key}", worth=worth) for worth in worths for key in ("sure", "chance"))
    corners = (
        view.text("outcome.export.quadrant", what=view.text(f"figure.ce_plane.{corner}")) for corner in QUADRANTS
    )
    texts = (view.text(key) for key in ("compared.scenario", "export.key"))
    told = (view.text(f"outcome.export.{key}") for key in ("standing", "place", "assumption"))
    return (*texts, *told, *bounds, *shares, *corners)


def outcome_rows(view: View) -> list[tuple[Value, ...]]:
    """Return a row for each scenario, and one for each of its means under another assumption.

    Parameters
    ----------
    view
        The study and the language.
    """
    results = results_of(view)
    rows: list[tuple[Value, ...]] = []
    for name, one in results.outcomes.items():
        place = results.frontier.places.get(name)
        words = view.text(f"outcome.word.{one.standing}"), view.text(f"outcome.place.{place}") if place else ""
        share = view.study.scenarios[name].care.without_smw.outside_share
        rows.append((view.label(name), name, *words, share, *_numbers(view, one)))
        rows += [row for row in _ends(view, name) if row[TEXTS] != share]
    return rows


def _numbers(view: View, one: Outcome) -> Iterator[Value]:
    worths = results_of(view).worth.marked
    price = one.price
    yield from _bounds(one.effect)
    yield from _bounds(one.cost)
    yield from (None, None, None) if price is None else (price.value, price.low, price.high)
    for worth in worths:
        yield from _bounds(one.benefit(worth))
    for worth in worths:
        yield from (finite(one.sureness(worth)), finite(one.chance_at(worth)))
    shares = quadrants(one.expected)
    yield from (finite(shares[corner]) for corner in QUADRANTS)


def _ends(view: View, name: str) -> Iterator[tuple[Value, ...]]:
    """Return the means under every value of the assumption; only they are known."""
    worths, width = results_of(view).worth.marked, len(outcome_heads(view))
    for end in ends_of(view, name):
        numbers: list[Value] = [end.effect, None, None, end.cost, None, None, None, None, None]
        for worth in worths:
            numbers += [end.benefit(worth), None, None]
        row = (view.label(name), name, "", "", end.share, *numbers)
        yield (*row, *(None,) * (width - len(row)))


def curve_heads(view: View) -> tuple[str, ...]:
    """Return the headings of the acceptability curves."""
    results = results_of(view)
    first = [view.text("outcome.export.worth")]
    for key in ("pays", "paid"):
        first += [view.text(f"outcome.export.{key}", scenario=view.label(name)) for name in results.outcomes]
    for key in ("best", "best_of_one") if results.best is not None else ():
        first += [view.text(f"outcome.export.{key}", scenario=view.label(name)) for name in view.names]
    return tuple(first)


def curve_rows(view: View) -> list[tuple[Value, ...]]:
    """Return the acceptability curves: a row for each worth of an early leaver."""
    results = results_of(view)
    columns = [results.worths, *(one.sure for one in results.outcomes.values())]
    columns += [one.chance for one in results.outcomes.values()]
    if results.best is not None:
        columns += [*results.best.on_average, *results.best.for_one]
    return [tuple(finite(float(value)) for value in row) for row in zip(*columns, strict=True)]


def _bounds(found: Estimate) -> tuple[Value, Value, Value]:
    return finite(found.mean), finite(found.low), finite(found.high)


def finite(value: float) -> float | None:
    """Return a number, or None where there is none."""
    return value if math.isfinite(value) else None
