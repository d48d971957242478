"""A factor: a setting or a group of settings that is varied, over a list of values or over a range."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from sim.errors import InputError

Value: TypeAlias = "bool | int | float | str | date | tuple[Value, ...] | None"
"""What a setting can be, as it stands in YAML; lists are tuples."""

FEWEST_VALUES = 2
EXPONENT = re.compile(r"[-+]?\d+(\.\d*)?[eE][-+]?\d+")
"""Numbers such as 1e-3, which other programs write and YAML 1.1 takes for words."""


@dataclass(frozen=True)
class Levels:
    """A factor with a list of values.

    Attributes
    ----------
    key
        Dotted key of a setting, or the name of a config group.
    values
        The values, each different, two or more.
    where
        Where the user wrote them, for messages.
    """

    key: str
    values: tuple[Value, ...]
    where: str = "command line"

    def __post_init__(self) -> None:
        """Check that there is something to vary."""
        texts = [text_of(value) for value in self.values]
        if len(texts) < FEWEST_VALUES:
            raise InputError(f"{self.where}: found {len(texts)} value; allowed: two or more")
        double = sorted({text for text in texts if texts.count(text) > 1})
        if double:
            raise InputError(f"{self.where}: {', '.join(double)} is there more than once; allowed: different values")

    def at(self, share: float) -> Value:
        """Return the value at a place between 0 and 1; each value has as large a part of it."""
        return self.values[min(int(share * len(self.values)), len(self.values) - 1)]


@dataclass(frozen=True)
class Range:
    """A factor that takes any value between two bounds.

    Attributes
    ----------
    key
        Dotted key of a setting with a number.
    low, high
        Bounds, ``low`` below ``high``, in the unit of the setting.
    whole
        Only whole numbers, both bounds included.
    where
        Where the user wrote it, for messages.
    """

    key: str
    low: float
    high: float
    whole: bool = False
    where: str = "command line"

    def __post_init__(self) -> None:
        """Check the bounds."""
        if not (math.isfinite(self.low) and math.isfinite(self.high) and self.low < self.high):
            raise InputError(
                f"{self.where}: found {self.low:g} to {self.high:g}; allowed: two numbers, the lower one first"
            )
        if self.whole and not (float(self.low).is_integer() and float(self.high).is_integer()):
            raise InputError(
                f"{self.where}: found {self.low:g} to {self.high:g}; {self.key} takes whole numbers, so whole bounds"
            )

    def at(self, share: float) -> Value:
        """Return the value at a place between 0 and 1; whole numbers each have as large a part of it."""
        if not self.whole:
            return self.low + share * (self.high - self.low)
        number = int(self.high) - int(self.low) + 1
        return int(self.low) + min(int(share * number), number - 1)


Factor: TypeAlias = Levels | Range


def text_of(value: Value) -> str:
    """Write a value as it stands on the command line; numbers with at most 6 figures."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int | float):
        return f"{value:.6g}" if isinstance(value, float) else str(value)
    if isinstance(value, tuple):
        return f"[{','.join(text_of(part) for part in value)}]"
    return str(value)


def number_of(value: Value) -> float:
    """Return a value as a number, NaN if it is none."""
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else math.nan


def value_of(found: object, where: str) -> Value:
    """Return what was read from YAML as a value; lists become tuples.

    Raises
    ------
    InputError
        If it is a table of settings.
    """
    if isinstance(found, list | tuple):
        return tuple(value_of(part, where) for part in found)
    if isinstance(found, str) and EXPONENT.fullmatch(found):
        return float(found)
    if isinstance(found, Mapping) or not (found is None or isinstance(found, bool | int | float | str | date)):
        raise InputError(f"{where}: found '{found}'; allowed: numbers, words, true, false, null and lists of them")
    return found
