"""Everything that an import of DUO's open data assumes, in plain words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sim.region.build import MunicipalityRow
from sim.region.duo_columns import Location, SectorFile
from sim.region.duo_mbo import LARGE, NATIONAL_MIX, mbo_type
from sim.region.duo_schools import vo_type
from sim.region.duo_table import FEW
from sim.scenario.base import SECTORS

_SHOWN = 12


def assumptions(
    files: Mapping[str, SectorFile],
    places: Sequence[Location],
    towns: Sequence[MunicipalityRow],
    names: Mapping[str, str],
) -> list[str]:
    """Return what was assumed, a line for each thing.

    Parameters
    ----------
    files
        What was read, by sector.
    places
        The schools that were kept, with those without students.
    towns
        The municipalities of the region.
    names
        Name of every municipality, by its key in the files.
    """
    by_gateway = [row.name for row in towns if row.gateway == "toegang"]
    lines = [f"The gateway is a toegang in {listed(by_gateway)}."] if by_gateway else []
    lines.extend(_about_hidden(places))
    lines.extend(_about_vo_types([place for place in places if place.sector == "vo" and place.students]))
    lines.extend(_about_mbo([place for place in places if place.sector == "mbo" and place.students], names))
    lines.extend(_about_living(towns))
    empty = [place.name for place in places if not place.students]
    if empty:
        lines.append(f"Schools without students are left out: {listed(empty)}.")
    return [*lines, *_about_files(files)]


def listed(names: Sequence[str]) -> str:
    """Return the first names of a list, and how many more there are."""
    more = len(names) - _SHOWN
    return ", ".join(names[:_SHOWN]) + (f" and {more} more" if more > 0 else "")


def _about_hidden(places: Sequence[Location]) -> list[str]:
    hidden, at = sum(place.hidden for place in places), len([place for place in places if place.hidden])
    if not hidden:
        return []
    return [
        f"Numbers below five, which DUO hides (<5 or -1), count as {FEW} each; found: {hidden} numbers "
        f"at {at} schools."
    ]


def _about_vo_types(places: Sequence[Location]) -> list[str]:
    taught = [place.name for place in places if vo_type(place.taught)]
    named = [place.name for place in places if not vo_type(place.taught) and vo_type([place.name])]
    neither = [place.name for place in places if not vo_type(place.taught) and not vo_type([place.name])]
    rule = "havo, vwo, gymnasium or lyceum is a; vmbo or praktijkonderwijs is c; both is b"
    lines = []
    if taught:
        lines.append(f"VO schools whose type is judged from the education in the file ({rule}): {listed(taught)}.")
    if named:
        lines.append(f"VO schools whose type is judged from the name ({rule}): {listed(named)}.")
    if neither:
        lines.append(f"VO schools that get type b, since nothing tells: {listed(neither)}.")
    return lines


def _about_mbo(places: Sequence[Location], names: Mapping[str, str]) -> list[str]:
    judged = {place.code: mbo_type(place.taught, place.name, place.students).judged_from for place in places}
    rule = f"a ROC is large from {LARGE:,} students"
    lines = []
    for source, text in (("kind", "kind in the file"), ("name", "name")):
        if at := [place.name for place in places if judged[place.code] == source]:
            lines.append(f"Mbo institutions whose type is judged from the {text} ({rule}): {listed(at)}.")
    if at := [place.name for place in places if not judged[place.code]]:
        lines.append(f"Mbo institutions that are taken for a ROC, since nothing tells ({rule}): {listed(at)}.")
    if at := [place.name for place in places if not place.levels]:
        mix = ", ".join(f"{share:.0%} at level {level}" for level, share in enumerate(NATIONAL_MIX, 1))
        lines.append(f"Mbo institutions of which the file tells no levels get a national mix ({mix}): {listed(at)}.")
    if at := [f"{place.name} ({names[place.town]})" for place in places if len(place.towns) > 1]:
        lines.append(
            f"Mbo institutions in several municipalities stand in the one with most of their students: {listed(at)}."
        )
    return lines


def _about_living(towns: Sequence[MunicipalityRow]) -> list[str]:
    lines = []
    if any(row.area.startswith("rmc-") for row in towns):
        lines.append("The area around a municipality is its RMC region in the file.")
    if made_up := [row.name for row in towns if not row.pupils]:
        lines.append(
            f"DUO's files do not say where mbo students live; made up as places to live are {listed(made_up)}. "
            "Replace them by the municipalities that students come from (columns area and inhabitants)."
        )
    return lines


def _about_files(files: Mapping[str, SectorFile]) -> list[str]:
    lines = [
        f"Rows of the {sector} file that repeat an earlier row exactly are added up too; found: {file.repeated}."
        for sector, file in files.items()
        if file.repeated
    ]
    lines.extend(
        f"There is no {sector} file, so the region has no {sector}." for sector in SECTORS if sector not in files
    )
    dates = {file.date for file in files.values() if file.date}
    if len(dates) > 1:
        lines.append(f"The files are of different dates ({', '.join(sorted(dates))}) and are taken together.")
    return lines
