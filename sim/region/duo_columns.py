"""Columns that all files of DUO's open data share: codes, names, municipalities, dates; and what a file holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from sim.errors import InputError
from sim.region.csv_table import Line
from sim.region.duo_table import DuoTable

INSTITUTION = ("INSTELLINGSCODE", "BRIN_NUMMER", "BRINNUMMER")
TOWN_CODE = ("GEMEENTENUMMER", "GEMEENTECODE")
TOWN_NAME = ("GEMEENTENAAM",)
AREA_CODE = ("RMC_REGIO_CODE", "RMC_REGIOCODE")
DATES = ("PEILDATUM", "PEILJAAR", "TELDATUM", "SCHOOLJAAR", "JAAR")

_BRIN = re.compile(r"[0-9A-Z]{4}")
_TOWN = re.compile(r"[0-9]{1,4}")


@dataclass
class Location:
    """A school at one place (vestiging) or an mbo institution, as far as its rows have been read.

    Attributes
    ----------
    code
        Code of six characters, of an mbo institution four; leading zeros kept.
    name
        Name for people.
    sector
        One of ``SECTORS``.
    town
        Key of the municipality: its number of four digits, or ``NAME`` and its name where a file has no number.
    where
        Its first row.
    students, hidden
        Students, and how many of the numbers that make them up DUO hides.
    taught
        What the rows of a VO school say about the education, or those of an mbo institution about its kind.
    levels
        Students of an mbo institution by level; empty if the file does not say, and at other schools.
    towns
        Students of an mbo institution by municipality; empty at other schools.
    """

    code: str
    name: str
    sector: str
    town: str
    where: str
    students: int = 0
    hidden: int = 0
    taught: list[str] = field(default_factory=list)
    levels: list[int] = field(default_factory=list)
    towns: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class SectorFile:
    """What one file holds.

    Attributes
    ----------
    locations
        The schools, in the order of the file.
    towns
        Name of every municipality, by its key.
    areas
        RMC region of every municipality, by its key; empty if the file does not say.
    rows
        Number of rows.
    repeated
        Rows that are the same as an earlier one in every cell.
    date
        Date or year that the file says it is about; empty if it does not.
    """

    locations: tuple[Location, ...]
    towns: dict[str, str]
    areas: dict[str, str]
    rows: int
    repeated: int
    date: str


def sector_file(table: DuoTable, found: Sequence[Location], towns: dict[str, str], date: str) -> SectorFile:
    """Put together what was read of a file."""
    repeated = len(table.lines) - len({tuple(line.cells.values()) for line in table.lines})
    return SectorFile(tuple(found), towns, _areas(table), len(table.lines), repeated, date)


def date_of(table: DuoTable) -> str:
    """Return the one date or year that a file is about; empty if it does not say.

    Raises
    ------
    InputError
        If there are several.
    """
    column = table.find(DATES)
    if column is None:
        return ""
    dates = sorted({line.cells[column] for line in table.lines})
    if len(dates) > 1:
        raise InputError(
            f"{table.shown}, column {column}: found {len(dates)} dates ({', '.join(dates[:5])}); adding them up "
            "would count students more than once\n  allowed: a file of one date"
        )
    return dates[0]


def filled(table: DuoTable, line: Line, names: Sequence[str]) -> str:
    """Return the cell in the first of several columns, which may not be empty.

    Raises
    ------
    InputError
        If there is no such column or nothing in the cell.
    """
    column = table.column(names)
    if not line.cells[column]:
        raise InputError(f"{line.where}, column {column}: found nothing\n  allowed: a name")
    return line.cells[column]


def institution_of(table: DuoTable, line: Line) -> str:
    """Return the code (BRIN) of the institution.

    Raises
    ------
    InputError
        If it is no code of four letters and digits.
    """
    column = table.column(INSTITUTION)
    institution = line.cells[column].upper()
    if not _BRIN.fullmatch(institution):
        raise InputError(
            f"{line.where}, column {column}: found '{institution}'\n"
            "  allowed: four letters and digits, as in 00AB (a spreadsheet may have changed the code)"
        )
    return institution


def town_of(table: DuoTable, line: Line, towns: dict[str, str]) -> str:
    """Return the number of the municipality, and note its name.

    Raises
    ------
    InputError
        If it is no number, or its name is another than in an earlier row.
    """
    column = table.column(TOWN_CODE)
    if not _TOWN.fullmatch(line.cells[column]):
        raise InputError(
            f"{line.where}, column {column}: found '{line.cells[column]}'\n  allowed: a number of four digits"
        )
    town, name = line.cells[column].zfill(4), filled(table, line, TOWN_NAME)
    known = towns.setdefault(town, name)
    if known.casefold() != name.casefold():
        raise InputError(
            f"{line.where}, column {table.column(TOWN_NAME)}: found '{name}' for municipality {town}, which "
            f"is '{known}' in an earlier row\n  allowed: one name for a number"
        )
    return town


def _areas(table: DuoTable) -> dict[str, str]:
    """Return the RMC region of every municipality, where the file has both numbers."""
    column, town_column = table.find(AREA_CODE), table.find(TOWN_CODE)
    areas: dict[str, str] = {}
    if column is None or town_column is None:
        return areas
    for line in table.lines:
        area = line.cells[column].lstrip("0")
        known = areas.setdefault(line.cells[town_column].zfill(4), area) if area else ""
        if area and known != area:
            raise InputError(
                f"{line.where}, column {column}: found '{area}' for municipality {line.cells[town_column]}, which is "
                f"in '{known}' in an earlier row\n  allowed: one region for a municipality"
            )
    return areas
