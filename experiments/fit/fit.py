"""Fit what nobody measured to what is known: ``python -m experiments.fit.fit --region gooi_en_vechtstreek``.

Each round simulates the reference scenario of the region, moves every unknown quantity in proportion to how far its
own targets are missed, and takes the settled position of all cases as the next starting position. The settings of the
last rounds are averaged, polished and checked on fresh replications. Writes the configs of the region and its page.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from functools import partial
from multiprocessing import get_context
from multiprocessing.pool import Pool
from pathlib import Path

import numpy as np

from experiments.fit import gooi_en_vechtstreek, mbo_nederland
from experiments.fit.observe import observe
from experiments.fit.position import settled_position
from experiments.fit.settings import Settings, averaged, missed, next_settings, rounded, start_settings
from experiments.fit.specification import RegionFit
from experiments.fit.write import write_configs, write_page
from sim.cases.draw import draw_cases
from sim.cases.rhythm import draw_rhythms
from sim.cli.compose import compose_one
from sim.engine import choose, simulate
from sim.measures.replication import read_replication
from sim.region.reader import read_region
from sim.scenario import Scenario
from sim.world import build_world

ROOT = Path(__file__).parents[2]
SEED = 20_151_116
FIRST_POLISH, FIRST_CHECK = 500, 1000
FITS = {fit.region: fit for fit in (gooi_en_vechtstreek.FIT, mbo_nederland.FIT)}


def run_one(scenario: Scenario, replication: int) -> dict[str, float]:
    """Simulate one replication of the reference scenario and read targets, checks and the settled position."""
    world = build_world(scenario, read_region(scenario, ROOT))
    table = draw_cases(world, SEED, replication)
    history = simulate(choose("auto"), world, table, draw_rhythms(world, SEED, replication))
    run = read_replication(world, table, history)
    return observe(run) | settled_position(run)


def search(base: Scenario, fit: RegionFit, pool: Pool, options: argparse.Namespace) -> Settings:
    """Run the rounds and return the settings, averaged over the last of them."""
    settings = start_settings(base, fit)
    short = base.changed(**{"horizon.measure_years": 1})
    tried: list[Settings] = [settings]
    for step in range(options.rounds):
        # New replications each round: the mean of the last rounds should not fit the luck of a few.
        numbers = range(step * options.replications, (step + 1) * options.replications)
        found = means(short if step < options.short else base, settings, numbers, pool)
        show(f"round {step}", found, fit)
        settings = next_settings(settings, found, fit)
        tried.append(settings)
    return averaged(tried[-options.averaged :])


def polished(base: Scenario, fit: RegionFit, pool: Pool, options: argparse.Namespace, settings: Settings) -> Settings:
    """Try some settings close by on the same replications and return the best: few slots make large steps."""
    best = (float("inf"), settings)
    for step in range(options.polish):
        found = means(base, settings, range(FIRST_POLISH, FIRST_POLISH + options.final), pool)
        show(f"polish {step}", found, fit)
        best = min(best, (missed(found, fit), settings), key=lambda pair: pair[0])
        moved = next_settings(settings, found, fit)
        settings = settings | {key: moved[key] for key in fit.moves}
    return best[1]


def means(base: Scenario, settings: Settings, numbers: range, pool: Pool) -> dict[str, float]:
    """Return the mean of everything that is read, over the replications with these numbers."""
    runs = pool.map(partial(run_one, base.changed(**rounded(settings))), numbers, chunksize=1)
    return {name: float(np.mean([run[name] for run in runs])) for name in runs[0]}


def show(title: str, found: dict[str, float], fit: RegionFit) -> None:
    """Print found over target."""
    print(f"{title}:", *(f"{t.name} {found[t.name] / t.value:.3f}" for t in fit.targets), sep="\n  ", flush=True)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the rounds and write the result."""
    options = _options(arguments)
    fit = FITS[options.region]
    base = compose_one([f"scenario={fit.scenario}"]).scenarios[fit.scenario]
    with get_context("spawn").Pool(options.workers) as pool:
        settings = rounded(polished(base, fit, pool, options, search(base, fit, pool, options)))
        checks = range(FIRST_CHECK, FIRST_CHECK + options.final)
        runs = pool.map(partial(run_one, base.changed(**settings)), checks, chunksize=1)
    write_configs(ROOT / "configs", settings, fit, (other for other in FITS.values() if other is not fit))
    write_page(ROOT / "docs" / fit.page, settings, runs, fit)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--region", choices=sorted(FITS), required=True)
    parser.add_argument("--rounds", type=int, default=24, help="rounds of simulate and move (number)")
    parser.add_argument("--short", type=int, default=0, help="first rounds with one measured year (number)")
    parser.add_argument("--averaged", type=int, default=8, help="last rounds that are averaged (number)")
    parser.add_argument("--polish", type=int, default=6, help="settings tried close by afterwards (number)")
    parser.add_argument("--replications", type=int, default=4, help="replications in a round (number)")
    parser.add_argument("--final", type=int, default=20, help="replications of the check, and in polishing (number)")
    parser.add_argument("--workers", type=int, default=2, help="processes (number)")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()
