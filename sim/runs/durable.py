"""Files and folders that survive a power cut once these functions have returned."""

from __future__ import annotations

import os
from pathlib import Path


def to_disk(path: Path) -> None:
    """Wait until a file, or the list of files in a folder, is on the disk."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except PermissionError:
        # Windows opens no folders; it writes their lists by itself.
        return
    try:
        os.fsync(handle)
    except OSError:
        # Some network disks cannot do this for a folder; nothing more can be done there.
        return
    finally:
        os.close(handle)


def all_to_disk(folder: Path) -> None:
    """Wait until a folder and everything in it is on the disk."""
    for path in (*folder.rglob("*"), folder):
        to_disk(path)


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file and wait until it is on the disk.

    Raises
    ------
    OSError
        If the disk does not take it.
    """
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, where they are missing."""
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for place in missing:
        to_disk(place.parent)
