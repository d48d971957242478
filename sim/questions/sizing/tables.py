"""Tidy tables of a search: the answers, and everything that was tried."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from sim.questions.sizing.outcome import Met, Outcome, met_at
from sim.questions.sizing.position import Position
from sim.questions.sizing.search import Sized

if TYPE_CHECKING:
    import pandas as pd


def answer_table(sized: Sized, outcomes: Sequence[Outcome]) -> pd.DataFrame:
    """Return one row for each unit: the answer against what is there now, and how sure it is.

    Columns ending in ``_low`` and ``_high`` hold the amounts between which the answer lies, or a 95% interval.
    Unknown numbers are NaN.
    """
    import pandas as pd

    return pd.DataFrame([_answer(sized, outcome) for outcome in outcomes])


def amount_table(sized: Sized) -> pd.DataFrame:
    """Return one row for each amount that was tried, by unit, in rising order of effort."""
    import pandas as pd

    return pd.DataFrame([row for unit in sized.lever.units for row in _amounts(sized, unit)])


def _answer(sized: Sized, outcome: Outcome) -> dict[str, object]:
    confirmed = outcome.confirmed
    row: dict[str, object] = {
        "level": sized.lever.level,
        "unit": outcome.unit,
        "target": sized.target.text,
        "status": outcome.status,
        "amount": outcome.amount,
        "amount_low": outcome.early,
        "amount_high": outcome.late,
    }
    places = (("_now", outcome.place_now), ("", outcome.place), ("_low", outcome.place_early))
    for end, place in (*places, ("_high", outcome.place_late)):
        row |= {f"{name}{end}": value for name, value in _place(place).items()}
    row |= {f"{name}_now": value for name, value in _met(outcome.now).items()}
    row |= _met(outcome.met)
    row |= {
        "confirmed_replications": 0 if confirmed is None else confirmed.n,
        "confirmed_probability": math.nan if confirmed is None else confirmed.share,
        "confirmed_low": math.nan if confirmed is None else confirmed.low,
        "confirmed_high": math.nan if confirmed is None else confirmed.high,
    }
    return row


def _amounts(sized: Sized, unit: str) -> Iterator[dict[str, object]]:
    ladder, amounts = sized.ladders[unit], sized.lever.amounts
    full = ladder.fitted("estimate", sized.effort.replications) if sized.rule.on == "replications" else {}
    for rung in ladder.rungs():
        yield {
            "level": sized.lever.level,
            "unit": unit,
            "amount": float(amounts[rung]),
            **_place(sized.positions[unit, rung]),
            **_met(met_at(sized, ladder.looks[rung])),
            "fitted_probability": full.get(rung, math.nan),
        }


def _place(place: Position | None) -> dict[str, float]:
    if place is None:
        return dict.fromkeys(("hours_year", "hours_week", "workers", "euros_year", "load"), math.nan)
    return {
        "hours_year": place.hours,
        "hours_week": place.weekly,
        "workers": place.workers,
        "euros_year": place.euros,
        "load": place.load,
    }


def _met(met: Met) -> dict[str, float]:
    return {
        "replications": met.n,
        "nobody_asked": met.nobody,
        "probability": met.share,
        "probability_low": met.low,
        "probability_high": met.high,
        "mean": met.mean,
        "mean_low": met.mean_low,
        "mean_high": met.mean_high,
        "not_reached": met.missing,
    }
