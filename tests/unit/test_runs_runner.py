"""The runner: every task is done once, a lost process costs one attempt, a bad task never takes the rest along."""

from __future__ import annotations

from pathlib import Path

import pytest
from fake_runs import Kills

from sim.errors import InputError
from sim.runs.runner import MAX_TRIES, Runner
from sim.runs.tasks import Task

TASKS = [Task(name, replication) for replication in (1, 2, 3) for name in ("a", "b")]
NAMES = {f"{task.scenario}-{task.replication}" for task in TASKS}
VICTIM = Task("b", 2)


class Leaves:
    """Leave a file for each task; one task raises."""

    def __init__(self, folder: Path, error: Exception | None = None) -> None:
        self.folder, self.error = folder, error

    def __call__(self, task: Task) -> None:
        if self.error is not None and task == VICTIM:
            raise self.error
        (self.folder / f"{task.scenario}-{task.replication}").touch()

    def done(self) -> set[str]:
        return {path.name for path in self.folder.iterdir()}


@pytest.mark.parametrize("workers", [1, 2])
def test_every_task_is_done_and_told(tmp_path: Path, workers: int) -> None:
    told: list[Task] = []
    with Runner(Leaves(tmp_path), workers) as runner:
        assert runner.run(TASKS, told.append) == {}
    assert Leaves(tmp_path).done() == NAMES
    assert sorted(told) == sorted(TASKS)


def test_processes_stay_for_the_next_batch(tmp_path: Path) -> None:
    with Runner(Leaves(tmp_path), 2) as runner:
        runner.run(TASKS[:2], lambda task: None)
        before = [worker.process.pid for worker in runner._workers]
        runner.run(TASKS[2:], lambda task: None)
        assert [worker.process.pid for worker in runner._workers] == before
    assert Leaves(tmp_path).done() == NAMES


@pytest.mark.parametrize("workers", [1, 2])
def test_a_task_that_raises_is_named_and_the_rest_goes_on(tmp_path: Path, workers: int) -> None:
    with Runner(Leaves(tmp_path, ZeroDivisionError("oh")), workers) as runner:
        failed = runner.run(TASKS, lambda task: None)
    assert list(failed) == [VICTIM]
    assert failed[VICTIM].reason == "ZeroDivisionError: oh"
    assert "Traceback" in failed[VICTIM].details
    assert Leaves(tmp_path).done() == NAMES - {"b-2"}


@pytest.mark.parametrize("workers", [1, 2])
def test_wrong_input_found_in_a_task_stops_the_run(tmp_path: Path, workers: int) -> None:
    with Runner(Leaves(tmp_path, InputError("row 3")), workers) as runner, pytest.raises(InputError, match="row 3"):
        runner.run(TASKS, lambda task: None)


def test_a_killed_worker_costs_one_attempt_at_one_task(tmp_path: Path) -> None:
    work = Kills(tmp_path, VICTIM, times=1)
    with Runner(work, 2) as runner:
        assert runner.run(TASKS, lambda task: None) == {}
    assert work.done() == NAMES
    assert work.tries() == 2


def test_a_task_that_always_kills_is_given_up_and_the_rest_is_done(tmp_path: Path) -> None:
    work = Kills(tmp_path, VICTIM, times=99)
    with Runner(work, 2) as runner:
        failed = runner.run(TASKS, lambda task: None)
    assert list(failed) == [VICTIM]
    assert "killed" in failed[VICTIM].reason
    assert work.tries() == MAX_TRIES
    assert work.done() == NAMES - {"b-2"}
