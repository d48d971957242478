"""A design: points in order, each with a value for some settings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from sim.designs.factor import Value, text_of

Kind = Literal["grid", "lhs", "sobol", "morris", "own"]
COMMAND_LINE = "command line"
LONGEST_NAME = 120
_NOT_IN_NAMES = re.compile(r"[^\w.+-]+")


@dataclass(frozen=True)
class Point:
    """One point of a design.

    Attributes
    ----------
    name
        Name of the point, its own in the design, for tables.
    values
        Value of each key that it sets.
    where
        Where the user wrote it, for messages.
    """

    name: str
    values: Mapping[str, Value]
    where: str = COMMAND_LINE

    def text(self, key: str) -> str:
        """Write the value of a key; empty if the point leaves it as it is."""
        return text_of(self.values[key]) if key in self.values else ""


@dataclass(frozen=True)
class Design:
    """Points in order.

    Attributes
    ----------
    kind
        How the points were chosen.
    keys
        What the points set, in order.
    points
        The points.
    """

    kind: Kind
    keys: tuple[str, ...]
    points: tuple[Point, ...]

    @cached_property
    def varied(self) -> tuple[str, ...]:
        """Return the keys that do not have the same value at all points, in order."""
        return tuple(key for key in self.keys if len({point.text(key) for point in self.points}) > 1)

    def values(self, key: str) -> tuple[Value, ...]:
        """Return the different values of a key, in the order of first appearance."""
        found = {text_of(point.values[key]): point.values[key] for point in self.points if key in point.values}
        return tuple(found.values())


def short_keys(keys: Sequence[str]) -> tuple[str, ...]:
    """Return the last parts of keys, as few as tell them apart.

    >>> short_keys(["care.smw.gap_days", "funding"])
    ('gap_days', 'funding')
    """
    parts = [key.split(".") for key in keys]
    for depth in range(1, max(map(len, parts), default=1) + 1):
        short = tuple(".".join(part[-depth:]) for part in parts)
        if len(set(short)) == len(short):
            return short
    return tuple(keys)


def name_of(values: Mapping[str, Value]) -> str:
    """Name a point after its values: letters, digits and ``. _ = + , -`` only."""
    short = short_keys(list(values))
    return ",".join(f"{key}={plain(text_of(value))}" for key, value in zip(short, values.values(), strict=True))


def plain(text: str) -> str:
    """Return text with only what a name may hold."""
    return _NOT_IN_NAMES.sub("_", text).strip("_") or "empty"


def unique(names: Iterable[str]) -> list[str]:
    """Shorten long names, and number those that stand there again: ``a, b, a`` becomes ``a, b, a.2``."""
    times: dict[str, int] = {}
    found: list[str] = []
    for long in names:
        name = long[:LONGEST_NAME]
        times[name] = times.get(name, 0) + 1
        found.append(name if times[name] == 1 else f"{name}.{times[name]}")
    return found


def numbered(prefix: str, count: int) -> list[str]:
    """Return names such as ``lhs_007``, as wide as the last one."""
    width = len(str(count))
    return [f"{prefix}_{number:0{width}d}" for number in range(1, count + 1)]
