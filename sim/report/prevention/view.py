"""What the page knows: the tables of the question and a language, and how numbers of these tables are written."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from sim.questions.prevention.answer import Prevention
from sim.questions.prevention.boxes import Discovery
from sim.questions.prevention.sign_map import SignMap
from sim.report.language import Language, digits_for

MAIN_PLACE, MAIN_WHAT = "youth_care", "requests"
PLACES = ("youth_care", "gateway")


@dataclass(frozen=True)
class Estimate:
    """A mean with its 95% interval; NaN bounds where there is none."""

    mean: float
    low: float
    high: float

    @property
    def verdict(self) -> str:
        """``more``, ``less``, or ``unclear`` where the interval holds zero or is not known."""
        return "more" if self.low > 0.0 else "less" if self.high < 0.0 else "unclear"


@dataclass(frozen=True)
class PreventionView:
    """The tables and the language.

    Attributes
    ----------
    found
        Net change, mechanisms, groups and so on.
    signs
        The sign map; None if it was not made.
    discovery
        The boxes of assumptions; None if they were not looked for.
    language
        The language.
    """

    found: Prevention
    signs: SignMap | None
    discovery: Discovery | None
    language: Language

    @property
    def regions(self) -> tuple[str, ...]:
        """Names of the regions, in order."""
        return tuple(str(name) for name in self.found.places["region"])

    def region(self, name: str) -> str:
        """Return the name of a region for people; that of the scenario too if several share a region."""
        places = self.found.places
        row = places[places["region"] == name].iloc[0]
        label = str(row[f"region_{self.language.code}"])
        shared = int((places[f"region_{self.language.code}"] == label).sum()) > 1
        return f"{label}, {row[f'label_{self.language.code}']}" if shared else label

    def contributions(self, region: str, place: str) -> pd.DataFrame:
        """Return what each mechanism adds to requests, with the column ``assumed``.

        The total is that of the scenario. A mechanism that the scenario does not have stands there with the effect
        that was assumed for it, which is not in the total.
        """
        settings = pick(self.found.mechanisms, region=region)
        assumed = set(settings.loc[settings["assumed"], "mechanism"])
        own, other = (
            pick(table, region=region, place=place, what=MAIN_WHAT).reset_index(drop=True)
            for table in (self.found.shapley_of_scenario, self.found.shapley)
        )
        is_assumed = own["mechanism"].isin(assumed)
        return own.where(~is_assumed, other).assign(assumed=is_assumed)

    def text(self, key: str, **fields: object) -> str:
        """Return a text of this page."""
        return self.language.text(f"prevention.{key}", **fields)

    def amount(self, one: Estimate, signed: bool = True) -> str:
        """Write a mean with as many decimals as its interval is worth."""
        return self._signed(one.mean if signed else abs(one.mean), self.digits(one), signed)

    def interval(self, one: Estimate, signed: bool = True) -> str:
        """Write the interval of an estimate; without signs the smaller amount comes first."""
        digits = self.digits(one)
        ends = (one.low, one.high) if signed else sorted((abs(one.low), abs(one.high)))
        low, high = (self._signed(end, digits, signed) for end in ends)
        return self.language.text("bounds.plain", low=low, high=high)

    def digits(self, one: Estimate) -> int:
        """Choose the decimals of an estimate."""
        return digits_for(one.mean, (one.high - one.low) / 2.0)

    def tick(self, value: float, signed: bool = True, most: int = 2) -> str:
        """Write a number for an axis or a map: at most so many decimals, none that are zero."""
        rounded = round(value, most)
        digits = 0 if rounded == int(rounded) else 1 if round(rounded, 1) == rounded else 2
        return self._signed(rounded, digits, signed)

    def _signed(self, value: float, digits: int, signed: bool) -> str:
        written = self.language.number(value, digits)
        return f"+{written}" if signed and round(value, digits) > 0.0 else written


def pick(table: pd.DataFrame, **keys: object) -> pd.DataFrame:
    """Return the rows of a table in which columns have these values."""
    chosen = table
    for column, value in keys.items():
        chosen = chosen[chosen[column] == value]
    return chosen


def estimate(row: pd.Series, mean: str = "mean", prefix: str = "") -> Estimate:
    """Return the estimate of a row.

    Parameters
    ----------
    row
        A row with a mean and its bounds.
    mean
        Column of the mean.
    prefix
        What stands before ``low`` and ``high`` in the names of the bounds.
    """
    return Estimate(float(row[mean]), float(row[f"{prefix}low"]), float(row[f"{prefix}high"]))


def one_of(table: pd.DataFrame, **keys: object) -> Estimate:
    """Return the estimate in the only row with these values."""
    rows = pick(table, **keys)
    assert len(rows) == 1, keys
    return estimate(rows.iloc[0])


def ratio_of(net: pd.Series) -> Estimate:
    """Return demand with SMW over demand without, from a row of ``net``.

    The interval is that of the paired difference over the mean without SMW, which is known far better.
    """
    base = float(net["without_smw"])
    if base <= 0.0:
        return Estimate(*[float("nan")] * 3)
    return Estimate(*(1.0 + float(net[column]) / base for column in ("mean", "low", "high")))
