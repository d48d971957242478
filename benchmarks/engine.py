"""What an event of the care chain costs, against a bare SimPy loop in the same run; and where time and memory go.

    ./smw python benchmarks/engine.py --rounds 7 --write docs/benchmarks.md

Seconds differ between machines and between minutes; the ratio of two loops that take turns differs far less.
"""

from __future__ import annotations

import argparse
import gc
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median
from typing import ClassVar
from unittest.mock import patch

import numpy as np
import simpy

from benchmarks.measuring import ROOT, in_fresh_process, machine, peak_megabytes, span, timed
from benchmarks.page import write_section
from sim.care import simulate
from sim.care.clock import Clock
from sim.cases.draw import draw_cases
from sim.cases.rhythm import draw_rhythms
from sim.cli.compose import compose_one
from sim.measures.measure import measure
from sim.region.reader import read_region
from sim.world import World, build_world

SEED = 1
AIM_RATIO = 4.0
AIM_MEGABYTES = 300.0
PARTS = ("drawing", "simulating", "measuring")
HEADING = "An event of the care chain"


@dataclass(frozen=True)
class Loop:
    """Events that SimPy handled, and the seconds they took."""

    events: int
    seconds: float

    @property
    def microseconds(self) -> float:
        """Microseconds an event."""
        return 1e6 * self.seconds / self.events


@dataclass(frozen=True)
class Round:
    """One replication of the model and one run of each bare loop, right after each other.

    Attributes
    ----------
    seconds
        Seconds of each of ``PARTS``.
    model
        The simulation.
    bare
        The bare loops, by number of processes.
    """

    seconds: dict[str, float]
    model: Loop
    bare: dict[int, Loop]


class WatchedClock(Clock):
    """A clock that keeps how many events stand in its queue."""

    lengths: ClassVar[list[int]] = []

    def step(self) -> None:
        """Handle one event."""
        self.lengths.append(len(self._queue))
        super().step()


def load_world(settings: Sequence[str]) -> World:
    """Build the world of the settings (``key=value``), by default the reference scenario of the whole region."""
    (scenario,) = compose_one(list(settings)).scenarios.values()
    return build_world(scenario, read_region(scenario, ROOT))


def scheduled_events(world: World) -> int:
    """Return the mean number of events that stand in the queue during a simulation, in hundreds."""
    with patch.object(simulate, "Clock", WatchedClock):
        simulate.run(world, draw_cases(world, SEED, 1), draw_rhythms(world, SEED, 1))
    return round(mean(WatchedClock.lengths) / 100) * 100


def bare_loop(delays: list[list[float]]) -> int:
    """Run one process for each list of delays, which only waits; return the number of events handled."""

    def wait(environment: simpy.Environment, own: list[float]) -> simpy.events.ProcessGenerator:
        for delay in own:
            yield environment.timeout(delay)

    environment = simpy.Environment()
    for own in delays:
        environment.process(wait(environment, own))
    gc.disable()
    environment.run()
    gc.enable()
    # A process also has an event at its start and one at its end.
    return sum(len(own) + 2 for own in delays)


def time_bare_loop(events: int, processes: int) -> Loop:
    """Time a bare loop of about so many events; exponential delays, drawn in advance as in the model."""
    each = max(1, round(events / processes) - 2)
    delays: list[list[float]] = np.random.default_rng(SEED).standard_exponential((processes, each)).tolist()
    return Loop(*timed(lambda: bare_loop(delays)))


def one_round(world: World, replication: int, processes: Sequence[int]) -> Round:
    """Simulate one replication, and then handle as many events in each bare loop."""
    (table, rhythms), drawing = timed(
        lambda: (draw_cases(world, SEED, replication), draw_rhythms(world, SEED, replication))
    )
    (history, events), simulating = timed(lambda: simulate.run(world, table, rhythms))
    bare = {number: time_bare_loop(events, number) for number in processes}
    _, measuring = timed(lambda: measure(world, table, history))
    seconds = dict(zip(PARTS, (drawing, simulating, measuring), strict=True))
    return Round(seconds, Loop(events, simulating), bare)


def memory_of_a_replication(settings: Sequence[str]) -> tuple[float, float]:
    """Return the peak of a fresh process in megabytes: with everything imported, and after one replication."""
    before, after = json.loads(in_fresh_process(__file__, ["--memory", *settings]))
    return before, after


def print_memory(settings: Sequence[str]) -> None:
    """Do one replication and print the peaks before and after; runs in a process of its own."""
    before = peak_megabytes()
    world = load_world(settings)
    table = draw_cases(world, SEED, 1)
    history, _ = simulate.run(world, table, draw_rhythms(world, SEED, 1))
    measure(world, table, history)
    print(json.dumps([before, peak_megabytes()]))


def loop_rows(rounds: Sequence[Round]) -> list[str]:
    """Write a row for the care chain and one for each bare loop, with the ratio of each round."""
    model = [one.model for one in rounds]
    rows = [f"| the care chain | {_events(model)} | {span([loop.microseconds for loop in model])} | |"]
    for processes in rounds[0].bare:
        bare = [one.bare[processes] for one in rounds]
        ratios = [ours.microseconds / theirs.microseconds for ours, theirs in zip(model, bare, strict=True)]
        times = span([loop.microseconds for loop in bare])
        rows.append(f"| bare loop, {processes:,} processes | {_events(bare)} | {times} | **{span(ratios)}** |")
    return rows


def _events(loops: Sequence[Loop]) -> str:
    return f"{median(loop.events for loop in loops):,.0f}"


def tables(rounds: Sequence[Round], memory: tuple[float, float]) -> str:
    """Write the results as Markdown tables."""
    parts = {part: [one.seconds[part] for one in rounds] for part in PARTS}
    total = sum(median(seconds) for seconds in parts.values())
    before, after = memory
    return "\n".join(
        [
            "| loop | events | microseconds an event | care chain over this loop |",
            "|---|---:|---:|---:|",
            *loop_rows(rounds),
            "",
            f"The aim is a ratio of at most {AIM_RATIO:g}.",
            "",
            "| part of a replication | seconds | share |",
            "|---|---:|---:|",
            *(f"| {part} | {span(seconds)} | {median(seconds) / total:.0%} |" for part, seconds in parts.items()),
            "",
            f"Most memory of a fresh process that does one replication: **{after:,.0f} MB**",
            f"({before:,.0f} MB of it after importing); the aim is below {AIM_MEGABYTES:g} MB.",
        ]
    )


def section(results: str, rounds: int) -> str:
    """Write the section of the page."""
    return f"""
What an event of the care chain costs, against SimPy loops whose processes only wait. All handle the same number of
events and take turns in the same run; each figure is the median of {rounds} rounds (lowest to highest). Seconds
differ between machines, the ratio less so. The reference scenario, whole region, four years; {machine()}.

{results}

A bare loop is the least that SimPy asks for an event: schedule, pop, resume a process. It is slower with more
processes, since the queue is deeper and memory wider: one loop has few processes, the other as many as there are
events in the queue of the care chain, on average. Delays are drawn in advance and Python's search for reference
cycles is off in all loops. What comes on top in the care chain is the model itself: what can happen next to a
case, what is left of each threshold, the rules of the stations, and the log. Building the world is done once for
all replications and is not counted.

Made by `./smw python benchmarks/engine.py --rounds {rounds} --write docs/benchmarks.md`.
"""


def main() -> None:
    """Read the options, run the rounds, print and perhaps write the results."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=5, help="rounds (default: 5)")
    parser.add_argument("--processes", type=int, default=1000, help="processes of the small loop (default: 1000)")
    parser.add_argument("--write", type=Path, help="also write the results to this Markdown file")
    parser.add_argument("--memory", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("settings", nargs="*", metavar="key=value", help="settings of the scenario")
    options = parser.parse_args()
    if options.memory:
        print_memory(options.settings)
        return
    # First of all: on Linux a new process inherits the peak of the one that starts it.
    memory = memory_of_a_replication(options.settings)
    world = load_world(options.settings)
    processes = (options.processes, scheduled_events(world))
    rounds = [one_round(world, 1 + number, processes) for number in range(options.rounds)]
    results = tables(rounds, memory)
    print(results)
    if options.write is not None:
        write_section(options.write, HEADING, section(results, options.rounds))


if __name__ == "__main__":
    main()
