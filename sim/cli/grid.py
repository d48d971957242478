"""The grid of a sweep: ``grid.KEY=[value,value,...]`` for each key."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from sim.cli.config_files import COMMAND_LINE
from sim.errors import InputError
from sim.runs.settings import RunSettings

PREFIX = "grid."
MEASURES = "measures"
FEWEST_VALUES = 2
MOST_CELLS = 400


@dataclass(frozen=True)
class Cell:
    """One combination of settings.

    Attributes
    ----------
    name
        Name of the cell, for tables and folders.
    values
        Value of each key, as it was typed.
    settings
        As ``key=value``.
    """

    name: str
    values: tuple[str, ...]
    settings: tuple[str, ...]


@dataclass(frozen=True)
class Grid:
    """Keys and the values that each takes; the last key runs fastest."""

    keys: tuple[str, ...]
    values: tuple[tuple[str, ...], ...]

    @property
    def short_keys(self) -> tuple[str, ...]:
        """The last parts of the keys, as few as tell them apart."""
        parts = [key.split(".") for key in self.keys]
        for depth in range(1, max(map(len, parts)) + 1):
            short = tuple(".".join(part[-depth:]) for part in parts)
            if len(set(short)) == len(short):
                break
        return short

    def cells(self) -> list[Cell]:
        """Return every combination."""
        combinations = itertools.product(*self.values)
        return [
            Cell(
                ",".join(f"{key}={_plain(value)}" for key, value in zip(self.short_keys, values, strict=True)),
                values,
                tuple(f"{key}={value}" for key, value in zip(self.keys, values, strict=True)),
            )
            for values in combinations
        ]


def read_grid(settings: Sequence[str]) -> tuple[Grid, list[str]]:
    """Separate the grid from the other settings.

    Parameters
    ----------
    settings
        Everything from the command line, as ``key=value``.

    Returns
    -------
    tuple
        The grid, and the other settings.

    Raises
    ------
    InputError
        If there is no grid, or a key of it is given twice, has fewer than two values, or is not a setting of the
        world.
    """
    others = [text for text in settings if not text.startswith(PREFIX)]
    axes = [_axis(text) for text in settings if text.startswith(PREFIX)]
    if not axes:
        raise InputError("smw sweep: no grid; write for instance 'grid.care.smw.limits.max_conversations=[3,5,8]'")
    keys = tuple(key for key, _ in axes)
    for key in keys:
        if keys.count(key) > 1:
            raise InputError(f"{COMMAND_LINE}, grid.{key}: given more than once; put all values in one list")
        if any(text.partition("=")[0].lstrip("+") == key for text in others):
            raise InputError(f"{COMMAND_LINE}, {key}: is in the grid and also given a value of its own")
    grid = Grid(keys, tuple(values for _, values in axes))
    if len(grid.cells()) > MOST_CELLS:
        raise InputError(f"smw sweep: the grid has {len(grid.cells())} cells; allowed: at most {MOST_CELLS}")
    return grid, others


def read_measures(settings: Sequence[str]) -> tuple[list[str] | None, list[str]]:
    """Separate ``measures=[...]`` from the other settings.

    Returns
    -------
    tuple
        The measures, None if they were not given, and the other settings.
    """
    others = [text for text in settings if text.partition("=")[0] != MEASURES]
    given = [text for text in settings if text.partition("=")[0] == MEASURES]
    if not given:
        return None, others
    return list(_list(MEASURES, given[-1].partition("=")[2])), others


def _axis(text: str) -> tuple[str, tuple[str, ...]]:
    key, _, value = text.removeprefix(PREFIX).partition("=")
    if key.split(".")[0] in RunSettings.model_fields:
        raise InputError(f"{COMMAND_LINE}, grid.{key}: is a setting of the run; a grid takes settings of the world")
    values = _list(f"{PREFIX}{key}", value)
    if len(values) < FEWEST_VALUES:
        raise InputError(f"{COMMAND_LINE}, grid.{key}: found {len(values)} value; a grid needs two or more")
    double = sorted({value for value in values if values.count(value) > 1})
    if double:
        raise InputError(f"{COMMAND_LINE}, grid.{key}: {', '.join(double)} is there more than once")
    return key, values


def _list(key: str, text: str) -> tuple[str, ...]:
    if not (text.startswith("[") and text.endswith("]")) or not text[1:-1].strip():
        raise InputError(f"{COMMAND_LINE}, {key}: found '{text}'; allowed: values in brackets, as in {key}=[a,b,c]")
    return tuple(part.strip() for part in _split(text[1:-1]))


def _split(text: str) -> list[str]:
    """Split at commas that are not inside brackets."""
    return re.findall(r"(?:\[[^\]]*\]|[^,\[])+", text)


def _plain(value: str) -> str:
    return re.sub(r"[^\w.+-]+", "_", value).strip("_") or "empty"
