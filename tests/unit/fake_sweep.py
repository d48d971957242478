"""Sweeps with made-up figures: what tables and pages about sweeps are tested with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import pandas as pd

from sim.cli.compose import compose_one
from sim.designs.design import Design
from sim.designs.factor import Factor, Levels, Range
from sim.designs.grid import grid
from sim.designs.samples import sample
from sim.questions.sweeping.outcomes import Outcomes
from sim.questions.sweeping.prepare import Prepared
from sim.questions.sweeping.sweep import COSTS, OUTCOMES, Sweep
from sim.runs.tasks import Task
from sim.runs.workers import Failure
from sim.scenario import Scenario

REPLICATIONS = 4
NOISE = (0.0, 3.0, -2.0, 1.0)
MEASURES = ("smw_wait.median", "reach", "early_leavers_total", "cost.smw", "cost")
SIZES = {"smw_wait.median": 60.0, "smw_wait.p90": 200.0, "reach": 0.01, "early_leavers_total": 90.0, "cost": 9e6}

MONEY = Levels("funding.scale", (0, 0.5, 1))
RULE = Levels("spreading.rule", ("per_student", "equal"))
CAP = Levels("care.smw.limits.max_conversations", (3, None))


@cache
def base_scenario() -> Scenario:
    return next(iter(compose_one(["scenario=s1_before_2016"]).scenarios.values()))


def table(values: Mapping[tuple[str, str], Sequence[float]]) -> pd.DataFrame:
    """Return values by point and measure as a run gives them."""
    rows = [
        (point, number, measure, value)
        for (point, measure), own in values.items()
        for number, value in enumerate(own, 1)
    ]
    return pd.DataFrame(rows, columns=["scenario", "replication", "measure", "value"])


def outcomes_of(
    design: Design, values: Mapping[tuple[str, str], Sequence[float]], measures: Sequence[str], replications: int
) -> Outcomes:
    found = Outcomes([point.name for point in design.points], tuple(measures), replications)
    found.add(table(values))
    return found


def fake_sweep(
    design: Design,
    *,
    replications: int = REPLICATIONS,
    failed: Mapping[str, str] | None = None,
    failures: Mapping[Task, Failure] | None = None,
    noise: float = 0.01,
) -> Sweep:
    """Return a sweep in which money shortens waits, without any there are none, and the rest differs a little."""
    failed = failed or {}
    measures = tuple(dict.fromkeys((*MEASURES, *COSTS, *OUTCOMES)))
    values: dict[tuple[str, str], list[float]] = {}
    names = [point.name for point in design.points if point.name not in failed]
    for number, point in enumerate(design.points):
        money = float(point.values.get("funding.scale", 1))  # type: ignore[arg-type]
        for measure in measures if point.name in names else ():
            luck = [noise * part * (1 + number % 3) for part in NOISE[:replications]]
            values[point.name, measure] = [_value(measure, money, number, part) for part in luck]
    loads = {name: {"po": 2.5 - 0.01 * n, "vo": float("nan") if n == 0 else 0.7} for n, name in enumerate(names)}
    points = tuple(point for point in design.points if point.name in names)
    outcomes = outcomes_of(design, values, measures, replications)
    return Sweep(design, Prepared(points, failed, 1.0), outcomes, MEASURES, names[0], loads, failures or {})


def _value(measure: str, money: float, number: int, luck: float) -> float:
    if measure == "cost.smw":
        return 300_000.0 * money
    if measure.startswith("smw_wait") and (money == 0.0 or (measure.endswith("p90") and money < 0.6 and luck > 0.0)):
        return float("nan")
    size = SIZES[measure]
    return size * (1.0 + luck - 0.2 * money * (measure != "cost") + 0.002 * (number % 2))


def cube() -> Design:
    return grid([MONEY, RULE, CAP])


def square() -> Design:
    return grid([RULE, Levels("funding.opt_out", ((), ("vo-01",)))])


def line() -> Design:
    return grid([Levels("funding.scale", (0.5, 1, 2))])


def many_keys() -> Design:
    return grid([MONEY, RULE, CAP, Levels("care.smw.warm_handover", (True, False))])


def cloud(kind: str = "lhs") -> Design:
    factors: list[Factor] = [Range("funding.scale", 0.0, 2.0), RULE, Range("care.smw.gap_days", 7, 28, whole=True)]
    return sample(kind, factors, 12, 1)  # type: ignore[arg-type]
