"""A mistake in the CSV files of the register is named with file, row and column."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from sim.errors import InputError
from sim.parameters import reader
from sim.parameters.reader import read_parameters
from sim.parameters.register import load_register


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the register that a test can spoil."""
    for file in reader.FOLDER.glob("*.csv"):
        shutil.copy(file, tmp_path)
    return tmp_path


def spoil(file: Path, which: str, **cells: str) -> None:
    """Change cells of the row of ``which``, as a person would in a spreadsheet."""
    with file.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    (row,) = [row for row in rows if row["key"] == which]
    row.update(cells)
    with file.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, reader.COLUMNS)
        writer.writeheader()
        writer.writerows(rows)


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"grade": "E"}, "care.csv line .*column grade: unknown grade 'E'"),
        ({"unit": "fortnights"}, "column unit: unknown unit 'fortnights'"),
        ({"unit": "minuts"}, "did you mean 'minutes'"),
        ({"low": "0,1"}, "column low: expected a number with a decimal point, found '0,1'"),
        ({"high": "nan"}, "column high: expected a finite number"),
        ({"low": "0.9"}, r"low \(0.9\) is above high \(0.79\)"),
        ({"low": ""}, "a range needs both low and high"),
        ({"low": "", "high": ""}, "either a range .* or options"),
        ({"options": "a|b"}, "beside a range only 'null' is allowed"),
        ({"low": "", "high": "", "options": "a||b"}, "there is an empty option"),
        ({"low": "", "high": "", "options": "yes|no", "unit": "switch"}, r"a switch, .*true\|false"),
        ({"source": " "}, "column source: the cell is empty"),
        ({"nl": ""}, "column nl: the cell is empty"),
        ({"key": "care.smw.order"}, "'care.smw.order' is there twice"),
    ],
)
def test_a_mistake_in_a_row_is_named(folder: Path, cells: dict[str, str], message: str) -> None:
    spoil(folder / "care.csv", "care.smw.referral_share", **cells)
    with pytest.raises(InputError, match=message):
        read_parameters(folder)


def test_an_unspoiled_copy_reads_as_the_register(folder: Path) -> None:
    spoil(folder / "care.csv", "care.smw.referral_share")
    assert {row.key: row for row in read_parameters(folder)} == dict(load_register())


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("money.csv", b"key,unit\n", "money.csv: expected the columns key, unit, low.*found key, unit"),
        ("money.csv", b"", "money.csv: expected the columns"),
        ("units.csv", b"unit,nl\nyears,jaar,extra\n", "units.csv line 2: expected 2 cells, found 3"),
        ("units.csv", b"unit,nl\nyears,\xff\n", "not a comma-separated file in UTF-8"),
        ("units.csv", b'unit,nl\n"years,jaar\n', "not a comma-separated file in UTF-8"),
    ],
)
def test_a_broken_file_is_named(folder: Path, name: str, content: bytes, message: str) -> None:
    (folder / name).write_bytes(content)
    with pytest.raises(InputError, match=message):
        read_parameters(folder)


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "run.csv").unlink()
    with pytest.raises(InputError, match=r"run\.csv: the file is missing"):
        read_parameters(folder)
