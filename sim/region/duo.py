"""A region from DUO's open data: which schools are in it, how they become rows, and everything that is assumed."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sim.errors import InputError, nearest
from sim.region.build import MunicipalityRow, SchoolRow, make_region
from sim.region.duo_schools import Location, SectorFile, read_sector, vo_type
from sim.region.duo_table import FEW, read_duo_table
from sim.region.identifiers import ALL

_SHOWN = 12


@dataclass(frozen=True)
class Imported:
    """A region as it was read.

    Attributes
    ----------
    municipalities, schools
        The rows, municipalities by name.
    read
        What was read, a line for each thing.
    assumed
        What was assumed, a line for each thing.
    """

    municipalities: tuple[MunicipalityRow, ...]
    schools: tuple[SchoolRow, ...]
    read: tuple[str, ...]
    assumed: tuple[str, ...]

    def students(self, sector: str) -> int:
        """Return the students of a sector."""
        return sum(row.students for row in self.schools if row.sector == sector)


def import_region(
    name: str,
    po: Path | None,
    vo: Path | None,
    municipalities: Sequence[str] = (),
    wijkteam: Sequence[str] = (),
) -> Imported:
    """Read a region from files of DUO's open data.

    Parameters
    ----------
    name
        Name of the region.
    po
        Pupils of PO by school and age.
    vo
        Pupils of VO by school.
    municipalities
        Municipalities to keep, by name, identifier or number; all when empty.
    wijkteam
        Municipalities whose gateway is a wijkteam; the others have a toegang.

    Raises
    ------
    InputError
        If a file, a row or a name is wrong.
    """
    paths = {"po": po, "vo": vo}
    files = {sector: read_sector(read_duo_table(path), sector) for sector, path in paths.items() if path is not None}
    if not files:
        raise InputError("found no file of schools\n  allowed: po=FILE, vo=FILE, or both")
    names = _town_names(files)
    kept = _chosen("municipalities", municipalities, names) or set(names)
    _check_names(files, names, kept)
    teams = _chosen("wijkteam", wijkteam, {town: names[town] for town in kept})
    places = [place for file in files.values() for place in file.locations if place.town in kept]
    schools = [_school(place, names) for place in places if place.students]
    towns = _municipalities(names, teams, schools)
    make_region(name, towns, schools)
    read = [_read_line(sector, file, kept) for sector, file in files.items()]
    return Imported(tuple(towns), tuple(schools), tuple(read), tuple(_assumed(files, places, towns)))


def identifier(name: str) -> str:
    """Make an identifier of the name of a municipality: lower case, without accents, ``_`` between words."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").lower()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")


def _town_names(files: dict[str, SectorFile]) -> dict[str, str]:
    """Return the name of every municipality by number; one that is not all in capitals goes first."""
    names: dict[str, str] = {}
    for file in files.values():
        for town, name in file.towns.items():
            known = names.setdefault(town, name)
            names[town] = name if known.isupper() else known
    return names


def _check_names(files: dict[str, SectorFile], names: dict[str, str], kept: set[str]) -> None:
    """Check that the files agree on the municipalities that are kept, and that each has a name of its own."""
    for sector, file in files.items():
        for town, name in [(town, name) for town, name in file.towns.items() if town in kept]:
            if identifier(name) != identifier(names[town]):
                raise InputError(
                    f"{sector}: municipality {town} is called '{name}' here and '{names[town]}' in the other file\n"
                    "  allowed: files of the same year, with one name for a number"
                )
    keys = Counter(identifier(name) for name in names.values())
    for town in sorted(kept):
        key = identifier(names[town])
        if key in ("", ALL) or keys[key] > 1:
            raise InputError(
                f"municipality {town} is called '{names[town]}', which cannot be told from another\n"
                "  allowed: a name of its own for every municipality"
            )


def _chosen(argument: str, wanted: Sequence[str], names: dict[str, str]) -> set[str]:
    """Return the numbers of municipalities that were named."""
    by_key = {identifier(name): town for town, name in names.items()}
    chosen = set()
    for word in wanted:
        town = by_key.get(identifier(word)) or (word.zfill(4) if word.zfill(4) in names else None)
        if town is None:
            raise InputError(
                f"{argument}: no schools in municipality '{word}'{nearest(identifier(word), by_key)}\n"
                f"  allowed: {_listed(sorted(by_key))}"
            )
        chosen.add(town)
    return chosen


def _school(place: Location, names: dict[str, str]) -> SchoolRow:
    kind = "" if place.sector == "po" else vo_type(place.taught) or vo_type([place.name]) or "b"
    key = f"{place.sector}-{place.code.lower()}"
    return SchoolRow(key, place.name, place.sector, kind, identifier(names[place.town]), place.students, place.where)


def _municipalities(names: dict[str, str], teams: set[str], schools: Sequence[SchoolRow]) -> list[MunicipalityRow]:
    rows = []
    for town in sorted(names, key=lambda town: identifier(names[town])):
        key = identifier(names[town])
        here = [school.students for school in schools if school.municipality == key]
        gateway = "wijkteam" if town in teams else "toegang"
        if here:
            rows.append(MunicipalityRow(key, names[town], gateway, sum(here)))
    return rows


def _read_line(sector: str, file: SectorFile, kept: set[str]) -> str:
    here = [place for place in file.locations if place.town in kept]
    date = f" of {file.date}" if file.date else ""
    others = len(file.locations) - len(here)
    return (
        f"{sector}: {file.rows} rows{date}, {len(here)} schools with {sum(place.students for place in here)} students"
        + (f"; schools of other municipalities left out: {others}" if others else "")
    )


def _assumed(files: dict[str, SectorFile], places: Sequence[Location], towns: Sequence[MunicipalityRow]) -> list[str]:
    by_gateway = [row.name for row in towns if row.gateway == "toegang"]
    lines = [f"The gateway is a toegang in {_listed(by_gateway)}."] if by_gateway else []
    hidden = sum(place.hidden for place in places)
    if hidden:
        at = len([place for place in places if place.hidden])
        lines.append(
            f"Numbers below five, which DUO hides (<5 or -1), count as {FEW} each; found: {hidden} numbers "
            f"at {at} schools."
        )
    lines.extend(_about_types([place for place in places if place.sector == "vo" and place.students]))
    empty = [place.name for place in places if not place.students]
    if empty:
        lines.append(f"Schools without students are left out: {_listed(empty)}.")
    for sector, file in files.items():
        if file.repeated:
            lines.append(
                f"Rows of the {sector} file that repeat an earlier row exactly are added up too; "
                f"found: {file.repeated}."
            )
    lines.extend(f"There is no {sector} file, so the region has no {sector}." for sector in _absent(files))
    dates = {file.date for file in files.values() if file.date}
    if len(dates) > 1:
        lines.append(f"The files are of different dates ({', '.join(sorted(dates))}) and are taken together.")
    return lines


def _absent(files: dict[str, SectorFile]) -> list[str]:
    return [sector for sector in ("po", "vo") if sector not in files]


def _about_types(places: Sequence[Location]) -> list[str]:
    taught = [place.name for place in places if vo_type(place.taught)]
    named = [place.name for place in places if not vo_type(place.taught) and vo_type([place.name])]
    neither = [place.name for place in places if not vo_type(place.taught) and not vo_type([place.name])]
    rule = "havo, vwo, gymnasium or lyceum is a; vmbo or praktijkonderwijs is c; both is b"
    lines = []
    if taught:
        lines.append(f"VO schools whose type is judged from the education in the file ({rule}): {_listed(taught)}.")
    if named:
        lines.append(f"VO schools whose type is judged from the name ({rule}): {_listed(named)}.")
    if neither:
        lines.append(f"VO schools that get type b, since nothing tells: {_listed(neither)}.")
    return lines


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _SHOWN
    return ", ".join(names[:_SHOWN]) + (f" and {more} more" if more > 0 else "")
