"""Read today's waiting lists and caseloads: a CSV file with a number for each place and state."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from sim.errors import InputError, unknown_name
from sim.region.build import MOST_STUDENTS
from sim.region.csv_table import Line, read_table
from sim.region.identifiers import index_of
from sim.region.region import PRESENT_STATES, Present, Region

COLUMNS = ("place", "state", "number")
REGION = "region"


def read_present(path: Path, shown: str, region: Region) -> Present:
    """Read the present waiting lists and caseloads of a region.

    Parameters
    ----------
    path
        The file, with the columns ``place``, ``state`` and ``number``.
    shown
        How messages call the file.
    region
        Its schools and municipalities are the places; the word ``region`` stands for care of the whole region.

    Returns
    -------
    Present
        The numbers, in the order of the rows.

    Raises
    ------
    InputError
        If a place or a state is unknown, a place stands there twice with a state, a number is no whole number of 0 or
        more, or a school has more students waiting and in contact than it has students.
    """
    lines = read_table(path, shown, COLUMNS)
    states = [_state(line) for line in lines]
    places = [_place(line, state, region) for line, state in zip(lines, states, strict=True)]
    numbers = [_number(line) for line in lines]
    _check_each_once(lines, list(zip(places, states, strict=True)))
    kinds = tuple(PRESENT_STATES[state] for state in states)
    present = Present(tuple(states), kinds, np.array(places, dtype=np.int64), np.array(numbers, dtype=np.int64))
    _check_schools(shown, present, region)
    return present


def _state(line: Line) -> str:
    state = line.cells["state"]
    if state not in PRESENT_STATES:
        raise unknown_name(f"{line.where}, column state", "state", state, PRESENT_STATES)
    return state


def _place(line: Line, state: str, region: Region) -> int:
    where, found, kind = f"{line.where}, column place", line.cells["place"], PRESENT_STATES[state]
    if kind == "school":
        return index_of(where, f"school for {state}", found, region.school_ids)
    if kind == "municipality":
        return index_of(where, f"municipality for {state}", found, region.municipality_ids)
    return index_of(where, f"place for {state}", found, (REGION,))


def _number(line: Line) -> int:
    number = line.whole_number("number")
    if not 0 <= number <= MOST_STUDENTS:
        where = f"{line.where}, column number"
        raise InputError(f"{where}: found {number}\n  allowed: a whole number from 0 to {MOST_STUDENTS}")
    return number


def _check_each_once(lines: list[Line], keys: list[tuple[int, str]]) -> None:
    taken: dict[tuple[int, str], str] = {}
    for line, key in zip(lines, keys, strict=True):
        if key in taken:
            raise InputError(
                f"{line.where}, column place: found '{line.cells['place']}' with '{key[1]}' again; "
                f"{taken[key]} has it\n  allowed: each place only once with a state"
            )
        taken[key] = line.where


def _check_schools(shown: str, present: Present, region: Region) -> None:
    at_school = np.array([kind == "school" for kind in present.kind], dtype=np.bool_)
    total = np.bincount(present.place[at_school], weights=present.number[at_school], minlength=len(region.school_ids))
    for school in np.flatnonzero(total > region.students)[:1]:
        raise InputError(
            f"{shown}, column number: found {total[school]:.0f} students of '{region.school_ids[school]}' waiting or "
            f"in contact\n  allowed: at most its {region.students[school]} students together"
        )
