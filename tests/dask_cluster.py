"""A Dask cluster on this computer, as processes that can be killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[1]
PATHS = os.pathsep.join(str(folder) for folder in (ROOT, ROOT / "tests" / "unit"))
SECONDS_TO_START = 120.0
HERE = ("--host", "127.0.0.1")
"""The only address that is there on a computer without a network."""


@dataclass
class DaskCluster:
    """A scheduler and its workers.

    Attributes
    ----------
    folder
        Where the scheduler writes its address, and everybody a log.
    """

    folder: Path
    _processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """Address of the scheduler."""
        address: str = json.loads((self.folder / "scheduler.json").read_text(encoding="utf-8"))["address"]
        return address

    def start_scheduler(self) -> None:
        """Start the scheduler and wait for its address."""
        self._start("scheduler", *HERE, "--port", "0", "--scheduler-file", "scheduler.json", "--no-dashboard")
        self._wait_for_address()

    def start_workers(self, number: int, *options: str, name: str = "worker") -> None:
        """Start worker processes of one thread; those that die are started anew."""
        words = ("--nworkers", str(number), "--nthreads", "1", "--no-dashboard", *HERE, *options)
        self._start(name, self.address, *words, command="worker")

    def stop(self, name: str) -> None:
        """Kill the scheduler or a group of workers."""
        process = self._processes.pop(name)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def stop_all(self) -> None:
        """Kill everybody."""
        for name in list(self._processes):
            self.stop(name)

    def wait_for_workers(self, number: int) -> list[int]:
        """Wait until workers are connected and return their process numbers."""
        from distributed import Client

        with Client(self.address, set_as_default=False) as client:
            client.wait_for_workers(number, timeout=SECONDS_TO_START)
            return list(client.run(os.getpid).values())

    def _start(self, name: str, *words: str, command: str = "scheduler") -> None:
        log = (self.folder / f"{name}.log").open("ab")
        with log:
            self._processes[name] = subprocess.Popen(
                [sys.executable, "-m", "dask", command, *words],
                cwd=self.folder,
                env={**os.environ, "PYTHONPATH": PATHS},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def _wait_for_address(self) -> None:
        deadline = time.monotonic() + SECONDS_TO_START
        while True:
            # Not there yet, or half written.
            with suppress(OSError, ValueError):
                if self.address:
                    return
            assert time.monotonic() < deadline, (self.folder / "scheduler.log").read_text(encoding="utf-8")
            time.sleep(0.05)


@contextmanager
def dask_cluster(folder: Path, workers: int) -> Iterator[DaskCluster]:
    """Start a cluster, wait until its workers are connected, and kill it at the end."""
    cluster = DaskCluster(folder)
    try:
        cluster.start_scheduler()
        if workers:
            cluster.start_workers(workers)
            cluster.wait_for_workers(workers)
        yield cluster
    finally:
        cluster.stop_all()
