"""One command at a time in an output folder: two would write their tables and reports over each other."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from sim.errors import InputError
from sim.runs.durable import make_folder

FILE = ".at_work"


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Keep other commands out of a folder; the system lets them in when this process ends, however it ends.

    Parameters
    ----------
    folder
        Output folder; it is made when it is not there.

    Raises
    ------
    InputError
        If another command is at work in it, or it is a file.
    """
    if any(place.is_file() for place in (folder, *folder.parents)):
        raise InputError(f"output={folder}: this is a file, or in a file; name a folder")
    make_folder(folder)
    with _mine(folder) as file:
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        try:
            yield
        finally:
            (folder / FILE).unlink(missing_ok=True)


def _mine(folder: Path) -> TextIO:
    """Open and lock the file that says who is at work."""
    path = folder / FILE
    while True:
        file = path.open("a+", encoding="utf-8")
        if not _locked(file.fileno()):
            file.seek(0)
            other = file.read().strip()
            file.close()
            raise InputError(
                f"output={folder}: another command is at work in this folder (process {other}); wait for it, or "
                "choose another output=..."
            )
        # The other may have ended, and removed its file, between opening and locking.
        if path.exists() and path.stat().st_ino == os.fstat(file.fileno()).st_ino:
            return file
        file.close()


def _locked(handle: int) -> bool:
    """Lock an open file; True also where files cannot be locked, since that is no reason not to work."""
    try:
        import fcntl
    except ImportError:
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True
