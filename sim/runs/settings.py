"""How the runs are done: how many, by which engine, how many at a time, and where the results go."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field, model_validator

from sim.engine import EngineName
from sim.runs.targets import Targets
from sim.scenario.base import Count, Frozen, Positive, PositiveCount

FIRST_CHECK = 10
BATCH = 5


class Precision(Frozen):
    """Stop when the paired differences of one measure are known well enough.

    ``half_width`` is in the unit of ``measure`` and stands for half the 95% interval of the difference against
    the reference, which every scenario has to reach and to keep for some more replications
    (``sim.statistics.stopping``). Checked after ``FIRST_CHECK`` replications and then after every ``BATCH``, whatever
    the number of workers.
    """

    measure: str | None = None
    half_width: Positive | None = None
    max_replications: PositiveCount = 200

    @model_validator(mode="after")
    def _both_or_none(self) -> Precision:
        if (self.measure is None) != (self.half_width is None):
            raise ValueError("measure and half_width go together: give both, or neither")
        return self


class AssumptionRange(Frozen):
    """One assumption that is varied over its range besides the main comparison; nothing when ``key`` is None."""

    key: str | None = None
    values: tuple[float, ...] = ()
    replications: PositiveCount = 30

    @model_validator(mode="after")
    def _both_or_none(self) -> AssumptionRange:
        if (self.key is None) != (not self.values):
            raise ValueError("key and values go together: give both, or neither")
        return self


class RunSettings(Frozen):
    """Settings of a run; what is simulated stands in ``Scenario``, and ``targets`` is for the report alone.

    ``workers`` are threads with the compiled engine and processes with SimPy; neither they nor the engine change any
    result.
    """

    replications: PositiveCount
    seed: Count
    engine: EngineName
    workers: Annotated[int, Field(ge=1, le=1024)]
    output: Path | None
    overwrite: bool
    event_log: bool
    precision: Precision
    range: AssumptionRange = AssumptionRange()
    targets: Targets = Targets()
    scenarios: Annotated[tuple[str, ...], Field(min_length=1)]
    reference: str

    @model_validator(mode="after")
    def _names_fit(self) -> RunSettings:
        double = sorted({name for name in self.scenarios if self.scenarios.count(name) > 1})
        if double:
            raise ValueError(f"scenarios names {', '.join(double)} more than once")
        if self.reference not in self.scenarios:
            raise ValueError(f"reference '{self.reference}' is not one of the scenarios: {', '.join(self.scenarios)}")
        return self

    def batches(self) -> list[int]:
        """Return the numbers of replications after which the run may stop, in rising order."""
        if self.precision.measure is None:
            return [self.replications]
        most = self.precision.max_replications
        return [*range(min(FIRST_CHECK, most), most, BATCH), most]
