"""Reading a file of DUO's open data: encodings, separators and column names of several years, every cell as text."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sim.errors import InputError, nearest
from sim.region.csv_table import Line

_SEPARATORS = (";", ",")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_HIDDEN = re.compile(r"<\s*5|-1")

MARKS = ("INDICATIEAVG", "INDICATIE_AVG")
FEW = 2
"""Students that stand for a number that DUO does not give (one to four)."""


@dataclass(frozen=True)
class DuoTable:
    """A file of DUO.

    Attributes
    ----------
    shown
        How messages call the file.
    header
        Column names in capitals, with ``_`` between words.
    lines
        The rows, with their cells by those names.
    """

    shown: str
    header: tuple[str, ...]
    lines: tuple[Line, ...]

    def find(self, names: Sequence[str]) -> str | None:
        """Return the first of several names that is a column, if any."""
        return next((name for name in names if name in self.header), None)

    def column(self, names: Sequence[str]) -> str:
        """Return the first of several names that is a column.

        Raises
        ------
        InputError
            If none of them is.
        """
        found = self.find(names)
        if found is None:
            raise InputError(
                f"{self.shown}: column '{names[0]}' is missing{nearest(names[0], self.header)}\n"
                f"  allowed: {' or '.join(names)}; found: {', '.join(self.header)[:300]}"
            )
        return found


@dataclass(frozen=True)
class Count:
    """Students, and how many of the numbers that make them up DUO hides because they are below five."""

    students: int
    hidden: int


def read_count(line: Line, column: str) -> Count:
    """Read a number of students; ``<5``, ``-1`` and a 4 that is marked as hidden mean one to four.

    Raises
    ------
    InputError
        If the cell holds anything else than that or a whole number of 0 or more.
    """
    text = line.cells[column]
    if _HIDDEN.fullmatch(text) or (text == "4" and _is_marked(line)):
        return Count(FEW, hidden=1)
    number = line.whole_number(column)
    if number < 0:
        raise InputError(f"{line.where}, column {column}: found {number}\n  allowed: 0 or more, <5 or -1")
    return Count(number, hidden=0)


def _is_marked(line: Line) -> bool:
    """Tell whether a row says that it holds a hidden number, which DUO's API then gives as 4."""
    return any(line.cells.get(column, "").upper() == "J" for column in MARKS)


def read_duo_table(path: Path) -> DuoTable:
    """Read a CSV file of DUO.

    UTF-8 with or without a byte-order mark, or Windows-1252; ``;`` or ``,`` between cells; spaces, hyphens
    and underscores in column names are the same.

    Parameters
    ----------
    path
        The file.

    Raises
    ------
    InputError
        If the file is missing or unreadable, or a row has another number of cells than the header.
    """
    shown = str(path)
    numbered = enumerate(_text(path, shown).split("\n"), 1)
    texts = [(f"{shown}, row {number}", text) for number, text in numbered if text.strip(' \t";,')]
    if not texts:
        raise InputError(f"{shown}: found no header\n  allowed: a CSV file of DUO's open data")
    (where, first), *body = texts
    separator = max(_SEPARATORS, key=first.count)
    header = _header(where, _cells(where, first, separator))
    if not body:
        raise InputError(f"{shown}: found no rows under the header\n  allowed: one or more")
    lines = [Line(where, _row(where, _cells(where, text, separator), header)) for where, text in body]
    return DuoTable(shown, header, tuple(lines))


def _text(path: Path, shown: str) -> str:
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        there = [entry.name for entry in path.parent.iterdir()] if path.parent.is_dir() else []
        raise InputError(f"{shown}: there is no such file{nearest(path.name, there)}") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"{shown}: cannot be read ({reason})\n  allowed: a CSV file") from None
    text = _decoded(raw, shown).replace("\r\n", "\n").replace("\r", "\n")
    if found := _CONTROL.search(text):
        row = text.count("\n", 0, found.start()) + 1
        raise InputError(f"{shown}, row {row}: found a sign that is no text\n  allowed: CSV in UTF-8 or Windows-1252")
    return text


def _decoded(raw: bytes, shown: str) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return raw.decode("cp1252")
    except UnicodeDecodeError as error:
        row = raw.count(b"\n", 0, error.start) + 1
        raise InputError(
            f"{shown}, row {row}: found text that is neither UTF-8 nor Windows-1252\n  allowed: CSV as DUO gives it"
        ) from None


def _cells(where: str, text: str, separator: str) -> list[str]:
    try:
        (cells,) = csv.reader([text], delimiter=separator, strict=True)
    except csv.Error as error:
        raise InputError(f"{where}: cannot be split into cells ({error})\n  allowed: quotes in pairs") from None
    return [" ".join(cell.split()) for cell in cells]


def _header(where: str, cells: Sequence[str]) -> tuple[str, ...]:
    names = [re.sub(r"[\s_-]+", "_", cell).strip("_").upper() for cell in cells]
    while names and not names[-1]:
        names.pop()
    for name in names:
        if not name:
            raise InputError(f"{where}: found a column without a name\n  allowed: a name above every column")
        if names.count(name) > 1:
            raise InputError(f"{where}: found column '{name}' {names.count(name)} times\n  allowed: each only once")
    return tuple(names)


def _row(where: str, cells: list[str], header: Sequence[str]) -> dict[str, str]:
    while len(cells) > len(header) and not cells[-1]:
        cells.pop()
    if len(cells) != len(header):
        raise InputError(
            f"{where}: found {len(cells)} cells ({' | '.join(cells)[:100]})\n"
            f"  allowed: {len(header)}, one for each column; a cell with the separator in it needs double quotes"
        )
    return dict(zip(header, cells, strict=True))
