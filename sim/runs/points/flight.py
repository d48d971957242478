"""Tasks that are with a cluster: enough to keep its workers busy, few enough not to pile up results."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any

from sim.errors import CannotGoOnError
from sim.runs.points.on_worker import do_there
from sim.runs.points.task import PointTask

if TYPE_CHECKING:
    from distributed import Client, Future

PER_THREAD = 3
LEAST = 8
SECONDS_BETWEEN_LOOKS = 3.0


class Flight:
    """Sends tasks and waits for them.

    Parameters
    ----------
    client
        Connection with the cluster.
    address
        Address of its scheduler.
    work
        How a task is done, packed.
    """

    def __init__(self, client: Client, address: str, work: bytes) -> None:
        self._client = client
        self._address = address
        self._work = work
        self._away: dict[Future[Any], PointTask] = {}
        self._back: SimpleQueue[Future[Any]] = SimpleQueue()
        self._threads: int | None = None

    @property
    def room(self) -> int:
        """How many more tasks the cluster can be sent."""
        if self._threads is None:
            self._look()
        return max(LEAST, PER_THREAD * (self._threads or 0)) - len(self._away)

    def __len__(self) -> int:
        """Return how many tasks are away."""
        return len(self._away)

    def send(self, tasks: Sequence[PointTask]) -> None:
        """Send tasks to the cluster."""
        if not tasks:
            return
        futures = self._client.map(do_there, [self._work] * len(tasks), list(tasks), key="smw", pure=False)
        for future, task in zip(futures, tasks, strict=True):
            self._away[future] = task
            future.add_done_callback(self._back.put)

    def landed(self) -> Iterator[tuple[PointTask, Future[Any]]]:
        """Wait until something is back and return all that is: tasks with what became of them.

        Raises
        ------
        CannotGoOnError
            If the scheduler does not answer any more.
        """
        future: Future[Any] | None = self._wait()
        while future is not None:
            if future in self._away:
                yield self._away.pop(future), future
            future = self._next()

    def drop(self) -> None:
        """Call back all tasks that are away; those that a worker is at are finished in vain."""
        away = list(self._away)
        self._away.clear()
        if away and self._client.status == "running":
            self._client.cancel(away)

    def _wait(self) -> Future[Any]:
        while True:
            try:
                return self._back.get(timeout=SECONDS_BETWEEN_LOOKS)
            except Empty:
                self._look()

    def _next(self) -> Future[Any] | None:
        try:
            return self._back.get_nowait()
        except Empty:
            return None

    def _look(self) -> None:
        """Count the workers, and say so when the last one is gone."""
        if self._client.status != "running":
            raise self._lost()
        try:
            threads = sum(self._client.nthreads().values())
        except OSError:
            raise self._lost() from None
        if threads == 0 and self._threads != 0:
            print(
                f"no worker is connected with {self._address}: waiting for one (Ctrl-C ends; what is done is kept)",
                file=sys.stderr,
                flush=True,
            )
        self._threads = threads

    def _lost(self) -> CannotGoOnError:
        return CannotGoOnError(
            f"scheduler={self._address}: the Dask scheduler does not answer any more; what is finished is kept, and "
            "the same command goes on with it"
        )
