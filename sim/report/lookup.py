"""Single figures out of the study's long tables."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import pandas as pd

NO_SPREAD = 1e-9

Verdict = Literal["more", "less", "cannot tell", "not measured"]


@dataclass(frozen=True)
class Figure:
    """A mean over replications with its 95% interval.

    Attributes
    ----------
    mean, low, high
        Mean and bounds of its interval; nan where nothing was measured.
    n, n_missing
        Replications with and without a value.
    """

    mean: float
    low: float
    high: float
    n: int
    n_missing: int = 0

    @property
    def known(self) -> bool:
        """Whether there is a value at all."""
        return math.isfinite(self.mean)

    @property
    def spread(self) -> bool:
        """Whether the interval is known and wider than rounding: a figure that chance has a part in."""
        return self.half_width > NO_SPREAD * max(1.0, abs(self.mean))

    @property
    def half_width(self) -> float:
        """Half-width of the interval."""
        return (self.high - self.low) / 2


@dataclass(frozen=True)
class Difference(Figure):
    """A difference against the reference, paired by replication.

    Attributes
    ----------
    verdict
        Whether it is more or less than zero, or cannot be told.
    """

    verdict: Verdict = "not measured"

    @property
    def told(self) -> bool:
        """Whether the model can tell the difference from zero."""
        return self.verdict in ("more", "less")


NO_FIGURE = Figure(math.nan, math.nan, math.nan, 0)
NO_DIFFERENCE = Difference(math.nan, math.nan, math.nan, 0)
Key = tuple[str, str, str, str]
KEYS = ("scenario", "measure", "level", "unit")
# The numbers of a figure, and what stands for each in a table without that column.
ABSENT = {"mean": math.nan, "low": math.nan, "high": math.nan, "n": math.nan, "n_missing": 0}


Column = Sequence[object]


def _column(table: pd.DataFrame, name: str, absent: object) -> Column:
    """Return a column as Python values; one of ``absent`` where the table has none."""
    column: Column = table[name].tolist() if name in table else [absent] * len(table)
    return column


def _verdict(found: object, mean: float) -> Verdict:
    if not math.isfinite(mean):
        return "not measured"
    if found == "more":
        return "more"
    return "less" if found == "less" else "cannot tell"


class _Index:
    """The columns of a table, and at which row each figure stands."""

    def __init__(self, table: pd.DataFrame) -> None:
        self.keys: list[Key] = list(zip(*(table[name].tolist() for name in KEYS), strict=True))
        self._places = {key: place for place, key in enumerate(self.keys)}
        columns = [_column(table, name, absent) for name, absent in ABSENT.items()]
        self._rows = list(zip(*columns, strict=True))
        self._verdicts = _column(table, "verdict", None)

    def place(self, key: Key) -> int | None:
        return self._places.get(key)

    def numbers(self, place: int) -> tuple[float, float, float, int, int]:
        mean, low, high, n, missing = self._rows[place]
        return _number(mean), _number(low), _number(high), int(_number(n)), int(_number(missing))

    def verdict(self, place: int) -> Verdict:
        return _verdict(self._verdicts[place], _number(self._rows[place][0]))


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else math.nan


class Lookup:
    """Figures by scenario, measure, level and unit.

    Parameters
    ----------
    summary, differences
        Tables as ``ReportInput`` describes them.
    """

    def __init__(self, summary: pd.DataFrame, differences: pd.DataFrame) -> None:
        self._figures, self._differences = _Index(summary), _Index(differences)
        self._units: dict[tuple[str, str], dict[str, None]] = {}
        for _, measure, level, unit in self._figures.keys:
            self._units.setdefault((measure, level), {})[unit] = None

    def figure(self, scenario: str, measure: str, level: str = "total", unit: str = "all") -> Figure:
        """Return the mean of a measure with its interval; ``NO_FIGURE`` if it was not measured."""
        place = self._figures.place((scenario, measure, level, unit))
        return NO_FIGURE if place is None else Figure(*self._figures.numbers(place))

    def difference(self, scenario: str, measure: str, level: str = "total", unit: str = "all") -> Difference:
        """Return the difference of a measure against the reference; ``NO_DIFFERENCE`` if there is none."""
        place = self._differences.place((scenario, measure, level, unit))
        if place is None:
            return NO_DIFFERENCE
        return Difference(*self._differences.numbers(place), self._differences.verdict(place))

    def units(self, measure: str, level: str) -> list[str]:
        """List the units for which a measure is known at a level, in the order of the table."""
        return list(self._units.get((measure, level), ()))

    def measures(self, level: str) -> list[str]:
        """List the measures that are known at a level, in the order of the table."""
        return [measure for measure, at in self._units if at == level]

    def units_at(self, level: str) -> set[str]:
        """Return the units of a level for which some measure is known."""
        return {unit for (_, at), units in self._units.items() if at == level for unit in units}
