"""One task of a sweep: a replication of a point, with everything that is needed to do it anywhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from sim.errors import CannotGoOnError
from sim.runs.digest import scenario_digest
from sim.runs.points.store import PointStore
from sim.runs.tasks import Table, Task
from sim.scenario import Scenario

KEPT = 256


@dataclass(frozen=True, order=True)
class PointTask(Task):
    """A replication (counted from 1) of a point.

    Attributes
    ----------
    digest
        Digest of all that decides its results.
    settings
        The scenario as JSON: it travels with the task, so that a worker knows no more points than it has tasks.
    """

    digest: str = field(default="", compare=False)
    settings: str = field(default="", compare=False, repr=False)


class PointReplicate(Protocol):
    """What makes the tables of one replication of a point; it is sent to each worker once."""

    @property
    def name(self) -> str:
        """Name of the kind of tables, for the folder in which they are kept."""

    def __call__(self, name: str, scenario: Scenario, seed: int, replication: int) -> Mapping[str, Table]:
        """Return the tables of one replication by name; ``name`` tells points apart."""


@dataclass(frozen=True)
class PointWork:
    """How a task is done, on this computer or another.

    Attributes
    ----------
    replicate
        Makes the tables.
    seed
        Seed of the run.
    root
        Folder that the regions' folders are relative to.
    """

    replicate: PointReplicate
    seed: int
    root: Path

    def __call__(self, task: PointTask) -> dict[str, bytes]:
        """Do one task and return the contents of its files by name of the table.

        Raises
        ------
        CannotGoOnError
            If the model or the region is not the one for which the task was made.
        """
        from sim.runs.parquet import encoded

        scenario = _scenario(task.settings, task.digest, self.seed, self.root)
        tables = self.replicate(task.digest, scenario, self.seed, task.replication)
        return {name: encoded(table) for name, table in tables.items()}


@dataclass(frozen=True)
class PointJob:
    """A task from beginning to end: do it, and keep its tables.

    Attributes
    ----------
    work
        How a task is done.
    store
        Where tables are kept.
    """

    work: PointWork
    store: PointStore

    def __call__(self, task: Task) -> None:
        """Do one task and keep its tables."""
        assert isinstance(task, PointTask)
        self.store.keep(task.digest, task.replication, self.work(task))


@lru_cache(maxsize=KEPT)
def _scenario(settings: str, digest: str, seed: int, root: Path) -> Scenario:
    """Read a point, and see to it that what lies under a digest was really made from it."""
    scenario = Scenario.model_validate_json(settings)
    if scenario_digest(scenario, seed, root) != digest:
        raise CannotGoOnError(
            f"{root / scenario.region.folder}: these files, or the source of the model, are not those with which the "
            "run started; give the same command again when they have settled, or make them equal on all computers"
        )
    return scenario
