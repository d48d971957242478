"""Seconds and memory, measured the same way in every benchmark."""

from __future__ import annotations

import gc
import platform
import resource
import subprocess
import sys
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TypeVar

ROOT = Path(__file__).parents[1]

Result = TypeVar("Result")


def timed(work: Callable[[], Result]) -> tuple[Result, float]:
    """Return the result of ``work`` and the seconds it took, starting without garbage."""
    gc.collect()
    start = perf_counter()
    result = work()
    return result, perf_counter() - start


def peak_megabytes() -> float:
    """Return the most memory this process has used so far."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 2**20 if sys.platform == "darwin" else peak / 2**10


def in_fresh_process(file: str, arguments: Sequence[str]) -> str:
    """Run a benchmark file with ``arguments`` in a process of its own, and return what it prints.

    On Linux a new process inherits the peak of the one that starts it: call this before anything that needs memory.
    """
    command = [sys.executable, "-P", file, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def span(numbers: Sequence[float], digits: int = 2) -> str:
    """Write the median, with the lowest and highest."""
    return f"{median(numbers):,.{digits}f} ({min(numbers):,.{digits}f} to {max(numbers):,.{digits}f})"


def machine() -> str:
    """Say what the figures were measured on."""
    return f"{platform.system()} {platform.machine()}, Python {platform.python_version()}, SimPy {version('simpy')}"
