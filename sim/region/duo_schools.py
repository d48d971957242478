"""Schools of PO and VO from DUO's open data: codes, municipalities, numbers of students, types of VO school."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sim.errors import InputError
from sim.region.csv_table import Line
from sim.region.duo_columns import (
    TOWN_CODE,
    Location,
    SectorFile,
    date_of,
    filled,
    institution_of,
    sector_file,
    town_of,
)
from sim.region.duo_counts import count_students
from sim.region.duo_table import DuoTable

LOCATION = ("VESTIGINGSCODE", "VESTIGINGSNUMMER")
NAME = ("INSTELLINGSNAAM_VESTIGING", "VESTIGINGSNAAM", "NAAM_VESTIGING")
TOTAL = ("AANTAL_LEERLINGEN", "TOTAAL_AANTAL_LEERLINGEN", "TOTAAL_LEERLINGEN", "TOTAAL")
EDUCATION = ("ONDERWIJSTYPE_VO", "ONDERWIJSTYPE", "ONDERWIJSSOORT", "ONDERWIJSSOORT_VO", "SOORT_VO")

_MBO = re.compile(r"(^|_)(MBO|BOL|BBL|STUDENTEN|KWALIFICATIE\w*|LEERWEG)(_|$)")
_AGE = re.compile(r"LEEFTIJD_\w+|[0-9]{1,2}_JAAR(_\w+)?")
_FULL = re.compile(r"[0-9A-Z]{4}[0-9]{2}")
_SHORT = re.compile(r"[0-9]{1,2}")
_LIGHT = re.compile(r"havo|vwo|gymnasium|lyceum|atheneum")
_INTENSIVE = re.compile(r"vmbo|praktijkonderwijs")


def read_sector(table: DuoTable, sector: str) -> SectorFile:
    """Add up the rows of every school.

    Parameters
    ----------
    table
        The file.
    sector
        ``po`` or ``vo``.

    Raises
    ------
    InputError
        If a column is missing, a cell is wrong, or rows contradict one another.
    """
    _check_not_mbo(table, sector)
    found: dict[str, Location] = {}
    towns: dict[str, str] = {}
    total, ages = _count_columns(table, sector)
    education = table.find(EDUCATION) if sector == "vo" else None
    for line in table.lines:
        town = town_of(table, line, towns)
        here = Location(_code(table, line), filled(table, line, NAME), sector, town, line.where)
        first = found.setdefault(here.code, here)
        if first.town != here.town:
            raise InputError(
                f"{line.where}, column {table.column(TOWN_CODE)}: found {here.town} for school {here.code}, which is "
                f"in {first.town} at {first.where}\n  allowed: one municipality for a school"
            )
        count = count_students(line, total, ages, "the ages")
        first.students += count.students
        first.hidden += count.hidden
        if education and count.students:
            first.taught.append(line.cells[education])
    return sector_file(table, list(found.values()), towns, date_of(table))


def _check_not_mbo(table: DuoTable, sector: str) -> None:
    if found := next((name for name in table.header if _MBO.search(name)), None):
        raise InputError(
            f"{table.shown}, column {found}: this is about mbo\n"
            f"  allowed: a file about {sector}; this one is for mbo=FILE"
        )


def _code(table: DuoTable, line: Line) -> str:
    """Return the code of a school: that of the institution and two digits."""
    column, institution = table.column(LOCATION), institution_of(table, line)
    location = line.cells[column].upper()
    code = institution + location.zfill(2) if _SHORT.fullmatch(location) else location
    if not (_FULL.fullmatch(code) and code.startswith(institution)):
        raise InputError(
            f"{line.where}, column {column}: found '{location}' for institution {institution}\n"
            f"  allowed: two digits, or {institution} and two digits"
        )
    return code


def _count_columns(table: DuoTable, sector: str) -> tuple[str | None, list[str]]:
    """Return the column with the total and those with the ages (PO), or the column with the total (VO)."""
    if sector == "vo":
        return table.column(TOTAL), []
    ages = [name for name in table.header if _AGE.fullmatch(name)]
    if not ages:
        raise InputError(
            f"{table.shown}: found no columns of ages; found: {', '.join(table.header)[:300]}\n"
            "  allowed: columns such as LEEFTIJD_4 (the file of pupils by school and age)"
        )
    return table.find(TOTAL), ages


def vo_type(texts: Sequence[str]) -> str | None:
    """Judge the type of a VO school from what it teaches or from its name.

    Parameters
    ----------
    texts
        Kinds of education, or the name.

    Returns
    -------
    str or None
        ``a`` for havo and vwo only, ``c`` for vmbo and praktijkonderwijs only, ``b`` for both, None if neither is
        named.
    """
    text = " ".join(texts).lower()
    light, intensive = bool(_LIGHT.search(text)), bool(_INTENSIVE.search(text))
    if light and intensive:
        return "b"
    return "a" if light else "c" if intensive else None
