"""The tables of the page about the spreading of hours."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sim.questions.spreading.decide import Decided
from sim.questions.spreading.moves import CHECKS
from sim.questions.spreading.options import ALL, OWN
from sim.report.grid import Cell, Grid, Row, Shade
from sim.report.language import MISSING
from sim.report.spreading.hour_sentences import range_of
from sim.report.spreading.sentences import changes_by, move_name
from sim.report.spreading.words import Range, Words, ranges_of

if TYPE_CHECKING:
    import pandas as pd

SHADES: dict[str, Shade] = {"best": "better", "worse": "worse", "perhaps": "worse", "same": "neutral"}


def rules_grid(words: Words, one: Decided) -> Grid:
    """Return the ways of spreading, the best first: the difference that decides, and means of all measures."""
    measures = words.found.question.measures
    objective = one.table[one.table["measure"] == words.objective].reset_index(drop=True)
    sign = words.found.question.objective.sign
    order = (-sign * objective["difference"]).argsort(kind="stable").tolist()
    rows = tuple(_rule_row(words, one, objective.iloc[place], measures) for place in order)
    where = "" if one.contest.place == ALL else words.sector(one.contest.place)
    return Grid(
        caption=words.text("rules.caption") if not where else words.text("rules.caption_sector", sector=where),
        corner=words.text("rules.corner"),
        heads=(words.text("rules.difference", measure=words.measure(words.objective)), *map(words.measure, measures)),
        rows=rows,
        note=words.text("rules.note", confidence=words.language.percent(words.found.question.confidence)),
    )


def _rule_row(words: Words, one: Decided, row: pd.Series, measures: tuple[str, ...]) -> Row:
    own = one.table[one.table["option"] == row["option"]]
    means = {measure: float(mean) for measure, mean in zip(own["measure"], own["mean"], strict=True)}
    difference = Range(row["difference"], row["difference_low"], row["difference_high"])
    verdict = words.text(f"rules.verdict.{row['verdict'].replace(' ', '_')}")
    is_best = row["verdict"] == "best"
    first = Cell(
        text=MISSING if is_best else words.short(words.objective, difference),
        below="" if is_best else words.interval(words.objective, difference),
        word=verdict,
        shade=SHADES.get(row["verdict"], "unclear"),
    )
    cells = (first, *(Cell(words.value(measure, means[measure])) for measure in measures))
    about = words.own_rules() if row["option"] == OWN else ""
    return Row(words.option(row["option"]), cells, about=about, unit=words.text("rules.runs", n=int(row["n"])))


def left_out_grid(words: Words) -> Grid:
    """Return the rules that were not compared, and why."""
    rows = tuple(
        Row(
            words.option(rule.rule),
            (
                Cell(words.sector(one.contest.place)),
                Cell(words.text(f"left_out.{rule.why}", other=words.option(rule.other or OWN))),
            ),
        )
        for one in words.found.decided
        for rule in one.contest.left_out
    )
    heads = (words.text("left_out.place"), words.text("left_out.why"))
    return Grid(words.text("left_out.caption"), words.text("rules.corner"), heads, rows, prose=True)


def moves_grid(words: Words) -> Grid:
    """Return all moves that were tried, with what they did while searching and on fresh replications."""
    rows = tuple(_move_row(words, number) for number in range(len(words.found.moves.tried)))
    heads = (
        words.text("moves.search", measure=words.measure(words.objective)),
        words.text("moves.fresh", measure=words.measure(words.objective)),
        *(words.measure(measure) for measure in (*words.found.question.also, *CHECKS)),
    )
    return Grid(words.text("moves.caption"), words.text("moves.corner"), heads, rows, note=words.text("moves.note"))


def _move_row(words: Words, number: int) -> Row:
    one, sign = words.found.moves.tried[number], words.found.question.objective.sign
    fresh = Range(one.gain, one.low, one.high).turned(sign)
    found = Range(one.found, one.found, one.found).turned(sign)
    changes = changes_by(words.found.moves, one)
    last = Cell(MISSING)
    if one.confirmed:
        shades: dict[str, Shade] = {"better": "better", "worse": "worse"}
        last = Cell(
            words.short(words.objective, fresh),
            words.interval(words.objective, fresh),
            words.text(f"moves.verdict.{one.verdict.replace(' ', '_')}"),
            shades.get(one.verdict, "unclear"),
        )
    others = (
        Cell(words.short(measure, changes[measure]), words.interval(measure, changes[measure]))
        for measure in (*words.found.question.also, *CHECKS)
    )
    group = words.text(f"moved.{one.move.kind}.title")
    first = number == 0 or words.found.moves.tried[number - 1].move.kind != one.move.kind
    return Row(
        move_name(words, one.move),
        (Cell(words.short(words.objective, found) if math.isfinite(one.found) else MISSING), last, *others),
        group=group if first else "",
    )


def places_grid(words: Words) -> Grid:
    """Return the value of an hour at every place, the highest first."""
    schools = words.found.schools
    rows = []
    for number in schools.by_value():
        place = schools.places[number]
        gain = range_of(words, schools.gains, number)
        verdict = schools.compared.verdicts[number]
        shades: dict[str, Shade] = {"above": "better", "below": "worse"}
        value = Cell(
            words.short(words.objective, gain),
            words.interval(words.objective, gain),
            words.text(f"verdict.{verdict.replace(' ', '_')}"),
            shades.get(verdict, "unclear"),
        )
        cells = (
            value,
            Cell(words.kind(place)),
            Cell(words.language.number(place.students)),
            Cell(words.language.number(place.hours, 2)),
            Cell(words.language.number(place.hours_per_100, 2)),
            Cell(str(int(schools.gains.n[number]))),
        )
        rows.append(Row(words.place(place), cells))
    keys = ("value", "kind", "students", "hours", "per_100", "runs")
    heads = tuple(words.text(f"places.{key}", measure=words.measure(words.objective)) for key in keys)
    return Grid(
        words.text("places.caption"), words.text("places.corner"), heads, tuple(rows), words.text("places.note")
    )


def values_grid(words: Words, which: str) -> Grid:
    """Return the value of an hour by ``sectors`` or ``tasks``, for all measures."""
    values = words.found.sectors if which == "sectors" else words.found.tasks
    name = words.sector if which == "sectors" else words.task
    measures = words.found.question.measures
    found = {measure: ranges_of(values, measure) for measure in measures}
    now = dict(zip(values.table["name"].tolist(), values.table["now"].tolist(), strict=True))
    rows = []
    for key in values.best_first():
        told = words.hours(now[key]) if which == "sectors" else words.language.percent(now[key])
        changes = {measure: found[measure][key] for measure in measures}
        figures = (Cell(words.short(m, one), words.interval(m, one)) for m, one in changes.items())
        rows.append(Row(name(key), (Cell(told), *figures)))
    heads = (words.text(f"values.now_{which}"), *map(words.measure, measures))
    caption, corner = words.text(f"values.{which}"), words.text(f"values.corner_{which}")
    return Grid(caption, corner, heads, tuple(rows), words.text(f"values.note_{which}"))
