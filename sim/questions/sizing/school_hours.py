"""Hours of every school apart: an own table of hours, which the rule ``own_table`` spreads as it stands."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sim.money.grants import hour_price
from sim.money.hours import plan_hours
from sim.money.plan import SCHOOL_WEEKS
from sim.questions.sizing.levers import nearest_rung
from sim.region.region import Region
from sim.scenario import Scenario
from sim.scenario.base import SECTORS
from sim.statistics.intervals import FloatArray

PAYER = "school"
"""Who pays hours that nobody has been asked to pay yet; it makes no difference to what happens."""


@dataclass(frozen=True)
class SchoolLever:
    """Hours a school week of each school.

    Dated changes of capacity from day 0 would set hours too, but what is planned at the start (who works where, what
    presence at school does, the offered load) would not follow them. So each amount is a plan of its own: one
    source of money a sector that pays for exactly these hours, and an own table that says where they go.

    Attributes
    ----------
    base
        The scenario with the hours of now.
    region
        Its schools.
    sectors
        Sectors whose schools are sized; the others stay as they are.
    amounts
        Hours a school week, above 0.
    folder
        Where the tables of hours are written.
    """

    base: Scenario
    region: Region
    sectors: tuple[str, ...]
    amounts: FloatArray
    folder: Path

    @property
    def level(self) -> str:
        """Targets are read by school."""
        return "school"

    @property
    def units(self) -> tuple[str, ...]:
        """Schools of the sectors that have students."""
        return tuple(self.region.school_ids[school] for school in self._schools)

    @property
    def starts(self) -> Mapping[str, int]:
        """Rung of the hours of now, or the nearest."""
        weekly = plan_hours(self.base, self.region).yearly_hours / SCHOOL_WEEKS
        ids = self.region.school_ids
        return {ids[school]: nearest_rung(self.amounts, float(weekly[school])) for school in self._schools}

    def scenario(self, rungs: Mapping[str, int]) -> Scenario:
        """Return the scenario in which every school has the hours of its rung; writes its table of hours."""
        weekly = np.zeros(len(self.region.school_ids))
        for school in self._schools:
            weekly[school] = self.amounts[rungs[self.region.school_ids[school]]]
        return self.base.changed(
            **{
                "funding.sources": [*self._other_sources(), *self._sources(weekly)],
                **{f"funding.scale.{sector}": 1.0 for sector in self.sectors},
                **{f"spreading.rule.{sector}": "own_table" for sector in self.sectors},
                "spreading.table": str(self._written(weekly)),
            }
        )

    @property
    def _schools(self) -> list[int]:
        sized = np.isin(self.region.sector, [SECTORS.index(sector) for sector in self.sectors])
        return [int(school) for school in np.flatnonzero(sized & (self.region.students > 0))]

    def _other_sources(self) -> list[dict[str, object]]:
        sources = self.base.funding.sources
        return [source.model_dump() for source in sources if source.sector not in self.sectors]

    def _sources(self, weekly: FloatArray) -> list[dict[str, object]]:
        """Return one source a sector that pays for exactly the hours of its schools."""
        found: list[dict[str, object]] = []
        for sector in self.sectors:
            number = SECTORS.index(sector)
            hours = float(weekly[self.region.sector == number].sum()) * SCHOOL_WEEKS
            euros = hours * hour_price(self.base.costs, number)
            found.append({"name": f"hours_of_schools_{sector}", "payer": PAYER, "sector": sector, "amount": euros})
        return found

    def _written(self, weekly: FloatArray) -> Path:
        """Write the hours of every school, under a name that tells what is in it."""
        weights = weekly.copy()
        if self.region.own_weight is not None:
            others = ~np.isin(self.region.sector, [SECTORS.index(sector) for sector in self.sectors])
            weights[others] = self.region.own_weight[others]
        lines = [f"{school},{weight:.6f}" for school, weight in zip(self.region.school_ids, weights, strict=True)]
        text = "\n".join(["school,weight", *lines, ""])
        path = self.folder / f"{hashlib.sha256(text.encode()).hexdigest()[:16]}.csv"
        self.folder.mkdir(parents=True, exist_ok=True)
        if not path.is_file():
            part = path.with_suffix(".part")
            part.write_text(text, encoding="utf-8")
            part.replace(path)
        return path.resolve()
