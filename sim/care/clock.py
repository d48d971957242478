"""A SimPy environment in which everything happens in an explicit order: time, class of event, number."""

from __future__ import annotations

from collections.abc import Callable, Generator
from heapq import heappush
from typing import Any

import simpy

Steps = Generator["Wake", int, None]


class Wake(simpy.Event):
    """An event that wakes whoever waits for it and tells why.

    Parameters
    ----------
    clock
        The environment.
    why
        What happened.
    waiter
        Called with the event when it comes up; a process adds itself instead.
    """

    __slots__ = ("_ok", "_value", "callbacks", "env", "why")

    def __init__(self, clock: Clock, why: int, waiter: Callable[[Wake], None] | None = None) -> None:
        self.env = clock
        self.callbacks: list[Callable[[Any], None]] = [] if waiter is None else [waiter]
        self._ok = True
        self._value = why
        self.why = why


class Clock(simpy.Environment):
    """Time in days; events are put at absolute times with an explicit order key.

    SimPy's own ``timeout`` adds a delay to the time now, which rounds, and orders ties by the moment of scheduling;
    a calendar makes many ties, and a second engine has to be able to repeat the order.

    Parameters
    ----------
    horizon
        Day on which the run stops; what would happen later need not be scheduled.
    """

    def __init__(self, horizon: float) -> None:
        super().__init__()
        self.horizon = horizon

    def put(self, wake: Wake, time: float, order: int) -> Wake:
        """Schedule ``wake`` at ``time`` (days); ``order`` is a class of events plus a number."""
        heappush(self._queue, (time, order, next(self._eid), wake))  # type: ignore[misc]
        return wake

    def at(self, time: float, order: int) -> Wake:
        """Return an event at ``time`` for a process that waits for nothing else."""
        return self.put(Wake(self, 0), time, order)

    def forget(self) -> None:
        """Drop what is still scheduled, so that a finished run frees its cases."""
        self._queue.clear()

    @property
    def popped(self) -> int:
        """Number of events that have been handled so far."""
        return int(str(self._eid)[6:-1]) - len(self._queue)
