"""Doing the replications of a study: all of them, or until a difference is known well enough."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from sim.engine import COMPILING, FALLBACK, Engine, has_to_compile
from sim.errors import unknown_name
from sim.runs.digest import plain
from sim.runs.progress import bar
from sim.runs.runner import Runner
from sim.runs.settings import RunSettings
from sim.runs.store import Store
from sim.runs.tables import collect
from sim.runs.tasks import TABLES, Replicate, Task
from sim.runs.threads import Threads
from sim.runs.workers import Failure
from sim.scenario import Scenario


@dataclass(frozen=True)
class Job:
    """What threads share and worker processes are given: how to do a task, and where to keep its tables."""

    replicate: Replicate
    scenarios: Mapping[str, Scenario]
    seed: int
    store: Store

    def __call__(self, task: Task) -> None:
        """Do one task and keep its tables."""
        tables = self.replicate(task.scenario, self.scenarios[task.scenario], self.seed, task.replication)
        self.store.save(task, tables)

    def __getstate__(self) -> dict[str, object]:
        """Send scenarios to other processes as plain data: generic settings classes cannot be pickled."""
        return {**self.__dict__, "scenarios": {name: plain(scenario) for name, scenario in self.scenarios.items()}}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Check the scenarios again on arrival."""
        scenarios = {name: Scenario.model_validate(data) for name, data in state["scenarios"].items()}
        self.__dict__.update(state, scenarios=scenarios)


def do_replications(
    job: Job, settings: RunSettings, engine: Engine, show: bool
) -> tuple[dict[Task, Failure], tuple[int, ...]]:
    """Do what is not finished yet of all replications.

    Parameters
    ----------
    job
        Does one replication of one scenario.
    settings
        How many, when to stop, and how many at a time.
    engine
        What simulates.
    show
        Show a progress bar.

    Returns
    -------
    tuple
        Why tasks failed, and the replications that every scenario finished.

    Raises
    ------
    InputError
        If the settings are wrong.
    """
    failures: dict[Task, Failure] = {}
    compiling = has_to_compile(engine)
    announce = cache(partial(_announce, settings.engine, engine, compiling))
    with _runner(job, settings.workers, engine, compiling) as runner:
        for n in settings.batches():
            todo = [task for task in _todo(job, settings, n) if task not in failures]
            if todo:
                announce()
                failures |= _do(runner, todo, n * len(job.scenarios), show)
            done = _complete(n, failures)
            more = _more_replications(job, settings, done)
            if more == 0:
                return failures, done
    if more is not None:
        _say_not_reached(settings, more)
    return failures, done


def _do(runner: Runner | Threads, todo: list[Task], total: int, show: bool) -> dict[Task, Failure]:
    with bar(total, total - len(todo), show) as progress:
        return runner.run(todo, lambda task: progress.update())


def _runner(job: Job, size: int, engine: Engine, compiling: bool) -> Runner | Threads:
    """Return threads for compiled code, which lets other threads run, and processes for SimPy, which does not."""
    return Threads(job, size, first_alone=compiling) if engine == "compiled" else Runner(job, size)


def _announce(asked: str, engine: Engine, compiling: bool) -> None:
    """Say what the user may wonder about before the first replication."""
    if asked == "auto" and engine == "simpy":
        print(FALLBACK, file=sys.stderr)
    if compiling:
        print(COMPILING, file=sys.stderr, flush=True)


def _todo(job: Job, settings: RunSettings, n: int) -> list[Task]:
    """Return what is left of the first ``n`` replications.

    Every worker has a replication of its own and then the next scenario of it, for which the cases are there already.
    """
    tables = (*TABLES, "events") if settings.event_log else TABLES
    size = settings.workers
    tasks = [
        Task(name, replication)
        for first in range(1, n + 1, size)
        for name in job.scenarios
        for replication in range(first, min(first + size, n + 1))
    ]
    return [task for task in tasks if not job.store.has(task, tables)]


def _complete(n: int, failures: Mapping[Task, Failure]) -> tuple[int, ...]:
    lost = {task.replication for task in failures}
    return tuple(replication for replication in range(1, n + 1) if replication not in lost)


def _more_replications(job: Job, settings: RunSettings, done: tuple[int, ...]) -> int | None:
    """Return how many more replications are needed; None if the run does not stop on a measure."""
    measure, target = settings.precision.measure, settings.precision.half_width
    if measure is None or target is None:
        return None
    from sim.statistics.stopping import more_replications

    values = collect(job.store, "values", list(job.scenarios), done)
    known = set(values.loc[values["level"] == "total", "measure"])
    if measure not in known:
        raise unknown_name("precision.measure", "measure", measure, known)
    return more_replications(values, settings.reference, measure, target)


def _say_not_reached(settings: RunSettings, more: int) -> None:
    precision = settings.precision
    print(
        f"the half-width of {precision.measure} was not at most {precision.half_width:g} for long enough after "
        f"{precision.max_replications} replications (precision.max_replications); as it looks now, at least {more} "
        "more are needed",
        file=sys.stderr,
    )
