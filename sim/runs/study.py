"""A study: scenarios x replications on the same students, and what came of it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from sim.engine import choose, described
from sim.errors import InputError
from sim.runs import manifest as manifests
from sim.runs.manifest import Manifest
from sim.runs.replications import Job, do_replications
from sim.runs.settings import RunSettings
from sim.runs.store import Store, check_name, remove_results
from sim.runs.tables import collect, mean_over_replications, write_tables
from sim.runs.tasks import ROOT, TABLES, Replicate, Simulation, Task
from sim.runs.workers import Failure
from sim.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Study:
    """Everything that a comparison found; each table has columns ``scenario`` and ``replication`` in front.

    Attributes
    ----------
    scenarios
        What was compared, in order.
    reference
        The scenario that the others are compared with.
    replications
        The replications that every scenario finished.
    values, weekly, curves, flows
        Measures, counts by week, waiting curves and flows of each replication (``sim.measures.measure``).
    failures
        Tasks that could not be done, and why.
    """

    scenarios: Mapping[str, Scenario]
    reference: str
    replications: tuple[int, ...]
    values: pd.DataFrame
    weekly: pd.DataFrame
    curves: pd.DataFrame
    flows: pd.DataFrame
    failures: Mapping[Task, Failure] = field(default_factory=dict)

    def summary(self) -> pd.DataFrame:
        """Return mean and 95% interval of every measure in every scenario."""
        return self._summary.copy()

    def differences(self) -> pd.DataFrame:
        """Return the paired differences of every measure against the reference, with 95% intervals."""
        return self._differences.copy()

    @cached_property
    def _summary(self) -> pd.DataFrame:
        from sim.statistics.intervals import summarise

        return summarise(self.values)

    @cached_property
    def _differences(self) -> pd.DataFrame:
        from sim.statistics.paired import differences

        return differences(self.values, self.reference)

    def tables(self) -> dict[str, pd.DataFrame]:
        """Return the tables that a run writes, by file name."""
        n = len(self.replications)
        means = {name: mean_over_replications(getattr(self, name), name, n) for name in ("weekly", "curves", "flows")}
        by_school = self.values["level"] == "school"
        differences = {"differences": self.differences()} if len(self.scenarios) > 1 else {}
        return {
            "values": self.values[~by_school],
            "schools": self.values[by_school],
            "summary": self.summary(),
            **differences,
            **means,
        }


def run_study(
    scenarios: Mapping[str, Scenario],
    settings: RunSettings,
    *,
    command: str = "",
    show: bool = False,
    root: Path = ROOT,
    replicate: Replicate | None = None,
) -> Study:
    """Run scenarios x replications and write the results, if ``settings.output`` names a folder.

    Finished replications in that folder are used again when settings, seed, inputs and source are the same.

    Parameters
    ----------
    scenarios
        The worlds to compare; the same students and the same luck in each.
    settings
        Replications, seed, engine, threads or processes, output and stopping rule.
    command
        How the run was started, for the manifest.
    show
        Show a progress bar.
    root
        Folder that the regions' folders are relative to.
    replicate
        What makes one replication; the real model when None.

    Raises
    ------
    InputError
        If the settings are wrong, the engine is not there, or the output folder holds another run.
    """
    for name in scenarios:
        check_name(name)
    engine = choose(settings.engine)
    manifest = manifests.make(scenarios, settings.seed, settings.reference, command, root)
    manifest = replace(
        manifest,
        engine=described(engine),
        precision=settings.precision.model_dump(),
        targets=settings.targets.model_dump(mode="json"),
    )
    # Threads do the scenarios of as many replications side by side.
    kept = settings.workers if engine == "compiled" and len(scenarios) > 1 else 0
    replicate = replicate or Simulation(engine, root, settings.event_log, kept)
    with _folder(settings.output) as folder:
        store = Store(folder, manifest.digests)
        if manifests.holds_another_run(folder, manifest, settings.overwrite):
            remove_results(folder)
        manifest.save(folder)
        store.tidy()
        failures, done = do_replications(Job(replicate, scenarios, settings.seed, store), settings, engine, show)
        study = _study(manifest, store, scenarios, done, failures)
        if settings.output is not None and study.replications:
            _finish(folder, manifest, study)
        return study


def load_study(folder: Path) -> Study:
    """Read the study that an output folder holds.

    Raises
    ------
    InputError
        If the folder holds no run, or none that was finished.
    """
    manifest = manifests.read(folder)
    store = Store(folder, manifest.digests)
    replications = store.finished()
    if not replications:
        raise InputError(f"{folder}: no replication is finished here; to go on, run again: {manifest.command}")
    return _study(manifest, store, manifest.scenarios(), replications, {})


@contextmanager
def _folder(output: Path | None) -> Iterator[Path]:
    if output is not None:
        yield output
        return
    with tempfile.TemporaryDirectory(prefix="smw-") as folder:
        yield Path(folder)


def _study(
    manifest: Manifest,
    store: Store,
    scenarios: Mapping[str, Scenario],
    replications: tuple[int, ...],
    failures: Mapping[Task, Failure],
) -> Study:
    names = list(scenarios)
    values, weekly, curves, flows = (collect(store, table, names, replications) for table in TABLES)
    return Study(scenarios, manifest.reference, replications, values, weekly, curves, flows, failures)


def _finish(folder: Path, manifest: Manifest, study: Study) -> None:
    write_tables(study.tables(), folder / "tables")
    failed = [f"{task}: {failure.reason}" for task, failure in study.failures.items()]
    replace(
        manifest,
        status="incomplete" if failed else "finished",
        replications=len(study.replications),
        failed=failed,
        finished=manifests.now(),
    ).save(folder)
