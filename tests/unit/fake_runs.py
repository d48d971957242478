"""Replications that take no time, for tests of the runner; some misbehave on purpose."""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from sim.cli.compose import compose_one
from sim.errors import InputError
from sim.measures.arrays import Columns, texts
from sim.runs.settings import Precision, RunSettings
from sim.runs.tasks import Task
from sim.scenario import Scenario


@dataclass
class Fake:
    """Make small tables that depend on scenario, seed and replication only.

    Attributes
    ----------
    log
        File to which each call adds a line, if any: tells which replications were really done.
    spread
        Standard deviation of the effect of a scenario over replications.
    raises, wrong
        Tasks that raise an error, or find the input wrong.
    """

    log: Path | None = None
    spread: float = 1.0
    raises: frozenset[Task] = field(default_factory=frozenset)
    wrong: frozenset[Task] = field(default_factory=frozenset)

    def __call__(self, name: str, scenario: Scenario, seed: int, replication: int) -> dict[str, Columns]:
        if self.log is not None:
            with self.log.open("a", encoding="utf-8") as log:
                log.write(f"{name} {replication}\n")
        if Task(name, replication) in self.raises:
            raise ZeroDivisionError("a mistake in the model")
        if Task(name, replication) in self.wrong:
            raise InputError("schools.csv, row 3: wrong")
        common = np.random.default_rng([seed, replication])
        own = np.random.default_rng([seed, replication, ord(name[0])])
        value = 10.0 + common.normal() + scenario.horizon.measure_years + self.spread * own.normal()
        return tables(value)

    def calls(self) -> list[str]:
        return [] if self.log is None or not self.log.exists() else sorted(self.log.read_text().splitlines())


def tables(value: float) -> dict[str, Columns]:
    return {
        "values": {
            "measure": texts(["reach"] * 3),
            "level": texts(["total", "sector", "school"]),
            "unit": texts(["all", "po", "po-1"]),
            "value": np.array([value, value / 3.0, value / 7.0]),
        },
        "weekly": {
            "week": np.array([0, 1]),
            "series": texts(["waiting_smw"] * 2),
            "sector": texts(["all"] * 2),
            "value": np.array([value, 1.0]),
        },
        "curves": {
            "curve": texts(["smw_wait"] * 2),
            "sector": texts(["all"] * 2),
            "day": np.array([0.0, 7.0]),
            "share": np.array([0.0, value / 50.0]),
        },
        "flows": {"source": texts(["hidden"]), "target": texts(["recovered"]), "value": np.array([value])},
    }


@dataclass(frozen=True)
class Kills:
    """Do a task, but kill the process the first few times that ``victim`` is tried.

    Attributes
    ----------
    folder
        Where tries and finished tasks leave a file.
    victim
        The task that kills.
    times
        How many times.
    """

    folder: Path
    victim: Task
    times: int

    def __call__(self, task: Task) -> None:
        tries = self.folder / "tries"
        with tries.open("a", encoding="utf-8") as file:
            file.write(f"{task}\n")
        if task == self.victim and tries.read_text().splitlines().count(str(task)) <= self.times:
            os.kill(os.getpid(), signal.SIGKILL)
        (self.folder / f"{task.scenario}-{task.replication}").touch()

    def tries(self) -> int:
        return (self.folder / "tries").read_text().splitlines().count(str(self.victim))

    def done(self) -> set[str]:
        return {path.name for path in self.folder.iterdir()} - {"tries"}


def scenario(*settings: str) -> Scenario:
    return next(iter(compose_one(settings).scenarios.values()))


def settings(output: Path | None, names: tuple[str, ...] = ("a", "b"), **changes: object) -> RunSettings:
    values: dict[str, object] = {
        "replications": 3,
        "seed": 1,
        "engine": "simpy",
        "workers": 1,
        "output": output,
        "overwrite": False,
        "event_log": False,
        "precision": Precision(),
        "scenarios": names,
        "reference": names[0],
    }
    return RunSettings.model_validate(values | changes)
