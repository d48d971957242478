"""From the rows of DUO's open data to schools: codes, municipalities, numbers of students, types of VO school."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from sim.errors import InputError
from sim.region.csv_table import Line
from sim.region.duo_table import Count, DuoTable, read_count

INSTITUTION = ("INSTELLINGSCODE", "BRIN_NUMMER", "BRINNUMMER")
LOCATION = ("VESTIGINGSCODE", "VESTIGINGSNUMMER")
NAME = ("INSTELLINGSNAAM_VESTIGING", "VESTIGINGSNAAM", "NAAM_VESTIGING")
TOWN_CODE = ("GEMEENTENUMMER", "GEMEENTECODE")
TOWN_NAME = ("GEMEENTENAAM",)
TOTAL = ("AANTAL_LEERLINGEN", "TOTAAL_AANTAL_LEERLINGEN", "TOTAAL_LEERLINGEN", "TOTAAL")
EDUCATION = ("ONDERWIJSTYPE_VO", "ONDERWIJSTYPE", "ONDERWIJSSOORT", "ONDERWIJSSOORT_VO", "SOORT_VO")
DATES = ("PEILDATUM", "PEILJAAR", "TELDATUM", "SCHOOLJAAR", "JAAR")

_AGE = re.compile(r"LEEFTIJD_\w+|[0-9]{1,2}_JAAR(_\w+)?")
_BRIN = re.compile(r"[0-9A-Z]{4}")
_FULL = re.compile(r"[0-9A-Z]{4}[0-9]{2}")
_SHORT = re.compile(r"[0-9]{1,2}")
_TOWN = re.compile(r"[0-9]{1,4}")
_LIGHT = re.compile(r"havo|vwo|gymnasium|lyceum|atheneum")
_INTENSIVE = re.compile(r"vmbo|praktijkonderwijs")


@dataclass
class Location:
    """A school at one place (vestiging), as far as its rows have been read.

    Attributes
    ----------
    code
        Code of six characters, leading zeros kept.
    name
        Name for people.
    sector
        ``po`` or ``vo``.
    town
        Number of the municipality, four digits.
    where
        Its first row.
    students, hidden
        Students, and how many of the numbers that make them up DUO hides.
    taught
        What the rows of a VO school say about the education, if they do.
    """

    code: str
    name: str
    sector: str
    town: str
    where: str
    students: int = 0
    hidden: int = 0
    taught: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class SectorFile:
    """What one file holds.

    Attributes
    ----------
    locations
        The schools, in the order of the file.
    towns
        Name of every municipality, by number.
    rows
        Number of rows.
    repeated
        Rows that are the same as an earlier one in every cell.
    date
        Date or year that the file says it is about; empty if it does not.
    """

    locations: tuple[Location, ...]
    towns: dict[str, str]
    rows: int
    repeated: int
    date: str


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
    found: dict[str, Location] = {}
    towns: dict[str, str] = {}
    counter = _Counter(table, sector)
    education = table.find(EDUCATION) if sector == "vo" else None
    for line in table.lines:
        here = _location(table, line, sector, towns)
        first = found.setdefault(here.code, here)
        if first.town != here.town:
            raise InputError(
                f"{line.where}, column {table.column(TOWN_CODE)}: found {here.town} for school {here.code}, which is "
                f"in {first.town} at {first.where}\n  allowed: one municipality for a school"
            )
        students, hidden = counter.count(line)
        first.students += students
        first.hidden += hidden
        if education and students:
            first.taught.append(line.cells[education])
    repeated = len(table.lines) - len({tuple(line.cells.values()) for line in table.lines})
    return SectorFile(tuple(found.values()), towns, len(table.lines), repeated, _date(table))


def _date(table: DuoTable) -> str:
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


def _location(table: DuoTable, line: Line, sector: str, towns: dict[str, str]) -> Location:
    town, town_column = line.cells[table.column(TOWN_CODE)], table.column(TOWN_CODE)
    if not _TOWN.fullmatch(town):
        raise InputError(f"{line.where}, column {town_column}: found '{town}'\n  allowed: a number of four digits")
    name = _filled(table, line, TOWN_NAME)
    known = towns.setdefault(town.zfill(4), name)
    if known.casefold() != name.casefold():
        raise InputError(
            f"{line.where}, column {table.column(TOWN_NAME)}: found '{name}' for municipality {town.zfill(4)}, which "
            f"is '{known}' in an earlier row\n  allowed: one name for a number"
        )
    return Location(_code(table, line), _filled(table, line, NAME), sector, town.zfill(4), line.where)


def _filled(table: DuoTable, line: Line, names: Sequence[str]) -> str:
    column = table.column(names)
    if not line.cells[column]:
        raise InputError(f"{line.where}, column {column}: found nothing\n  allowed: a name")
    return line.cells[column]


def _code(table: DuoTable, line: Line) -> str:
    """Return the code of a school: that of the institution and two digits."""
    column, institution_column = table.column(LOCATION), table.column(INSTITUTION)
    institution, location = line.cells[institution_column].upper(), line.cells[column].upper()
    if not _BRIN.fullmatch(institution):
        raise InputError(
            f"{line.where}, column {institution_column}: found '{institution}'\n"
            "  allowed: four letters and digits, as in 00AB (a spreadsheet may have changed the code)"
        )
    code = institution + location.zfill(2) if _SHORT.fullmatch(location) else location
    if not (_FULL.fullmatch(code) and code.startswith(institution)):
        raise InputError(
            f"{line.where}, column {column}: found '{location}' for institution {institution}\n"
            f"  allowed: two digits, or {institution} and two digits"
        )
    return code


class _Counter:
    """Counts the students of a row: by age and in total (PO), or in total (VO)."""

    def __init__(self, table: DuoTable, sector: str) -> None:
        self.total = table.find(TOTAL)
        self.ages = [name for name in table.header if _AGE.fullmatch(name)] if sector == "po" else []
        if sector == "po" and not self.ages:
            raise InputError(
                f"{table.shown}: found no columns of ages; found: {', '.join(table.header)[:300]}\n"
                "  allowed: columns such as LEEFTIJD_4 (the file of pupils by school and age)"
            )
        if sector == "vo":
            self.total = table.column(TOTAL)

    def count(self, line: Line) -> tuple[int, int]:
        """Return students, and how many numbers of them are hidden."""
        ages = [read_count(line, column) for column in self.ages]
        if self.total is None:
            return _sum(ages)
        total = read_count(line, self.total)
        if not total.hidden and ages:
            self._compare(line, ages, total.students)
        return (total.students, 0) if not total.hidden else _sum(ages or [total])

    def _compare(self, line: Line, ages: Sequence[Count], total: int) -> None:
        """Check a total against the ages, of which those hidden may be one to four."""
        known, hidden = sum(age.students for age in ages if not age.hidden), sum(age.hidden for age in ages)
        if not known + hidden <= total <= known + 4 * hidden:
            raise InputError(
                f"{line.where}, column {self.total}: found {total}, but the ages add up to {known}"
                f"{f' and {hidden} numbers of one to four' if hidden else ''}\n  allowed: the sum of the ages"
            )


def _sum(counts: Sequence[Count]) -> tuple[int, int]:
    return sum(count.students for count in counts), sum(count.hidden for count in counts)


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
