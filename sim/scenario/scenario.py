"""One scenario: everything the model needs to know about a world, validated as a whole."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from pydantic import Field, model_validator

from sim.scenario.base import SECTORS, BySector, Frozen, Label, PositiveCount, Share
from sim.scenario.calendar import Calendar
from sim.scenario.capacity import Capacity
from sim.scenario.care import Care
from sim.scenario.changes import set_in
from sim.scenario.demand import Demand
from sim.scenario.money import Costs, Funding, Spreading


class Horizon(Frozen):
    """Day 0 is 1 August of ``start_year``; measuring starts after the warm-up."""

    start_year: Annotated[int, Field(ge=1990, le=2100)]
    warm_up_years: Annotated[int, Field(ge=0, le=30)]
    measure_years: Annotated[int, Field(ge=1, le=50)]


class RegionSettings(Frozen):
    """The folder with the region's CSV files, and where its students live.

    Of the students of a school a share lives in its own municipality and a share beyond the area around it; the
    others live elsewhere in the area (for the mbo 30-40-30: own municipality, area, beyond).
    """

    name: str
    folder: str
    label: Label
    made_up: bool
    own_municipality_share: BySector[Share]
    beyond_share: BySector[Share]

    @model_validator(mode="after")
    def _at_most_one(self) -> RegionSettings:
        for sector in SECTORS:
            total = getattr(self.own_municipality_share, sector) + getattr(self.beyond_share, sector)
            if total > 1.0 + 1e-9:
                raise ValueError(
                    f"own_municipality_share.{sector} and beyond_share.{sector} add up to {total:.3g}; "
                    "at most 1 is allowed"
                )
        return self


class StartSettings(Frozen):
    """The position on day 0: that of the settled system, or today's lists and caseloads from the CSV ``table``."""

    table: str | None = None


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
    capacity: Capacity
    start: StartSettings
    costs: Costs
    calendar: Calendar
    norms: Norms

    @model_validator(mode="after")
    def _initial_fits(self) -> Scenario:
        for sector, places in zip(SECTORS, self.demand.initial_places.values(), strict=True):
            total = sum(places.model_dump().values())
            if total > 1.0 + 1e-9:
                raise ValueError(f"demand.initial_places.{sector} adds up to {total:.4g}; at most 1 is allowed")
        return self

    @model_validator(mode="after")
    def _flexible_visit_fits(self) -> Scenario:
        spreading, shortest = self.spreading, self.care.smw.visits.min_hours
        most = spreading.max_weekly_hours * spreading.reassign_weeks
        if "base_plus_flexible" in spreading.rule.values() and most < shortest:
            raise ValueError(
                f"spreading.max_weekly_hours over spreading.reassign_weeks is {most:g} hours, and no flexible visit "
                f"fits in it: care.smw.visits.min_hours is {shortest:g}"
            )
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
            ``scenario.changed(care__smw__limits__max_conversations=5)`` or
            ``scenario.changed(**{"care.smw.limits.max_conversations": 5})``; items of lists by number, as in
            ``funding.sources[0].amount``. A key that names a table, as by sector or severity, sets all its
            entries: ``{"funding.scale": 0.5}``.

        Raises
        ------
        KeyError
            If a key does not exist.
        pydantic.ValidationError
            If a value is not allowed.
        """
        data = self.model_dump()
        for key, value in changes.items():
            set_in(data, key.replace("__", "."), value)
        return Scenario.model_validate(data)
