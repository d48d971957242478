"""A worker: one process that does the tasks it is sent, one by one."""

from __future__ import annotations

import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from types import ModuleType

from sim.errors import CannotGoOnError, InputError
from sim.runs.tasks import Task

Work = Callable[[Task], None]


@dataclass(frozen=True)
class Failure:
    """Why a task did not finish.

    Attributes
    ----------
    reason
        One line for people.
    details
        The traceback, or an empty string when the worker was killed.
    input_error
        The settings are wrong: no use in going on.
    killed
        The process ended before it could answer; another try may succeed.
    ends_all
        All other tasks would fail too.
    """

    reason: str
    details: str = ""
    input_error: bool = False
    killed: bool = False
    ends_all: bool = False


def attempt(work: Work, task: Task) -> Failure | None:
    """Do a task; return why it failed, or None."""
    try:
        work(task)
    except Exception as error:
        return failure_of(error)
    return None


def failure_of(error: Exception) -> Failure:
    """Return the failure of a task that raised, while its error is being handled."""
    if isinstance(error, InputError):
        return Failure(str(error), input_error=True, ends_all=isinstance(error, CannotGoOnError))
    return Failure(f"{type(error).__name__}: {error}", traceback.format_exc())


def serve(connection: Connection, work: Work) -> None:
    """Do the tasks that arrive until the other end is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        while True:
            connection.send(attempt(work, connection.recv()))
    except (EOFError, BrokenPipeError):
        return


@contextmanager
def start_clean() -> Iterator[None]:
    """Start processes that ignore Ctrl-C from their first moment and do not run the user's script again."""
    main = sys.modules["__main__"]
    on_main_thread = threading.current_thread() is threading.main_thread()
    before = signal.signal(signal.SIGINT, signal.SIG_IGN) if on_main_thread else None
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main
        if on_main_thread:
            signal.signal(signal.SIGINT, before)


class Worker:
    """The parent's side of a worker process.

    Attributes
    ----------
    task
        What it is working on, None when it is idle.
    """

    def __init__(self, work: Work) -> None:
        context = get_context("spawn")
        self.connection, other = context.Pipe()
        self.process: SpawnProcess = context.Process(target=serve, args=(other, work), daemon=True)
        self.task: Task | None = None
        with start_clean():
            self.process.start()
        other.close()

    def give(self, task: Task) -> None:
        """Send a task; a dead worker shows in ``outcome``."""
        self.task = task
        try:
            self.connection.send(task)
        except (BrokenPipeError, ConnectionResetError):
            return

    def outcome(self) -> tuple[Task, Failure | None]:
        """Return the task it had and why that failed, or None; the worker is idle from now on, or gone."""
        if self.task is None:
            raise ValueError("the worker has no task")
        task, self.task = self.task, None
        try:
            return task, self.connection.recv()
        except (EOFError, ConnectionResetError):
            self.process.join()
            self.connection.close()
            reason = f"the worker process was killed or crashed (exit status {self.process.exitcode})"
            return task, Failure(reason, killed=True)

    def stop(self, now: bool) -> None:
        """End the process: after its present task, or at once."""
        if now:
            self.process.terminate()
        self.connection.close()
        self.process.join()
