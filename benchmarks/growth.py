"""How time and memory grow with the number of students, and what the largest region takes.

    ./smw python benchmarks/growth.py --rounds 3 --write docs/benchmarks.md

A region of several times the size has every school so many times, with as much more money and care outside.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from statistics import median

import numpy as np

from benchmarks.measuring import ROOT, in_fresh_process, machine, peak_megabytes, timed
from benchmarks.page import write_section
from experiments.fit.scale import outside_capacity
from sim.care import simulate
from sim.cases.draw import draw_cases
from sim.cases.rhythm import draw_rhythms
from sim.cli.compose import compose_one
from sim.measures.measure import measure
from sim.region.reader import read_region
from sim.region.region import Region
from sim.scenario import Scenario
from sim.world import World, build_world

SEED = 1
REFERENCE = "s1_before_2016"
COUNTRY = "mbo_current_mix"
TIMES = (1, 4, 16)
AIM_GIGABYTES = 3.0
HEADING = "Growth with the number of students"


@dataclass(frozen=True)
class Cost:
    """What one replication took in a process of its own.

    Attributes
    ----------
    scenario, times
        What was simulated, and how many times its region.
    students, cases, events
        Students of the region, rows of the case table, events that SimPy handled.
    drawing, simulating, measuring
        Seconds.
    megabytes
        Most memory of the process.
    """

    scenario: str
    times: int
    students: int
    cases: int
    events: int
    drawing: float
    simulating: float
    measuring: float
    megabytes: float

    @property
    def seconds(self) -> float:
        """Seconds of the whole replication."""
        return self.drawing + self.simulating + self.measuring


def copied(region: Region, times: int) -> Region:
    """Return a region with every school ``times`` times; copies get a number behind their name."""
    copies = range(times)
    return replace(
        region,
        pupils=region.pupils * times,
        school_ids=tuple(_numbered(name, copy) for copy in copies for name in region.school_ids),
        school_names=region.school_names * times,
        sector=np.tile(region.sector, times),
        school_type=np.tile(region.school_type, times),
        municipality=np.tile(region.municipality, times),
        students=np.tile(region.students, times),
        level_students=np.tile(region.level_students, (times, 1)),
        residence=np.tile(region.residence, (times, 1)),
    )


def _numbered(name: str, copy: int) -> str:
    return name if copy == 0 else f"{name}-{copy + 1}"


def enlarged(scenario: Scenario, times: int) -> Scenario:
    """Return a scenario with so many times the money and the care outside school."""
    sources = [source.model_dump() | {"amount": source.amount * times} for source in scenario.funding.sources]
    return scenario.changed(**outside_capacity(scenario, times), **{"funding.sources": sources})


def large_world(scenario: str, times: int) -> World:
    """Build the world of a scenario, ``times`` times as large."""
    settings = compose_one([f"scenario={scenario}"]).scenarios[scenario]
    return build_world(enlarged(settings, times), copied(read_region(settings, ROOT), times))


def cost_of(scenario: str, times: int) -> Cost:
    """Do one replication and return what it took."""
    world = large_world(scenario, times)
    (table, rhythms), drawing = timed(lambda: (draw_cases(world, SEED, 1), draw_rhythms(world, SEED, 1)))
    (history, events), simulating = timed(lambda: simulate.run(world, table, rhythms))
    _, measuring = timed(lambda: measure(world, table, history))
    students = int(world.region.students.sum())
    return Cost(scenario, times, students, len(table), events, drawing, simulating, measuring, peak_megabytes())


def tables(costs: Sequence[Cost]) -> Iterator[str]:
    """Write the results as a Markdown table: a row for each size, with the medians of its rounds."""
    yield "| region | students | cases | events | seconds | per student, to 1x | µs an event | peak memory |"
    yield "|---|---:|---:|---:|---:|---:|---:|---:|"
    sizes = sorted({(cost.scenario != REFERENCE, cost.times) for cost in costs})
    of_size = {size: [c for c in costs if (c.scenario != REFERENCE, c.times) == size] for size in sizes}
    unit = _seconds_per_student(of_size[False, 1])
    for size, rounds in of_size.items():
        yield _row(f"Gooi en Vechtstreek, {size[1]}x" if not size[0] else "mbo of the Netherlands", rounds, unit)


def _row(name: str, rounds: Sequence[Cost], unit: float) -> str:
    one = rounds[0]
    seconds = median(cost.seconds for cost in rounds)
    each = median(1e6 * cost.simulating / cost.events for cost in rounds)
    cells = [
        *(name, f"{one.students:,}", f"{one.cases:,}", f"{one.events:,}", f"{seconds:.1f}"),
        f"**{_seconds_per_student(rounds) / unit:.2f}**",
        f"{each:.1f}",
        f"{max(cost.megabytes for cost in rounds):,.0f} MB",
    ]
    return f"| {' | '.join(cells)} |"


def _seconds_per_student(rounds: Sequence[Cost]) -> float:
    return median(cost.seconds / cost.students for cost in rounds)


def section(costs: Sequence[Cost], rounds: int) -> str:
    """Write the section of the page."""
    results = "\n".join(tables(costs))
    return f"""
One replication of one year of warm-up and three years of measuring, each in a process of its own: drawing,
simulating and measuring together, median of {rounds} round{"s" if rounds > 1 else ""}; {machine()}.
A region of several times the size has every school so many times, in the same municipalities, with as much more
money and care outside school.

{results}

Work an event does not depend on the size of the region; what grows is the queue of events (with its logarithm) and
the memory that is walked through, which no longer fits the processor's cache. The aim is close to linear: a time per
student near 1, and below {AIM_GIGABYTES:g} GB for the mbo of the Netherlands, the largest region that ships.

Made by `./smw python benchmarks/growth.py --rounds {rounds} --write docs/benchmarks.md`.
"""


def main() -> None:
    """Read the options, run every size in turn, print and perhaps write the results."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=3, help="rounds, in which sizes take turns (default: 3)")
    parser.add_argument("--write", type=Path, help="also write the results to this Markdown file")
    parser.add_argument("--one", nargs=2, metavar=("SCENARIO", "TIMES"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(asdict(cost_of(options.one[0], int(options.one[1])))))
        return
    sizes = [*((REFERENCE, times) for times in TIMES), (COUNTRY, 1)]
    costs = [
        Cost(**json.loads(in_fresh_process(__file__, ["--one", scenario, str(times)])))
        for _ in range(options.rounds)
        for scenario, times in sizes
    ]
    print("\n".join(tables(costs)))
    if options.write is not None:
        write_section(options.write, HEADING, section(costs, options.rounds))


if __name__ == "__main__":
    main()
