"""The observer writes down what happens; nothing in the flow reads it."""

from __future__ import annotations

import numpy as np

from sim.records import TASKS, Event, History, State

ENTER = int(Event.ENTER)


class Observer:
    """The log of one replication, one list for each column."""

    def __init__(self) -> None:
        self.time: list[float] = []
        self.case: list[int] = []
        self.event: list[int] = []
        self.detail: list[int] = []
        self.visit_time: list[float] = []
        self.visit_school: list[int] = []
        self.visit_minutes: list[tuple[float, ...]] = []

    def log(self, time: float, case: int, event: Event, detail: int = 0) -> None:
        """Write one event of a case; ``Event`` says what ``detail`` means."""
        self.time.append(time)
        self.case.append(case)
        self.event.append(event)
        self.detail.append(detail)

    def enter(self, time: float, case: int, state: State) -> None:
        """Write that a case enters a state."""
        self.time.append(time)
        self.case.append(case)
        self.event.append(ENTER)
        self.detail.append(state)

    def visit(self, time: float, school: int, minutes: tuple[float, ...]) -> None:
        """Write one visit with its minutes in the order of ``TASKS``."""
        self.visit_time.append(time)
        self.visit_school.append(school)
        self.visit_minutes.append(minutes)

    def history(self, horizon: float) -> History:
        """Return the log as arrays."""
        return History(
            time=np.array(self.time, dtype=np.float64),
            case=np.array(self.case, dtype=np.int32),
            event=np.array(self.event, dtype=np.int16),
            detail=np.array(self.detail, dtype=np.int16),
            visit_time=np.array(self.visit_time, dtype=np.float64),
            visit_school=np.array(self.visit_school, dtype=np.int32),
            visit_minutes=np.array(self.visit_minutes, dtype=np.float64).reshape(-1, len(TASKS)),
            horizon=horizon,
        )
