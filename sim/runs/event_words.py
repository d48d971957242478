"""Events of the log in words, for people who look at one case."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from sim.records import Cause, Event, Route, State
from sim.scenario.base import SEVERITIES


def _names(codes: type[IntEnum]) -> tuple[str, ...]:
    return tuple(code.name.lower() for code in codes)


_PUT_OFF = ("stays at school", "goes outside")
_DETAILS: dict[Event, Sequence[str]] = {
    Event.ENTER: _names(State),
    Event.NOTICED: ("first time", "again", "walked in", "by absence", "after early leaving"),
    Event.BALKED: _PUT_OFF,
    Event.REFUSED: _PUT_OFF,
    Event.ESCALATED: SEVERITIES,
    Event.CRISIS: _names(State),
    Event.GAVE_UP: _names(State),
    Event.RECOVERED: _names(Cause),
    Event.LEFT_EARLY: _names(State),
    Event.LEFT_SCHOOL: _names(State),
    Event.REQUEST_GATEWAY: _names(Route),
    Event.REQUEST_YOUTH_CARE: _names(Route),
    Event.REQUEST_GGZ: _names(Route),
    Event.HOURS_STOPPED: _names(State),
}
_COUNTED = (Event.CONVERSATION, Event.IN_TOUCH)


def in_words(event: int, detail: int) -> str:
    """Name an event and its detail (see ``sim.records.Event``); a number that means nothing is shown as it is."""
    if event not in set(Event):
        return f"event {event}, detail {detail}"
    kind = Event(event)
    name, words = kind.name.lower(), _DETAILS.get(kind, ())
    if 0 <= detail < len(words):
        return f"{name}: {words[detail]}"
    return name if detail == 0 and not words and kind not in _COUNTED else f"{name}: {detail}"
