"""Fit what nobody measured to what is known: ``python -m experiments.fit.fit`` (about ten minutes on two cores).

Each round simulates the reference scenario, moves every unknown quantity in proportion to how far its own target is
missed, and takes the settled position of all cases as the next starting position. It writes
``configs/fitted/gooi_en_vechtstreek.yaml`` and ``docs/fit.md``.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from experiments.fit.targets import OUTSIDE_PLACES, TARGETS, observe
from experiments.fit.write import write_config, write_page
from sim.care.simulate import simulate
from sim.cases.draw import draw_cases
from sim.cases.rhythm import draw_rhythms
from sim.cli.compose import compose_one
from sim.region.reader import load_region
from sim.scenario import SECTORS, SEVERITIES, Scenario
from sim.world import build_world

ROOT = Path(__file__).parents[2]
SEED = 20_151_116
Settings = dict[str, float]

# What each unknown answers to, and how strongly: the exponent of (target / found) in one round.
MOVES = {
    "demand.onset_per_year.po": ("open_problems.po", 0.8),
    "demand.onset_per_year.vo": ("open_problems.vo", 0.8),
    "demand.early_leaving.base_per_year.vo": ("early_leaving.vo", 1.0),
    "care.gateway.wijkteam.slots_per_1000_pupils": ("gateway_wait.wijkteam", -0.12),
    "care.gateway.toegang.slots_per_1000_pupils": ("gateway_wait.toegang", -0.12),
    "care.youth_care.slots": ("youth_care_users", 0.6),
    "demand.background.gateway_per_year": ("municipal_share_of_starts", 0.3),
    "demand.background.youth_care_per_year": ("youth_care_wait", 0.2),
    "care.youth_care.repeat_share": ("repeat_share_of_starts", 0.5),
    "demand.gp_per_month.light": ("gp_share_of_starts", 0.5),
    "demand.gp_per_month.moderate": ("gp_share_of_starts", 0.5),
    "demand.gp_per_month.severe": ("gp_share_of_starts", 0.5),
}
LIMIT = 1.25


def run_one(scenario: Scenario, replication: int) -> dict[str, float]:
    """Simulate one replication of the reference scenario and read it."""
    world = build_world(scenario, load_region(scenario.region, ROOT))
    table = draw_cases(world, SEED, replication)
    return observe(world, table, simulate(world, table, draw_rhythms(world, SEED, replication)))


def next_settings(settings: Settings, found: Mapping[str, float]) -> Settings:
    """Return the settings of the next round.

    Parameters
    ----------
    settings
        Values of this round by dotted key.
    found
        Means over the replications, by the names of ``observe``.
    """
    wanted = {target.name: target.value for target in TARGETS}
    result = dict(settings)
    for key, (target, exponent) in MOVES.items():
        ratio = wanted[target] / max(found[target], 1e-6)
        result[key] = settings[key] * float(np.clip(ratio**exponent, 1.0 / LIMIT, LIMIT))
    for sector in SECTORS:
        result[f"demand.stock_prevalence.{sector}"] = found[f"stock/{sector}"]
    for name in SEVERITIES:
        result[f"demand.severity_stock.{name}"] = found[f"severity/{name}"]
    for key in settings:
        if key.startswith("demand.initial_places."):
            result[key] = found["place/" + key.removeprefix("demand.initial_places.").replace(".", "/")]
    for place in OUTSIDE_PLACES:
        result[f"demand.initial_background.{place}"] = found[f"background/{place}"]
    return rounded(result)


def rounded(settings: Settings) -> Settings:
    """Return settings with the digits that the fit supports; shares that must add up to one do."""
    result = {key: float(f"{value:.3g}") for key, value in settings.items()}
    for key in result:
        if key.startswith("demand.initial_background.") or key == "care.youth_care.slots":
            result[key] = float(round(settings[key]))
    result["demand.severity_stock.light"] = round(
        1.0 - result["demand.severity_stock.moderate"] - result["demand.severity_stock.severe"], 6
    )
    return result


def start_settings(scenario: Scenario) -> Settings:
    """Return the present values of everything that the fit sets."""
    demand = scenario.demand.model_dump()
    result = {f"demand.severity_stock.{name}": demand["severity_stock"][name] for name in SEVERITIES}
    for sector in SECTORS:
        result[f"demand.onset_per_year.{sector}"] = demand["onset_per_year"][sector]
        result[f"demand.stock_prevalence.{sector}"] = demand["stock_prevalence"][sector]
        result[f"demand.early_leaving.base_per_year.{sector}"] = demand["early_leaving"]["base_per_year"][sector]
        for place, share in demand["initial_places"][sector].items():
            result[f"demand.initial_places.{sector}.{place}"] = share
    for place, number in demand["initial_background"].items():
        result[f"demand.initial_background.{place}"] = number
    for name in ("gateway_per_year", "youth_care_per_year"):
        result[f"demand.background.{name}"] = demand["background"][name]
    for kind in ("wijkteam", "toegang"):
        key = f"care.gateway.{kind}.slots_per_1000_pupils"
        result[key] = getattr(scenario.care.gateway, kind).slots_per_1000_pupils
    for name, rate in demand["gp_per_month"].items():
        result[f"demand.gp_per_month.{name}"] = rate
    result["care.youth_care.repeat_share"] = scenario.care.youth_care.repeat_share
    result["care.youth_care.slots"] = scenario.care.youth_care.slots
    return result


def main() -> None:
    """Run the rounds and write the result."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=16, help="rounds of simulate and move (number)")
    parser.add_argument("--replications", type=int, default=4, help="replications in a round (number)")
    parser.add_argument("--final", type=int, default=20, help="replications of the final check (number)")
    parser.add_argument("--workers", type=int, default=2, help="processes (number)")
    options = parser.parse_args()
    base = compose_one(["scenario=s1_before_2016"]).scenarios["s1_before_2016"]
    settings = start_settings(base)
    with get_context("spawn").Pool(options.workers) as pool:
        for step in range(options.rounds):
            runs = pool.map(partial(run_one, base.changed(**settings)), range(options.replications))
            found = {name: float(np.mean([run[name] for run in runs])) for name in runs[0]}
            print(step, {target.name: round(found[target.name], 4) for target in TARGETS}, flush=True)
            settings = next_settings(settings, found)
        runs = pool.map(partial(run_one, base.changed(**settings)), range(100, 100 + options.final))
    write_config(ROOT / "configs/fitted/gooi_en_vechtstreek.yaml", settings)
    write_page(ROOT / "docs/fit.md", settings, runs, MOVES)


if __name__ == "__main__":
    main()
