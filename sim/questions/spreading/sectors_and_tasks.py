"""What one hour a week more is worth in each sector, and in each task of social workers: paired simulation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.questions.spreading.extra_hours import weekly_hours
from sim.questions.spreading.observed import Observed
from sim.questions.spreading.options import OWN
from sim.questions.spreading.question import Question
from sim.scenario import Scenario
from sim.scenario.base import SECTORS
from sim.scenario.smw import TimeShares
from sim.statistics.marginal import FloatArray, estimates
from sim.world import World

if TYPE_CHECKING:
    import pandas as pd

CASES = "cases"
IDLE = "overhead"
"""The task that the model gives no effect: the value of the others is measured against it."""
TASKS = tuple(TimeShares.model_fields)
SECTOR_PART = 0.05
"""Hours that are given to a sector, as a part of all hours."""


@dataclass(frozen=True)
class Values:
    """The value of an hour in each sector or task.

    Attributes
    ----------
    gains
        Mean change of the objective for each extra hour a school week, positive where it is better, by name.
    table
        One row for each name and measure.
    """

    gains: Mapping[str, float]
    table: pd.DataFrame

    def best_first(self) -> list[str]:
        """Return the names, the highest value first; equal ones in order."""
        return sorted(self.gains, key=lambda name: -self.gains[name])


def hours_of(world: World) -> dict[str, float]:
    """Return the hours a school week of every sector that has any."""
    hours = weekly_hours(world)
    sums = {name: float(hours[world.region.sector == index].sum()) for index, name in enumerate(SECTORS)}
    return {name: found for name, found in sums.items() if found > 0.0}


def with_sectors(scenario: Scenario, world: World, changes: Mapping[str, float]) -> Scenario:
    """Return the scenario with so many hours a school week more or less in some sectors, spread by their rules.

    Parameters
    ----------
    scenario, world
        The world as it is.
    changes
        Hours a school week by sector, each above minus what the sector has.
    """
    hours = hours_of(world)
    scale = {
        f"funding.scale.{sector}": getattr(scenario.funding.scale, sector) * (1.0 + change / hours[sector])
        for sector, change in changes.items()
    }
    return scenario.changed(**scale)


def sector_values(scenario: Scenario, world: World, question: Question, seen: Observed) -> Values:
    """Give each sector more hours in turn and see what it does to the region as a whole.

    Parameters
    ----------
    scenario, world
        The world as it is.
    question
        What is measured.
    seen
        What points came to.
    """
    hours = hours_of(world)
    extra = SECTOR_PART * sum(hours.values())
    points = {_sector_point(sector): with_sectors(scenario, world, {sector: extra}) for sector in hours}
    seen.see({OWN: scenario} | points, question.few)

    def rows(measure: str) -> dict[str, FloatArray]:
        return {sector: seen.change(measure, _sector_point(sector), OWN, question.few) / extra for sector in hours}

    return _values(rows, question, {sector: {"now": found} for sector, found in hours.items()})


def with_shares(scenario: Scenario, changes: Mapping[str, float]) -> Scenario:
    """Return the scenario with more or less of a visit for some tasks; cases get the rest.

    Parameters
    ----------
    scenario
        The world as it is.
    changes
        Part of the time of a visit by task.
    """
    shares = scenario.care.smw.shares
    return scenario.changed(
        **{f"care.smw.shares.{task}": getattr(shares, task) + change for task, change in changes.items()}
    )


def task_values(scenario: Scenario, world: World, question: Question, seen: Observed) -> Values:
    """Give each task more of the time for cases in turn and see what it does to the region as a whole.

    The model gives network and overhead no effect, so an hour that goes there is an hour lost: the value of an hour
    for cases is what is lost when it goes there, and that of another task what is lost less.

    Parameters
    ----------
    scenario, world
        The world as it is.
    question
        What is measured, and how much time is moved.
    seen
        What points came to.
    """
    shares = scenario.care.smw.shares
    moved = min(question.shift, 1.0 - shares.not_for_cases)
    if moved <= 0.0:
        return Values({}, _empty())
    extra = moved * sum(hours_of(world).values())
    points = {_task_point(task): with_shares(scenario, {task: moved}) for task in TASKS}
    seen.see({OWN: scenario} | points, question.few)

    def rows(measure: str) -> dict[str, FloatArray]:
        idle = seen.row(measure, _task_point(IDLE), question.few)
        base = seen.row(measure, OWN, question.few)
        found = {CASES: (base - idle) / extra}
        for task in TASKS:
            found[task] = (seen.row(measure, _task_point(task), question.few) - idle) / extra
        return found

    now = {CASES: 1.0 - shares.not_for_cases} | {task: getattr(shares, task) for task in TASKS}
    return _values(rows, question, {task: {"now": found} for task, found in now.items()})


def _values(
    rows_of: Callable[[str], Mapping[str, FloatArray]], question: Question, about: Mapping[str, Mapping[str, object]]
) -> Values:
    import pandas as pd

    rows: list[dict[str, object]] = []
    for measure in question.measures:
        by_name = rows_of(measure)
        found = estimates(list(by_name.values()))
        for number, name in enumerate(by_name):
            figures = {"value": found.mean[number], "low": found.low[number], "high": found.high[number]}
            rows.append({"name": name, **about[name], "measure": measure, "n": int(found.n[number]), **figures})
    table = pd.DataFrame(rows)
    own = table[table["measure"] == question.objective.measure]
    signed = question.objective.sign * own["value"].to_numpy(dtype=np.float64)
    return Values(dict(zip(own["name"].tolist(), signed.tolist(), strict=True)), table)


def _empty() -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(columns=["name", "now", "measure", "n", "value", "low", "high"])


def _sector_point(sector: str) -> str:
    return f"more for {sector}"


def _task_point(task: str) -> str:
    return f"more time for {task}"
