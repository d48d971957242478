"""Finished tasks on disk, found by the digest of what decided them: names and other points do not matter."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from sim.errors import CannotGoOnError, InputError
from sim.runs.digest import source_digest
from sim.runs.durable import make_folder, to_disk, write_bytes
from sim.runs.store import STALE_SECONDS

if TYPE_CHECKING:
    import pyarrow as pa

FOLDER = "tasks"
SHORT, LONG = 12, 32


@dataclass(frozen=True)
class PointStore:
    """The finished tasks of one output folder and one kind of tables.

    Several runs may use the same folder at the same time: a task that is there is never written again.

    Attributes
    ----------
    output
        Output folder.
    kind
        Name of the kind of tables.
    """

    output: Path
    kind: str

    @cached_property
    def folder(self) -> Path:
        """Folder of the tasks that were done with the present source of the model."""
        return self.output / FOLDER / source_digest()[:SHORT] / self.kind

    def place(self, digest: str, replication: int) -> Path:
        """Return the folder of a task."""
        return self.folder / digest[:LONG] / f"{replication:04d}"

    def finished(self, digest: str) -> set[int]:
        """Return the replications of a point that are there, whole."""
        try:
            places = list((self.folder / digest[:LONG]).iterdir())
        except FileNotFoundError:
            return set()
        return {int(place.name) for place in places if place.name.isdecimal() and _is_whole(place)}

    def keep(self, digest: str, replication: int, files: Mapping[str, bytes]) -> None:
        """Write the tables of a task, whole or not at all, also when the power fails.

        Parameters
        ----------
        digest, replication
            The task.
        files
            Contents of Parquet files by name of the table.

        Raises
        ------
        CannotGoOnError
            If the disk is full or may not be written on.
        """
        try:
            self._keep(self.place(digest, replication), files)
        except OSError as error:
            raise CannotGoOnError(
                f"{self.output}: results cannot be kept: {error.strerror}; when that is mended, the same command "
                "goes on with what is finished"
            ) from error

    def load(self, digest: str, replication: int, table: str) -> pa.Table:
        """Read one table of a finished task.

        Raises
        ------
        InputError
            If the task has no such table, or its file is damaged; then the task is removed.
        """
        from pyarrow import ArrowException

        from sim.runs.parquet import read

        place = self.place(digest, replication)
        try:
            return read(place / f"{table}.parquet")
        except (OSError, ArrowException) as error:
            others = sorted(path.stem for path in place.glob("*.parquet"))
            if others and table not in others:
                raise InputError(f"{place}: there is no table {table}, only {', '.join(others)}") from None
            shutil.rmtree(place, ignore_errors=True)
            raise InputError(
                f"{place}: the results of this task were lost or damaged ({type(error).__name__}); the same command "
                "makes them again"
            ) from error

    def tidy(self) -> None:
        """Remove what was done with another source of the model, and what an interrupted run left half written."""
        for place in (self.output / FOLDER).glob("*"):
            if place.name != source_digest()[:SHORT]:
                shutil.rmtree(place, ignore_errors=True)
        for left in self.folder.parent.glob("*/*/.*"):
            if _age(left) > STALE_SECONDS:
                shutil.rmtree(left, ignore_errors=True)

    def _keep(self, place: Path, files: Mapping[str, bytes]) -> None:
        make_folder(place.parent)
        if place.exists() and not _is_whole(place):
            shutil.rmtree(place)
        new = Path(tempfile.mkdtemp(prefix=f".{place.name}-", dir=place.parent))
        try:
            new.chmod(0o755)
            for name, content in files.items():
                write_bytes(new / f"{name}.parquet", content)
            to_disk(new)
            _put(new, place)
        finally:
            shutil.rmtree(new, ignore_errors=True)
        to_disk(place.parent)


def _put(new: Path, place: Path) -> None:
    """Move a folder to its place; another run that was first has put the same there."""
    try:
        new.rename(place)
    except OSError:
        if not _is_whole(place):
            raise


def _is_whole(place: Path) -> bool:
    from sim.runs.parquet import looks_whole

    try:
        files = list(place.iterdir())
    except OSError:
        return False
    return bool(files) and all(looks_whole(file) for file in files)


def _age(path: Path) -> float:
    """Return how many seconds ago a file or folder was changed; 0 if it is gone."""
    try:
        return time.time() - path.stat().st_mtime
    except OSError:
        return 0.0
