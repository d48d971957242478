"""Processes that make parts of a report beside this one."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from types import TracebackType
from typing import TypeVar

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
    """Load what parts of a report are made with."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from sim.report.parts import load_libraries

    load_libraries()


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
        """End the processes."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
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
            What the first item that failed raised; nothing is being done any more then.
        """
        futures = self._submit(items, there)
        try:
            mine = {place: here(items[place]) for place in reversed(range(len(items))) if _is_left(futures, place)}
            return [
                mine[place] if place in mine else _result(futures[place], item, here)
                for place, item in enumerate(items)
            ]
        except BaseException:
            for future in futures:
                future.cancel()
            wait(futures)
            raise

    def _submit(self, items: Sequence[Item], there: Callable[[Item], Result]) -> list[Future[Result]]:
        if self._pool is None:
            return []
        try:
            with start_clean():
                return [self._pool.submit(there, item) for item in items]
        except BrokenProcessPool:
            return []


def _is_left(futures: Sequence[Future[Result]], place: int) -> bool:
    """Tell whether no other process has taken an item; none will, from now on."""
    return not futures or futures[place].cancel()


def _result(future: Future[Result], item: Item, here: Callable[[Item], Result]) -> Result:
    try:
        return future.result()
    except BrokenProcessPool:
        # The other process was killed; its parts are made here.
        return here(item)
