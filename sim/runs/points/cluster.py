"""Does tasks on an existing Dask cluster; results come here and are written here, as they come."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from types import TracebackType
from typing import TYPE_CHECKING, Any

from sim.engine import Engine
from sim.runs.points.connection import connected, no_model
from sim.runs.points.flight import Flight
from sim.runs.points.on_worker import packed
from sim.runs.points.task import PointJob, PointTask
from sim.runs.runner import MAX_TRIES, Finished, bearable
from sim.runs.tasks import Task
from sim.runs.workers import Failure

if TYPE_CHECKING:
    from distributed import Future

MAX_KILLS = 2
"""Times that the cluster gives a task up before it is given up here; each time it has lost several workers to it."""


@dataclass
class _Rest:
    """What is left of a batch.

    Attributes
    ----------
    todo
        Tasks to send.
    aside
        Tasks at which workers were lost: they go one by one at the end, since a task that only stood in line at a
        worker that another task killed is suspected too.
    tries
        How often each task came back without a result.
    failed
        Tasks that were given up.
    """

    todo: deque[PointTask]
    aside: deque[PointTask] = field(default_factory=deque)
    tries: Counter[PointTask] = field(default_factory=Counter)
    failed: dict[Task, Failure] = field(default_factory=dict)

    def next(self, room: int, away: int) -> list[PointTask]:
        """Return the tasks to be sent now."""
        if self.todo:
            return [self.todo.popleft() for _ in range(min(room, len(self.todo)))]
        return [self.aside.popleft()] if self.aside and not away else []

    def may_try(self, task: PointTask, failure: Failure) -> bool:
        """Count a try that came to nothing, and tell whether there may be another."""
        self.tries[task] += 1
        return self.tries[task] < (MAX_KILLS if failure.killed else MAX_TRIES)


class Cluster:
    """An existing Dask cluster; a context manager that leaves it as it was.

    Parameters
    ----------
    job
        Does one task and keeps its tables.
    scheduler
        Address of the cluster's scheduler, such as ``tcp://10.0.0.1:8786``.
    strict
        Whether wrong input is an error for all tasks, and not only the failure of one.
    engine
        What simulates.
    """

    def __init__(self, job: PointJob, scheduler: str, strict: bool, engine: Engine) -> None:
        self.job = job
        self.scheduler = scheduler
        self.strict = strict
        self.engine = engine
        self._open = ExitStack()

    def __enter__(self) -> Cluster:
        """Connect.

        Raises
        ------
        InputError
            If there is no such cluster, or its workers have another version of the model.
        """
        client = self._open.enter_context(connected(self.scheduler, self.engine))
        self._flight = Flight(client, self.scheduler, packed(self.job.work))
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        """Disconnect."""
        self._open.close()

    def run(self, tasks: Sequence[Task], finished: Finished) -> dict[Task, Failure]:
        """Do all tasks and return those that failed.

        Parameters
        ----------
        tasks
            What to do, in order of start.
        finished
            Called after each task that succeeded.

        Returns
        -------
        dict
            Why each failed task failed.

        Raises
        ------
        InputError
            If a task finds that the settings are wrong and the runner is strict, or the scheduler is gone.
        """
        rest = _Rest(deque(task for task in tasks if isinstance(task, PointTask)))
        flight = self._flight
        try:
            while rest.todo or rest.aside or len(flight):
                flight.send(rest.next(flight.room, len(flight)))
                for task, future in flight.landed():
                    self._settle(task, future, rest, finished)
        finally:
            flight.drop()
        return rest.failed

    def _settle(self, task: PointTask, future: Future[Any], rest: _Rest, finished: Finished) -> None:
        """Keep what came back, or decide whether to try again."""
        found = _outcome(future)
        if not isinstance(found, Failure):
            self.job.store.keep(task.digest, task.replication, found)
            finished(task)
        elif isinstance(found, _Lost) and rest.may_try(task, found):
            (rest.aside if found.killed else rest.todo).append(task)
        else:
            rest.failed[task] = bearable(found, self.strict)


@dataclass(frozen=True)
class _Lost(Failure):
    """No answer, for reasons of the cluster or the task; another try may succeed."""


def _outcome(future: Future[Any]) -> Mapping[str, bytes] | Failure:
    from distributed import KilledWorker

    try:
        found: Mapping[str, bytes] | Failure = future.result()
    except KilledWorker as error:
        deaths = error.allowed_failures + 1
        return _Lost(f"{deaths} workers of the cluster were killed or crashed while they had it", killed=True)
    except ImportError as error:
        raise no_model("of the cluster", error) from None
    except Exception as error:
        return _Lost(f"the cluster lost it: {type(error).__name__}: {error}")
    return found
