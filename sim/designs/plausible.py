"""Points that can be: shares that belong together are scaled, limits that bound each other are put in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sim.designs.factor import Value
from sim.scenario.base import KINDS, SECTORS, SEVERITIES
from sim.scenario.demand import InitialPlaces
from sim.scenario.smw import TimeShares

SLACK = 1e-9


@dataclass(frozen=True)
class Shares:
    """Shares of one whole.

    Attributes
    ----------
    name
        Key of what they are parts of.
    keys
        Keys of the shares.
    whole
        Whether they are the whole, so that they add up to one, or a part of it, at most one.
    """

    name: str
    keys: tuple[str, ...]
    whole: bool = False


def _table(name: str, entries: Sequence[str], whole: bool = False) -> Shares:
    return Shares(name, tuple(f"{name}.{entry}" for entry in entries), whole)


SHARES = (
    *(_table(f"demand.kinds.{sector}", KINDS, whole=True) for sector in SECTORS),
    *(_table(f"demand.{mix}", SEVERITIES, whole=True) for mix in ("severity_onset", "severity_stock")),
    _table("demand.background.severity", SEVERITIES, whole=True),
    *(_table(f"demand.initial_places.{sector}", tuple(InitialPlaces.model_fields)) for sector in SECTORS),
    *(
        Shares(
            f"care.routes ({severity})",
            tuple(f"care.routes.{way}.{severity}" for way in ("smw", "municipality", "education_care", "oza")),
        )
        for severity in SEVERITIES
    ),
    _table("care.smw.shares", tuple(TimeShares.model_fields)),
    _table("care.leerplicht", ("to_team", "to_gateway")),
    *(
        Shares(f"region ({sector})", (f"region.own_municipality_share.{sector}", f"region.beyond_share.{sector}"))
        for sector in SECTORS
    ),
)
ORDERED = (
    ("care.smw.visits.min_hours", "care.smw.visits.max_hours"),
    *((f"care.smw.registration_minutes.{sector}", f"care.smw.conversation_minutes.{sector}") for sector in SECTORS),
)
"""Pairs of which the first may not be above the second; it is lowered."""


@dataclass(frozen=True)
class Mended:
    """Settings of a point that fit each other.

    Attributes
    ----------
    values
        New values by key.
    scaled
        What had to be made smaller to fit: shares above one in all, and a lower limit above the upper one. That the
        parts of a mix are divided by their sum is how a mix moves, and is not among them.
    """

    values: dict[str, Value]
    scaled: tuple[str, ...]


def mend(own: Mapping[str, object], values: Mapping[str, Value]) -> Mended:
    """Make the settings of a point fit each other.

    Parameters
    ----------
    own
        All settings of the scenario by dotted key.
    values
        Those that the point changes.
    """
    new = dict(values)
    scaled: list[str] = []
    for shares in SHARES:
        if any(key in values for key in shares.keys) and _scale(shares, own, new):
            scaled.append(shares.name)
    for lower, upper in ORDERED:
        if (lower in values or upper in values) and _number(lower, own, new) > _number(upper, own, new):
            new[lower] = _number(upper, own, new)
            scaled.append(lower)
    return Mended(new, tuple(scaled))


def _scale(shares: Shares, own: Mapping[str, object], new: dict[str, Value]) -> bool:
    """Divide shares by their sum where they have to; return whether they were too large together."""
    parts = {key: _number(key, own, new) for key in shares.keys}
    total = sum(parts.values())
    if total <= 0.0 or (total <= 1.0 + SLACK and not shares.whole):
        return False
    new.update({key: part / total for key, part in parts.items()})
    return not shares.whole


def _number(key: str, own: Mapping[str, object], new: Mapping[str, Value]) -> float:
    value = new.get(key, own[key])
    assert isinstance(value, int | float)
    return float(value)
