"""Processes that make parts of a report beside this one."""

from __future__ import annotations

import atexit
import gc
import os
import signal
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from multiprocessing import get_context
from types import TracebackType
from typing import Generic, Self, TypeVar

from sim.runs.workers import start_clean

MOST = 3
"""More processes than this are not worth their start."""

Item = TypeVar("Item")
Result = TypeVar("Result")


def _other_cores() -> int:
    """Return how many processes can work beside this one."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores - 1, MOST)


def _stand_ready() -> None:
    """Load what parts of a report are made with, in another process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from sim.report.parts import load_libraries

    load_libraries()
    # What has been loaded stays, so there is no use in looking for garbage in it, nor in taking it apart at the end.
    gc.freeze()
    atexit.register(os._exit, 0)


def _nothing() -> None:
    """Be given to a process so that it starts."""


class Crew:
    """Processes that stand ready to make parts of reports; a context manager that ends them.

    They load their libraries as soon as there is a crew, so make it before the study is run or read.

    Parameters
    ----------
    size
        Number of processes besides this one, which works along; one for each further core when None, and 0 does
        everything here.
    """

    def __init__(self, size: int | None = None) -> None:
        self.size = _other_cores() if size is None else size
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Crew:
        """Start the processes and return the crew."""
        if self.size > 0:
            self._pool = ProcessPoolExecutor(self.size, get_context("spawn"), _stand_ready)
            with start_clean():
                for _ in range(self.size):
                    self._pool.submit(_nothing)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        """End the processes; after an error nobody waits for those that are still loading."""
        if self._pool is not None:
            self._pool.shutdown(wait=kind is None, cancel_futures=True)
            self._pool = None

    def share(
        self, items: Sequence[Item], here: Callable[[Item], Result], there: Callable[[Item], Result]
    ) -> list[Result]:
        """Do something with every item, some of them in other processes.

        Parameters
        ----------
        items
            What to do, the longest at both ends: the others begin at the front and this process at the back.
        here, there
            Does it in this process and in another; both have the same result. ``there`` must be picklable.

        Returns
        -------
        list
            The results, in the order of the items.

        Raises
        ------
        Exception
            What an item raised; nothing is being done any more then.
        """
        work: _Work[Item, Result] = _Work(items)
        with ThreadPoolExecutor(max(self.size, 1)) as feeders:
            feeding = [feeders.submit(self._feed, work, there) for _ in range(self.size)]
            work.do(_Work.last, here)
        for one in feeding:
            one.result()
        # What was left by a process that was killed.
        work.do(_Work.last, here)
        return [work.done[place] for place in range(len(items))]

    def _feed(self, work: _Work[Item, Result], there: Callable[[Item], Result]) -> None:
        """Give items to another process, one at a time, as long as there are any left."""
        pool = self._pool
        if pool is not None:
            with suppress(BrokenProcessPool):
                work.do(_Work.first, lambda item: pool.submit(there, item).result())


class _Work(Generic[Item, Result]):
    """Items that are still left, and the results of those that are done, by place; several threads take from it."""

    def __init__(self, items: Sequence[Item]) -> None:
        self._left = deque(enumerate(items))
        self.done: dict[int, Result] = {}

    def first(self) -> tuple[int, Item] | None:
        """Take the first item; None if there is none left."""
        return self._taken(self._left.popleft)

    def last(self) -> tuple[int, Item] | None:
        """Take the last item; None if there is none left."""
        return self._taken(self._left.pop)

    @staticmethod
    def _taken(take: Callable[[], tuple[int, Item]]) -> tuple[int, Item] | None:
        try:
            return take()
        except IndexError:
            return None

    def do(self, take: Callable[[Self], tuple[int, Item] | None], make: Callable[[Item], Result]) -> None:
        """Do what is left; an error leaves nothing to the others, but a killed process leaves them its item."""
        while (taken := take(self)) is not None:
            place, item = taken
            try:
                self.done[place] = make(item)
            except BrokenProcessPool:
                self._left.append(taken)
                raise
            except BaseException:
                self._left.clear()
                raise
