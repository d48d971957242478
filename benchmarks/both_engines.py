"""Both engines on the same replications, in turns: how much faster the compiled one is, and where its time goes.

    ./smw python benchmarks/both_engines.py --rounds 7 --write docs/benchmarks.md

Seconds differ between machines and between minutes; the ratio of engines that take turns differs far less.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median

from benchmarks.engine import load_world
from benchmarks.measuring import machine, span, timed
from benchmarks.page import write_section
from sim.care import simulate as simpy_engine
from sim.cases.draw import draw_cases
from sim.cases.rhythm import draw_rhythms
from sim.compiled import simulate as compiled_engine
from sim.measures.measure import measure
from sim.world import World

SEED = 1
REPEATS = 5
THREADS = 2
AIM_RATIO = 40.0
AIM_AROUND = 2.0
HEADING = "Both engines"


@dataclass(frozen=True)
class Round:
    """Seconds of one replication, part by part; ``events`` are rows of the log."""

    events: int
    drawing: float
    simpy: float
    compiled: float
    measuring: float

    @property
    def ratio(self) -> float:
        """SimPy over compiled, drawing included on both sides."""
        return (self.drawing + self.simpy) / (self.drawing + self.compiled)

    @property
    def around(self) -> float:
        """Drawing and measuring together, over the compiled simulation."""
        return (self.drawing + self.measuring) / self.compiled


def best(work: Callable[[], object]) -> float:
    """Return the least seconds of several repeats of something that takes milliseconds."""
    return min(timed(work)[1] for _ in range(REPEATS))


def one_round(world: World, replication: int) -> Round:
    """Do one replication on both engines."""
    table, rhythms = draw_cases(world, SEED, replication), draw_rhythms(world, SEED, replication)
    history, simpy = timed(lambda: simpy_engine.simulate(world, table, rhythms))
    return Round(
        events=int(history.time.size),
        drawing=best(lambda: (draw_cases(world, SEED, replication), draw_rhythms(world, SEED, replication))),
        simpy=simpy,
        compiled=best(lambda: compiled_engine.simulate(world, table, rhythms)),
        measuring=best(lambda: measure(world, table, history)),
    )


def whole_replication(world: World, replication: int) -> None:
    """Draw, simulate and measure with the compiled engine."""
    table = draw_cases(world, SEED, replication)
    measure(world, table, compiled_engine.simulate(world, table, draw_rhythms(world, SEED, replication)))


def speed_of_threads(world: World, replications: int) -> float:
    """Return how many times as fast replications are in ``THREADS`` threads as one after another."""
    numbers = range(1, 1 + replications)
    _, serial = timed(lambda: [whole_replication(world, number) for number in numbers])
    with ThreadPoolExecutor(THREADS) as pool:
        _, together = timed(lambda: list(pool.map(lambda number: whole_replication(world, number), numbers)))
    return serial / together


def table(rounds: Sequence[Round]) -> str:
    """Write the results as a Markdown table."""
    whole = median(one.drawing + one.compiled + one.measuring for one in rounds)
    rows = [
        ("drawing cases and rhythms", [one.drawing for one in rounds], True),
        ("simulating, SimPy", [one.simpy for one in rounds], False),
        ("simulating, compiled", [one.compiled for one in rounds], True),
        ("measuring", [one.measuring for one in rounds], True),
    ]
    lines = ["| part of a replication | milliseconds | share with the compiled engine |", "|---|---:|---:|"]
    for name, seconds, counts in rows:
        share = f"{median(seconds) / whole:.0%}" if counts else ""
        lines.append(f"| {name} | {span([1e3 * one for one in seconds], 1)} | {share} |")
    return "\n".join(lines)


def conclusions(rounds: Sequence[Round], threads: float) -> str:
    """Say what follows, beside the aims."""
    events = median(one.events for one in rounds)
    rate = {name: events / median(getattr(one, name) for one in rounds) for name in ("simpy", "compiled")}
    return f"""
- SimPy over compiled, drawing included on both sides: **{span([one.ratio for one in rounds], 1)}** (aim: at least
  {AIM_RATIO:g}); without drawing {span([one.simpy / one.compiled for one in rounds], 1)}.
- Drawing and measuring together, over the compiled simulation: **{span([one.around for one in rounds])}** (aim: at
  most {AIM_AROUND:g}).
- Events a second, as rows of the log: {rate["simpy"]:,.0f} with SimPy, {rate["compiled"]:,.0f} compiled.
- Replications in {THREADS} threads are done {threads:.2f} times as fast as one after another."""


def section(results: str, rounds: int) -> str:
    """Write the section of the page."""
    return f"""
The same replications on both engines, in turns in one run; median of {rounds} rounds (lowest to highest), of the
compiled engine, drawing and measuring the best of {REPEATS} repeats, as they take milliseconds. The reference
scenario, whole region, four years; {machine()}, Numba {version("numba")}. Compiling and building the world are done
once and not counted.

{results}

Made by `./smw python benchmarks/both_engines.py --rounds {rounds} --write docs/benchmarks.md`.
"""


def main() -> None:
    """Read the options, run the rounds, print and perhaps write the results."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=7, help="rounds (default: 7)")
    parser.add_argument("--write", type=Path, help="also write the results to this Markdown file")
    parser.add_argument("settings", nargs="*", metavar="key=value", help="settings of the scenario")
    options = parser.parse_args()
    world = load_world(options.settings)
    whole_replication(world, 1)
    rounds = [one_round(world, 1 + number) for number in range(options.rounds)]
    results = table(rounds) + "\n" + conclusions(rounds, speed_of_threads(world, 4 * THREADS))
    print(results)
    if options.write is not None:
        write_section(options.write, HEADING, section(results, options.rounds))


if __name__ == "__main__":
    main()
