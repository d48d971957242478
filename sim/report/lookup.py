"""Single figures out of the study's long tables."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
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


def _missing(row: Mapping[str, object]) -> int:
    value = row.get("n_missing", 0)
    return int(value) if isinstance(value, int | float) else 0


def _records(table: pd.DataFrame) -> Iterable[dict[str, object]]:
    columns = list(table.columns)
    return (dict(zip(columns, row, strict=True)) for row in table.itertuples(index=False, name=None))


def _number(row: Mapping[str, object], column: str) -> float:
    value = row.get(column, math.nan)
    return float(value) if isinstance(value, int | float) else math.nan


def _verdict(row: Mapping[str, object]) -> Verdict:
    found = row.get("verdict")
    if not math.isfinite(_number(row, "mean")):
        return "not measured"
    if found == "more":
        return "more"
    return "less" if found == "less" else "cannot tell"


class Lookup:
    """Figures by scenario, measure, level and unit.

    Parameters
    ----------
    summary, differences
        Tables as ``ReportInput`` describes them.
    """

    def __init__(self, summary: pd.DataFrame, differences: pd.DataFrame) -> None:
        self._figures: dict[Key, Figure] = {}
        self._differences: dict[Key, Difference] = {}
        self._units: dict[tuple[str, str], dict[str, None]] = {}
        for row in _records(summary):
            key = self._key(row)
            self._figures[key] = Figure(*self._parts(row))
            self._units.setdefault(key[1:3], {})[key[3]] = None
        for row in _records(differences):
            self._differences[self._key(row)] = Difference(*self._parts(row), _verdict(row))

    @staticmethod
    def _key(row: Mapping[str, object]) -> Key:
        return (str(row["scenario"]), str(row["measure"]), str(row["level"]), str(row["unit"]))

    @staticmethod
    def _parts(row: Mapping[str, object]) -> tuple[float, float, float, int, int]:
        count = _number(row, "n")
        return (_number(row, "mean"), _number(row, "low"), _number(row, "high"), int(count), _missing(row))

    def figure(self, scenario: str, measure: str, level: str = "total", unit: str = "all") -> Figure:
        """Return the mean of a measure with its interval; ``NO_FIGURE`` if it was not measured."""
        return self._figures.get((scenario, measure, level, unit), NO_FIGURE)

    def difference(self, scenario: str, measure: str, level: str = "total", unit: str = "all") -> Difference:
        """Return the difference of a measure against the reference; ``NO_DIFFERENCE`` if there is none."""
        return self._differences.get((scenario, measure, level, unit), NO_DIFFERENCE)

    def units(self, measure: str, level: str) -> list[str]:
        """List the units for which a measure is known at a level, in the order of the table."""
        return list(self._units.get((measure, level), ()))
