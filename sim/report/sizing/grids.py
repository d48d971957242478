"""The tables of the page: now and needed, and everything that was tried."""

from __future__ import annotations

from collections.abc import Sequence

from sim.questions.sizing.outcome import Met, Outcome, met_at
from sim.questions.sizing.position import Position
from sim.report.grid import Cell, Grid, Row
from sim.report.sizing.words import Words

HOURS_HEADS = ("now", "hours", "workers", "euros", "load", "met", "fresh", "mean")
SETTING_HEADS = ("value", "met", "fresh", "mean")
SCHOOL_HEADS = ("weekly_now", "weekly_needed", "met", "fresh", "load", "mean")
TRIED_HEADS = ("weekly", "euros", "load", "runs", "met", "mean")


def answer_grid(words: Words, found: Sequence[Outcome]) -> Grid:
    """Return now and needed, one row a unit."""
    heads = SETTING_HEADS if words.of_setting else HOURS_HEADS
    return _grid(words, "answers", heads, [_answer_row(words, one) for one in found], words.text("table.note"))


def school_grid(words: Words, found: Sequence[Outcome]) -> Grid:
    """Return hours a school week now and needed, one row a school."""
    rows = [_school_row(words, one) for one in found]
    return _grid(words, "answers", SCHOOL_HEADS, rows, words.text("table.schools_note"))


def tried_grid(words: Words, unit: str) -> Grid:
    """Return every amount that was tried for a unit."""
    ladder, amounts = words.sized.ladders[unit], words.sized.lever.amounts
    heads = TRIED_HEADS[3:] if words.of_setting else TRIED_HEADS
    rows = []
    for rung in ladder.rungs():
        place, met = words.sized.positions[unit, rung], met_at(words.sized, ladder.looks[rung])
        cells = [Cell(words.language.number(met.n)), _share(words, met), _mean(words, met)]
        if not words.of_setting:
            cells = [
                Cell(words.weekly(place)),
                Cell(words.language.euros(place.euros)),
                Cell(words.load(place)),
                *cells,
            ]
        head = words.plain(float(amounts[rung])) if words.of_setting else words.language.number(place.hours)
        rows.append(Row(head, tuple(cells)))
    corner = words.text("table.value" if words.of_setting else "table.hours")
    caption = words.text("table.tried", unit=words.unit(unit))
    return Grid(caption, corner, tuple(words.text(f"table.{head}") for head in heads), tuple(rows))


def _grid(words: Words, caption: str, heads: Sequence[str], rows: Sequence[Row], note: str) -> Grid:
    return Grid(
        words.text(f"table.{caption}"),
        words.text("table.unit"),
        tuple(words.text(f"table.{head}") for head in heads),
        tuple(rows),
        note,
    )


def _answer_row(words: Words, one: Outcome) -> Row:
    sure = [_share(words, one.met), _fresh(words, one), _mean(words, one.met)]
    if words.of_setting:
        amount = Cell(words.plain(one.amount), _between(words, one, "value")) if one.place else _none(words, one)
        return Row(words.unit(one.unit), (amount, *sure))
    place, number = one.place, words.language.number
    now = Cell(number(one.place_now.hours), words.language.euros(one.place_now.euros))
    if place is None:
        return Row(words.unit(one.unit), (now, _none(words, one), *[Cell("–")] * 3, *sure))
    cells = (
        now,
        Cell(number(place.hours), _between(words, one, "hours")),
        Cell(number(place.workers, 1)),
        Cell(words.language.euros(place.euros), _between(words, one, "euros")),
        Cell(words.load(place)),
        *sure,
    )
    return Row(words.unit(one.unit), cells)


def _school_row(words: Words, one: Outcome) -> Row:
    needed = _none(words, one)
    if one.place is not None:
        needed = Cell(words.language.number(one.place.weekly, 1), _between(words, one, "weekly"))
    cells = (
        Cell(words.language.number(one.place_now.weekly, 1)),
        needed,
        _share(words, one.met),
        _fresh(words, one),
        Cell(words.load(one.place)),
        _mean(words, one.met),
    )
    return Row(one.unit, cells)


def _none(words: Words, one: Outcome) -> Cell:
    return Cell(words.text("table.no_amount" if one.there is None else "table.only_less"), shade="worse")


def _between(words: Words, one: Outcome, what: str) -> str:
    """Write between which amounts the answer lies."""
    low = _figure(words, one.early, one.place_early, what)
    if one.place_late is None:
        return words.text("table.up_to" if words.less_helps else "table.from", low=low)
    high = _figure(words, one.late, one.place_late, what)
    if low == high:
        return ""
    return words.range(high, low) if words.less_helps else words.range(low, high)


def _figure(words: Words, amount: float, place: Position | None, what: str) -> str:
    if what == "value" or place is None:
        return words.plain(amount)
    if what == "euros":
        return words.language.euros(place.euros)
    return words.weekly(place) if what == "weekly" else words.language.number(place.hours)


def _share(words: Words, met: Met) -> Cell:
    return Cell(words.share(met), words.interval(met)) if met.n else Cell("–")


def _fresh(words: Words, one: Outcome) -> Cell:
    if one.confirmed is None:
        return Cell("–")
    return _mean(words, one.confirmed) if words.on_mean else _share(words, one.confirmed)


def _mean(words: Words, met: Met) -> Cell:
    if met.missing:
        return Cell("–", words.text("table.missing", count=words.language.number(met.missing)))
    if met.n == 0:
        return Cell("–")
    return Cell(words.value(met.mean), words.range(words.value(met.mean_low), words.value(met.mean_high)))
