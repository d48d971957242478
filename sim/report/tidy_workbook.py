"""Tidy tables as an Excel workbook: a sheet a table, headings and words in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sim.report.language import Language
from sim.report.workbook import HEAD, LONGEST_TITLE, NUMBER_WIDTH

if TYPE_CHECKING:
    import pandas as pd
    from xlsxwriter.worksheet import Worksheet

LONGEST_SHEET = 1_000_000
TEXT_WIDTH = 28
VERDICT = "verdict"
MADE = datetime(2000, 1, 1)
"""A fixed day, so that the same tables give the same file."""


def write_tidy_workbook(path: Path, tables: Mapping[str, pd.DataFrame], language: Language) -> None:
    """Write tables into one file; a table that is longer than a sheet can be is left to the CSV files.

    Parameters
    ----------
    path
        File to write.
    tables
        Tables by name.
    language
        Language of the headings and of words such as verdicts; identifiers stay as they are in the CSV files.
    """
    from xlsxwriter import Workbook

    with Workbook(str(path), {"nan_inf_to_errors": False}) as book:
        book.set_properties({"created": MADE})
        head = book.add_format(HEAD)
        for name, table in tables.items():
            if len(table) > LONGEST_SHEET:
                continue
            page = book.add_worksheet(language.name("sheet", name)[:LONGEST_TITLE])
            page.write_row(0, 0, [_heading(str(column), language) for column in table.columns], head)
            page.freeze_panes(1, 1)
            if len(table.columns) > 0:
                page.autofilter(0, 0, len(table), len(table.columns) - 1)
            for column, key in enumerate(table.columns):
                _write_column(page, column, table[key], language)


def _heading(column: str, language: Language) -> str:
    """Return the heading of a column; one such as ``euros_year_low`` is made of its parts, where those have words."""
    for key in (f"column.{column}", f"measure.{column}.name"):
        if language.has(key):
            return language.text(key)
    start, mark, end = column.rpartition(" " if " " in column else "_")
    whole = _heading(start, language) if mark and language.has(f"column_end.{end}") else start
    return column if whole == start else language.text(f"column_end.{end}", name=whole)


def _write_column(page: Worksheet, column: int, values: pd.Series, language: Language) -> None:
    import pandas as pd

    is_number = pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values)
    page.set_column(column, column, NUMBER_WIDTH if is_number else TEXT_WIDTH)
    for row, (value, missing) in enumerate(zip(values.tolist(), values.isna().tolist(), strict=True), start=1):
        if missing:
            continue
        if is_number and value not in (float("inf"), float("-inf")):
            page.write_number(row, column, value)
        else:
            page.write_string(row, column, _word(str(values.name), value, language))


def _word(column: str, value: object, language: Language) -> str:
    """Return a word in the reader's language, or what stands there."""
    group = "switch" if isinstance(value, bool) else VERDICT if column.endswith(VERDICT) else column
    return language.name(f"word.{group}", str(value))
