"""A small region on disk, and replications whose measures are functions of the hours: answers that are known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

from sim.money.hours import plan_hours
from sim.region.reader import read_region
from sim.runs.points import PointSettings
from sim.runs.tasks import Task
from sim.runs.workers import Failure
from sim.scenario import Scenario
from sim.statistics.intervals import FloatArray
from tests.worlds import by_group, by_severity, hours, quiet

MUNICIPALITIES = "municipality,name,gateway,pupils\nnorth,North,wijkteam,900\nsouth,South,toegang,700\n"
SCHOOLS = (
    "school,name,sector,type,municipality,students\n"
    "po-a,PO A,po,,north,200\npo-b,PO B,po,,south,300\nvo-a,VO A,vo,a,north,700\nvo-b,VO B,vo,c,south,400\n"
)
UNITS = {
    ("total", "all"): (0, 1, 2, 3),
    ("sector", "po"): (0, 1),
    ("sector", "vo"): (2, 3),
    **{("school", school): (number,) for number, school in enumerate(("po-a", "po-b", "vo-a", "vo-b"))},
}
"""Schools of every unit."""
Rows = list[tuple[str, str, str, float]]
COLUMNS = ["measure", "level", "unit", "value"]
SPREAD = 3.0


def small_scenario(folder: Path, **changes: object) -> Scenario:
    """Four schools with 400 hours a year for PO and 800 for VO, at one euro an hour."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "municipalities.csv").write_text(MUNICIPALITIES)
    (folder / "schools.csv").write_text(SCHOOLS)
    asking = {"demand.onset_per_year": by_group(0.1), "demand.notice.per_month": by_severity(0.3)}
    return quiet().changed(**{"region.folder": str(folder), **hours(po=400.0, vo=800.0), **asking, **changes})


def luck(replication: int) -> float:
    """What chance adds to a wait in a replication, in units of its spread: the same at every amount."""
    return float(np.random.default_rng([11, replication]).normal())


@dataclass
class KnownWaits:
    """Replications in which nine in ten wait ``work`` over the weekly hours of a unit.

    Attributes
    ----------
    work
        Days times weekly hours.
    floor, floors
        Days that no hours take away, everywhere and at some units.
    spread
        Days that chance adds.
    broken
        A replication that cannot be done.
    quiet_unit
        A unit in which nobody asks in odd replications.
    censored
        Whether the wait is not reached in some replications.
    gave_up_after
        Days of waiting up to which nobody gives up.
    """

    work: float = 400.0
    floor: float = 0.0
    floors: Mapping[str, float] = field(default_factory=dict)
    spread: float = SPREAD
    broken: int = 0
    quiet_unit: str = ""
    censored: bool = False
    gave_up_after: float = 0.0
    name: str = "known_waits"
    _weekly: dict[str, FloatArray] = field(default_factory=dict)

    def __call__(self, name: str, scenario: Scenario, seed: int, replication: int) -> Mapping[str, pd.DataFrame]:
        """Return the table of measures."""
        return {"values": pd.DataFrame(self.rows(scenario, replication), columns=COLUMNS)}

    def rows(self, scenario: Scenario, replication: int) -> Rows:
        """Return measure, level, unit and value."""
        if replication == self.broken:
            raise ValueError("broken on purpose")
        weekly = self._hours(scenario)
        rows = []
        for (level, unit), mine in UNITS.items():
            asked = 0.0 if unit == self.quiet_unit and replication % 2 else 20.0
            wait = self._wait(float(weekly[list(mine)].sum()), unit, replication)
            rows += [
                ("smw_wait.p90", level, unit, wait if asked else np.nan),
                ("asked", level, unit, asked),
                ("gave_up", level, unit, 0.1 * asked if wait > self.gave_up_after else 0.0),
                ("cost.smw", level, unit, 40.0 * float(weekly[list(mine)].sum())),
            ]
        return rows

    def _wait(self, given: float, unit: str, replication: int) -> float:
        if given <= 0.0 or (self.censored and replication % 3 == 0):
            return np.nan
        return max(self.work / given, self.floor, self.floors.get(unit, 0.0)) + self.spread * luck(replication)

    def _hours(self, scenario: Scenario) -> FloatArray:
        """Return the hours a school week of every school."""
        settings = scenario.model_dump_json()
        if settings not in self._weekly:
            self._weekly[settings] = plan_hours(scenario, read_region(scenario, Path("/"))).yearly_hours / 40.0
        return self._weekly[settings]


@dataclass
class MemoryRun:
    """What ``PointRun`` gives, from memory."""

    tables: Mapping[tuple[str, int], Rows]
    replications: Mapping[str, tuple[int, ...]]
    failures: Mapping[Task, Failure]

    def values(self, measures: Sequence[str] | None = None, levels: Sequence[str] = ("total",)) -> pd.DataFrame:
        """Return measures of every finished task."""
        rows = [
            (*task, *row)
            for task, table in self.tables.items()
            for row in table
            if row[1] in levels and (measures is None or row[0] in measures)
        ]
        return pd.DataFrame(rows, columns=["scenario", "replication", *COLUMNS])


@dataclass
class MemoryRunner:
    """What ``PointRunner`` does, without a disk: a search of many quick replications takes no time.

    Attributes
    ----------
    replicate
        Makes the measures.
    done
        What was done, by settings and replication.
    """

    replicate: KnownWaits
    settings: PointSettings = field(default_factory=PointSettings)
    done: dict[tuple[str, int], Rows] = field(default_factory=dict)

    def run(self, scenarios: Mapping[str, Scenario], replications: int | Mapping[str, Sequence[int]]) -> MemoryRun:
        """Do what was not done yet."""
        numbers = (
            dict.fromkeys(scenarios, range(1, replications + 1)) if isinstance(replications, int) else replications
        )
        tables, failures = {}, {}
        for name, scenario in scenarios.items():
            settings = scenario.model_dump_json()
            for number in numbers[name]:
                try:
                    if (settings, number) not in self.done:
                        self.done[settings, number] = self.replicate.rows(scenario, number)
                    tables[name, number] = self.done[settings, number]
                except ValueError as error:
                    failures[Task(name, number)] = Failure(str(error), "")
        finished = {name: tuple(n for n in numbers[name] if (name, n) in tables) for name in scenarios}
        return MemoryRun(tables, finished, failures)
