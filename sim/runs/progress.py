"""The progress of a run: tasks done, and an estimate of the time left."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn, Protocol

if TYPE_CHECKING:
    from tqdm import tqdm

SECONDS_BETWEEN_LINES = 60.0


class Progress(Protocol):
    """What the study tells about its progress."""

    def update(self, n: int = 1) -> None:
        """Count finished tasks."""

    def expect(self, n: int) -> None:
        """Add tasks that are to be done."""


class Silent:
    """Progress that is not shown."""

    def update(self, n: int = 1) -> None:
        """Count nothing."""

    def expect(self, n: int) -> None:
        """Expect nothing."""


class Bar:
    """Progress on a terminal.

    Parameters
    ----------
    shown
        The bar.
    """

    def __init__(self, shown: tqdm[NoReturn]) -> None:
        self.shown = shown

    def update(self, n: int = 1) -> None:
        """Count finished tasks."""
        self.shown.update(n)

    def expect(self, n: int) -> None:
        """Add tasks that are to be done: the bar goes back somewhat."""
        self.shown.total = (self.shown.total or 0) + n
        self.shown.refresh()


class Lines:
    """Progress without a terminal: a line now and then, none for a run of less than a minute.

    Parameters
    ----------
    total, done
        Number of tasks, and how many of them were finished before.
    clock
        Tells the time in seconds.
    """

    def __init__(self, total: int, done: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.total, self.before, self.done = total, done, done
        self.clock = clock
        self.start = self.last = clock()

    def expect(self, n: int) -> None:
        """Add tasks that are to be done."""
        self.total += n

    def update(self, n: int = 1) -> None:
        """Count finished tasks."""
        self.done += n
        now = self.clock()
        if now - self.last < SECONDS_BETWEEN_LINES or self.done >= self.total:
            return
        self.last = now
        left = (self.total - self.done) * (now - self.start) / (self.done - self.before)
        print(f"{self.done} of {self.total} replications, about {in_words(left)} left", file=sys.stderr, flush=True)


def in_words(seconds: float) -> str:
    """Write a length of time in the largest units that fit it."""
    minutes = round(seconds / 60.0)
    if minutes < 1:
        return "a minute"
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"


@contextmanager
def bar(total: int, done: int, show: bool) -> Iterator[Progress]:
    """Show a bar on the terminal; without a terminal, a line when it starts and one about every minute.

    Parameters
    ----------
    total, done
        Number of tasks, and how many of them were finished before.
    show
        Whether to show anything.
    """
    if not show:
        yield Silent()
        return
    if not sys.stderr.isatty():
        before = f" ({done} finished before)" if done else ""
        print(f"{total} replications{before}", file=sys.stderr, flush=True)
        yield Lines(total, done)
        return
    from tqdm import tqdm

    with tqdm(
        total=total,
        initial=done,
        desc="replications",
        unit="run",
        dynamic_ncols=True,
        smoothing=0.05,
        bar_format="{desc} {percentage:3.0f}%|{bar}| {n_fmt}/{total_fmt} [{elapsed} passed, {remaining} left]",
    ) as shown:
        yield Bar(shown)
