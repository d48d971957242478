"""The tables as an Excel workbook: one sheet a table, numbers as numbers, headings that stay in sight."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sim.report.exports import Sheet, Value
from sim.report.view import View

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

FORMATS = {"share": "0.00%", "days": "0.0", "per_year": "0.0", "number": "0.00", "hours": "#,##0", "euros": "#,##0"}
TEXT_WIDTHS = (38, 24, 30, 16, 24)
NUMBER_WIDTH = 15
LONGEST_TITLE = 31


def write_workbook(view: View, tables: list[Sheet], path: Path) -> None:
    """Write all sheets into one file.

    Parameters
    ----------
    view
        The study and the language.
    tables
        The sheets.
    path
        File to write.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for sheet in tables:
        _write_sheet(book, view.text(f"export.sheet.{sheet.key}")[:LONGEST_TITLE], sheet)
    book.save(path)


def _write_sheet(book: Workbook, title: str, sheet: Sheet) -> None:
    from openpyxl.utils import get_column_letter

    page = book.create_sheet(title)
    for column in range(len(sheet.heads)):
        is_text = column < sheet.texts
        width = TEXT_WIDTHS[min(column, len(TEXT_WIDTHS) - 1)] if is_text else NUMBER_WIDTH
        page.column_dimensions[get_column_letter(column + 1)].width = width
    page.freeze_panes = f"{get_column_letter(min(sheet.texts, 1) + 1)}2"
    page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.heads))}{len(sheet.rows) + 1}"
    page.append(_heads(page, sheet.heads))
    for row, kind in zip(sheet.rows, sheet.kinds, strict=True):
        page.append(_cells(page, row, kind))


def _heads(page: WriteOnlyWorksheet, heads: tuple[str, ...]) -> list[Cell]:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font, PatternFill

    cells = []
    for head in heads:
        cell = WriteOnlyCell(page, value=head)
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor="00567F")
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cells.append(cell)
    return cells


def _cells(page: WriteOnlyWorksheet, row: tuple[Value, ...], kind: str) -> list[object]:
    from openpyxl.cell import WriteOnlyCell

    cells: list[object] = []
    for value in row:
        if isinstance(value, str) or value is None or kind not in FORMATS:
            cells.append(value)
            continue
        cell = WriteOnlyCell(page, value=value)
        cell.number_format = FORMATS[kind]
        cells.append(cell)
    return cells
