"""The manifest: what was run, with which settings, code and libraries; it tells one run from another."""

from __future__ import annotations

import json
import platform
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from sim import __version__
from sim.errors import InputError
from sim.runs.digest import LIBRARIES, plain, scenario_digest, source_digest
from sim.runs.store import write_text
from sim.runs.targets import Targets
from sim.scenario import Scenario

FILE = "manifest.json"
SHOWN = 4


@dataclass(frozen=True)
class Manifest:
    """What makes a run this run, and how it went.

    Attributes
    ----------
    settings
        Resolved settings of each scenario, in order.
    digests
        Digest of each scenario: settings, seed, region files and source.
    seed, reference
        Seed, and the scenario that the others are compared with.
    source
        Digest of the code.
    command
        The command line, or how the run was started from Python.
    versions
        Versions of Python, this package and the libraries that compute.
    engine
        Name of the engine, and the version of the compiler if it has one; no part of what tells runs apart.
    precision
        The stopping rule, if any.
    targets
        What is known, which the report puts next to what the model says.
    status
        ``running``, ``finished`` or ``incomplete``.
    replications
        Finished replications that the tables hold.
    failed
        Tasks that could not be done.
    started, finished
        Times in UTC.
    """

    settings: dict[str, Any]
    digests: dict[str, str]
    seed: int
    reference: str
    source: str
    command: str
    versions: dict[str, str]
    engine: dict[str, str] = field(default_factory=dict)
    precision: dict[str, Any] = field(default_factory=dict)
    targets: dict[str, Any] = field(default_factory=dict)
    status: str = "running"
    replications: int = 0
    failed: list[str] = field(default_factory=list)
    started: str = ""
    finished: str = ""

    def save(self, folder: Path) -> None:
        """Write the manifest into an output folder."""
        write_text(folder / FILE, json.dumps(asdict(self), indent=2, ensure_ascii=False) + "\n")

    def scenarios(self) -> dict[str, Scenario]:
        """Return the scenarios that were run."""
        return {name: Scenario.model_validate(data) for name, data in self.settings.items()}

    def known(self) -> Targets:
        """Return what is known."""
        return Targets.model_validate(self.targets)


def now() -> str:
    """Return the present time in UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def make(scenarios: Mapping[str, Scenario], seed: int, reference: str, command: str, root: Path) -> Manifest:
    """Describe a run that is about to start."""
    return Manifest(
        settings={name: plain(scenario) for name, scenario in scenarios.items()},
        digests={name: scenario_digest(scenario, seed, root) for name, scenario in scenarios.items()},
        seed=seed,
        reference=reference,
        source=source_digest(),
        command=command,
        versions={"python": platform.python_version(), "smw-sim": __version__, **{n: version(n) for n in LIBRARIES}},
        started=now(),
    )


def read(folder: Path) -> Manifest:
    """Read the manifest of an output folder.

    Raises
    ------
    InputError
        If the folder holds no run, or one that this version cannot read.
    """
    try:
        found = json.loads((folder / FILE).read_text(encoding="utf-8"))
        if question_of(found) is not None:
            raise InputError(
                f"{folder}: holds results of smw {question_of(found)}; to write its report again, give the same "
                f"command again, which uses what is finished: {found.get('command')}"
            )
        return Manifest(**found)
    except FileNotFoundError:
        raise InputError(f"{folder}: no run here ({FILE} is missing)") from None
    except (ValueError, TypeError) as error:
        raise InputError(f"{folder / FILE}: cannot be read as the manifest of a run ({error})") from None


def question_of(manifest: object) -> str | None:
    """Return the command whose question a manifest is about; None if it is one of a run."""
    return manifest.get("question") if isinstance(manifest, dict) else None


def holds_another_run(folder: Path, wanted: Manifest, overwrite: bool) -> bool:
    """Tell whether a folder holds another run than an earlier part of this one, which may be replaced.

    Raises
    ------
    InputError
        If it holds another run and ``overwrite`` is off, or files that are not of a run at all.
    """
    if folder.exists() and not folder.is_dir():
        raise InputError(f"output={folder}: this is a file; name a folder")
    if not folder.exists() or not any(folder.iterdir()):
        return False
    if not (folder / FILE).exists():
        raise InputError(f"output={folder}: the folder holds other files and no run; choose another folder")
    if _is_of_a_question(folder):
        if not overwrite:
            raise InputError(
                f"output={folder}: the folder holds results of another command\n"
                "  choose another output=..., or replace them with overwrite=true"
            )
        return True
    if not any(folder.glob("replications/*/*")):
        return False
    differences = list(_differences(read(folder), wanted))
    if differences and not overwrite:
        more = [f"... and {len(differences) - SHOWN} more"] if len(differences) > SHOWN else []
        lines = "\n  ".join([*differences[:SHOWN], *more])
        raise InputError(
            f"output={folder}: the folder holds another run\n  {lines}\n"
            "  choose another output=..., or replace that run with overwrite=true"
        )
    return bool(differences)


def _is_of_a_question(folder: Path) -> bool:
    try:
        return question_of(json.loads((folder / FILE).read_text(encoding="utf-8"))) is not None
    except ValueError:
        return False


def _differences(there: Manifest, here: Manifest) -> Iterator[str]:
    yield from _changes("scenarios", list(there.settings), list(here.settings))
    yield from _changes("seed", there.seed, here.seed)
    yield from _changes("reference", there.reference, here.reference)
    for name in [name for name in here.settings if name in there.settings]:
        if there.digests[name] != here.digests[name]:
            yield from _changes(name, there.settings[name], here.settings[name])
    if there.source != here.source or there.versions != here.versions:
        yield "it was made with another version of the model or of its libraries"
    elif there.settings == here.settings and there.seed == here.seed and there.digests != here.digests:
        yield "the files of the region, or the tables of hours or of present lists, have changed"


def _changes(key: str, there: object, here: object) -> Iterator[str]:
    if isinstance(there, dict) and isinstance(here, dict):
        for part in sorted(there.keys() | here.keys() - {"label", "description"}):
            yield from _changes(
                f"{key}: {part}" if ":" not in key else f"{key}.{part}", there.get(part), here.get(part)
            )
    elif there != here:
        yield f"{key}: there {json.dumps(there)}, now {json.dumps(here)}"
