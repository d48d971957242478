"""States, events and the like as plain numbers, since members of an enumeration would each be a type of their own."""

from __future__ import annotations

from collections import namedtuple
from enum import IntEnum
from typing import Any

from sim.cases.draws import Choice, Duration
from sim.records import Cause, Event, Route, State


def _codes(enumeration: type[IntEnum]) -> Any:  # noqa: ANN401
    """Return the numbers of the members of an enumeration under their names."""
    names: Any = namedtuple(enumeration.__name__, [member.name for member in enumeration])
    return names(*(int(member) for member in enumeration))


STATE = _codes(State)
EVENT = _codes(Event)
CAUSE = _codes(Cause)
ROUTE = _codes(Route)
CHOICE = _codes(Choice)
DURATION = _codes(Duration)
