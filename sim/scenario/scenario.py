"""One scenario: everything the model needs to know about a world, validated as a whole."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from pydantic import Field, model_validator

from sim.scenario.base import BySector, Frozen, Label, PositiveCount, Share
from sim.scenario.calendar import Calendar
from sim.scenario.care import Care
from sim.scenario.demand import Demand
from sim.scenario.money import Costs, Funding, Spreading


class Horizon(Frozen):
    """Day 0 is 1 August of ``start_year``; measuring starts after the warm-up."""

    start_year: Annotated[int, Field(ge=1990, le=2100)]
    warm_up_years: Annotated[int, Field(ge=0, le=30)]
    measure_years: Annotated[int, Field(ge=1, le=50)]


class RegionSettings(Frozen):
    """The folder with the region's CSV files, and where its students live."""

    name: str
    folder: str
    label: Label
    made_up: bool
    own_municipality_share: BySector[Share]


class Norms(Frozen):
    """Norms that the report measures against."""

    smw_wait_school_days: PositiveCount
    outside_wait_days: PositiveCount


class Scenario(Frozen):
    """A world to simulate."""

    name: str
    label: Label
    description: Label
    horizon: Horizon
    region: RegionSettings
    demand: Demand
    care: Care
    funding: Funding
    spreading: Spreading
    costs: Costs
    calendar: Calendar
    norms: Norms

    @model_validator(mode="after")
    def _initial_fits(self) -> Scenario:
        for sector, places in (("po", self.demand.initial_places.po), ("vo", self.demand.initial_places.vo)):
            total = sum(places.model_dump().values())
            if total > 1.0 + 1e-9:
                raise ValueError(f"demand.initial_places.{sector} adds up to {total:.4g}; at most 1 is allowed")
        return self

    def __reduce__(self) -> tuple[Callable[[Any], Scenario], tuple[dict[str, Any]]]:
        """Pickle as plain data, since the classes of tables by sector and severity have no name of their own."""
        return Scenario.model_validate, (self.model_dump(),)

    def changed(self, **changes: object) -> Scenario:
        """Return a copy in which dotted keys have new values, validated as a whole.

        Parameters
        ----------
        **changes
            Dotted keys with ``__`` or ``.`` between the parts, as in
            ``scenario.changed(care__smw__max_conversations=5)`` or
            ``scenario.changed(**{"care.smw.max_conversations": 5})``.

        Raises
        ------
        KeyError
            If a key does not exist.
        pydantic.ValidationError
            If a value is not allowed.
        """
        data = self.model_dump()
        for key, value in changes.items():
            *path, last = key.replace("__", ".").split(".")
            node = data
            for part in path:
                node = node[part]
            if last not in node:
                raise KeyError(f"no setting '{key}'; known here: {', '.join(sorted(node))}")
            node[last] = value
        return Scenario.model_validate(data)
