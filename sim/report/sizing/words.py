"""Amounts, values and names of one search, in the words of a language."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from sim.questions.sizing.levers import MoneyLever, SettingLever
from sim.questions.sizing.outcome import Met
from sim.questions.sizing.position import Position
from sim.questions.sizing.search import Sized
from sim.report.catalogue import measure_of
from sim.report.heatmap import title_of
from sim.report.language import Language

THOUSAND = 1000.0
_UNIT = re.compile(r" \([^()]*\)$")


@dataclass(frozen=True)
class Words:
    """How one search is told.

    Attributes
    ----------
    sized
        The search.
    language
        The language.
    in_euros
        Whether amounts are told in euros rather than hours.
    """

    sized: Sized
    language: Language
    in_euros: bool = False

    def text(self, key: str, **fields: object) -> str:
        """Return a text of this page."""
        return self.language.text(f"sizing.{key}", **fields)

    @property
    def of_setting(self) -> bool:
        """Whether a setting is sized, and not money or hours."""
        return isinstance(self.sized.lever, SettingLever)

    @property
    def on_mean(self) -> bool:
        """Whether it is the mean over the replications that has to meet the target."""
        return self.sized.rule.on == "mean"

    @property
    def left_out(self) -> tuple[str, ...]:
        """Sectors that were asked for and have no hours to multiply."""
        return self.sized.lever.left_out if isinstance(self.sized.lever, MoneyLever) else ()

    @property
    def less_helps(self) -> bool:
        """Whether a lower value of the setting is more effort."""
        return bool(self.sized.lever.amounts[0] > self.sized.lever.amounts[-1])

    @property
    def kind(self) -> str:
        """Kind of the figure that the target bounds: a fraction is a share."""
        return "share" if self.sized.target.over else measure_of(self.sized.target.measure).kind

    @property
    def measure(self) -> str:
        """Name of what the target bounds."""
        target = self.sized.target
        name = self._name(target.measure)
        return self.text("target.part", measure=name, over=self._name(target.over)) if target.over else name

    @property
    def target(self) -> str:
        """The target in words."""
        bound = self.sized.target.bound
        return self.text(f"target.{bound.sense}", measure=self.measure, value=self.value(bound.value, exact=True))

    def _name(self, measure: str) -> str:
        return _UNIT.sub("", title_of(measure, self.language))

    def value(self, value: float, *, exact: bool = False) -> str:
        """Write a value of the measure with its unit; ``exact`` with the decimals it has and no more."""
        if not math.isfinite(value):
            return self.text("answer.unknown")
        if self.kind == "share":
            return self.language.percent(value, 0 if exact and float(100.0 * value).is_integer() else 1)
        if self.kind == "euros":
            return self.language.euros(value)
        digits = 0 if exact and value.is_integer() else max(1, measure_of(self.sized.target.measure).digits)
        number = self.language.number(value, digits)
        return self.text("target.days", value=number) if self.kind == "days" else number

    def unit(self, unit: str) -> str:
        """Name a unit."""
        if unit == "all":
            return self.text("unit.all")
        return self._capital(self.language.name("sector", unit)) if self.sized.lever.level == "sector" else unit

    @staticmethod
    def _capital(name: str) -> str:
        return name[:1].upper() + name[1:]

    def amount(self, amount: float, place: Position | None) -> str:
        """Write an amount: hours, euros or a value of the setting."""
        if isinstance(self.sized.lever, SettingLever):
            return self.text("amount.value", setting=self.sized.lever.key, value=self.plain(amount))
        if place is None:
            return self.text("table.no_amount")
        if self.in_euros:
            return self.text("amount.euros", euros=self.language.euros(place.euros))
        return self.text("amount.hours", hours=self.language.number(place.hours))

    def plain(self, value: float) -> str:
        """Write a number with the decimals it has, three at most."""
        digits = next((n for n in range(3) if math.isclose(round(value, n), value, abs_tol=1e-9)), 3)
        return self.language.number(value, digits)

    def times(self, value: float) -> str:
        """Write how many times as much."""
        return self.language.number(value, 1 if value >= 10.0 else 2)

    def weekly(self, place: Position) -> str:
        """Write the hours a school week."""
        return self.language.number(place.weekly, 1)

    def load(self, place: Position | None) -> str:
        """Write an offered load."""
        return self.language.number(math.nan if place is None else place.load, 2)

    def share(self, met: Met) -> str:
        """Write the share of replications that meet the target."""
        return self.language.percent(met.share)

    def interval(self, met: Met) -> str:
        """Write the interval of that share."""
        return self.range(self.language.percent(met.low), self.language.percent(met.high))

    def sure(self, met: Met) -> tuple[str, str, str]:
        """Write what decides, with its interval: the share of replications, or the mean of the measure."""
        if self.on_mean:
            return self.value(met.mean), self.value(met.mean_low), self.value(met.mean_high)
        percent = self.language.percent
        return percent(met.share), percent(met.low), percent(met.high)

    def mean(self, met: Met) -> str:
        """Write the mean of the measure; not where some replications have no value, since that would be too good."""
        return self.value(math.nan if met.missing else met.mean)

    def range(self, low: str, high: str) -> str:
        """Write a range."""
        return self.text("table.range", low=low, high=high)

    @property
    def weekly_most(self) -> str:
        """The most hours a school week that one school could get."""
        return self.plain(float(self.sized.lever.amounts[-1]))

    def axis(self, place: Position, amount: float) -> float:
        """Return where an amount stands on an axis: thousands of hours or euros, or the value of the setting."""
        if self.of_setting:
            return amount
        return (place.euros if self.in_euros else place.hours) / THOUSAND

    @property
    def axis_name(self) -> str:
        """Name of that axis."""
        if isinstance(self.sized.lever, SettingLever):
            return self.sized.lever.key
        return self.text("figure.euros" if self.in_euros else "figure.hours")
