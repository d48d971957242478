"""Finished replications on disk: each is a folder of tables that is there whole or not at all."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sim.errors import InputError
from sim.runs.durable import all_to_disk, make_folder, to_disk, write_bytes
from sim.runs.tasks import Table, Task

if TYPE_CHECKING:
    import pyarrow as pa

DIGEST = "digest"
STALE_SECONDS = 3600.0
REPORT = ("figures", "report.html", "tables_*.xlsx", "findings.md")
RESULTS = ("tables", "range", "tasks", *REPORT)


def replace_folder(target: Path, fill: Callable[[Path], None]) -> None:
    """Fill a temporary folder beside ``target`` and put it in its place in one step; it survives a power cut.

    Parameters
    ----------
    target
        Folder to make or to replace; its parent is made when it is not there.
    fill
        Writes the contents into the folder it is given; when it fails, ``target`` stays as it was.
    """
    make_folder(target.parent)
    new = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    new.chmod(0o755)
    try:
        fill(new)
        all_to_disk(new)
        if target.exists():
            shutil.rmtree(target)
        new.replace(target)
    finally:
        shutil.rmtree(new, ignore_errors=True)
    to_disk(target.parent)


def write_text(target: Path, text: str) -> None:
    """Write a text file in one step; it survives a power cut."""
    make_folder(target.parent)
    new = target.with_name(f".{target.name}-{os.getpid()}")
    try:
        write_bytes(new, text.encode())
        new.replace(target)
    finally:
        new.unlink(missing_ok=True)
    to_disk(target.parent)


def remove_results(folder: Path, what: Sequence[str] = RESULTS) -> None:
    """Remove tables, report and pictures of another run, or only ``REPORT``; files that are not of a run stay."""
    for path in [path for pattern in what for path in folder.glob(pattern)]:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


@dataclass(frozen=True)
class Store:
    """The replications of one output folder.

    Attributes
    ----------
    folder
        Output folder of the run.
    digests
        Digest of each scenario (see ``sim.runs.digest``): a replication made with another digest is not used.
    """

    folder: Path
    digests: Mapping[str, str]

    def place(self, task: Task) -> Path:
        """Return the folder of a replication."""
        return self.folder / "replications" / task.scenario / f"{task.replication:04d}"

    def has(self, task: Task, tables: Iterable[str] = ()) -> bool:
        """Tell whether a replication is finished with the present digest and holds these tables."""
        place = self.place(task)
        try:
            found = (place / DIGEST).read_text(encoding="utf-8")
        except OSError:
            return False
        return found == self.digests[task.scenario] and all((place / f"{name}.parquet").exists() for name in tables)

    def finished(self) -> tuple[int, ...]:
        """Return the replications that every scenario has finished, in order."""
        found = [
            {int(place.name) for place in (self.folder / "replications" / name).glob("[0-9]*")}
            for name in self.digests
        ]
        return tuple(r for r in sorted(set.intersection(*found)) if all(self.has(Task(n, r)) for n in self.digests))

    def save(self, task: Task, tables: Mapping[str, Table]) -> None:
        """Write the tables of a finished replication, whole or not at all."""
        from sim.runs.parquet import write

        def fill(folder: Path) -> None:
            for name, table in tables.items():
                write(table, folder / f"{name}.parquet")
            (folder / DIGEST).write_text(self.digests[task.scenario], encoding="utf-8")

        replace_folder(self.place(task), fill)

    def load(self, task: Task, table: str) -> pa.Table:
        """Read one table of a finished replication."""
        from sim.runs.parquet import read

        return read(self.place(task) / f"{table}.parquet")

    def tidy(self) -> None:
        """Remove what an interrupted run left half written, and the replications of other scenarios."""
        for place in (self.folder / "replications").glob("*"):
            if place.name not in self.digests:
                shutil.rmtree(place, ignore_errors=True)
        for left in (self.folder / "replications").glob("*/.*"):
            if time.time() - left.stat().st_mtime > STALE_SECONDS:
                shutil.rmtree(left, ignore_errors=True)


def check_name(name: str) -> None:
    """Refuse a scenario name that cannot be a folder.

    Raises
    ------
    InputError
        If the name holds other characters than letters, digits and ``. _ = + , -``.
    """
    if not re.fullmatch(r"\w[\w.=+,-]*", name):
        raise InputError(
            f"scenario name '{name}': letters, digits and . _ = + , - are allowed, a letter or digit first"
        )
