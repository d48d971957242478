"""Do the engines agree? Two histories of the same world, event for event, and the first place where they differ."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.engine import Engine, simulate
from sim.records import Event, History, State
from sim.world import World

EVENTS = {"time": np.float64, "case": np.int64, "event": np.int64, "detail": np.int64}
VISITS = {"visit_time": np.float64, "visit_school": np.int64, "visit_minutes": np.float64}
BEFORE, AFTER = 8, 4
SIDES: tuple[Engine, Engine] = ("simpy", "compiled")

Log = Literal["event", "visit"]


@dataclass(frozen=True)
class Difference:
    """The first row of a log that two histories do not share.

    Attributes
    ----------
    log
        Which log; visits are looked at where all events are equal.
    row
        Number of the row, from 0: up to here the logs are the same.
    sides
        Whether each of the two histories has such a row.
    """

    log: Log
    row: int
    sides: tuple[bool, bool]


class Line(NamedTuple):
    """One row of the event log."""

    time: float
    case: int
    event: int
    detail: int


class Story(NamedTuple):
    """What one history tells of a case around a row of the log.

    Attributes
    ----------
    state
        State just before the row; None for a case that was not there yet.
    before, after
        Its last events before the row, and its first from the row on.
    """

    state: int | None
    before: tuple[Line, ...]
    after: tuple[Line, ...]


@dataclass(frozen=True)
class Verdict:
    """How two engines did the same replication.

    Attributes
    ----------
    histories
        What happened according to each of ``SIDES``.
    seconds
        How long each took.
    difference
        The first difference, if any.
    """

    histories: tuple[History, History]
    seconds: tuple[float, float]
    difference: Difference | None


def compare_engines(world: World, seed: int, replication: int) -> Verdict:
    """Run one replication with each engine of ``SIDES`` and compare what happened, to the last bit."""
    from sim.cases.draw import draw_cases
    from sim.cases.rhythm import draw_rhythms

    cases, rhythms = draw_cases(world, seed, replication), draw_rhythms(world, seed, replication)
    one, other = (_timed(partial(simulate, side, world, cases, rhythms)) for side in SIDES)
    histories = one[0], other[0]
    return Verdict(histories, (one[1], other[1]), first_difference(*histories))


def first_difference(one: History, other: History) -> Difference | None:
    """Return the first row that differs between two histories, None if they are equal to the last bit."""
    return _first("event", EVENTS, one, other) or _first("visit", VISITS, one, other)


def story_of(history: History, case: int, row: int) -> Story:
    """Tell what happened to a case around a row of the event log."""
    rows = np.flatnonzero(history.case == case)
    before, after = rows[rows < row], rows[rows >= row]
    entered = before[history.event[before] == Event.ENTER]
    return Story(
        state=int(history.detail[entered[-1]]) if entered.size else None,
        before=tuple(line_at(history, number) for number in before[-BEFORE:].tolist()),
        after=tuple(line_at(history, number) for number in after[:AFTER].tolist()),
    )


def line_at(history: History, row: int) -> Line:
    """Return one row of the event log."""
    return Line(float(history.time[row]), int(history.case[row]), int(history.event[row]), int(history.detail[row]))


def state_name(state: int | None) -> str:
    """Name a state for people; a number that is no state as it is."""
    if state is None:
        return "not there yet"
    return State(state).name.lower() if state in set(State) else str(state)


def _first(log: Log, columns: Mapping[str, type[np.generic]], one: History, other: History) -> Difference | None:
    lengths = [getattr(history, next(iter(columns))).shape[0] for history in (one, other)]
    both = min(lengths)
    differs = np.zeros(both, dtype=np.bool_)
    for name, kind in columns.items():
        mine, theirs = (_bits(getattr(history, name)[:both], kind) for history in (one, other))
        unequal = mine != theirs
        differs |= unequal if unequal.ndim == 1 else unequal.any(axis=1)
    rows = np.flatnonzero(differs)
    if rows.size == 0 and lengths[0] == lengths[1]:
        return None
    row = int(rows[0]) if rows.size else both
    return Difference(log, row, (row < lengths[0], row < lengths[1]))


def _bits(column: npt.NDArray[Any], kind: type[np.generic]) -> npt.NDArray[np.int64]:
    """Return numbers whose equality is that of every bit: also of zeros with a sign, and of NaN."""
    return np.ascontiguousarray(column, dtype=kind).view(np.int64)


def _timed(run: Callable[[], History]) -> tuple[History, float]:
    start = time.perf_counter()
    history = run()
    return history, time.perf_counter() - start
