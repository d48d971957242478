"""Settings of the school calendar."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from sim.scenario.base import Frozen


class Holiday(Frozen):
    """Holiday weeks by ISO week number; a period may run over the turn of the year."""

    name: str
    first_week: Annotated[int, Field(ge=1, le=53)]
    weeks: Annotated[int, Field(ge=1, le=12)]


class Calendar(Frozen):
    """School time; ``always_open`` makes every day a school day (for textbook cases)."""

    always_open: bool
    holidays: tuple[Holiday, ...]
    public_holidays: bool

    @model_validator(mode="after")
    def _school_left(self) -> Calendar:
        total = sum(holiday.weeks for holiday in self.holidays)
        if total > 30:
            raise ValueError(f"the holidays take {total} weeks of the year; at most 30 is allowed")
        return self
