"""Puts the parts of a report in their place when all of them are made."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sim.report.parts import few_collections


@contextmanager
def put_in_place(folder: Path, parts: Sequence[str]) -> Iterator[Path]:
    """Lend a temporary folder to make parts in, and move them where they belong at the end.

    Parameters
    ----------
    folder
        Output folder; made when it is not there. If making the parts fails, what it holds stays as it was.
    parts
        Files and folders that are made, in the order in which they are moved; earlier ones of the same name go.

    Yields
    ------
    Path
        The temporary folder.
    """
    folder.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(prefix=".report-", dir=folder))
    try:
        with few_collections():
            yield new
        for part in parts:
            _put(new / part, folder / part)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _put(new: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.is_dir():
        shutil.rmtree(target)
    new.replace(target)
