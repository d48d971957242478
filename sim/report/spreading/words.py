"""The answer in one language: names of rules, places and tasks, and changes with their intervals."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from sim.questions.spreading import SpreadingAnswer
from sim.questions.spreading.options import ALL, OWN
from sim.questions.spreading.places import Place
from sim.questions.spreading.sectors_and_tasks import Values
from sim.report.catalogue import measure_of
from sim.report.heatmap import title_of
from sim.report.language import MISSING, Language, digits_for
from sim.scenario.base import SECTORS

PERCENT = 100.0


@dataclass(frozen=True)
class Range:
    """A mean with its interval; NaN where it is not known."""

    mean: float
    low: float
    high: float

    @property
    def half_width(self) -> float:
        """Half of the interval."""
        return (self.high - self.low) / 2.0

    def turned(self, sign: float) -> Range:
        """Return it as it is for 1, and with its sign turned for -1."""
        return self if sign > 0.0 else Range(-self.mean, -self.high, -self.low)


@dataclass(frozen=True)
class Words:
    """What was found, and the language it is told in."""

    found: SpreadingAnswer
    language: Language

    def text(self, key: str, **fields: object) -> str:
        """Return a text of this page."""
        return self.language.text(f"where_hours.{key}", **fields)

    @property
    def objective(self) -> str:
        """Name of the measure that decides."""
        return self.found.question.objective.measure

    def measure(self, name: str) -> str:
        """Name a measure, with its unit where it has a short one."""
        return title_of(name, self.language)

    def plain_measure(self, name: str) -> str:
        """Name a measure without its unit."""
        return self.measure(name).rpartition(" (")[0] or self.measure(name)

    def label(self, key: str) -> str:
        """Name the scenario or the region (``scenario``, ``region``) for people."""
        scenario = self.found.world.scenario
        label = scenario.region.label if key == "region" else scenario.label
        return label.nl if self.language.code == "nl" else label.en

    def option(self, name: str) -> str:
        """Name a way of spreading."""
        return self.text("own") if name == OWN else self.language.name("rule", name)

    def own_rules(self) -> str:
        """Name the rule of each sector with hours, as it is."""
        rules = self.found.world.scenario.spreading.rule
        sectors = [name for name in SECTORS if name in self.found.sectors.gains]
        return "; ".join(
            self.text("rule_of", sector=self.sector(name), rule=self.option(getattr(rules, name))) for name in sectors
        )

    def sector(self, name: str) -> str:
        """Name a sector; all schools where it is not about one."""
        return self.language.name("sector", "all" if name == ALL else name)

    def kind(self, place: Place) -> str:
        """Name the type of the schools of a place, or their sector."""
        if place.kind and self.language.has(f"type.{place.kind}"):
            return self.language.name("type", place.kind)
        return self.sector(place.sector)

    def place(self, place: Place) -> str:
        """Name a school, or a group of schools."""
        if self.found.question.marginal == "school":
            return self.school(place.name)
        size = place.name.partition(".")[2]
        return self.text("sized", kind=self.kind(place), size=self.text(f"size.{size}")) if size else self.kind(place)

    def school(self, school: str) -> str:
        """Name a school."""
        region = self.found.world.region
        return region.school_names[region.school_ids.index(school)]

    def task(self, name: str) -> str:
        """Name a task; what is left of a visit is for cases."""
        return self.text("cases") if name == "cases" else self.language.name("task", name)

    def value(self, measure: str, value: float) -> str:
        """Write a mean of a measure."""
        if not math.isfinite(value):
            return MISSING
        shown = measure_of(measure)
        if shown.kind == "share":
            return self.language.percent(value, shown.digits)
        written = self._plain(measure, value, shown.digits)
        return self._with_unit(measure, written) if shown.kind == "days" else written

    def change(self, measure: str, one: Range) -> str:
        """Write a change with its sign and unit."""
        return self._with_unit(measure, self.short(measure, one))

    def short(self, measure: str, one: Range) -> str:
        """Write a change with its sign, without unit."""
        return self._signed(measure, one.mean, self.digits(measure, one))

    def interval(self, measure: str, one: Range) -> str:
        """Write the interval of a change, without unit; empty if it is not known or has no width."""
        if not one.half_width > 0.0:
            return ""
        low, high = (self._signed(measure, bound, self.digits(measure, one)) for bound in (one.low, one.high))
        return self.language.text("bounds.plain", low=low, high=high)

    def bracketed(self, measure: str, one: Range) -> str:
        """Write the interval of a change in brackets after a space; empty if there is none."""
        interval = self.interval(measure, one)
        return f" ({interval})" if interval else ""

    def unsigned(self, measure: str, value: float) -> str:
        """Write the size of a difference with its unit."""
        scaled = abs(value) * self.scale(measure)
        return self._with_unit(
            measure, self._plain(measure, abs(value) * self.scale(measure), digits_for(scaled, scaled))
        )

    def digits(self, measure: str, one: Range) -> int:
        """Choose the decimals of a change."""
        scale = self.scale(measure)
        return 0 if measure_of(measure).kind == "euros" else digits_for(scale * one.mean, scale * one.half_width)

    @staticmethod
    def scale(measure: str) -> float:
        """Return what shares are multiplied by to be shown in percentage points, 1 for other measures."""
        return PERCENT if measure_of(measure).kind == "share" else 1.0

    def hours(self, value: float) -> str:
        """Write hours a week."""
        return self.language.number(value, 1)

    def _signed(self, measure: str, value: float, digits: int) -> str:
        scaled = value * self.scale(measure)
        return ("+" if round(scaled, digits) > 0.0 else "") + self._plain(measure, scaled, digits)

    def _plain(self, measure: str, value: float, digits: int) -> str:
        return (
            self.language.euros(value) if measure_of(measure).kind == "euros" else self.language.number(value, digits)
        )

    def _with_unit(self, measure: str, size: str) -> str:
        key = f"amount.{measure_of(measure).kind}"
        return self.language.text(key, size=size) if self.language.has(key) else size


def ranges_of(values: Values, measure: str) -> dict[str, Range]:
    """Return the value of an hour by sector or task, for one measure.

    Parameters
    ----------
    values
        The values.
    measure
        Name of the measure.
    """
    rows = values.table[values.table["measure"] == measure]
    columns = (rows[name].to_numpy(dtype=np.float64).tolist() for name in ("value", "low", "high"))
    return {str(name): Range(*ends) for name, *ends in zip(rows["name"].tolist(), *columns, strict=True)}
