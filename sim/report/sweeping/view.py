"""A sweep in one language: names of settings, values, points and measures as a reader sees them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from sim.designs.design import short_keys
from sim.designs.factor import Value, number_of, text_of
from sim.questions.sweeping.frontiers import Frontier
from sim.questions.sweeping.sweep import Sweep
from sim.report.catalogue import measure_of
from sim.report.heatmap import title_of
from sim.report.language import MISSING, Language, digits_for
from sim.scenario import Scenario
from sim.statistics.intervals import Intervals

MOST_KEYS_TOLD = 4
FIGURES = 4
PERCENT = ("funding.scale",)
RULE = "spreading.rule"


@dataclass(frozen=True)
class SweepView:
    """A sweep and a language.

    Attributes
    ----------
    sweep
        What was run.
    frontiers
        Its frontiers.
    effects
        What each key of a grid does by itself, as ``effects_table`` gives it; None if there is no such table.
    language
        The language in which it is shown.
    scenario
        The scenario of the first point.
    """

    sweep: Sweep
    frontiers: tuple[Frontier, ...]
    effects: pd.DataFrame | None
    language: Language
    scenario: Scenario

    def text(self, key: str, **fields: object) -> str:
        """Return a text of this page."""
        return self.language.text(f"sweep.{key}", **fields)

    def key(self, key: str) -> str:
        """Name a setting for people: a name of its own, or the end of its key."""
        own = f"sweep.key.{key}"
        if self.language.has(own):
            return self.language.text(own)
        keys = self.sweep.design.keys
        return short_keys(keys)[keys.index(key)] if key in keys else key

    def value(self, key: str, value: Value) -> str:
        """Write a value of a setting for people."""
        if value is None:
            return self.text("null")
        if isinstance(value, bool):
            return self.text("yes" if value else "no")
        number = number_of(value)
        if math.isfinite(number):
            scaled = key.startswith(PERCENT)
            return self.plain(100.0 * number if scaled else number) + ("%" if scaled else "")
        words = text_of(value)
        return self.language.name("sweep.rule", words) if key.startswith(RULE) else words

    def plain(self, number: float) -> str:
        """Write a number with no more decimals than it needs, four figures at most."""
        if number == 0.0:
            return self.language.number(0.0)
        most = max(0, FIGURES - 1 - math.floor(math.log10(abs(number))))
        digits = next((digits for digits in range(most) if math.isclose(round(number, digits), number)), most)
        return self.language.number(number, digits)

    def point(self, number: int) -> str:
        """Name a point for people: its values, or its name where these are many."""
        point = self.sweep.design.points[number]
        varied = [key for key in self.sweep.design.varied if key in point.values]
        if self.sweep.design.kind == "own" or len(varied) > MOST_KEYS_TOLD:
            return point.name
        told = (self.text("pair", setting=self.key(key), value=self.value(key, point.values[key])) for key in varied)
        return "; ".join(told) or point.name

    def measure(self, measure: str) -> str:
        """Name a measure for people, with its unit."""
        return title_of(measure, self.language)

    def amount(self, measure: str, value: float, digits: int | None = None) -> str:
        """Write a value of a measure."""
        shown = measure_of(measure)
        digits = shown.digits if digits is None else digits
        if shown.kind == "share":
            return self.language.percent(value, digits)
        if shown.kind == "euros":
            return self.language.euros(value)
        return self.language.number(value, digits)

    def interval(self, measure: str, low: float, high: float) -> str:
        """Write an interval of a measure; empty if it is not known or has no width."""
        if not (math.isfinite(low) and math.isfinite(high)) or low == high:
            return ""
        return self.language.text("bounds.plain", low=self.amount(measure, low), high=self.amount(measure, high))

    def change(self, measure: str, mean: float, half_width: float) -> tuple[str, str, str]:
        """Write a difference with its bounds, each with its sign; of shares in percentage points."""
        is_share = measure_of(measure).kind == "share"
        mean, half_width = (100.0 * part if is_share else part for part in (mean, half_width))
        digits = digits_for(mean, half_width)

        def written(value: float) -> str:
            words = self.language.number(value, digits) if is_share else self.amount(measure, value, digits)
            return ("+" if value > 0 else "") + words

        return written(mean), written(mean - half_width), written(mean + half_width)

    def figure(self, measure: str, found: Intervals, number: int, missing: int = 0) -> tuple[str, str]:
        """Write the mean of a point, with a star if it is not known everywhere, and its interval."""
        mean, half = float(found.mean[number]), float(found.half_width[number])
        if not math.isfinite(mean):
            return MISSING, ""
        star = "*" if missing else ""
        return self.amount(measure, mean) + star, self.interval(measure, mean - half, mean + half)

    @property
    def region(self) -> str:
        """The region's name for people."""
        label = self.scenario.region.label
        return label.nl if self.language.code == "nl" else label.en

    @property
    def scenario_name(self) -> str:
        """The scenario's name for people."""
        label = self.scenario.label
        return label.nl if self.language.code == "nl" else label.en

    @property
    def period(self) -> tuple[date, date]:
        """First and last day of the measuring period."""
        horizon = self.scenario.horizon
        first = horizon.start_year + horizon.warm_up_years
        return date(first, 8, 1), date(first + horizon.measure_years, 7, 31)

    @property
    def shape(self) -> tuple[int, ...]:
        """Number of values of each varied key of a grid."""
        return tuple(len(self.sweep.design.values(key)) for key in self.sweep.design.keys)

    def numeric(self, key: str) -> bool:
        """Tell whether all values of a key are numbers."""
        return bool(np.isfinite([number_of(value) for value in self.sweep.design.values(key)]).all())
