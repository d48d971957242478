"""States, events and the like as plain numbers, since members of an enumeration would each be a type of their own."""

from __future__ import annotations

from collections import namedtuple
from enum import IntEnum
from typing import Any, Protocol

from sim.cases.draws import Choice, Duration
from sim.records import Cause, Event, Route, State


class Codes(Protocol):
    """The numbers of the members of an enumeration under their names."""

    def __getattr__(self, name: str) -> int:
        """Return the number of a member."""


def _codes(enumeration: type[IntEnum]) -> Codes:
    make: Any = namedtuple
    codes: Codes = make(enumeration.__name__, [member.name for member in enumeration])(*map(int, enumeration))
    return codes


STATE = _codes(State)
EVENT = _codes(Event)
CAUSE = _codes(Cause)
ROUTE = _codes(Route)
CHOICE = _codes(Choice)
DURATION = _codes(Duration)
