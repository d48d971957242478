"""Does tasks on processes of its own: a killed worker costs one attempt at one task, never the rest."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable
from multiprocessing.connection import wait
from types import TracebackType

from sim.errors import CannotGoOnError, InputError
from sim.runs.tasks import Task
from sim.runs.workers import Failure, Work, Worker, attempt

MAX_TRIES = 3

Finished = Callable[[Task], object]


class Runner:
    """Worker processes that stay alive between batches of tasks; a context manager that ends them.

    Attributes
    ----------
    work
        Does one task and keeps its result; sent to each process once, so it must be picklable when there are
        several workers.
    size
        Number of processes; 1 works in this process.
    strict
        Whether wrong input is an error for all tasks, and not only the failure of one.
    """

    def __init__(self, work: Work, size: int, strict: bool = True) -> None:
        self.work = work
        self.size = size
        self.strict = strict
        self._workers: list[Worker] = []

    def __enter__(self) -> Runner:
        """Return the runner; processes start with the first tasks."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        """End the processes, at once if something went wrong."""
        for worker in self._workers:
            worker.stop(now=kind is not None)

    def run(self, tasks: Iterable[Task], finished: Finished) -> dict[Task, Failure]:
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
            Why each failed task failed. A task fails at once when it raises, and after ``MAX_TRIES`` killed
            workers.

        Raises
        ------
        InputError
            If a task finds that the settings are wrong, and the runner is strict.
        """
        if self.size == 1:
            return do_here(self.work, tasks, finished, self.strict)
        return self._spread(deque(tasks), finished)

    def _spread(self, todo: deque[Task], finished: Finished) -> dict[Task, Failure]:
        tries: Counter[Task] = Counter()
        failed: dict[Task, Failure] = {}
        self._hand_out(todo)
        while busy := [worker for worker in self._workers if worker.task is not None]:
            for worker in _ready(busy):
                task, failure = self._outcome(worker)
                tries[task] += 1
                if failure is None:
                    finished(task)
                elif failure.killed and tries[task] < MAX_TRIES:
                    todo.append(task)
                else:
                    failed[task] = bearable(failure, self.strict)
            self._hand_out(todo)
        return failed

    def _hand_out(self, todo: deque[Task]) -> None:
        while todo and (worker := self._idle()) is not None:
            worker.give(todo.popleft())

    def _idle(self) -> Worker | None:
        for worker in self._workers:
            if worker.task is None:
                return worker
        if len(self._workers) == self.size:
            return None
        self._workers.append(Worker(self.work))
        return self._workers[-1]

    def _outcome(self, worker: Worker) -> tuple[Task, Failure | None]:
        task, failure = worker.outcome()
        if failure is not None and failure.killed:
            self._workers.remove(worker)
        return task, failure


def do_here(work: Work, tasks: Iterable[Task], finished: Finished, strict: bool = True) -> dict[Task, Failure]:
    """Do tasks one by one in the calling thread and return those that failed."""
    failed = {}
    for task in tasks:
        failure = attempt(work, task)
        if failure is None:
            finished(task)
        else:
            failed[task] = bearable(failure, strict)
    return failed


def _ready(busy: list[Worker]) -> list[Worker]:
    ready = wait([worker.connection for worker in busy])
    return [worker for worker in busy if worker.connection in ready]


def bearable(failure: Failure, strict: bool = True) -> Failure:
    """Return a failure that the other tasks survive; wrong input is an error for all of them if that is strict."""
    if failure.ends_all:
        raise CannotGoOnError(failure.reason)
    if failure.input_error and strict:
        raise InputError(failure.reason)
    return failure
