"""A sensitivity analysis of a formula instead of the model: quick, and with a known answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pandas as pd

from sim.designs.assumption_choice import Selection
from sim.questions.sensitivity.study import Effort, Sensitivity, sensitivity, what_to_vary
from sim.questions.sensitivity.varied_worlds import VariedWorlds
from sim.runs.points import PointRunner
from sim.runs.tasks import ROOT
from sim.scenario import Scenario
from tests.worlds import lively

MEASURES = ("reach", "smw_wait.median", "youth_care_requests", "cost")
EFFORT = Effort(trajectories=4, bars=5, top=2, samples=16, replications=2, end_replications=6)
KEYS = (
    "care.smw.referral_share",
    "care.smw.gp_factor",
    "care.smw.gain",
    "care.routes",
    "care.youth_care.slots",
    "demand.severity_onset",
)


class Formula:
    """Stands in for the runner: measures are sums and products of settings, with luck by replication."""

    def __init__(self, noise: float = 0.05) -> None:
        self.noise = noise
        self.root = ROOT
        self.scenarios: dict[str, Scenario] = {}

    def run(self, scenarios: Mapping[str, Scenario], replications: int) -> Any:
        """Measure points; every point of a replication meets the same luck, and a little of its own."""
        self.scenarios.update(scenarios)
        rows = [
            (name, replication, measure, value)
            for name, scenario in scenarios.items()
            for replication in range(1, replications + 1)
            for measure, value in self._measures(scenario, replication).items()
        ]
        table = pd.DataFrame(rows, columns=["scenario", "replication", "measure", "value"])

        def values(measures: Sequence[str]) -> pd.DataFrame:
            return table[table["measure"].isin(measures)]

        return SimpleNamespace(values=values, failures={})

    def _measures(self, scenario: Scenario, replication: int) -> dict[str, float]:
        smw = scenario.care.smw
        more = scenario.care.smw.visits.travel_minutes < 15.0
        turning = (smw.referral_share - 0.3) * (3.0 if more else 1.0)
        seed = int(1e6 * (turning + 7.0)) + replication
        luck = replication + self.noise * np.random.default_rng(seed).standard_normal()
        wait = 20.0 + 100.0 * smw.gp_factor - 15.0 * more
        return {
            "reach": 0.01 + 0.02 * more + 0.05 * smw.gain.home,
            "smw_wait.median": wait if wait < 135.0 else np.nan,
            "youth_care_requests": 100.0 + 10.0 * turning + luck,
            "cost": 1e5 + 5e4 * more + 1e4 * luck,
        }


def pair() -> dict[str, Scenario]:
    """Return two scenarios that differ in a setting that is not varied."""
    first = lively().changed(**{"region.folder": "configs/region/gooi_en_vechtstreek"})
    return {"few": first, "many": first.changed(**{"care.smw.visits.travel_minutes": 10.0})}


def worlds_of(
    scenarios: Mapping[str, Scenario], formula: Formula | None = None, selection: Selection | None = None
) -> VariedWorlds:
    """Return scenarios as a function of their assumptions, measured by a formula."""
    runner = cast(PointRunner, formula or Formula())
    chosen = what_to_vary(scenarios, selection or Selection(keys=KEYS))
    return VariedWorlds(runner, scenarios, chosen, MEASURES)


def answered(scenarios: Mapping[str, Scenario] | None = None, formula: Formula | None = None) -> Sensitivity:
    """Return the answer of a small analysis."""
    return sensitivity(worlds_of(scenarios or pair(), formula), EFFORT, seed=1)
