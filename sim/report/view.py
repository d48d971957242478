"""One study seen in one language: figures, names and amounts as a reader sees them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sim.region.region import Region
from sim.report.catalogue import WAIT_STATISTICS, Kind, measure_of
from sim.report.inputs import ReportInput
from sim.report.language import MISSING, Language, digits_for
from sim.report.lookup import Figure, Lookup
from sim.scenario.scenario import Scenario

PERCENT = 100.0
# Decimals say nothing about a number as large as this.
WHOLE_FROM = 1000.0


@dataclass(frozen=True)
class View:
    """A study, its figures and a language.

    Attributes
    ----------
    study
        What the report is made from.
    lookup
        Its figures.
    language
        The language in which it is shown.
    """

    study: ReportInput
    lookup: Lookup
    language: Language

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the scenarios, in order."""
        return tuple(self.study.scenarios)

    @property
    def region(self) -> Region:
        """Region of the reference scenario."""
        return self.study.regions[self.study.reference]

    def text(self, key: str, **fields: object) -> str:
        """Return a text in the language of the view."""
        return self.language.text(key, **fields)

    def label(self, scenario: str) -> str:
        """Name a scenario for people."""
        return self._localised(self.study.scenarios[scenario])[0]

    def description(self, scenario: str) -> str:
        """Describe a scenario for people."""
        return self._localised(self.study.scenarios[scenario])[1]

    def _localised(self, scenario: Scenario) -> tuple[str, str]:
        label, description = scenario.label, scenario.description
        return (label.nl, description.nl) if self.language.code == "nl" else (label.en, description.en)

    @property
    def reference(self) -> str:
        """The reference scenario's name for people."""
        return self.label(self.study.reference)

    @property
    def region_name(self) -> str:
        """The region's name for people."""
        label = self.study.first.region.label
        return label.nl if self.language.code == "nl" else label.en

    def measure(self, name: str) -> str:
        """Name a measure for people; its identifier if the report does not know it."""
        wait, _, statistic = name.rpartition(".")
        if wait and statistic in WAIT_STATISTICS and self.language.has(f"measure.{wait}.name"):
            return self.text(
                "measure.wait_pattern",
                wait=self.text(f"measure.{wait}.name"),
                statistic=self.text(f"wait_statistic.{statistic}.name"),
            )
        key = f"measure.{name}.name"
        return self.text(key) if self.language.has(key) else name

    def about(self, name: str) -> str:
        """Explain a measure; empty if the report does not know it."""
        wait, _, statistic = name.rpartition(".")
        if wait and statistic in WAIT_STATISTICS and self.language.has(f"measure.{wait}.about"):
            return " ".join([self.text(f"measure.{wait}.about"), self.text(f"wait_statistic.{statistic}.about")])
        key = f"measure.{name}.about"
        return self.text(key) if self.language.has(key) else ""

    def unit_of(self, measure: str) -> str:
        """Name the unit that a measure is counted in."""
        own = f"measure.{measure}.unit"
        return self.text(own if self.language.has(own) else f"kind.{measure_of(measure).kind}")

    def unit(self, level: str, unit: str) -> str:
        """Name a unit of a level for people."""
        found = self.study.once("names of units", lambda: _names_of_units(self.region)).get((level, unit))
        return found or self.language.name("unit" if unit == "all" and level != "people" else level, unit)

    def week_of(self, day: date) -> float:
        """Return the week of the simulation in which a date lies, with its fraction."""
        return (day - date(self.study.first.horizon.start_year, 8, 1)).days / 7.0

    @property
    def period(self) -> tuple[date, date]:
        """First and last day of the measuring period."""
        horizon = self.study.first.horizon
        first = horizon.start_year + horizon.warm_up_years
        return date(first, 8, 1), date(first + horizon.measure_years, 7, 31)

    def amount(self, kind: Kind, value: float, digits: int) -> str:
        """Write a value in the shortest way that fits a table."""
        if kind == "share":
            return self.language.percent(value, digits)
        if kind == "euros":
            return self.language.euros(value)
        return self.language.number(value, 0 if abs(value) >= WHOLE_FROM else digits)

    def value(self, measure: str, figure: Figure) -> str:
        """Write the mean of a measure for a table, with a star if some replications had none."""
        if not figure.known:
            return MISSING
        shown = measure_of(measure)
        star = "*" if figure.n_missing else ""
        return self.amount(shown.kind, figure.mean, shown.digits) + star

    def value_range(self, measure: str, figure: Figure) -> str:
        """Write the interval of a mean for a table; empty if there is none."""
        if not figure.spread:
            return ""
        shown = measure_of(measure)
        low, high = (self.amount(shown.kind, bound, shown.digits) for bound in (figure.low, figure.high))
        return self.text("bounds.plain", low=low, high=high)

    def value_words(self, measure: str, figure: Figure) -> str:
        """Write the mean of a measure with its unit, for a sentence."""
        shown = measure_of(measure)
        if shown.kind == "days":
            return self._with_unit("days", figure.mean, shown.digits)
        return self.amount(shown.kind, figure.mean, shown.digits)

    def value_with_unit(self, measure: str, figure: Figure) -> str:
        """Write the mean of a measure with its unit, whatever it is counted in."""
        kind, words, unit = measure_of(measure).kind, self.value_words(measure, figure), self.unit_of(measure)
        if kind in ("share", "days", "number"):
            return words
        # The sign of the euro stands for the first word of the unit.
        return f"{words} {unit.partition(' ')[2] if kind == 'euros' else unit}"

    def named_range(self, measure: str, figure: Figure) -> str:
        """Write the interval of a mean for a sentence."""
        shown = measure_of(measure)
        low, high = (self.amount(shown.kind, bound, shown.digits) for bound in (figure.low, figure.high))
        return self.text("bounds.named", low=low, high=high)

    def change(self, measure: str, figure: Figure, signed: bool = True) -> str:
        """Write a difference with its unit.

        Parameters
        ----------
        measure
            The measure.
        figure
            The difference.
        signed
            With its sign; without it for sentences that say the direction in words.
        """
        kind = measure_of(measure).kind
        mean = figure.mean if signed else abs(figure.mean)
        sign = "+" if signed and figure.mean > 0 else ""
        return sign + self._with_unit(kind, mean * self._scale(kind), self._digits(kind, figure))

    def change_range(self, measure: str, figure: Figure, signed: bool = True) -> str:
        """Write the interval of a difference without its unit, unsigned bounds from small to large; empty if none."""
        if not figure.spread:
            return ""
        kind = measure_of(measure).kind
        digits = self._digits(kind, figure)
        bounds = [figure.low, figure.high] if signed else sorted([abs(figure.low), abs(figure.high)])
        low, high = (self._plain(kind, bound * self._scale(kind), digits) for bound in bounds)
        return self.text("bounds.plain", low=low, high=high)

    def short_change(self, measure: str, figure: Figure) -> str:
        """Write a difference with its sign for a table cell, the unit left to the row."""
        kind = measure_of(measure).kind
        sign = "+" if figure.mean > 0 else ""
        return sign + self._plain(kind, figure.mean * self._scale(kind), self._digits(kind, figure))

    @staticmethod
    def _scale(kind: Kind) -> float:
        return PERCENT if kind == "share" else 1.0

    def _digits(self, kind: Kind, figure: Figure) -> int:
        scale = self._scale(kind)
        return 0 if kind == "euros" else digits_for(figure.mean * scale, figure.half_width * scale)

    def _plain(self, kind: Kind, value: float, digits: int) -> str:
        return self.language.euros(value) if kind == "euros" else self.language.number(value, digits)

    def _with_unit(self, kind: Kind, value: float, digits: int) -> str:
        return self.text(f"amount.{kind}", size=self._plain(kind, value, digits))


def _names_of_units(region: Region) -> dict[tuple[str, str], str]:
    """Return the names of municipalities and schools by level and identifier."""
    towns = zip(region.municipality_ids, region.municipality_names, strict=True)
    schools = zip(region.school_ids, region.school_names, strict=True)
    named = {("municipality", key): name for key, name in towns}
    return {**named, **{("school", key): name for key, name in schools}}
