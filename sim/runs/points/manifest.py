"""What was asked, with which settings, code and libraries, and how it went."""

from __future__ import annotations

import json
import platform
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from sim import __version__
from sim.engine import choose, described
from sim.errors import InputError
from sim.runs.digest import LIBRARIES, plain, source_digest
from sim.runs.manifest import FILE, now, question_of
from sim.runs.points.settings import PointSettings
from sim.runs.store import remove_results, write_text
from sim.runs.tasks import Task
from sim.runs.workers import Failure
from sim.scenario import Scenario
from sim.scenario.base import Frozen


@dataclass(frozen=True)
class PointManifest:
    """What makes a question with many points this question.

    Attributes
    ----------
    question
        Name of the command.
    command
        The command line.
    asked
        Settings of the question.
    settings
        Resolved settings of the scenarios it starts from, by name.
    seed, source, versions, engine
        What decides the results, and what simulated.
    status
        ``running``, ``finished`` or ``incomplete``.
    failed
        Tasks that could not be done.
    started, ended
        Times in UTC.
    """

    question: str
    command: str
    asked: dict[str, Any]
    settings: dict[str, Any]
    seed: int
    source: str
    versions: dict[str, str]
    engine: dict[str, str]
    status: str = "running"
    failed: list[str] = field(default_factory=list)
    started: str = field(default_factory=now)
    ended: str = ""

    @classmethod
    def of(
        cls, question: str, command: str, asked: Frozen, scenarios: Mapping[str, Scenario], settings: PointSettings
    ) -> PointManifest:
        """Describe a question that is about to be answered."""
        return cls(
            question=question,
            command=command,
            asked=asked.model_dump(mode="json"),
            settings={name: plain(scenario) for name, scenario in scenarios.items()},
            seed=settings.seed,
            source=source_digest(),
            versions={
                "python": platform.python_version(),
                "smw-sim": __version__,
                **{n: version(n) for n in LIBRARIES},
            },
            engine=described(choose(settings.engine)),
        )

    def finished(self, failures: Mapping[Task, Failure]) -> PointManifest:
        """Return the manifest of the question after it was answered."""
        failed = [f"{task}: {failure.reason}" for task, failure in failures.items()]
        return replace(self, status="incomplete" if failed else "finished", failed=failed, ended=now())

    def save(self, folder: Path) -> None:
        """Write the manifest into an output folder."""
        write_text(folder / FILE, json.dumps(asdict(self), indent=2, ensure_ascii=False) + "\n")


def make_free(folder: Path, question: str, overwrite: bool) -> None:
    """See to it that a folder is free, or holds answers to the same question, whose tasks are used again.

    Raises
    ------
    InputError
        If it holds another run and ``overwrite`` is off, or files that are not of a run at all.
    """
    if folder.exists() and not folder.is_dir():
        raise InputError(f"output={folder}: this is a file; name a folder")
    if not folder.exists() or all(path.name.startswith(".") for path in folder.iterdir()):
        # What begins with a dot was left by a command that was ended before it had begun.
        return
    try:
        there = json.loads((folder / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise InputError(f"output={folder}: the folder holds other files and no run; choose another folder") from None
    found = question_of(there) or "run or compare"
    if found != question and not overwrite:
        raise InputError(
            f"output={folder}: the folder holds results of smw {found}, not of smw {question}\n"
            "  choose another output=..., or replace them with overwrite=true"
        )
    if found != question:
        remove_results(folder)
        shutil.rmtree(folder / "replications", ignore_errors=True)
