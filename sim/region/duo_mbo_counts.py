"""Which columns of a file about mbo hold students: a total, parts by study path and sex, or the four levels."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sim.errors import InputError
from sim.region.duo_table import DuoTable
from sim.scenario.base import LEVELS

LEVEL = ("KWALIFICATIENIVEAU", "NIVEAU", "MBO_NIVEAU", "NIVEAU_MBO", "OPLEIDINGSNIVEAU", "KWALIFICATIE_NIVEAU")
TOTAL = (
    "AANTAL_STUDENTEN",
    "AANTAL_MBO_STUDENTEN",
    "TOTAAL_AANTAL_STUDENTEN",
    "TOTAAL_STUDENTEN",
    "STUDENTEN",
    "AANTAL_DEELNEMERS",
    "AANTALDEELNEMERS",
    "TOTAAL_DEELNEMERS",
    "DEELNEMERS",
    "TOTAAL",
    "AANTAL",
)
PATHS = ("BOL", "BOL_VT", "BOL_DT", "BBL", "OVO", "DERDE_LEERWEG", "EXTRANEI")
SEXES = ("MAN", "VROUW")

_OTHER_WORDS = {"MANNEN": "MAN", "VROUWEN": "VROUW", "VRW": "VROUW", "VOLTIJD": "VT", "DEELTIJD": "DT"}

_YEAR = re.compile(r"_?((?:19|20)[0-9]{2})$")
_WIDE_LEVEL = re.compile(r"(?:AANTAL_|STUDENTEN_|AANTAL_STUDENTEN_)?(?:MBO_)?NIVEAU_([1-4])")


@dataclass(frozen=True)
class MboColumns:
    """The columns that count, and the one that tells the level.

    Attributes
    ----------
    total
        Column with the total; None if there is none.
    parts
        Columns that add up to the total.
    by_level
        A column for each level; empty if rows are by level or the file does not tell levels.
    level
        Column with the level of a row, if there is one.
    year
        The latest year, where the file has columns for several; else empty.
    """

    total: str | None
    parts: tuple[str, ...]
    by_level: tuple[str, ...]
    level: str | None
    year: str


def mbo_columns(table: DuoTable) -> MboColumns:
    """Find the columns that count students.

    Raises
    ------
    InputError
        If there are none, or some of a set are missing.
    """
    columns, year = _of_latest_year(table.header)
    level = table.find(LEVEL)
    by_level = () if level else _by_level(table, columns)
    total = next((columns[name] for name in TOTAL if name in columns), None)
    parts = () if by_level else _parts(table, columns)
    if total is None and not parts and not by_level:
        raise InputError(
            f"{table.shown}: found no column with students; found: {', '.join(table.header)[:300]}\n"
            f"  allowed: {', '.join(TOTAL[:3])} or {TOTAL[-2]}; or BOL and BBL; or MAN and VROUW; "
            "or NIVEAU_1 to NIVEAU_4"
        )
    return MboColumns(total, parts, by_level, level, year)


def _of_latest_year(header: Sequence[str]) -> tuple[dict[str, str], str]:
    """Return columns by their name without the year; where columns have years, those of the latest one."""
    years = {name: match[1] for name in header if (match := _YEAR.search(name))}
    latest = max(years.values(), default="")
    names = [name for name in header if years.get(name, latest) == latest]
    bare = {name: _usual(_YEAR.sub("", name)) or TOTAL[0] for name in names}
    counted = {bare[name]: name for name in names if name not in years}
    return {**counted, **{bare[name]: name for name in names if name in years}}, latest


def _usual(name: str) -> str:
    return "_".join(_OTHER_WORDS.get(word, word) for word in name.split("_"))


def _by_level(table: DuoTable, columns: dict[str, str]) -> tuple[str, ...]:
    found = {match[1]: column for name, column in columns.items() if (match := _WIDE_LEVEL.fullmatch(name))}
    if found and len(found) < len(LEVELS):
        missing = ", ".join(f"NIVEAU_{level}" for level in LEVELS if level not in found)
        raise InputError(
            f"{table.shown}: found columns of some levels only\n  allowed: those of all; missing: {missing}"
        )
    return tuple(found[level] for level in LEVELS) if found else ()


def _parts(table: DuoTable, columns: dict[str, str]) -> tuple[str, ...]:
    """Return columns that add up to all students: by path and sex, by sex, or by path."""
    both = _whole_paths([path for path in PATHS if any(f"{path}_{sex}" in columns for sex in SEXES)])
    if both or any(sex in columns for sex in SEXES):
        names = [f"{path}_{sex}" for path in both for sex in SEXES] or list(SEXES)
        if missing := [name for name in names if name not in columns]:
            raise InputError(f"{table.shown}: found students of one sex only\n  allowed: both; missing: {missing[0]}")
        return tuple(columns[name] for name in names)
    paths = _whole_paths([path for path in PATHS if path in columns])
    return tuple(columns[path] for path in paths) if {"BOL", "BBL"} <= {path[:3] for path in paths} else ()


def _whole_paths(paths: Sequence[str]) -> list[str]:
    """Leave out paths that are part of another one, such as BOL_VT of BOL."""
    return [path for path in paths if not any(path.startswith(f"{other}_") for other in paths)]
