"""Threads: every task is done once, a bad task never takes the rest along, and what did not begin can be dropped."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest

from sim.errors import InputError
from sim.runs.tasks import Task
from sim.runs.threads import Threads

TASKS = [Task(name, replication) for replication in (1, 2, 3) for name in ("a", "b")]
VICTIM = Task("b", 2)


class Notes:
    """Note which thread does which task; one task does something else."""

    def __init__(self, instead: Callable[[], None] | None = None) -> None:
        self.instead = instead
        self.done: dict[Task, str] = {}

    def __call__(self, task: Task) -> None:
        if self.instead is not None and task == VICTIM:
            self.instead()
        self.done[task] = threading.current_thread().name


def raising(error: BaseException) -> Callable[[], None]:
    def throw() -> None:
        raise error

    return throw


@pytest.mark.parametrize("size", [1, 2, 5])
def test_every_task_is_done_and_told_in_the_calling_thread(size: int) -> None:
    work, told = Notes(), list[tuple[Task, threading.Thread]]()
    with Threads(work, size) as threads:
        assert threads.run(TASKS[:2], lambda task: told.append((task, threading.current_thread()))) == {}
        assert threads.run(TASKS[2:], lambda task: told.append((task, threading.current_thread()))) == {}
    assert work.done.keys() == set(TASKS)
    assert sorted(task for task, _ in told) == sorted(TASKS)
    assert {thread for _, thread in told} == {threading.current_thread()}
    here = {threading.current_thread().name}
    assert (set(work.done.values()) == here) == (size == 1)
    assert len(set(work.done.values()) | here) <= size + 1


def test_tasks_run_side_by_side() -> None:
    together = threading.Barrier(2, timeout=30)
    with Threads(lambda task: together.wait() and None, 2) as threads:
        assert threads.run(TASKS, lambda task: None) == {}


def test_the_first_task_can_go_before_all_others_in_the_calling_thread() -> None:
    started: list[tuple[Task, str]] = []
    over = threading.Event()

    def work(task: Task) -> None:
        started.append((task, threading.current_thread().name))
        if task == TASKS[0]:
            time.sleep(0.05)
            over.set()
        assert over.is_set()

    with Threads(work, 3, first_alone=True) as threads:
        assert threads.run(TASKS, lambda task: None) == {}
        assert started[0] == (TASKS[0], threading.current_thread().name)
        assert threading.current_thread().name not in {name for _, name in started[1:]}
        started.clear()
        assert threads.run(TASKS, lambda task: None) == {}
        assert threading.current_thread().name not in {name for _, name in started}


@pytest.mark.parametrize("size", [1, 2])
def test_a_task_that_raises_is_named_and_the_rest_goes_on(size: int) -> None:
    work = Notes(raising(ZeroDivisionError("oh")))
    with Threads(work, size) as threads:
        failed = threads.run(TASKS, lambda task: None)
    assert list(failed) == [VICTIM]
    assert failed[VICTIM].reason == "ZeroDivisionError: oh"
    assert "Traceback" in failed[VICTIM].details
    assert work.done.keys() == set(TASKS) - {VICTIM}


@pytest.mark.parametrize("size", [1, 2])
def test_wrong_input_found_in_a_task_stops_the_run(size: int) -> None:
    with Threads(Notes(raising(InputError("row 3"))), size) as threads, pytest.raises(InputError, match="row 3"):
        threads.run(TASKS, lambda task: None)


def test_after_control_c_tasks_that_began_are_finished_and_the_others_dropped() -> None:
    begun, finished = list[Task](), list[Task]()

    def work(task: Task) -> None:
        begun.append(task)
        time.sleep(0.02)
        finished.append(task)

    def interrupt(task: Task) -> None:
        raise KeyboardInterrupt

    many = [Task("a", replication) for replication in range(100)]
    with pytest.raises(KeyboardInterrupt), Threads(work, 2) as threads:
        threads.run(many, interrupt)
    assert 1 <= len(begun) < 10
    assert sorted(begun) == sorted(finished)
