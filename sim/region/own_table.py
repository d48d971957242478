"""Read the user's own table of hours: a CSV file with the weight of every school."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from sim.errors import InputError
from sim.region.csv_table import Line, read_table
from sim.region.identifiers import index_of
from sim.region.region import FloatArray, Region

COLUMNS = ("school", "weight")
_NUMBER = re.compile(r"[0-9]{1,12}([.,][0-9]{1,9})?")
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")


def read_own_table(path: Path, shown: str, region: Region, sectors: Sequence[int]) -> FloatArray:
    """Read the weight of each school of a region.

    Parameters
    ----------
    path
        The file, with the columns ``school`` and ``weight``.
    shown
        How messages call the file.
    region
        The schools.
    sectors
        Indices of the sectors that are spread by the table: all their schools must be in it.

    Returns
    -------
    FloatArray
        Weights of 0 or more, shape (s,); 0 for schools of other sectors that are not in the table.

    Raises
    ------
    InputError
        If a school is unknown, double or missing, a weight is no number, or a sector has no weight at all.
    """
    taken: dict[int, str] = {}
    weights = np.zeros(len(region.school_ids))
    for line in read_table(path, shown, COLUMNS):
        where = f"{line.where}, column school"
        school = index_of(where, "school", line.cells["school"], region.school_ids)
        if school in taken:
            found = region.school_ids[school]
            raise InputError(f"{where}: found '{found}' again; {taken[school]} has it\n  allowed: each only once")
        taken[school] = line.where
        weights[school] = _weight(line)
    for sector in sectors:
        _check_sector(shown, region, sector, weights, taken)
    return weights


def _weight(line: Line) -> float:
    text, where = line.cells["weight"], f"{line.where}, column weight"
    found = f"found '{text[:40]}'" if text else "found nothing"
    if not _NUMBER.fullmatch(text):
        raise InputError(f"{where}: {found}\n  allowed: a number of 0 or more, such as 40 or 2.5")
    if _THOUSANDS.fullmatch(text):
        raise InputError(
            f"{where}: {found}, which can be read in two ways\n  allowed: 1250 for thousands, 1.25 for parts"
        )
    return float(text.replace(",", "."))


def _check_sector(shown: str, region: Region, sector: int, weights: FloatArray, taken: dict[int, str]) -> None:
    schools = np.flatnonzero((region.sector == sector) & (region.students > 0)).tolist()
    missing = [region.school_ids[school] for school in schools if school not in taken]
    if missing:
        named = ", ".join(missing[:5]) + (f" and {len(missing) - 5} more" if len(missing) > 5 else "")
        raise InputError(
            f"{shown}, column school: no row for {named}\n"
            "  allowed: one row for every school that is spread by this table (0 for no hours)"
        )
    if schools and not weights[schools].any():
        name = region.sector_names[schools[0]]
        raise InputError(f"{shown}, column weight: found only 0 for {name}\n  allowed: a weight above 0 somewhere")
