"""The progress bar: tasks done, and an estimate of the time left."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol


class Progress(Protocol):
    """What the study tells about its progress."""

    def update(self, n: float | None = 1) -> bool | None:
        """Count finished tasks."""


@contextmanager
def bar(total: int, done: int, show: bool) -> Iterator[Progress]:
    """Show a bar on the terminal; without a terminal, one line when it starts and one when it ends.

    Parameters
    ----------
    total, done
        Number of tasks, and how many of them were finished before.
    show
        Whether to show anything.
    """
    from tqdm import tqdm

    terminal = sys.stderr.isatty()
    if show and not terminal:
        before = f" ({done} finished before)" if done else ""
        print(f"{total} replications{before}", file=sys.stderr, flush=True)
    with tqdm(
        total=total,
        initial=done,
        disable=not (show and terminal),
        desc="replications",
        unit="run",
        dynamic_ncols=True,
        smoothing=0.05,
        bar_format="{desc} {percentage:3.0f}%|{bar}| {n_fmt}/{total_fmt} [{elapsed} passed, {remaining} left]",
    ) as shown:
        yield shown
