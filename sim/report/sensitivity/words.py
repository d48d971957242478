"""How assumptions, outcomes and values are written on the page."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.designs.assumption import Assumption
from sim.designs.assumption_choice import NAMES, group_of
from sim.designs.factor import Value
from sim.questions.sensitivity.stages import StandingOut
from sim.questions.sensitivity.study import Sensitivity
from sim.questions.sensitivity.varied_worlds import DIFFERENCE
from sim.report.catalogue import measure_of
from sim.report.heatmap import title_of
from sim.report.language import MISSING, Language, digits_for

if TYPE_CHECKING:
    import pandas as pd

FIGURES = 4
STAR = "*"
"""Stands behind a mean that some replications had no value for; the page explains it where it stands."""
GROUPS_OF_WORDS = ("group", "type", "severity")
"""Where the words for entries of tables stand; sectors are called by their own short names."""


@dataclass(frozen=True)
class Words:
    """The answer, and the language it is told in.

    Attributes
    ----------
    found
        The answer.
    language
        The language.
    """

    found: Sensitivity
    language: Language

    def text(self, key: str, **fields: object) -> str:
        """Return a text of this page."""
        return self.language.text(f"sensitivity.{key}", **fields)

    @property
    def compared(self) -> bool:
        """Whether it is about the difference of two scenarios."""
        return self.found.main == DIFFERENCE

    @property
    def reference(self) -> str:
        """Label of the only scenario, or of the one that the other is compared with."""
        return self.of(next(iter(self.found.scenarios)))

    @property
    def other(self) -> str:
        """Label of the scenario that is compared, or of the only one."""
        return self.of(list(self.found.scenarios)[-1])

    def of(self, name: str) -> str:
        """Name what an output is of."""
        if name == DIFFERENCE:
            return self.text("difference")
        return str(getattr(self.found.scenarios[name].label, self.language.code))

    def measure(self, measure: str) -> str:
        """Name a measure with its unit."""
        return title_of(measure, self.language)

    def assumption(self, one: Assumption) -> str:
        """Name an assumption; of a single entry of a table which one, and one without a name by its key."""
        table = f"sensitivity.assumption.{group_of(one.moved[0].key)}"
        if not self.language.has(table):
            return one.key
        name = self.language.text(table)
        entries = [part for part in one.key.split(".") if part in NAMES]
        if not entries or f"sensitivity.assumption.{one.key}" == table:
            return name
        return self.text("named", name=name, entries=", ".join(self._entry(entry) for entry in entries))

    def _entry(self, entry: str) -> str:
        groups = (f"{group}.{entry}" for group in GROUPS_OF_WORDS)
        return next((self.language.text(key) for key in groups if self.language.has(key)), entry)

    def by_key(self, key: str) -> str:
        """Name an assumption by its key."""
        return self.assumption(self.found.assumptions.of([key])[0])

    def own(self, one: Assumption) -> str:
        """Write the values of an assumption in the scenario."""
        return self._values(one.own)

    def at(self, one: Assumption, level: float) -> str:
        """Write the values of an assumption at a level."""
        return self._values(one.ends_at(level))

    def _values(self, values: Sequence[Value]) -> str:
        return " / ".join(self._value(value) for value in values)

    def _value(self, value: Value) -> str:
        if isinstance(value, bool):
            return self.text("on" if value else "off")
        if not isinstance(value, int | float):
            return str(value)
        return self.language.number(value, _decimals(value))

    def counts(self, counted: StandingOut) -> dict[str, str]:
        """Write how many effects stand out, of how many, and how many chance alone makes."""
        return {name: self.language.number(round(value)) for name, value in vars(counted).items()}

    def figure(self, of: str, measure: str, row: pd.Series, column: str = "mean") -> str:
        """Write a figure of a table with columns mean, low, high and n_missing; a difference with its sign.

        Parameters
        ----------
        of
            What it is of.
        measure
            Name of the measure; shares are written as percentages, without the sign for it.
        row
            The row.
        column
            Which of the three.
        """
        half_width = (row["high"] - row["low"]) / 2.0
        written = self.number(measure, float(row[column]), float(half_width), signed=of == DIFFERENCE)
        return starred(written, int(row["n_missing"])) if column == "mean" else written

    def number(self, measure: str, value: float, half_width: float, *, signed: bool) -> str:
        """Write a value of a measure with as many decimals as its interval deserves."""
        if not math.isfinite(value):
            return MISSING
        kind = measure_of(measure).kind
        scale = 100.0 if kind == "share" else 1.0
        sign = "+" if signed and value > 0.0 else ""
        if kind == "euros":
            return sign + self.language.euros(value)
        digits = digits_for(scale * value, scale * half_width if math.isfinite(half_width) else 0.0)
        return sign + self.language.number(scale * value, digits)


def _decimals(value: float) -> int:
    """Return the decimals that a setting needs, with four figures at most."""
    text = f"{value:.{FIGURES}g}"
    if "e" in text:
        return 6
    return len(text.partition(".")[2])


def starred(written: str, missing: int) -> str:
    """Mark a mean of which some replications had no value."""
    return written + STAR if missing and written != MISSING else written


def scaled(measure: str, value: float) -> float:
    """Return a value in the unit that the title of the measure names."""
    return 100.0 * value if measure_of(measure).kind == "share" else value
