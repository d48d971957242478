"""Does tasks on threads of this process, which share worlds and tables; for work that lets go of Python's lock."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from types import TracebackType

from sim.runs.runner import Finished, bearable, do_here
from sim.runs.tasks import Task
from sim.runs.workers import Failure, Work, attempt


class Threads:
    """Threads that stay alive between batches of tasks; a context manager that ends them.

    Attributes
    ----------
    work
        Does one task and keeps its result; called by several threads at a time.
    size
        Number of threads; 1 works in the calling thread.
    first_alone
        Whether the first task is done before all others, in the calling thread, since it has to prepare what they
        all need, and can be interrupted there.
    """

    def __init__(self, work: Work, size: int, first_alone: bool = False) -> None:
        self.work = work
        self.size = size
        self.first_alone = first_alone
        self._pool = ThreadPoolExecutor(size, thread_name_prefix="replication")

    def __enter__(self) -> Threads:
        """Return the runner; threads start with the first tasks."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        """End the threads after the tasks they are at; tasks that did not begin are dropped."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    def run(self, tasks: Iterable[Task], finished: Finished) -> dict[Task, Failure]:
        """Do all tasks and return those that failed.

        Parameters
        ----------
        tasks
            What to do, in order of start.
        finished
            Called in the calling thread after each task that succeeded.

        Returns
        -------
        dict
            Why each failed task failed.

        Raises
        ------
        InputError
            If a task finds that the settings are wrong.
        """
        todo = deque(tasks)
        alone = len(todo) if self.size == 1 else int(self.first_alone)
        self.first_alone = False
        failed = do_here(self.work, [todo.popleft() for _ in range(min(alone, len(todo)))], finished)
        started = {self._pool.submit(attempt, self.work, task): task for task in todo}
        for future in as_completed(started):
            task, failure = started[future], future.result()
            if failure is None:
                finished(task)
            else:
                failed[task] = bearable(failure)
        return failed
