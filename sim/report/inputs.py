"""What a report is made from: the tables of a study, its settings, and how it was run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar, cast

from sim.errors import unknown_name
from sim.region.region import Region
from sim.runs.targets import Targets
from sim.scenario.base import SECTORS
from sim.scenario.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

MBO = "mbo"
T = TypeVar("T")


@dataclass(frozen=True)
class RunInfo:
    """How the study was run.

    Attributes
    ----------
    seed
        Seed of the first replication's random streams.
    replications
        Number of replications of each scenario.
    created
        Day on which the study was run.
    command
        What a person typed to run it; empty if it was run from Python.
    versions
        Version of the model and of the libraries that compute, by name.
    source_digest
        Digest of the model's source and the settings; empty if unknown.
    """

    seed: int
    replications: int
    created: date
    command: str = ""
    versions: Mapping[str, str] = field(default_factory=dict)
    source_digest: str = ""


@dataclass(frozen=True)
class ReportInput:
    """Everything the report shows; nothing is simulated or estimated anew from cases.

    Attributes
    ----------
    values
        Columns scenario, replication, measure, level, unit, value; counts per year, times in days.
    summary
        Columns scenario, measure, level, unit, n, n_missing, mean, sd, low, high (95% interval of the mean).
    differences
        As ``summary``, paired by replication against ``reference``, with the column verdict
        (``more``, ``less`` or ``cannot tell``).
    weekly
        Columns scenario, week (since day 0), series, sector, value; with or without replication.
    curves
        Columns scenario, curve, sector, day, share; with or without replication.
    flows
        Columns scenario, source, target, value (cases of students a year); with or without replication.
    scenarios, regions
        Settings and region of every scenario, by the scenario's name, in the order of the report.
    reference
        Name of the scenario that the others are compared with.
    run
        How the study was run.
    range_differences
        Columns assumption, and those of ``differences``: the comparison under other values of the share of students
        that schools without SMW send outside; None if it was not varied.
    targets
        What is known about the region, to be put next to what the model says.
    """

    values: pd.DataFrame
    summary: pd.DataFrame
    differences: pd.DataFrame
    weekly: pd.DataFrame
    curves: pd.DataFrame
    flows: pd.DataFrame
    scenarios: Mapping[str, Scenario]
    regions: Mapping[str, Region]
    reference: str
    run: RunInfo
    range_differences: pd.DataFrame | None = None
    targets: Targets = field(default_factory=Targets)
    _made: dict[str, object] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Check that the reference and the regions belong to the scenarios."""
        if self.reference not in self.scenarios:
            raise unknown_name("report", "reference scenario", self.reference, self.scenarios)
        for name in self.scenarios:
            if name not in self.regions:
                raise unknown_name("report", "scenario without a region", name, self.regions)

    def __getstate__(self) -> dict[str, object]:
        """Send scenarios to other processes as plain data: generic settings classes cannot be pickled."""
        plain = {name: scenario.model_dump(mode="json") for name, scenario in self.scenarios.items()}
        return {**self.__dict__, "scenarios": plain, "_made": {}}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Check the scenarios again on arrival."""
        scenarios = {name: Scenario.model_validate(data) for name, data in state["scenarios"].items()}
        self.__dict__.update(state, scenarios=scenarios)

    def once(self, key: str, make: Callable[[], T]) -> T:
        """Return what ``make`` makes of this study; it is made once for all languages, pictures and tables.

        Parameters
        ----------
        key
            Name of what is made.
        make
            Makes it, the first time that it is asked for.
        """
        if key not in self._made:
            self._made[key] = make()
        return cast(T, self._made[key])

    @property
    def others(self) -> tuple[str, ...]:
        """Names of the scenarios that are compared with the reference."""
        return tuple(name for name in self.scenarios if name != self.reference)

    @property
    def sectors(self) -> tuple[str, ...]:
        """Sectors with students in some scenario."""
        found = {sector for region in self.regions.values() for sector in sectors_of(region)}
        return tuple(sector for sector in SECTORS if sector in found)

    @property
    def only_mbo(self) -> bool:
        """Whether there are mbo students only."""
        return self.sectors == (MBO,)

    @property
    def first(self) -> Scenario:
        """Settings of the reference scenario."""
        return self.scenarios[self.reference]


def sectors_of(region: Region) -> tuple[str, ...]:
    """Return the sectors that have students in a region."""
    with_students = region.sector[region.students > 0]
    return tuple(sector for index, sector in enumerate(SECTORS) if (with_students == index).any())
