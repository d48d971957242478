"""Reads the rows of the register from the CSV files of this folder, and checks every cell."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator, Mapping
from pathlib import Path

from sim.errors import InputError, unknown_name
from sim.parameters.parameter import GRADES, SECTIONS, SWITCH, Number, Parameter

FOLDER = Path(__file__).parent
COLUMNS = ("key", "unit", "low", "high", "options", "source", "grade", "en", "nl")
FILLED = ("key", "unit", "source", "grade", "en", "nl")
UNIT_COLUMNS = ("unit", "nl")


def read_parameters(folder: Path = FOLDER) -> tuple[Parameter, ...]:
    """Read all rows of all sections, in the order of ``SECTIONS``.

    Parameters
    ----------
    folder
        Folder with ``units.csv`` and a CSV file per section; by default the one shipped with the package.

    Raises
    ------
    InputError
        If a file, a column or a cell is missing or not allowed.
    """
    units = {row["unit"]: row["nl"] for _, row in _rows(folder / "units.csv", UNIT_COLUMNS, UNIT_COLUMNS)}
    found: dict[str, Parameter] = {}
    for section in SECTIONS:
        for where, row in _rows(folder / f"{section}.csv", COLUMNS, FILLED):
            if row["key"] in found:
                raise InputError(f"{where}, column key: '{row['key']}' is there twice")
            found[row["key"]] = _parameter(where, section, row, units)
    return tuple(found.values())


def _rows(file: Path, columns: tuple[str, ...], filled: tuple[str, ...]) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield where a row stands, for messages, and its cells."""
    lines = _cells(file)
    header = tuple(lines[0][1]) if lines else ()
    if header != columns:
        raise InputError(f"{file.name}: expected the columns {', '.join(columns)}; found {', '.join(header)}")
    for number, cells in lines[1:]:
        where = f"{file.name} line {number}"
        if len(cells) != len(columns):
            raise InputError(f"{where}: expected {len(columns)} cells, found {len(cells)}")
        row = dict(zip(columns, (cell.strip() for cell in cells), strict=True))
        for column in filled:
            if not row[column]:
                raise InputError(f"{where}, column {column}: the cell is empty")
        yield where, row


def _cells(file: Path) -> list[tuple[int, list[str]]]:
    """Return the line number and the cells of every row."""
    try:
        with file.open(encoding="utf-8", newline="") as handle:
            reader = csv.reader(handle, strict=True)
            return [(reader.line_num, cells) for cells in reader]
    except FileNotFoundError:
        raise InputError(f"{file}: the file is missing") from None
    except (csv.Error, UnicodeDecodeError) as error:
        raise InputError(f"{file}: not a comma-separated file in UTF-8 ({error})") from None


def _parameter(where: str, section: str, row: Mapping[str, str], units: Mapping[str, str]) -> Parameter:
    if row["unit"] not in units:
        raise unknown_name(f"{where}, column unit", "unit", row["unit"], units)
    if row["grade"] not in GRADES:
        raise unknown_name(f"{where}, column grade", "grade", row["grade"], GRADES)
    low, high = (_number(where, column, row[column]) for column in ("low", "high"))
    options = tuple(row["options"].split("|")) if row["options"] else ()
    _check_values(where, row["unit"], low, high, options)
    return Parameter(
        key=row["key"],
        section=section,
        unit=row["unit"],
        unit_nl=units[row["unit"]],
        low=low,
        high=high,
        options=options,
        source=row["source"],
        grade=row["grade"],
        en=row["en"],
        nl=row["nl"],
    )


def _number(where: str, column: str, text: str) -> Number | None:
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        raise InputError(
            f"{where}, column {column}: expected a number with a decimal point, found '{text}'"
        ) from None
    if not math.isfinite(value):
        raise InputError(f"{where}, column {column}: expected a finite number, found '{text}'")
    return int(text) if text.lstrip("-").isdigit() else value


def _check_values(where: str, unit: str, low: Number | None, high: Number | None, options: tuple[str, ...]) -> None:
    """Check that a row has a range or options, and that they fit each other."""
    if (low is None) != (high is None):
        raise InputError(f"{where}: a range needs both low and high")
    if low is not None and high is not None:
        if low > high:
            raise InputError(f"{where}: low ({low:g}) is above high ({high:g})")
        if options not in ((), ("null",)):
            raise InputError(f"{where}, column options: beside a range only 'null' is allowed")
    elif not options:
        raise InputError(f"{where}: give either a range (low and high) or options")
    if not all(options):
        raise InputError(f"{where}, column options: there is an empty option")
    if (unit == "switch") != (options == SWITCH):
        raise InputError(f"{where}: a switch, and nothing else, has the options {'|'.join(SWITCH)}")
