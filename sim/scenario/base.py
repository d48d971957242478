"""Building blocks of the settings: constrained numbers and tables by sector, kind and severity."""

from __future__ import annotations

from typing import Annotated, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, model_validator

SECTORS = ("po", "vo", "mbo")
LEVELS = ("1", "2", "3", "4")
GROUPS = ("po", "vo", "mbo_1", "mbo_2", "mbo_3", "mbo_4")
TYPES = ("po", "a", "b", "c", "roc_small", "roc_large", "aoc", "vakinstelling")
KINDS = ("internalising", "externalising", "home", "financial")
SEVERITIES = ("light", "moderate", "severe")

Share = Annotated[float, Field(ge=0.0, le=1.0, allow_inf_nan=False)]
NonNegative = Annotated[float, Field(ge=0.0, allow_inf_nan=False)]
Positive = Annotated[float, Field(gt=0.0, allow_inf_nan=False)]
Count = Annotated[int, Field(ge=0)]
PositiveCount = Annotated[int, Field(ge=1)]
Order = Literal["arrival", "severity"]

T = TypeVar("T")


class Frozen(BaseModel):
    """A settings group: unknown keys are refused and values cannot be changed afterwards."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Label(Frozen):
    """A name for people, in English and Dutch."""

    en: str
    nl: str


class BySector(Frozen, Generic[T]):
    """One value per school sector."""

    po: T
    vo: T
    mbo: T

    def values(self) -> tuple[T, ...]:
        """Return the values in the order of ``SECTORS``."""
        return (self.po, self.vo, self.mbo)


class ByGroup(Frozen, Generic[T]):
    """One value per group of students: po, vo, and the four levels of the mbo."""

    po: T
    vo: T
    mbo_1: T
    mbo_2: T
    mbo_3: T
    mbo_4: T

    def values(self) -> tuple[T, ...]:
        """Return the values in the order of ``GROUPS``."""
        return (self.po, self.vo, self.mbo_1, self.mbo_2, self.mbo_3, self.mbo_4)


class ByType(Frozen, Generic[T]):
    """One value per type of school: po, the vo types a, b and c, and the four types of mbo institutions."""

    po: T
    a: T
    b: T
    c: T
    roc_small: T
    roc_large: T
    aoc: T
    vakinstelling: T

    def values(self) -> tuple[T, ...]:
        """Return the values in the order of ``TYPES``."""
        return (self.po, self.a, self.b, self.c, self.roc_small, self.roc_large, self.aoc, self.vakinstelling)


class BySeverity(Frozen, Generic[T]):
    """One value per severity."""

    light: T
    moderate: T
    severe: T

    def values(self) -> tuple[T, ...]:
        """Return the values in the order of ``SEVERITIES``."""
        return (self.light, self.moderate, self.severe)


class ByKind(Frozen, Generic[T]):
    """One value per kind of problem."""

    internalising: T
    externalising: T
    home: T
    financial: T

    def values(self) -> tuple[T, ...]:
        """Return the values in the order of ``KINDS``."""
        return (self.internalising, self.externalising, self.home, self.financial)


def group_of(sector: int, level: int) -> int:
    """Return the index into ``GROUPS`` of a student; ``level`` is an index into ``LEVELS``, 0 outside the mbo."""
    return sector + level


def _sums_to_one(values: tuple[float, ...]) -> None:
    total = sum(values)
    if abs(total - 1.0) > 1e-6:
        raise ValueError(f"shares must add up to 1, found {total:.6g}")


class SeverityMix(BySeverity[Share]):
    """Shares by severity that add up to one."""

    @model_validator(mode="after")
    def _adds_up(self) -> SeverityMix:
        _sums_to_one(self.values())
        return self


class KindMix(ByKind[Share]):
    """Shares by kind of problem that add up to one."""

    @model_validator(mode="after")
    def _adds_up(self) -> KindMix:
        _sums_to_one(self.values())
        return self
