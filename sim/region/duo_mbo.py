"""Institutions of the mbo from DUO's open data: their students by level, their town and their kind."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import NamedTuple

from sim.errors import InputError
from sim.region.build import Levels
from sim.region.csv_table import Line
from sim.region.duo_columns import (
    TOWN_CODE,
    TOWN_NAME,
    Location,
    SectorFile,
    date_of,
    filled,
    institution_of,
    sector_file,
    town_of,
)
from sim.region.duo_counts import count_students
from sim.region.duo_mbo_counts import LEVEL, MboColumns, mbo_columns
from sim.region.duo_table import Count, DuoTable, read_count
from sim.region.identifiers import identifier
from sim.scenario.base import LEVELS

NAME = ("INSTELLINGSNAAM", "NAAM_INSTELLING", "INSTELLINGSNAAM_VESTIGING", "INSTELLING")
PLACE = ("PLAATSNAAM", "PLAATSNAAM_INSTELLING", "PLAATS_INSTELLING", "VESTIGINGSPLAATS", "PLAATS")
KIND = (
    "MBO_INSTELLINGSSOORT_NAAM",
    "MBO_INSTELLINGSSOORT",
    "MBO_INSTELLINGSSOORT_CODE",
    "SOORT_INSTELLING",
    "INSTELLINGSSOORT",
)
NAMED = "name:"
NATIONAL_MIX = (0.03, 0.20, 0.26, 0.51)
"""About the shares of the four levels in all students of the mbo, for files that do not tell levels."""
LARGE = 10_000
"""Students from which a ROC is large (KBA Nijmegen 2018, table 1.1)."""

_OTHER_SECTOR = re.compile(r"(^|_)(LEERLINGEN|LEEFTIJD_[0-9]+|VO|PO|VMBO|HAVO|VWO)(_|$)")
_TOTALS = re.compile(r"(eind|sub)?totaal|total", re.IGNORECASE)
_AOC = re.compile(r"\baoc\b|agrarisch|groen")
_VAK = re.compile(r"\bvak|grafisch|instrumentmaker|meubiler|scheepvaart")
_ROC = re.compile(r"\broc\b|regionaal opleiding")
_LEVEL_WORDS = (("assistent", "entree"), ("basisberoeps",), ("vakopleiding",), ("middenkader", "specialist"))


class MboType(NamedTuple):
    """Type of an institution, and what it is judged from: ``kind``, ``name`` or nothing."""

    type: str
    judged_from: str


def read_mbo(table: DuoTable) -> SectorFile:
    """Add up the rows of every institution.

    Parameters
    ----------
    table
        The file: a row for each institution, or several by level, study path, place or sex.

    Raises
    ------
    InputError
        If a column is missing, a cell is wrong, a row holds a total of other rows, or rows contradict one another.
    """
    if found := next((name for name in table.header if _OTHER_SECTOR.search(name)), None):
        raise InputError(f"{table.shown}, column {found}: this is not about mbo\n  allowed: a file about mbo")
    columns = mbo_columns(table)
    found_locations: dict[str, Location] = {}
    towns: dict[str, str] = {}
    for line in table.lines:
        _check_no_total(table, line)
        place = Location(institution_of(table, line), filled(table, line, NAME), "mbo", "", line.where)
        first = found_locations.setdefault(place.code, place)
        _add(first, line, columns, _town(table, line, towns))
        if (kind := table.find(KIND)) is not None:
            first.taught.append(line.cells[kind])
    for place in found_locations.values():
        place.town = max(place.towns, key=lambda town: place.towns[town])
    return sector_file(table, list(found_locations.values()), towns, date_of(table) or columns.year)


def mbo_type(kinds: Sequence[str], name: str, students: int) -> MboType:
    """Judge the type of an institution from its kind in the file, else from its name.

    Parameters
    ----------
    kinds
        What its rows say about its kind; empty if the file does not.
    name
        Its name.
    students
        Its students, which tell a small ROC from a large one.

    Returns
    -------
    MboType
        The type; an institution of which nothing tells is taken for a ROC.
    """
    for judged_from, text in (("kind", " ".join(kinds).lower()), ("name", name.lower())):
        if _AOC.search(text):
            return MboType("aoc", judged_from)
        if _VAK.search(text):
            return MboType("vakinstelling", judged_from)
        if _ROC.search(text):
            return MboType(_roc(students), judged_from)
    return MboType(_roc(students), "")


def levels_of(place: Location) -> Levels:
    """Return the students of an institution by level; in the national mix where the file does not tell."""
    if place.levels:
        first, second, third, fourth = place.levels
        return first, second, third, fourth
    exact = [place.students * share for share in NATIONAL_MIX]
    whole = [math.floor(number) for number in exact]
    left = sorted(range(len(LEVELS)), key=lambda level: whole[level] - exact[level])
    for level in left[: place.students - sum(whole)]:
        whole[level] += 1
    first, second, third, fourth = whole
    return first, second, third, fourth


def _roc(students: int) -> str:
    return "roc_large" if students >= LARGE else "roc_small"


def _add(place: Location, line: Line, columns: MboColumns, town: str) -> None:
    """Add the students of a row to an institution."""
    counts = _counts(line, columns)
    students = sum(count.students for count in counts)
    place.students += students
    place.hidden += sum(count.hidden for count in counts)
    place.towns[town] = place.towns.get(town, 0) + students
    if columns.by_level or columns.level:
        place.levels = place.levels or [0] * len(LEVELS)
        first = 0 if columns.level is None else _level(line, columns.level)
        for level, count in enumerate(counts, first):
            place.levels[level] += count.students


def _counts(line: Line, columns: MboColumns) -> list[Count]:
    """Return the students of a row: by level where it has columns for those, else one number."""
    if not columns.by_level:
        return [count_students(line, columns.total, columns.parts, "the parts")]
    if columns.total is not None:
        count_students(line, columns.total, columns.by_level, "the levels")
    return [read_count(line, column) for column in columns.by_level]


def _level(line: Line, column: str) -> int:
    """Return the index of the level that a row is about."""
    text = line.cells[column].lower()
    digits = re.findall(r"[0-9]+", text)
    if len(digits) == 1 and digits[0] in LEVELS:
        return LEVELS.index(digits[0])
    words = [level for level, names in enumerate(_LEVEL_WORDS) if any(name in text for name in names)]
    if not digits and len(words) == 1:
        return words[0]
    raise InputError(
        f"{line.where}, column {column}: found '{line.cells[column]}'\n"
        "  allowed: one level, such as 2, niveau 2 or entree"
    )


def _check_no_total(table: DuoTable, line: Line) -> None:
    """Refuse a row that adds up other rows, as it would count their students twice."""
    for column, cell in line.cells.items():
        if _TOTALS.fullmatch(cell):
            raise InputError(
                f"{line.where}, column {column}: found '{cell}'; adding it up would count students twice\n"
                f"  allowed: rows without totals of other rows{'' if column in LEVEL else ' (remove this one)'}"
            )


def _town(table: DuoTable, line: Line, towns: dict[str, str]) -> str:
    """Return the key of the municipality; without a number, the name of the municipality or of the place."""
    if table.find(TOWN_CODE) is not None:
        return town_of(table, line, towns)
    name = filled(table, line, (*TOWN_NAME, *PLACE))
    key: str = NAMED + identifier(name)
    towns.setdefault(key, name)
    return key
