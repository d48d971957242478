"""The tables as an Excel workbook: one sheet a table, numbers as numbers, headings that stay in sight."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from sim.report.exports import Sheet
from sim.report.view import View

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

FORMATS = {"share": "0.00%", "days": "0.0", "per_year": "0.0", "number": "0.00", "hours": "#,##0", "euros": "#,##0"}
HEAD = {"bold": True, "font_color": "#FFFFFF", "bg_color": "#00567F", "text_wrap": True, "valign": "top"}
TEXT_WIDTHS = (38, 24, 30, 16, 24)
NUMBER_WIDTH = 15
LONGEST_TITLE = 31


def write_workbook(view: View, tables: list[Sheet], path: Path) -> None:
    """Write all sheets into one file; the same study gives the same bytes.

    Parameters
    ----------
    view
        The study and the language.
    tables
        The sheets.
    path
        File to write.
    """
    from xlsxwriter import Workbook

    with Workbook(str(path)) as book:
        book.set_properties({"created": datetime.combine(view.study.run.created, time())})
        head = book.add_format(HEAD)
        formats = {kind: book.add_format({"num_format": code}) for kind, code in FORMATS.items()}
        for sheet in tables:
            page = book.add_worksheet(view.text(f"export.sheet.{sheet.key}")[:LONGEST_TITLE])
            _set_up(page, sheet)
            page.write_row(0, 0, sheet.heads, head)
            _write_rows(page, sheet, formats)


def _set_up(page: Worksheet, sheet: Sheet) -> None:
    for column in range(len(sheet.heads)):
        is_text = column < sheet.texts
        page.set_column(column, column, TEXT_WIDTHS[min(column, len(TEXT_WIDTHS) - 1)] if is_text else NUMBER_WIDTH)
    page.freeze_panes(1, min(sheet.texts, 1))
    page.autofilter(0, 0, len(sheet.rows), len(sheet.heads) - 1)


def _write_rows(page: Worksheet, sheet: Sheet, formats: Mapping[str, Format]) -> None:
    for place, (row, kind) in enumerate(zip(sheet.rows, sheet.kinds, strict=True), start=1):
        style = formats.get(kind)
        for column, value in enumerate(row):
            if value is None or value == "":
                continue
            if isinstance(value, str):
                page.write_string(place, column, value)
            else:
                page.write_number(place, column, value, style)
