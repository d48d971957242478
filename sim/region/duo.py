"""A region from DUO's open data: which schools are in it, and how they become rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sim.errors import InputError, nearest
from sim.region.build import MunicipalityRow, SchoolRow, make_region
from sim.region.duo_assumed import assumptions, listed
from sim.region.duo_columns import Location, SectorFile
from sim.region.duo_mbo import NAMED, levels_of, mbo_type, read_mbo
from sim.region.duo_residence import places_to_live
from sim.region.duo_schools import read_sector, vo_type
from sim.region.duo_table import read_duo_table
from sim.region.identifiers import ALL, identifier


@dataclass(frozen=True)
class Imported:
    """A region as it was read.

    Attributes
    ----------
    municipalities, schools
        The rows, municipalities by name; made-up places to live last.
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
    paths: Mapping[str, Path],
    municipalities: Sequence[str] = (),
    wijkteam: Sequence[str] = (),
) -> Imported:
    """Read a region from files of DUO's open data.

    Parameters
    ----------
    name
        Name of the region.
    paths
        Files by sector: pupils of PO by school and age, pupils of VO by school, students of mbo by institution.
    municipalities
        Municipalities to keep, by name, identifier or number; all when empty.
    wijkteam
        Municipalities whose gateway is a wijkteam; the others have a toegang.

    Raises
    ------
    InputError
        If a file, a row or a name is wrong.
    """
    files = _joined({sector: _read(sector, path) for sector, path in paths.items()})
    if not files:
        raise InputError("found no file of schools\n  allowed: po=FILE, vo=FILE or mbo=FILE, or several of them")
    names = _town_names(files)
    kept = _chosen("municipalities", municipalities, names) or set(names)
    _check_names(files, names, kept)
    teams = _chosen("wijkteam", wijkteam, {town: names[town] for town in kept})
    places = [place for file in files.values() for place in file.locations if place.town in kept]
    schools = [_school(place, names) for place in places if place.students]
    towns = places_to_live(_municipalities(names, teams, schools), schools, _areas(files, names))
    make_region(name, towns, schools)
    read = [_read_line(sector, file, kept) for sector, file in files.items()]
    return Imported(tuple(towns), tuple(schools), tuple(read), tuple(assumptions(files, places, towns, names)))


def _read(sector: str, path: Path) -> SectorFile:
    table = read_duo_table(path)
    return read_mbo(table) if sector == "mbo" else read_sector(table, sector)


def _joined(files: dict[str, SectorFile]) -> dict[str, SectorFile]:
    """Give municipalities that a file knows by name only the number that another file has for that name."""
    numbers = {
        NAMED + identifier(name): town
        for file in files.values()
        for town, name in file.towns.items()
        if not town.startswith(NAMED)
    }
    return {sector: _numbered(file, numbers) for sector, file in files.items()}


def _numbered(file: SectorFile, numbers: Mapping[str, str]) -> SectorFile:
    if not any(town.startswith(NAMED) for town in file.towns):
        return file
    locations = tuple(
        replace(
            place,
            town=numbers.get(place.town, place.town),
            towns={numbers.get(town, town): students for town, students in place.towns.items()},
        )
        for place in file.locations
    )
    return replace(
        file, locations=locations, towns={numbers.get(town, town): name for town, name in file.towns.items()}
    )


def _areas(files: Mapping[str, SectorFile], names: Mapping[str, str]) -> dict[str, str]:
    """Return the RMC region by identifier of the municipality; the first file that tells it goes first."""
    areas: dict[str, str] = {}
    for file in files.values():
        for town, area in file.areas.items():
            if town in names:
                areas.setdefault(identifier(names[town]), area)
    return areas


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
                f"  allowed: {listed(sorted(by_key))}"
            )
        chosen.add(town)
    return chosen


def _school(place: Location, names: Mapping[str, str]) -> SchoolRow:
    return SchoolRow(
        f"{place.sector}-{place.code.lower()}",
        place.name,
        place.sector,
        _type(place),
        identifier(names[place.town]),
        place.students,
        levels_of(place) if place.sector == "mbo" else None,
        place.where,
    )


def _type(place: Location) -> str:
    if place.sector == "mbo":
        return mbo_type(place.taught, place.name, place.students).type
    return "" if place.sector == "po" else vo_type(place.taught) or vo_type([place.name]) or "b"


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
