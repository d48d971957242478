"""What is known about the real world, to be put next to what the model says; no part of the model reads it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from sim.scenario.base import Frozen, Label

Grade = Literal["A", "B", "C", "D"]
Finite = Annotated[float, Field(allow_inf_nan=False)]


class Place(Frozen):
    """Where a figure stands in the table of measures."""

    measure: str
    level: str = "total"
    unit: str = "all"


class Target(Place):
    """A figure that is known, in the unit of the table of measures; ``low`` and ``high`` are null without a range.

    ``fitted`` tells that settings of the model were chosen to meet it, so meeting it is no support for the model.
    """

    label: Label
    value: Finite
    low: Finite | None
    high: Finite | None
    unit_text: Label
    source: str
    grade: Grade
    fitted: bool

    @model_validator(mode="after")
    def _in_order(self) -> Target:
        if (self.low is None) != (self.high is None):
            raise ValueError("low and high go together: give both, or null for both")
        if self.low is not None and self.high is not None and not self.low <= self.value <= self.high:
            raise ValueError(f"value ({self.value:g}) is not between low ({self.low:g}) and high ({self.high:g})")
        return self

    @property
    def bounds(self) -> tuple[float, float]:
        """The range; the value itself where no range is known."""
        if self.low is None or self.high is None:
            return self.value, self.value
        return self.low, self.high


class Contradiction(Frozen):
    """Where sources contradict themselves or each other, and the measures that show what the model makes of it."""

    label: Label
    shows: tuple[Place, ...] = ()


class Targets(Frozen):
    """What is known about one region (null: about any), as it was in one scenario (null: in none in particular)."""

    region: str | None = None
    scenario: str | None = None
    known: tuple[Target, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
