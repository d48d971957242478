"""A region in which the value of every hour is known, for tests of what looks for the best spread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from sim.api import load_scenario
from sim.measures.arrays import Columns
from sim.questions.spreading.extra_hours import weekly_hours
from sim.region.reader import read_region
from sim.runs.points import PointRunner, PointSettings
from sim.runs.tasks import ROOT
from sim.scenario import Scenario
from sim.world import build_world

OWN = Path(__file__).parents[1] / "data" / "own_configs"
VALUES = {"po-a": 1.0, "po-b": 6.0, "vo-a": -0.5, "vo-b": 2.0}
"""What an hour a week is worth at each school."""
TASKS = {"consultation": 3.0, "group_prevention": 7.0, "class_presence": 0.0}
"""What an hour a week is worth for each task; one for cases is worth 4."""
CASES = 4.0
RULES = {"equal": 5.0, "per_student": 20.0, "pooled": 19.5}
"""What a rule adds, by the rule of VO."""


def tiny(**changes: object) -> Scenario:
    """Return the scenario of the made-up region of four schools."""
    return _tiny().changed(**changes) if changes else _tiny()


@cache
def _tiny() -> Scenario:
    return load_scenario("tiny", config_dir=OWN)


@dataclass(frozen=True)
class Toy:
    """Makes up two measures: ``good`` from hours, tasks and rules, with luck; and ``bad``, which is the opposite.

    Attributes
    ----------
    noise
        Standard deviation of what an hour is worth at a school in one replication.
    missing
        Measure that has no value in replication 2.
    fails
        Replications that cannot be done of worlds in which a rule was changed.
    """

    noise: float = 0.2
    missing: str = ""
    fails: tuple[int, ...] = ()
    name: str = "toy"

    def __call__(self, name: str, scenario: Scenario, seed: int, replication: int) -> Mapping[str, Columns]:
        if replication in self.fails and scenario.spreading.rule.vo == "equal":
            raise ZeroDivisionError("a mistake in the model")
        good = self._good(scenario, np.random.default_rng([seed, replication]))
        figures = {
            "good": good,
            "bad": -good,
            "hours_funded": float(school_hours(scenario).sum()),
            "cost.smw": 0.0,
            "steady": 50.0,
        }
        if self.missing and replication == 2:
            figures[self.missing] = np.nan
        return {
            "values": {
                "measure": np.array(list(figures)),
                "level": np.full(len(figures), "total"),
                "unit": np.full(len(figures), "all"),
                "value": np.array(list(figures.values())),
            }
        }

    def _good(self, scenario: Scenario, luck: np.random.Generator) -> float:
        worth = np.array(list(VALUES.values())) + luck.normal(scale=self.noise, size=len(VALUES))
        hours, shares = school_hours(scenario), scenario.care.smw.shares
        by_task = sum(value * getattr(shares, task) for task, value in TASKS.items())
        by_task += CASES * (1.0 - shares.not_for_cases)
        all_hours = _all_hours()
        rule = RULES.get(scenario.spreading.rule.vo, 0.0)
        return 100.0 + float(luck.normal(scale=5.0)) + float(worth @ hours) + by_task * all_hours + rule


def school_hours(scenario: Scenario) -> np.ndarray:
    """Return the hours a week of every school, with what changes from day 0 on."""
    return _school_hours(scenario.model_dump_json())


@cache
def _all_hours() -> float:
    return float(school_hours(_tiny()).sum())


@cache
def _school_hours(settings: str) -> np.ndarray:
    scenario = Scenario.model_validate_json(settings)
    world = build_world(scenario, read_region(scenario, ROOT))
    hours = weekly_hours(world)
    if world.profile is not None:
        hours = hours * world.profile.factor[0] + world.profile.extra[0]
    return hours


@dataclass(frozen=True)
class MemoryRun:
    """What ``PointRun`` has, out of memory."""

    replications: Mapping[str, tuple[int, ...]]
    failures: Mapping[object, object]
    table: pd.DataFrame

    def values(self, measures: Sequence[str]) -> pd.DataFrame:
        return self.table[self.table["measure"].isin(measures)]


class MemoryRunner:
    """Does at once what ``PointRunner`` does on disk; counts what it was asked for."""

    def __init__(self, toy: Toy) -> None:
        self.toy, self.root, self.asked = toy, ROOT, list[tuple[str, int]]()

    def run(self, scenarios: Mapping[str, Scenario], replications: Mapping[str, Sequence[int]]) -> MemoryRun:
        rows = []
        for name, numbers in replications.items():
            for number in numbers:
                self.asked.append((name, number))
                values = self.toy(name, scenarios[name], 1, number)["values"]
                rows += [(name, number, *row) for row in zip(values["measure"], values["value"], strict=True)]
        table = pd.DataFrame(rows, columns=["scenario", "replication", "measure", "value"])
        return MemoryRun({name: tuple(numbers) for name, numbers in replications.items()}, {}, table)


def on_disk(folder: Path, toy: Toy) -> PointRunner:
    """Return what runs toy points in this process and keeps them on disk."""
    return PointRunner(folder, PointSettings(workers=1), replicate=toy)
