"""How figures of money against outcome are written."""

from __future__ import annotations

import math

from sim.report.language import MISSING
from sim.report.money_to_outcome.results import EXPECTED, Outcome
from sim.report.view import View
from sim.statistics.cost_effectiveness import Estimate

FIGURES = 3
LEAST_SURE = 0.01
NO_SPREAD = 1e-9


def rough_euros(view: View, value: float) -> str:
    """Write an amount in three figures: a ratio is not known any better."""
    if not math.isfinite(value) or value == 0.0:
        return view.language.euros(value)
    return view.language.euros(round(value, FIGURES - 1 - math.floor(math.log10(abs(value)))))


def signed_euros(view: View, value: float) -> str:
    """Write a change in euros with its sign."""
    return ("+" if value >= 0.5 else "") + view.language.euros(value)


def range_of(view: View, found: Estimate) -> str:
    """Write the interval of an amount; empty where there is none, or it has no width."""
    if not found.high - found.low > NO_SPREAD * max(1.0, abs(found.mean)):
        return ""
    return view.text("bounds.plain", low=signed_euros(view, found.low), high=signed_euros(view, found.high))


def sureness(view: View, share: float) -> str:
    """Write a probability without claiming certainty."""
    if not math.isfinite(share):
        return MISSING
    if share < LEAST_SURE:
        return view.text("outcome.table.below", share=view.language.percent(LEAST_SURE))
    if share > 1.0 - LEAST_SURE:
        return view.text("outcome.table.above", share=view.language.percent(1.0 - LEAST_SURE))
    return view.language.percent(share)


def part_of_replications(view: View, share: float) -> str:
    """Write a part of the replications; all or none of them are counted, not estimated."""
    return view.language.percent(share) if share in (0.0, 1.0) else sureness(view, share)


def price_with_bounds(view: View, one: Outcome) -> tuple[str, str, str]:
    """Write price, low and high; without their sign where money is saved. Dashes where there is no price."""
    if one.price is None:
        return MISSING, MISSING, MISSING
    value, low, high = (rough_euros(view, number) for number in (one.price.value, one.price.low, one.price.high))
    return value, low, high


def change_with_range(view: View, name: str, measure: str) -> str:
    """Write the difference of a total against the reference with its interval."""
    found = view.lookup.difference(name, measure)
    mean, interval = view.change(measure, found), view.change_range(measure, found)
    return view.text("outcome.with_range", mean=mean, interval=interval) if interval else mean


def leavers(view: View, value: float) -> str:
    """Write a small number of early leavers in two figures."""
    digits = 0 if value == 0.0 else max(0, 1 - math.floor(math.log10(abs(value))))
    return view.language.number(value, digits)


def expected_leavers(view: View) -> str:
    """Write the early leavers a year of the reference."""
    return view.value_words(EXPECTED, view.lookup.figure(view.study.reference, EXPECTED))
