"""From the words of ``smw sweep`` to a design: ``grid.KEY``, ``range.KEY``, ``design`` and ``points``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import yaml

from sim.cli.config_files import COMMAND_LINE
from sim.designs.design import Design, Kind
from sim.designs.design_csv import read_design
from sim.designs.factor import Factor, Levels, Value, value_of
from sim.designs.grid import grid
from sim.designs.samples import sample
from sim.designs.setting_range import range_of
from sim.errors import InputError, unknown_name

GRID, RANGE = "grid.", "range."
AUTO, CSV = "auto", ".csv"
SAMPLES: tuple[Kind, ...] = ("lhs", "sobol", "morris")
DEFAULT_GRID = {
    "funding.scale": "[0,0.5,1,1.5,2]",
    "spreading.rule": "[per_student,equal,base_plus_flexible]",
    "care.smw.limits.max_conversations": "[3,5,null]",
}
"""Money from none to twice as much, times rules for spreading hours, times a cap on the conversations of a case."""
DEFAULT_REFERENCE: dict[str, Value] = {
    "funding.scale": 1,
    "spreading.rule": "per_student",
    "care.smw.limits.max_conversations": None,
}
"""The point of the default grid that the others are compared with: the money as it is."""


@dataclass(frozen=True)
class DesignWords:
    """What a person typed about the design.

    Attributes
    ----------
    varied
        Values of each ``grid.KEY`` and ``range.KEY``, as text, in the order in which they were typed.
    others
        The other words.
    """

    varied: Mapping[str, str]
    others: tuple[str, ...]


def read_design_words(words: Sequence[str]) -> DesignWords:
    """Separate what is varied from the other settings.

    Raises
    ------
    InputError
        If a key is varied twice.
    """
    varied: dict[str, str] = {}
    others: list[str] = []
    keys: set[str] = set()
    for word in words:
        name, equals, text = word.partition("=")
        if not (equals and name.startswith((GRID, RANGE))):
            others.append(word)
            continue
        key = key_of(name)
        if key in keys:
            raise InputError(f"{COMMAND_LINE}, {name}: {key} is given more than once; put all values in one list")
        keys.add(key)
        varied[name] = text.strip()
    return DesignWords(varied, tuple(others))


def key_of(name: str) -> str:
    """Return the setting that a word such as ``grid.care.smw.gap_days`` is about."""
    return name.removeprefix(GRID).removeprefix(RANGE)


def make_design(words: DesignWords, kind: str, points: int | None, seed: int) -> Design:
    """Make the design that was asked for.

    Parameters
    ----------
    words
        What is varied; the default grid if nothing is and no kind was asked for.
    kind
        ``auto`` (a sample if something has a range, otherwise a grid), ``grid``, ``lhs``, ``sobol``, ``morris``, or a
        CSV file.
    points
        How many points a sample has.
    seed
        Seed of the sample.

    Raises
    ------
    InputError
        If these do not go together.
    """
    if kind.endswith(CSV):
        return _own(words, kind, points)
    if kind not in (AUTO, "grid", *SAMPLES):
        raise unknown_name(f"{COMMAND_LINE}, design", "design", kind, (*get_args(Kind)[:-1], AUTO, "FILE.csv"))
    if not words.varied and kind in SAMPLES:
        raise InputError(f"design={kind}: nothing is varied; write for instance range.funding.scale=[0,2]")
    factors = [_factor(name, text) for name, text in words.varied.items()] or default_factors()
    ranges = [factor for factor in factors if not isinstance(factor, Levels)]
    if kind in SAMPLES or (kind == AUTO and ranges):
        chosen = next((name for name in SAMPLES if name == kind), SAMPLES[0])
        return sample(chosen, factors, points, seed)
    if ranges:
        raise InputError(
            f"{ranges[0].where}: a grid needs a list of values, or give design=lhs for points in a range"
        )
    if points is not None:
        raise InputError(
            f"{COMMAND_LINE}, points: a grid has as many points as it has; allowed with design=lhs or so"
        )
    return grid([factor for factor in factors if isinstance(factor, Levels)])


def default_factors() -> list[Factor]:
    """Return what is varied when nothing was asked for."""
    return [_factor(f"{GRID}{key}", text) for key, text in DEFAULT_GRID.items()]


def _own(words: DesignWords, kind: str, points: int | None) -> Design:
    if words.varied or points is not None:
        extra = next(iter(words.varied), "points")
        raise InputError(f"{COMMAND_LINE}, {extra}: a design of your own ({kind}) says itself what is varied")
    return read_design(Path(kind))


def _factor(name: str, text: str) -> Factor:
    where = f"{COMMAND_LINE}, {name}"
    try:
        value = value_of(yaml.safe_load(text), where)
    except yaml.YAMLError:
        raise InputError(f"{where}: found '{text}'; allowed: values in brackets, as in {name}=[a,b,c]") from None
    if name.startswith(RANGE):
        return range_of(key_of(name), value, where)
    return Levels(key_of(name), _values(name, value, text), where)


def _values(name: str, value: Value, text: str) -> tuple[Value, ...]:
    if not isinstance(value, tuple) or not value:
        raise InputError(f"{COMMAND_LINE}, {name}: found '{text}'; allowed: values in brackets, as in {name}=[a,b,c]")
    return value
