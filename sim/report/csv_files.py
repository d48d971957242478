"""The tables as CSV, in the international dialect and in the one that Dutch Excel opens."""

from __future__ import annotations

import csv
import math
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sim.report.exports import SERIES, series_means
from sim.report.money_to_outcome.export import curve_heads, curve_rows, outcome_heads, outcome_rows
from sim.report.money_to_outcome.results import is_shown
from sim.report.tables import verdict
from sim.report.target_export import target_heads, target_values
from sim.report.target_table import compared_targets
from sim.report.view import View

if TYPE_CHECKING:
    import pandas as pd

SEPARATOR = {"en": ",", "nl": ";"}
DECIMAL = {"en": ".", "nl": ","}
# Dutch Excel takes a file for UTF-8 only if it begins with a byte order mark.
ENCODING = {"en": "utf-8", "nl": "utf-8-sig"}
FIGURES = "%.8g"
KEYS = ("scenario", "measure", "level", "unit")
NUMBERS = ("n", "n_missing", "mean", "low", "high")

Columns = dict[str, Sequence[object]]


def write_csv_files(view: View, folder: Path) -> None:
    """Write summary, differences, weekly series, curves, flows, money against outcome, and what is known.

    Parameters
    ----------
    view
        The study and the language.
    folder
        Folder to write into.
    """
    tables = {"summary": _named(view, view.study.summary)}
    if view.study.others:
        tables["differences"] = _named(view, view.study.differences, with_verdict=True)
    for key in SERIES:
        table = series_means(view, key)
        tables[key] = {str(name): table[name].tolist() for name in table.columns}
    if is_shown(view):
        tables["cost_effectiveness"] = _columns(outcome_heads(view), outcome_rows(view))
        tables["acceptability"] = _columns(curve_heads(view), curve_rows(view))
    if view.study.targets.known:
        tables["targets"] = _targets(view)
    for key, columns in tables.items():
        _write(columns, view.language.code, folder / f"{view.text(f'export.file.{key}')}.csv")


def _write(columns: Columns, code: str, path: Path) -> None:
    written = [_written(values, DECIMAL[code]) for values in columns.values()]
    with path.open("w", encoding=ENCODING[code], newline="") as file:
        writer = csv.writer(file, delimiter=SEPARATOR[code], lineterminator=os.linesep)
        writer.writerow(columns)
        writer.writerows(zip(*written, strict=True))


def _written(values: Sequence[object], decimal: str) -> Sequence[object]:
    """Write numbers with decimals in the way of the language; nothing for one that is not known."""
    if not any(isinstance(value, float) for value in values):
        return values
    return [
        value
        if not isinstance(value, float)
        else ""
        if math.isnan(value)
        else (FIGURES % value).replace(".", decimal)
        for value in values
    ]


def _named(view: View, table: pd.DataFrame, with_verdict: bool = False) -> Columns:
    """Put the names for people beside the names in the model, with headings in the language."""
    found = {key: table[key].tolist() for key in (*KEYS, *NUMBERS)}
    places = list(zip(found["level"], found["unit"], strict=True))
    names = {measure: view.measure(measure) for measure in dict.fromkeys(found["measure"])}
    units = {place: view.unit(*place) for place in dict.fromkeys(places)}
    columns: Columns = {view.text(f"export.{key}"): found[key] for key in KEYS}
    columns[view.text("export.measure_name")] = [names[measure] for measure in found["measure"]]
    columns[view.text("export.unit_name")] = [units[place] for place in places]
    columns |= {view.text(f"export.{key}"): found[key] for key in NUMBERS}
    if with_verdict:
        columns[view.text("export.verdict")] = [
            verdict(view, key[1], view.lookup.difference(*key))
            for key in zip(*(found[name] for name in KEYS), strict=True)
        ]
    return columns


def _targets(view: View) -> Columns:
    rows = [target_values(view, one) for one in compared_targets(view)]
    return _columns(target_heads(view), rows)


def _columns(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> Columns:
    return dict(zip(heads, zip(*rows, strict=True), strict=True))
