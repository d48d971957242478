"""Points whose replications take no time, for tests of what runs them; some misbehave on purpose."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from fake_runs import tables

from sim.errors import InputError
from sim.measures.arrays import Columns
from sim.scenario import Scenario
from tests.worlds import quiet

KILL = "kill"
WAIT_SECONDS = 20.0


@dataclass(frozen=True)
class FakePoints:
    """Make small tables that depend on the settings, the seed and the replication only.

    Attributes
    ----------
    log
        File to which each call adds a line.
    raises, wrong, kills
        Names of points that raise, find the input wrong, or kill their process.
    times
        How many times a killer kills.
    slow
        Seconds that a call takes at least.
    """

    log: Path
    raises: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    kills: tuple[str, ...] = ()
    times: int = 99
    slow: float = 0.0
    name: str = "fake"

    def __call__(self, name: str, scenario: Scenario, seed: int, replication: int) -> Mapping[str, Columns]:
        with self.log.open("a", encoding="utf-8") as log:
            log.write(f"{scenario.name} {replication}\n")
        time.sleep(self.slow)
        if scenario.name in self.kills and self.calls().count(f"{scenario.name} {replication}") <= self.times:
            os.kill(os.getpid(), signal.SIGKILL)
        if scenario.name in self.raises:
            raise ZeroDivisionError("a mistake in the model")
        if scenario.name in self.wrong:
            raise InputError("schools.csv, row 3: wrong")
        luck = np.random.default_rng([seed, replication]).normal()
        return tables(10.0 + luck * scenario.care.smw.gp_factor)

    def calls(self) -> list[str]:
        """Return which replications were really done, in alphabetic order."""
        return sorted(self.log.read_text(encoding="utf-8").splitlines()) if self.log.exists() else []

    def forget(self) -> None:
        """Begin a new list of calls."""
        self.log.unlink(missing_ok=True)


def point(name: str, factor: float) -> Scenario:
    """Return a point; the factor decides its results and the name does not."""
    return quiet().changed(**{"name": name, "care.smw.gp_factor": factor})


def points(*factors: float, names: str = "abcdefgh") -> dict[str, Scenario]:
    """Return a point for each factor, named after letters."""
    return {name: point(name, factor) for name, factor in zip(names, factors, strict=False)}


def called(names: str, replications: Sequence[int]) -> list[str]:
    """Return the lines that calls of these points leave."""
    return sorted(f"{name} {replication}" for name in names for replication in replications)


def files(folder: Path) -> dict[str, bytes]:
    """Return all files of the tasks in an output folder."""
    return {
        str(path.relative_to(folder)): path.read_bytes() for path in sorted((folder / "tasks").rglob("*.parquet"))
    }
