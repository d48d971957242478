"""An assumption: one setting, or a table of settings that move together, between the ends of their ranges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sim.designs.factor import Value, text_of
from sim.parameters.parameter import GRADES, Parameter

FITTED = ("Fit to ", "Set for the reference scenario")
"""How the source of a value begins that was found by fitting the model, not taken from a source."""
MOST_WRITTEN = 3
"""More different values than this are written as the least and the greatest."""


@dataclass(frozen=True)
class Moved:
    """One setting that an assumption moves.

    Attributes
    ----------
    key
        Dotted key of the setting.
    own
        Its value in the scenario.
    low, high
        Where it stands when the assumption is at 0 and at 1; ``low`` is above ``high`` for what falls when the others
        rise. Not used for a choice.
    whole
        Only whole numbers.
    options
        The values of a choice, in order; empty for a number.
    parameter
        What the register says about it.
    """

    key: str
    own: Value
    low: float
    high: float
    whole: bool
    options: tuple[Value, ...]
    parameter: Parameter

    def at(self, level: float) -> Value:
        """Return the value at a level between 0 and 1; of a choice each option has as large a part of it."""
        if self.options:
            return self.options[min(int(level * len(self.options)), len(self.options) - 1)]
        value = self.low + level * (self.high - self.low)
        return round(value) if self.whole else value


@dataclass(frozen=True)
class Assumption:
    """What is varied as one.

    Attributes
    ----------
    key
        Key of the setting; ``*`` stands for every entry of a table.
    moved
        The settings, one or more.
    """

    key: str
    moved: tuple[Moved, ...]

    def values(self, level: float) -> dict[str, Value]:
        """Return the value of each of its settings at a level between 0 (low) and 1 (high)."""
        return {setting.key: setting.at(level) for setting in self.moved}

    @property
    def is_choice(self) -> bool:
        """Whether it is one of some options, not a number."""
        return bool(self.moved[0].options)

    @property
    def grade(self) -> str:
        """Weakest grade of what its settings rest on."""
        return max((setting.parameter.grade for setting in self.moved), key=GRADES.index)

    @property
    def unit(self) -> str:
        """Unit of its settings."""
        return self.moved[0].parameter.unit

    @property
    def sources(self) -> str:
        """What its settings rest on, each source once."""
        return "; ".join(dict.fromkeys(setting.parameter.source for setting in self.moved))

    @property
    def is_fitted(self) -> bool:
        """Whether a value of its settings was found by fitting the model."""
        return any(setting.parameter.source.startswith(FITTED) for setting in self.moved)

    @property
    def own(self) -> tuple[Value, ...]:
        """Values of its settings in the scenario, for writing: see ``few``."""
        return few([setting.own for setting in self.moved])

    def ends_at(self, level: float) -> tuple[Value, ...]:
        """Return the values of its settings at a level, for writing: see ``few``."""
        return few([setting.at(level) for setting in self.moved])


def few(values: Sequence[Value]) -> tuple[Value, ...]:
    """Return equal values once, and of more than three different numbers the least and the greatest."""
    if len({text_of(value) for value in values}) == 1:
        return (values[0],)
    numbers = [value for value in values if isinstance(value, int | float)]
    if len(numbers) == len(values) > MOST_WRITTEN:
        return (min(numbers), max(numbers))
    return tuple(values)


def written(values: Sequence[Value]) -> str:
    """Write values in one cell of a table."""
    return " / ".join(text_of(value) for value in values)


@dataclass(frozen=True)
class LeftOut:
    """A setting that was asked for and is not varied.

    Attributes
    ----------
    key
        Its key.
    reason
        ``absent`` (not in this region), ``switched_off`` (null in the scenario), ``fixed`` (the range is one value),
        ``choice`` (no number, and choices were not asked for), ``differs`` (the scenarios differ in it), ``fitted``
        (found by the fit) or ``excluded``.
    """

    key: str
    reason: str


@dataclass(frozen=True)
class Assumptions:
    """What is varied, and what is not.

    Attributes
    ----------
    varied
        In the order of the scenario.
    left_out
        Settings below the chosen keys that are not varied, with the reason.
    """

    varied: tuple[Assumption, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys of what is varied."""
        return tuple(one.key for one in self.varied)

    def of(self, keys: Sequence[str]) -> tuple[Assumption, ...]:
        """Return some of the assumptions, in the order of their keys."""
        by_key = {one.key: one for one in self.varied}
        return tuple(by_key[key] for key in keys)
