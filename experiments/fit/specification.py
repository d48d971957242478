"""What a fit consists of: targets, checks, and the quantities that move."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Target:
    """One target or check.

    Attributes
    ----------
    name, unit
        What it is, as ``experiments.fit.observe`` calls it, and its unit.
    value
        What the reference scenario should show.
    source
        Where that comes from.
    """

    name: str
    unit: str
    value: float
    source: str


@dataclass(frozen=True)
class Pull:
    """How strongly a target moves an unknown: the exponent of (target / found) in one round."""

    target: str
    exponent: float


Moves = Mapping[str, tuple[Pull, ...]]


@dataclass(frozen=True)
class RegionFit:
    """The fit of one region.

    Attributes
    ----------
    region, scenario
        The region, and its reference scenario.
    title
        Name of the region for people.
    groups
        Groups of students that the region has.
    targets, checks
        What is fitted, and what is only shown.
    moves
        What moves each unknown, by dotted key.
    page
        Name of the page in ``docs``.
    spreading
        Name of the spreading that holds the fitted weights of types of schools; None where there are none.
    notes
        What a reader of the page must know about the targets, one paragraph each.
    """

    region: str
    scenario: str
    title: str
    groups: tuple[str, ...]
    targets: tuple[Target, ...]
    checks: tuple[Target, ...]
    moves: Moves
    page: str
    notes: tuple[str, ...]
    spreading: str | None = None

    @property
    def wanted(self) -> dict[str, float]:
        """The targets by name."""
        return {target.name: target.value for target in self.targets}

    @property
    def sectors(self) -> tuple[str, ...]:
        """The sectors of the groups."""
        return tuple(dict.fromkeys(group.split("_")[0] for group in self.groups))
