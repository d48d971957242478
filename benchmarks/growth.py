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
from sim.care import simulate as simpy_engine
from sim.cases.draw import draw_cases
from sim.cases.rhythm import draw_rhythms
from sim.cli.compose import compose_one
from sim.compiled import simulate as compiled_engine
from sim.measures.measure import measure
from sim.region.reader import read_region
from sim.region.region import Region
from sim.scenario import Scenario
from sim.world import World, build_world

SEED = 1
REFERENCE = "s1_before_2016"
COUNTRY = "mbo_current_mix"
SMALL = "mbo_institution"
TIMES = (1, 4, 16)
AIM_GIGABYTES = 2.0
AIM_EVENT = 2.0
ENGINES = ("simpy", "compiled")
HEADING = "Growth with the number of students"


@dataclass(frozen=True)
class Cost:
    """What one replication took in a process of its own.

    Attributes
    ----------
    engine
        Which engine did it.
    scenario, times
        What was simulated, and how many times its region.
    students, cases, events
        Students of the region, rows of the case table, rows of the log.
    drawing, simulating, measuring
        Seconds.
    megabytes
        Most memory of the process.
    """

    engine: str
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


def warm_up() -> None:
    """Have everything compiled loaded: one replication of a small world."""
    settings = compose_one([f"scenario={SMALL}", "horizon.warm_up_years=0", "horizon.measure_years=1"])
    world = build_world(settings.scenarios[SMALL], read_region(settings.scenarios[SMALL], ROOT))
    table = draw_cases(world, SEED, 1)
    measure(world, table, compiled_engine.simulate(world, table, draw_rhythms(world, SEED, 1)))


def cost_of(engine: str, scenario: str, times: int) -> Cost:
    """Do one replication and return what it took."""
    warm_up()
    simulate = {"simpy": simpy_engine.simulate, "compiled": compiled_engine.simulate}[engine]
    world = large_world(scenario, times)
    (table, rhythms), drawing = timed(lambda: (draw_cases(world, SEED, 1), draw_rhythms(world, SEED, 1)))
    history, simulating = timed(lambda: simulate(world, table, rhythms))
    _, measuring = timed(lambda: measure(world, table, history))
    students, events = int(world.region.students.sum()), int(history.time.size)
    seconds = (drawing, simulating, measuring)
    return Cost(engine, scenario, times, students, len(table), events, *seconds, peak_megabytes())


def tables(costs: Sequence[Cost]) -> Iterator[str]:
    """Write the results as a Markdown table: a row for each engine and size, with the medians of its rounds."""
    heads = ("students", "cases", "events", "seconds", "per student, to 1x", "µs an event", "to 1x", "peak memory")
    yield f"| engine | region | {' | '.join(heads)} |"
    yield f"|---|---|{'---:|' * len(heads)}"
    for engine in dict.fromkeys(cost.engine for cost in costs):
        ours = [cost for cost in costs if cost.engine == engine]
        sizes = sorted({(cost.scenario != REFERENCE, cost.times) for cost in ours})
        of_size = {size: [c for c in ours if (c.scenario != REFERENCE, c.times) == size] for size in sizes}
        for size, rounds in of_size.items():
            name = f"Gooi en Vechtstreek, {size[1]}x" if not size[0] else "mbo of the Netherlands"
            yield _row(f"{engine} | {name}", rounds, of_size[False, 1])


def _row(name: str, rounds: Sequence[Cost], smallest: Sequence[Cost]) -> str:
    one = rounds[0]
    cells = [
        *(name, f"{one.students:,}", f"{one.cases:,}", f"{one.events:,}"),
        f"{median(cost.seconds for cost in rounds):.1f}",
        f"**{_seconds_per_student(rounds) / _seconds_per_student(smallest):.2f}**",
        f"{_microseconds(rounds):.2f}",
        f"**{_microseconds(rounds) / _microseconds(smallest):.2f}**",
        f"{max(cost.megabytes for cost in rounds):,.0f} MB",
    ]
    return f"| {' | '.join(cells)} |"


def _microseconds(rounds: Sequence[Cost]) -> float:
    """Return the microseconds of simulating for each row of the log."""
    return median(1e6 * cost.simulating / cost.events for cost in rounds)


def _seconds_per_student(rounds: Sequence[Cost]) -> float:
    return median(cost.seconds / cost.students for cost in rounds)


def section(costs: Sequence[Cost], rounds: int) -> str:
    """Write the section of the page."""
    results = "\n".join(tables(costs))
    return f"""
One replication of one year of warm-up and three years of measuring, each in a process of its own: drawing,
simulating and measuring together, median of {rounds} round{"s" if rounds > 1 else ""}; {machine()}.
A region of several times the size has every school so many times, in the same municipalities, with as much more
money and care outside school. An event is a row of the log; its microseconds are those of simulating alone.

{results}

Work an event does not depend on the size of the region; what grows is the queue of events (with its logarithm) and
the memory that is walked through, which no longer fits the processor's cache. The aim is close to linear: a time per
student near 1, an event of the compiled engine that costs at most {AIM_EVENT:g} times as much at 16 times the size,
and below {AIM_GIGABYTES:g} GB for the mbo of the Netherlands, the largest region that ships.

Made by `./smw python benchmarks/growth.py --rounds {rounds} --write docs/benchmarks.md`.
"""


def main() -> None:
    """Read the options, run every size in turn, print and perhaps write the results."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=3, help="rounds, in which sizes take turns (default: 3)")
    parser.add_argument("--write", type=Path, help="also write the results to this Markdown file")
    parser.add_argument("--engines", nargs="+", choices=ENGINES, default=ENGINES, help="engines (default: both)")
    parser.add_argument("--one", nargs=3, metavar=("ENGINE", "SCENARIO", "TIMES"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        engine, scenario, times = options.one
        print(json.dumps(asdict(cost_of(engine, scenario, int(times)))))
        return
    sizes = [*((REFERENCE, times) for times in TIMES), (COUNTRY, 1)]
    costs = [
        Cost(**json.loads(in_fresh_process(__file__, ["--one", engine, scenario, str(times)])))
        for _ in range(options.rounds)
        for scenario, times in sizes
        for engine in options.engines
    ]
    print("\n".join(tables(costs)))
    if options.write is not None:
        write_section(options.write, HEADING, section(costs, options.rounds))


if __name__ == "__main__":
    main()
