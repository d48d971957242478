"""A design of the user's own as a CSV file: a column for each key, a row for each point."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from sim.designs.design import Design, Point, numbered, plain
from sim.designs.factor import Value, value_of
from sim.designs.grid import MOST_POINTS
from sim.errors import InputError, nearest

NAME = "name"
SEPARATORS = (",", ";")
COMMENT = "#"


@dataclass(frozen=True)
class _Row:
    where: str
    cells: list[str]


def read_design(path: Path, most: int = MOST_POINTS) -> Design:
    """Read a design from a CSV file.

    UTF-8 with or without a byte-order mark; ``,`` or ``;`` between cells; empty lines and lines that begin with ``#``
    are skipped. The header holds keys (of settings or of config groups) and perhaps ``name``. A cell holds a value as
    on the command line; an empty one leaves the setting as it is in the scenario.

    Parameters
    ----------
    path
        The file.
    most
        The largest number of points.

    Raises
    ------
    InputError
        If the file cannot be read as a design; the message names the file, the line and the column.
    """
    header, *body = _rows(path)
    keys = _header(header)
    if not 1 <= len(body) <= most:
        raise InputError(f"{path}: found {len(body):,} points under the header; allowed: 1 to {most:,}")
    rows = [_cells(row, keys) for row in body]
    names = _names(body, rows)
    values = [
        {key: _value(row, key, text) for key, text in cells.items() if text and key != NAME}
        for row, cells in zip(body, rows, strict=True)
    ]
    points = tuple(Point(name, own, row.where) for name, own, row in zip(names, values, body, strict=True))
    return Design("own", tuple(key for key in keys if key != NAME), points)


def _rows(path: Path) -> list[_Row]:
    text = _text(path)
    first = next((line for line in text.splitlines() if _counts(line)), "")
    separator = max(SEPARATORS, key=first.count)
    rows = list(_read(path, text, separator))
    if not rows:
        raise InputError(f"{path}: found no header; allowed: a first line with the keys that are varied")
    return rows


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        there = [entry.name for entry in path.parent.iterdir()] if path.parent.is_dir() else []
        raise InputError(f"design={path}: there is no such file{nearest(path.name, there)}") from None
    except OSError as error:
        raise InputError(f"design={path}: cannot be read ({error.strerror}); allowed: a CSV file") from None
    except UnicodeDecodeError:
        raise InputError(f"{path}: found text that is not UTF-8; allowed: CSV saved as UTF-8") from None


def _counts(line: str) -> bool:
    return bool(line.strip(' \t\r\n"' + "".join(SEPARATORS))) and not line.lstrip(' \t"').startswith(COMMENT)


def _read(path: Path, text: str, separator: str) -> Iterator[_Row]:
    reader = csv.reader(text.splitlines(keepends=True), delimiter=separator, strict=True)
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise InputError(
                f"{path}, line {reader.line_num}: cannot be split into cells ({error}); allowed: quotes in pairs"
            ) from None
        stripped = [cell.strip() for cell in cells]
        if any(stripped) and not stripped[0].startswith(COMMENT):
            yield _Row(f"{path}, line {reader.line_num}", stripped)


def _header(row: _Row) -> list[str]:
    keys = list(row.cells)
    while keys and not keys[-1]:
        keys.pop()
    for number, key in enumerate(keys, 1):
        if not key:
            raise InputError(f"{row.where}, column {number}: found no key; allowed: a key above every column")
        if keys.count(key) > 1:
            raise InputError(f"{row.where}, column {key}: found {keys.count(key)} times; allowed: once")
    if keys == [NAME]:
        raise InputError(f"{row.where}: found only the column {NAME}; allowed: one or more keys that are varied")
    return keys


def _cells(row: _Row, keys: Sequence[str]) -> dict[str, str]:
    cells = list(row.cells)
    while len(cells) > len(keys) and not cells[-1]:
        cells.pop()
    if len(cells) != len(keys):
        raise InputError(
            f"{row.where}: found {len(cells)} cells; allowed: {len(keys)}, one for each column; a cell with the "
            "separator in it needs double quotes"
        )
    return dict(zip(keys, cells, strict=True))


def _names(body: Sequence[_Row], rows: Sequence[dict[str, str]]) -> list[str]:
    spare = numbered("point", len(rows))
    names: dict[str, str] = {}
    for row, cells, other in zip(body, rows, spare, strict=True):
        name = cells.get(NAME, "") or other
        if name != plain(name) or name in names:
            problem = f"also the name of {names[name]}" if name in names else "not a name"
            raise InputError(
                f"{row.where}, column {NAME}: found '{name}', {problem}; allowed: another one for each point, of "
                "letters, digits and . _ + -"
            )
        names[name] = row.where
    return list(names)


def _value(row: _Row, key: str, text: str) -> Value:
    where = f"{row.where}, column {key}"
    try:
        found = yaml.safe_load(text)
    except yaml.YAMLError:
        raise InputError(
            f"{where}: found '{text}'; allowed: a number, a word, null, true, false or a list [a,b]"
        ) from None
    return value_of(found, where)
