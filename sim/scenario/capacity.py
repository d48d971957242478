"""Settings of capacity over time: dated changes of the hours of school social work."""

from __future__ import annotations

from datetime import date

from pydantic import model_validator

from sim.scenario.base import Frozen, NonNegative

ALL = "all"


class CapacityChange(Frozen):
    """From ``start`` up to and without ``end`` (null: to the end of the run), hours of some schools are different.

    ``schools`` holds school ids, names of sectors, or ``all``. Their hours are multiplied by ``factor`` and raised by
    ``extra_weekly_hours`` a school each school week. Changes that overlap work together: factors multiply, extra
    hours add up.
    """

    name: str
    start: date
    end: date | None = None
    schools: tuple[str, ...]
    factor: NonNegative = 1.0
    extra_weekly_hours: NonNegative = 0.0

    @model_validator(mode="after")
    def _in_order(self) -> CapacityChange:
        if not self.schools:
            raise ValueError("schools is empty; allowed: school ids, names of sectors, or ['all']")
        if self.end is not None and self.end <= self.start:
            raise ValueError(f"end ({self.end}) is not after start ({self.start})")
        return self


class Capacity(Frozen):
    """All dated changes; none means that hours stay as they are."""

    changes: tuple[CapacityChange, ...] = ()
