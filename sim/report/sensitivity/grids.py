"""The tables of the page."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sim.questions.sensitivity.deciding import clear_changes
from sim.questions.sensitivity.ends import BASE
from sim.questions.sensitivity.stages import EFFECT
from sim.report.grid import Cell, Grid, Row
from sim.report.language import MISSING
from sim.report.sensitivity.sentences import said
from sim.report.sensitivity.words import STAR, Words, starred

if TYPE_CHECKING:
    import pandas as pd

LONGEST = 15


def deciding_grid(words: Words, *, decides: bool) -> Grid | None:
    """Show what the ends of the assumptions do to the differences.

    Parameters
    ----------
    words
        The answer and the language.
    decides
        Those that decide, or those under which the answer stays.

    Returns
    -------
    Grid or None
        None for a single scenario, or if there are none.
    """
    table = words.found.deciding
    if table is None or not (table["decides"] == decides).any():
        return None
    rows: list[Row] = []
    for measure in words.found.measures:
        mine = table[(table["measure"] == measure) & (table["decides"] == decides)]
        rows += [
            _deciding_row(words, row, _measure_head(words, measure) if first else "")
            for first, (_, row) in zip([True, *[False] * len(mine)], mine.iterrows(), strict=False)
        ]
    heads = ("own", "low", "high", "says", "grade")
    return Grid(
        caption=words.text("deciding.caption" if decides else "deciding.kept"),
        corner=words.text("deciding.corner"),
        heads=tuple(words.text(f"deciding.{head}") for head in heads),
        rows=tuple(rows),
        note=_note(words, rows),
        prose=True,
    )


def _note(words: Words, rows: Sequence[Row]) -> str:
    tried = set(words.found.ends["assumption"])
    others = sum(key not in tried for key in words.found.ranked)
    note = words.text("deciding.note", replications=words.found.effort.end_replications, others=others)
    note = f"{note} {words.text('deciding.chance', **words.counts(clear_changes(words.found.ends)))}"
    starred_one = any(STAR in cell.text for row in rows for cell in row.cells) or any(
        STAR in row.group for row in rows
    )
    return f"{note} {words.text('star')}" if starred_one else note


def _measure_head(words: Words, measure: str) -> str:
    found = words.found
    ends = found.ends
    base = ends[(ends["of"] == found.main) & (ends["measure"] == measure) & (ends["end"] == BASE)].iloc[0]
    value, low, high = (words.figure(found.main, measure, base, column) for column in ("mean", "low", "high"))
    return words.text("deciding.group", measure=words.measure(measure), value=value, low=low, high=high)


def _deciding_row(words: Words, row: pd.Series, group: str) -> Row:
    one = words.found.assumptions.of([str(row["assumption"])])[0]
    measure = str(row["measure"])
    ends = []
    for end, level in (("low", 0.0), ("high", 1.0)):
        half = (row[f"at_{end}_to"] - row[f"at_{end}_from"]) / 2.0
        mean, low, high = (
            words.number(measure, float(row[name]), float(half), signed=True)
            for name in (f"at_{end}", f"at_{end}_from", f"at_{end}_to")
        )
        below = words.text("interval", low=low, high=high)
        mean = starred(mean, int(row[f"at_{end}_missing"]))
        ends.append(Cell(mean, below, words.text("deciding.at", level=words.at(one, level))))
    told = (Cell(said(words, str(row["says"]))), Cell(one.grade))
    return Row(words.assumption(one), (Cell(words.own(one)), *ends, *told), about=one.key, group=group)


def sources_grid(words: Words) -> Grid | None:
    """Show what the assumptions that decide rest on; None if there are none."""
    table = words.found.deciding
    if table is None or not table["decides"].any():
        return None
    keys = list(dict.fromkeys(table.loc[table["decides"], "assumption"]))
    rows = [
        Row(
            words.assumption(one),
            (
                Cell(words.text("range", low=words.at(one, 0.0), high=words.at(one, 1.0))),
                Cell(one.grade),
                Cell(one.key),
                Cell(one.sources),
            ),
        )
        for one in words.found.assumptions.of(keys)
    ]
    heads = ("deciding.plausible", "deciding.grade", "varied.setting", "deciding.source")
    return Grid(
        caption=words.text("deciding.sources"),
        corner=words.text("deciding.corner"),
        heads=tuple(words.text(head) for head in heads),
        rows=tuple(rows),
        prose=True,
    )


def effects_grid(words: Words, of: str, measure: str) -> Grid:
    """Show the largest elementary effects on an output."""
    table = words.found.screening.effects
    mine = table[(table["of"] == of) & (table["measure"] == measure) & (table["mu_star"] > 0.0)]
    heads = ("mu_star", "mu", "sigma", "floor_head", "n", "clear")
    return Grid(
        caption=words.text("screening.caption", measure=words.measure(measure), of=words.of(of)),
        corner=words.text("deciding.corner"),
        heads=tuple(words.text(f"screening.{head}") for head in heads),
        rows=tuple(_effect_row(words, row) for _, row in mine.head(LONGEST).iterrows()),
    )


def _effect_row(words: Words, row: pd.Series) -> Row:
    measure, half = str(row["measure"]), float(row["high"] - row["low"]) / 2.0

    def cell(value: float, *, signed: bool = False) -> Cell:
        return Cell(words.number(measure, float(value), half, signed=signed))

    low, high = (words.number(measure, float(row[end]), half, signed=False) for end in ("low", "high"))
    interval = "" if MISSING in (low, high) else words.text("interval", low=low, high=high)
    one = words.found.assumptions.of([str(row["assumption"])])[0]
    clear = words.text("screening.clear" if row["verdict"] == EFFECT else "screening.unclear")
    size = Cell(cell(row["mu_star"]).text, interval)
    figures = (cell(row["mu"], signed=True), cell(row["sigma"]), cell(row["floor"]))
    return Row(words.assumption(one), (size, *figures, Cell(str(row["n"])), Cell(clear)), about=one.key)


def indices_grid(words: Words, of: str) -> Grid | None:
    """Show the indices of all measures of one thing, and the part of the variance that is noise."""
    found = words.found.indices
    if found is None:
        return None
    table = found.indices[found.indices["of"] == of]
    keys = list(dict.fromkeys(table["assumption"]))
    by_place = table.set_index(["measure", "assumption"])
    whole = {str(row["measure"]): row for _, row in found.variances[found.variances["of"] == of].iterrows()}
    rows = []
    for measure in words.found.measures:
        cells = [_index_cell(words, by_place.loc[(measure, key)]) for key in keys]
        blocks = {"n": int(whole[measure]["n"]), "all": words.found.effort.samples}
        noise = words.language.percent(float(whole[measure]["noise_share"]))
        rows.append(
            Row(words.measure(measure), (*cells, Cell(noise), Cell(words.text("indices.blocks_of", **blocks))))
        )
    heads = (*(words.by_key(key) for key in keys), words.text("indices.noise"), words.text("indices.blocks"))
    return Grid(words.text("indices.caption", of=words.of(of)), "", heads, tuple(rows))


def _index_cell(words: Words, row: pd.Series) -> Cell:
    number = words.language.number
    if not math.isfinite(row["total"]):
        return Cell(MISSING)
    fields = {"first": number(row["first"], 2), "total": number(row["total"], 2)}
    low, high = number(row["total_low"], 2), number(row["total_high"], 2)
    return Cell(words.text("indices.cell", **fields), words.text("interval", low=low, high=high))


def varied_grid(words: Words) -> Grid:
    """Show everything that was varied, with range, grade and source."""
    rows = [
        Row(
            words.assumption(one),
            (
                Cell(words.own(one)),
                Cell(words.at(one, 0.0)),
                Cell(words.at(one, 1.0)),
                Cell(one.grade),
                Cell(one.key),
                Cell(one.sources),
            ),
            unit=getattr(one.moved[0].parameter, "unit" if words.language.code == "en" else "unit_nl"),
        )
        for one in words.found.assumptions.varied
    ]
    heads = ("varied.own", "varied.low", "varied.high", "deciding.grade", "varied.setting", "deciding.source")
    return Grid(
        caption=words.text("varied.caption", count=len(rows)),
        corner=words.text("deciding.corner"),
        heads=tuple(words.text(head) for head in heads),
        rows=tuple(rows),
        prose=True,
    )
