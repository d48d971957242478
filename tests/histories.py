"""Reading a history in tests: the stays of cases in states, and single stories."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.records import TASKS, Event, History, State

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Stays:
    """Every stay of every case in an open state, by case and then by time; arrays of shape (stays,).

    Attributes
    ----------
    case, state, begin, end
        Row of the case table, ``State``, first and last moment (the horizon if the stay was not over).
    following
        ``State`` after the stay, -1 if it was not over at the horizon.
    """

    case: IntArray
    state: IntArray
    begin: FloatArray
    end: FloatArray
    following: IntArray

    def of(self, *states: State) -> Stays:
        """Return the stays in some states."""
        return self.where(np.isin(self.state, [int(state) for state in states]))

    def begun(self, first: float, last: float) -> Stays:
        """Return the stays that began in ``[first, last)``."""
        return self.where((self.begin >= first) & (self.begin < last))

    def where(self, chosen: BoolArray) -> Stays:
        """Return the chosen stays."""
        return Stays(
            self.case[chosen], self.state[chosen], self.begin[chosen], self.end[chosen], self.following[chosen]
        )

    @property
    def length(self) -> FloatArray:
        """Length of each stay in days."""
        return self.end - self.begin

    @property
    def over(self) -> BoolArray:
        """Whether each stay was over before the horizon."""
        return self.following >= 0

    def mean_number(self, first: float, last: float) -> float:
        """Return the time average of the number of cases between two days."""
        inside = np.clip(self.end, first, last) - np.clip(self.begin, first, last)
        return float(inside.sum() / (last - first))

    def number_at(self, times: FloatArray) -> IntArray:
        """Return the number of cases at each of some moments."""
        begun = np.searchsorted(np.sort(self.begin), times, side="right")
        ended = np.searchsorted(np.sort(self.end), times, side="right")
        return (begun - ended).astype(np.int64)


def stays(history: History) -> Stays:
    """Return all stays in open states."""
    entered = np.flatnonzero(history.event == Event.ENTER)
    by_case = entered[np.argsort(history.case[entered], kind="stable")]
    case, state = history.case[by_case].astype(np.int64), history.detail[by_case].astype(np.int64)
    begin = history.time[by_case]
    last = np.append(case[1:] != case[:-1], True) if case.size else np.zeros(0, dtype=np.bool_)
    end = np.where(last, history.horizon, np.append(begin[1:], 0.0)[: case.size])
    following = np.where(last, -1, np.append(state[1:], -1)[: case.size])
    return Stays(case, state, begin, end, following).where(state < State.RECOVERED)


def times_of(history: History, event: Event, case: int | None = None) -> list[float]:
    """Return when an event happened, to one case or to all."""
    chosen = history.event == event
    if case is not None:
        chosen &= history.case == case
    return [float(time) for time in history.time[chosen]]


def path(history: History, case: int) -> list[tuple[Any, State]]:
    """Return the states of one case with the time of entering each."""
    chosen = (history.case == case) & (history.event == Event.ENTER)
    return [
        (float(time), State(detail))
        for time, detail in zip(history.time[chosen], history.detail[chosen], strict=True)
    ]


def story(history: History, case: int) -> list[tuple[Any, Event, int]]:
    """Return everything that happened to one case."""
    chosen = history.case == case
    return [
        (float(time), Event(event), int(detail))
        for time, event, detail in zip(
            history.time[chosen], history.event[chosen], history.detail[chosen], strict=True
        )
    ]


def minutes_of(history: History, task: str) -> list[float]:
    """Return the minutes of a task, visit by visit."""
    return [float(minutes) for minutes in history.visit_minutes[:, TASKS.index(task)]]


def rows_of(history: History, event: Event) -> int:
    """Return how often an event happened."""
    return int((history.event == event).sum())
