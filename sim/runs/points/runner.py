"""Runs points: does what is not on disk yet, on this computer or on a cluster."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Protocol

from sim.engine import COMPILING, FALLBACK, choose, has_to_compile
from sim.runs.digest import scenario_digest
from sim.runs.points.reader import PointReader
from sim.runs.points.replicate import Totals
from sim.runs.points.results import PointRun
from sim.runs.points.settings import PointSettings
from sim.runs.points.store import PointStore
from sim.runs.points.task import PointJob, PointReplicate, PointTask, PointWork
from sim.runs.progress import Progress, bar
from sim.runs.runner import Finished, Runner, do_here
from sim.runs.tasks import ROOT, Task
from sim.runs.workers import Failure
from sim.scenario import Scenario

Replications = int | Mapping[str, Sequence[int]]


class Backend(Protocol):
    """Does tasks somewhere; a context manager that ends what it started."""

    def __enter__(self) -> Backend:
        """Make ready."""

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        """End what was started."""

    def run(self, tasks: Sequence[Task], finished: Finished) -> dict[Task, Failure]:
        """Do all tasks, tell of each that succeeded, and return why others failed."""


class PointRunner:
    """Runs points of one kind of tables in one output folder; a context manager that ends its workers.

    Parameters
    ----------
    output
        Folder in which finished tasks are kept.
    settings
        Seed, engine and backend.
    replicate
        What makes the tables of a task; the measures in total, by sector and so on when None.
    show
        Show a progress bar.
    strict
        Whether a point that does not fit its region is an error; otherwise it is one more failure.
    root
        Folder that the regions' folders are relative to.
    """

    def __init__(
        self,
        output: Path,
        settings: PointSettings,
        *,
        replicate: PointReplicate | None = None,
        show: bool = False,
        strict: bool = True,
        root: Path = ROOT,
    ) -> None:
        self.output = output
        self.settings = settings
        self.show = show
        self.root = root
        self.engine = choose(settings.engine)
        self.replicate: PointReplicate = replicate or Totals(self.engine, root)
        self.store = PointStore(output, self.replicate.name)
        self.strict = strict
        self._job = PointJob(PointWork(self.replicate, settings.seed, root), self.store)
        self._reader = PointReader(self.store)
        self._backend: Backend | None = None
        self._progress: Progress | None = None
        self._planned = 0
        self._showing = ExitStack()
        self._done: dict[str, set[int]] = {}
        self._failures: dict[tuple[str, int], Failure] = {}

    def __enter__(self) -> PointRunner:
        """Return the runner; workers start with the first tasks."""
        self.store.tidy()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        """End the workers, at once if something went wrong."""
        self._showing.close()
        if self._backend is not None:
            self._backend.__exit__(kind, error, trace)
            self._backend = None

    def plan(self, tasks: int) -> None:
        """Say how many tasks will be asked for in several calls of ``run``, for the estimate of the time left."""
        self._planned = tasks

    def run(self, scenarios: Mapping[str, Scenario], replications: Replications) -> PointRun:
        """Do what is not finished yet of some points.

        Parameters
        ----------
        scenarios
            The points by name, in order.
        replications
            How many of each, from 1; or which numbers, by point.

        Returns
        -------
        PointRun
            Everything that was asked for and is finished, also what was done before.

        Raises
        ------
        InputError
            If a point does not fit its region (with ``strict``), or the engine or the backend is not there.
        """
        wanted = _numbers(scenarios, replications)
        digests = {name: scenario_digest(scenarios[name], self.settings.seed, self.root) for name in wanted}
        for digest in set(digests.values()) - self._done.keys():
            self._done[digest] = self.store.finished(digest)
        todo = self._todo(scenarios, wanted, digests)
        total = len({(digests[name], number) for name, numbers in wanted.items() for number in numbers})
        self._do(todo, total)
        return PointRun(
            {name: scenarios[name] for name in wanted},
            {name: tuple(sorted(self._done[digests[name]].intersection(n))) for name, n in wanted.items()},
            self._failures_of(wanted, digests),
            self._reader,
            digests,
        )

    def _todo(
        self, scenarios: Mapping[str, Scenario], wanted: Mapping[str, Sequence[int]], digests: Mapping[str, str]
    ) -> list[PointTask]:
        """Return the tasks that are left, all points of a replication together: they share what is drawn."""
        settings: dict[str, str] = {}
        tasks: dict[tuple[int, str], PointTask] = {}
        for name, numbers in wanted.items():
            digest = digests[name]
            for number in numbers:
                if number in self._done[digest] or (digest, number) in self._failures or (number, digest) in tasks:
                    continue
                if digest not in settings:
                    settings[digest] = scenarios[name].model_dump_json()
                tasks[number, digest] = PointTask(name, number, digest, settings[digest])
        return sorted(tasks.values(), key=lambda task: task.replication)

    def _do(self, todo: list[PointTask], total: int) -> None:
        if self._backend is None and todo:
            alone = self._first_alone(todo)
            self._remember(do_here(self._job, alone, self._finished, self.strict))
            todo = todo[len(alone) :]
            self._backend = self._started()
        self._expect(total, len(todo))
        if self._backend is not None and todo:
            self._remember(self._backend.run(todo, self._finished))

    def _expect(self, total: int, todo: int) -> None:
        """Show one bar for all batches: a stepwise search asks for a few tasks many times."""
        planned = min(total, self._planned)
        self._planned -= planned
        if self._progress is None:
            self._progress = self._showing.enter_context(bar(total + self._planned, total - todo, self.show))
        else:
            self._progress.expect(todo - planned)

    def _finished(self, task: Task) -> None:
        assert isinstance(task, PointTask)
        self._done[task.digest].add(task.replication)
        if self._progress is not None:
            self._progress.update()

    def _remember(self, failures: Mapping[Task, Failure]) -> None:
        """Keep why tasks failed: they are tried again by the next command, not by this one."""
        for task, failure in failures.items():
            assert isinstance(task, PointTask)
            self._failures[task.digest, task.replication] = failure
        if self._progress is not None:
            self._progress.update(len(failures))

    def _first_alone(self, todo: list[PointTask]) -> list[PointTask]:
        """Return the task that is done before others start: it compiles for all, and can be interrupted here."""
        if self.settings.engine == "auto" and self.engine == "simpy":
            print(FALLBACK, file=sys.stderr)
        if self.settings.chosen_backend == "dask" or not has_to_compile(self.engine):
            return []
        print(COMPILING, file=sys.stderr, flush=True)
        return todo[:1]

    def _started(self) -> Backend:
        if self.settings.chosen_backend == "dask":
            from sim.runs.points.cluster import Cluster

            assert self.settings.scheduler is not None
            cluster: Backend = Cluster(self._job, self.settings.scheduler, self.strict, self.engine)
            return cluster.__enter__()
        size = self.settings.workers if self.settings.chosen_backend == "processes" else 1
        return Runner(self._job, size, self.strict).__enter__()

    def _failures_of(self, wanted: Mapping[str, Sequence[int]], digests: Mapping[str, str]) -> dict[Task, Failure]:
        known = self._failures
        found = ((name, number) for name, numbers in wanted.items() for number in numbers)
        return {
            Task(name, number): known[digests[name], number]
            for name, number in found
            if (digests[name], number) in known
        }


def _numbers(scenarios: Mapping[str, Scenario], replications: Replications) -> dict[str, Sequence[int]]:
    """Return the replications that are wanted of each point."""
    if isinstance(replications, int):
        return {name: range(1, replications + 1) for name in scenarios}
    return {name: replications[name] for name in scenarios if name in replications}
