"""Strict reading of a small CSV file that a person made: every error names the file, the row and the column."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sim.errors import InputError, nearest, unknown_name

_SEPARATORS = (";", ",")
_WHOLE = re.compile(r"-?[0-9]{1,15}")
_DECIMAL = re.compile(r"-?[0-9]+[.,][0-9]+")


@dataclass(frozen=True)
class Line:
    """One row of a table: where it stands (file and line number) and its cells by column name."""

    where: str
    cells: dict[str, str]

    def whole_number(self, column: str) -> int:
        """Read a cell as a whole number; the sign is for the caller to judge.

        Raises
        ------
        InputError
            If the cell holds anything else.
        """
        text = self.cells[column]
        if _WHOLE.fullmatch(text):
            return int(text)
        where = f"{self.where}, column {column}"
        found = f"found '{text[:40]}'" if text else "found nothing"
        hint = " (no decimals, and no dots or commas between thousands)" if _DECIMAL.fullmatch(text) else ""
        raise InputError(f"{where}: {found}\n  allowed: a whole number in digits only{hint}")


def read_table(path: Path, shown: str, columns: Sequence[str], optional: Sequence[str] = ()) -> list[Line]:
    """Read a CSV file with a header.

    UTF-8 with or without a byte-order mark; ``;`` or ``,`` between cells; empty lines and lines that start with ``#``
    are skipped; columns may stand in any order.

    Parameters
    ----------
    path
        The file.
    shown
        How messages call the file.
    columns
        The columns that are needed.
    optional
        Columns that may be there too; no others are allowed.

    Returns
    -------
    list of Line
        One or more rows.

    Raises
    ------
    InputError
        If the file is missing or unreadable, a column is missing or unknown, or a row has another number of cells.
    """
    lines = [
        (f"{shown}, row {number}", text)
        for number, text in enumerate(_text(path, shown).split("\n"), 1)
        if not text.lstrip(' \t"').startswith("#")
    ]
    lines = [(where, text) for where, text in lines if text.strip(' \t"' + "".join(_SEPARATORS))]
    if not lines:
        raise InputError(f"{shown}: found no header\n  allowed: a first row with {', '.join(columns)}")
    (header_where, header_text), *body = lines
    separator = _separator(header_text, (*columns, *optional))
    header = _header(header_where, _cells(header_where, header_text, separator), columns, optional)
    if not body:
        raise InputError(f"{shown}: found no rows under the header\n  allowed: one or more")
    return [Line(where, _row(where, _cells(where, text, separator), header)) for where, text in body]


def _text(path: Path, shown: str) -> str:
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise _missing(path, shown) from None
    except OSError as error:
        raise InputError(f"{shown}: cannot be read ({error.strerror})\n  allowed: a CSV file") from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = raw.count(b"\n", 0, error.start) + 1
        raise InputError(f"{shown}, row {row}: found text that is not UTF-8\n  allowed: CSV saved as UTF-8") from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _missing(path: Path, shown: str) -> InputError:
    there = [entry.name for entry in path.parent.iterdir()] if path.parent.is_dir() else []
    return InputError(f"{shown}: there is no such file{nearest(path.name, there)}")


def _separator(header: str, columns: Sequence[str]) -> str:
    def known(separator: str) -> int:
        return sum(cell.strip(' \t"') in columns for cell in header.split(separator))

    return max(_SEPARATORS, key=known)


def _cells(where: str, text: str, separator: str) -> list[str]:
    try:
        (cells,) = csv.reader([text], delimiter=separator, strict=True)
    except csv.Error as error:
        raise InputError(f"{where}: cannot be split into cells ({error})\n  allowed: quotes in pairs") from None
    return [cell.strip() for cell in cells]


def _header(where: str, cells: list[str], columns: Sequence[str], optional: Sequence[str]) -> list[str]:
    while cells and not cells[-1]:
        cells = cells[:-1]
    for name in cells:
        if name not in columns and name not in optional:
            raise unknown_name(where, "column", name, (*columns, *optional))
        if cells.count(name) > 1:
            raise InputError(f"{where}: found column '{name}' {cells.count(name)} times\n  allowed: each only once")
    for name in columns:
        if name not in cells:
            raise InputError(
                f"{where}: column '{name}' is missing; found: {', '.join(cells)}\n  allowed: {', '.join(columns)}"
            )
    return cells


def _row(where: str, cells: list[str], header: list[str]) -> dict[str, str]:
    while len(cells) > len(header) and not cells[-1]:
        cells = cells[:-1]
    if len(cells) != len(header):
        raise InputError(
            f"{where}: found {len(cells)} cells ({' | '.join(cells)[:100]})\n"
            f"  allowed: {len(header)}, one for each column; a cell with the separator in it needs double quotes"
        )
    return dict(zip(header, cells, strict=True))
