"""What a worker of a cluster does: it has its own checkout of the model and of the regions, and no output folder."""

from __future__ import annotations

import io
import pickle
from functools import lru_cache
from pathlib import Path

from sim.compiling import has_numba
from sim.runs.digest import source_digest
from sim.runs.points.task import PointTask, PointWork
from sim.runs.tasks import ROOT
from sim.runs.workers import Failure, failure_of

ROOT_HERE = "root"
JOBS_KEPT = 4


class _Packer(pickle.Pickler):
    """Names the folder of the checkout instead of spelling it: on another computer it may be elsewhere."""

    def persistent_id(self, obj: object) -> str | None:
        return ROOT_HERE if isinstance(obj, Path) and obj == ROOT else None


class _Unpacker(pickle.Unpickler):
    def persistent_load(self, pid: object) -> Path:
        if pid != ROOT_HERE:
            raise pickle.UnpicklingError(f"unknown name {pid!r}")
        return ROOT


def packed(work: PointWork) -> bytes:
    """Return how tasks are done as bytes that can be read on any computer with the same version of the model."""
    content = io.BytesIO()
    _Packer(content).dump(work)
    return content.getvalue()


@lru_cache(maxsize=JOBS_KEPT)
def unpacked(work: bytes) -> PointWork:
    """Return what was packed; the next task gets the same, with the worlds and cases that it keeps."""
    found = _Unpacker(io.BytesIO(work)).load()
    assert isinstance(found, PointWork)
    return found


def do_there(work: bytes, task: PointTask) -> dict[str, bytes] | Failure:
    """Do a task; return its files by name of the table, or why it failed."""
    try:
        return unpacked(work)(task)
    except Exception as error:
        return failure_of(error)


def present() -> tuple[str, bool]:
    """Return the digest of the source of the model here, and whether the fast engine can run."""
    return source_digest(), has_numba()
