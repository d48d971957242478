"""A waiting list in order of arrival, or of severity and then arrival; anyone can leave it at any time."""

from __future__ import annotations

from heapq import heappop, heappush
from typing import Any, Generic, Protocol, TypeVar

from sim.rules.lists import class_of


class Waiter(Protocol):
    """What a waiting list knows of a case."""

    severity: int
    ticket: int
    place: WaitingList[Any] | None


W = TypeVar("W", bound=Waiter)


class WaitingList(Generic[W]):
    """Cases that wait for one station.

    Entries of cases that left, or whose priority rose since, stay in the heap and are skipped when they come up.

    Parameters
    ----------
    by_severity
        Severe before moderate before light; otherwise in order of arrival only.
    """

    def __init__(self, by_severity: bool = False) -> None:
        self._by_severity = by_severity
        self._heap: list[tuple[int, int, W]] = []
        self._tickets = 0
        self._length = 0

    def __len__(self) -> int:
        """Return the number of cases that wait."""
        return self._length

    def add(self, case: W) -> None:
        """Put a case at the end of its class."""
        self._tickets += 1
        case.ticket = self._tickets
        case.place = self
        self._length += 1
        heappush(self._heap, (self._class(case), case.ticket, case))

    def remove(self, case: W) -> None:
        """Take a case off the list."""
        case.place = None
        self._length -= 1

    def worsened(self, case: W) -> None:
        """Move a case whose severity rose, behind earlier arrivals of its new class."""
        if self._by_severity:
            heappush(self._heap, (self._class(case), case.ticket, case))

    def first(self) -> W | None:
        """Return the case whose turn it is, or None, without taking it off."""
        heap = self._heap
        while heap:
            priority, ticket, case = heap[0]
            if case.place is self and case.ticket == ticket and priority == self._class(case):
                return case
            heappop(heap)
        return None

    def take(self) -> W | None:
        """Take off and return the case whose turn it is, or None."""
        case = self.first()
        if case is not None:
            heappop(self._heap)
            self.remove(case)
        return case

    def _class(self, case: W) -> int:
        return class_of(case.severity, self._by_severity)
