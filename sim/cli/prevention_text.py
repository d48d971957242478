"""What ``smw prevention`` says in the terminal: the net change, what each mechanism contributes, and the range."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sim.cli.printing import table
from sim.questions.prevention.contributions import SHARES, TOTAL
from sim.report.language import digits_for

if TYPE_CHECKING:
    import pandas as pd

    from sim.questions.prevention.answer import Prevention

PLACES = ("youth_care", "gateway")
WORDS = {"as_is": "capacity as it is", "open": "nobody waits", "youth_care": "youth care"}
HEAD = ("per 1,000 students a year", "with less without SMW", "95% interval", "with", "without", "verdict")
ABOUT = (
    "Nobody has measured which share of cases schools send straight outside without SMW\n"
    "(care.without_smw.outside_share); requests of youth care over the whole range of it:"
)
NOT_ASSUMED = "total, without what is assumed"


def prevention_text(found: Prevention) -> str:
    """Write the main results of every region."""
    return "\n\n".join(_region(found, row) for _, row in found.places.iterrows())


def _region(found: Prevention, place: pd.Series) -> str:
    region = place["region"]
    title = (
        f"{place['region_en']}, {place['label_en']}: {place['students']:,.0f} students, SMW introduced and followed "
        f"for {place['years']} school years, {place['replications']} replications"
    )
    net = found.net[(found.net["region"] == region) & (found.net["people"] == "students")]
    return "\n\n".join((title, _net(net), _shares(found, region), _range(found, region)))


def _net(net: pd.DataFrame) -> str:
    shown = net[net["place"].isin(PLACES) & ((net["what"] == "requests") | (net["capacity"] == "open"))]
    shown = shown[(shown["what"] == "requests") == (shown["capacity"] == "as_is")]
    rows = [
        (
            f"{_word(row['place'])} {row['what']}, {_word(row['capacity'])}",
            *_estimate(row),
            f"{row['with_smw']:.2f}",
            f"{row['without_smw']:.2f}",
            str(row["verdict"]),
        )
        for _, row in shown.iterrows()
    ]
    return table([HEAD, *rows], right=(1, 3, 4))


def _shares(found: Prevention, region: str) -> str:
    chosen = found.shapley[(found.shapley["region"] == region) & (found.shapley["what"] == "requests")]
    by_place = {place: _by_mechanism(chosen[chosen["place"] == place]) for place in PLACES}
    head = ("mechanism (Shapley value, requests)", *(word for place in PLACES for word in (_word(place), "")))
    rows = [(_name(found, region, name), *_row(by_place[place][name] for place in PLACES)) for name in SHARES]
    if any(name != label for name, (label, *_) in zip(SHARES, rows, strict=True)):
        rows.append((NOT_ASSUMED, *_row(_total(found, region, place) for place in PLACES)))
    return table([head, *rows], right=(1, 3))


def _total(found: Prevention, region: str, place: str) -> pd.Series:
    """Return the net change in requests that mechanisms have together as the scenario assumes them."""
    shares = found.shapley_of_scenario
    chosen = shares[(shares["region"] == region) & (shares["place"] == place) & (shares["what"] == "requests")]
    return _by_mechanism(chosen)[TOTAL]


def _by_mechanism(shares: pd.DataFrame) -> dict[str, pd.Series]:
    return {str(row["mechanism"]): row for _, row in shares.iterrows()}


def _name(found: Prevention, region: str, mechanism: str) -> str:
    """Return the name of a mechanism, with its value where that is not the scenario's."""
    rows = found.mechanisms[(found.mechanisms["region"] == region) & (found.mechanisms["mechanism"] == mechanism)]
    assumed = rows[rows["assumed"]]
    return mechanism if assumed.empty else f"{mechanism} (assumed: {assumed['on'].iloc[0]:g})"


def _range(found: Prevention, region: str) -> str:
    chosen = found.ranges[(found.ranges["region"] == region) & (found.ranges["place"] == "youth_care")]
    chosen = chosen[chosen["what"] == "requests"]
    rows = [(f"{row['outside_share']:.0%}", *_estimate(row), str(row["verdict"])) for _, row in chosen.iterrows()]
    return f"{ABOUT}\n{table(rows, right=(0, 1))}"


def _row(estimates: Iterable[pd.Series]) -> list[str]:
    return [text for estimate in estimates for text in _estimate(estimate)]


def _estimate(row: pd.Series) -> tuple[str, str]:
    """Write a mean and its interval, with decimals enough for it."""
    digits = digits_for(row["mean"], (row["high"] - row["low"]) / 2.0)
    mean, low, high = (f"{round(row[column], digits) + 0.0:+.{digits}f}" for column in ("mean", "low", "high"))
    return mean, f"[{low}, {high}]"


def _word(name: str) -> str:
    return WORDS.get(name, name)
