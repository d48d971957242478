"""One world to simulate: a scenario with its region, calendar and hours, ready for the model."""

from __future__ import annotations

from dataclasses import dataclass

from sim.money.capacity import CapacityProfile, capacity_profile
from sim.money.funded import funded_cost, funded_hours
from sim.money.hours import plan_hours
from sim.money.plan import HoursPlan
from sim.region.calendar import SchoolCalendar, build_calendar
from sim.region.region import FloatArray, Region
from sim.scenario import Scenario


@dataclass(frozen=True)
class World:
    """Everything the model reads.

    Attributes
    ----------
    scenario, region, calendar, plan
        Settings, municipalities and schools, school time, and hours of every school as planned at the start.
    warm_up
        Day on which measuring starts.
    horizon
        Day on which the run stops.
    profile
        How those hours change over time; None where they do not.
    """

    scenario: Scenario
    region: Region
    calendar: SchoolCalendar
    plan: HoursPlan
    warm_up: float
    horizon: float
    profile: CapacityProfile | None = None

    def funded_hours(self, first_day: float, last_day: float) -> FloatArray:
        """Return the paid hours of every school from ``first_day`` up to and without ``last_day``, shape (s,)."""
        return funded_hours(self.plan.yearly_hours, self.calendar, self.profile, first_day, last_day)

    def flexible_hours(self, first_day: float, last_day: float) -> FloatArray:
        """Return what every school puts into the pool of its sector in that time, shape (s,).

        Flexible hours follow the factor of the school for which they were planned; extra hours are not flexible.
        """
        flexible = self.plan.flexible_hours
        return funded_hours(flexible, self.calendar, self.profile, first_day, last_day, with_extra=False)

    def funded_cost(self, first_day: float, last_day: float) -> dict[str, float]:
        """Return the euros of every payer for SMW from ``first_day`` up to and without ``last_day``."""
        return funded_cost(self.plan, self.calendar, self.profile, first_day, last_day)


def build_world(scenario: Scenario, region: Region) -> World:
    """Build the world of a scenario.

    Parameters
    ----------
    scenario
        The settings.
    region
        The region they are applied to.

    Raises
    ------
    sim.errors.InputError
        If the settings name schools or municipalities that the region does not have, or dates outside the run.
    """
    horizon = scenario.horizon
    calendar = build_calendar(scenario.calendar, horizon.start_year, horizon.warm_up_years + horizon.measure_years)
    plan, days = plan_hours(scenario, region), int(calendar.year_starts[-1])
    return World(
        scenario=scenario,
        region=region,
        calendar=calendar,
        plan=plan,
        warm_up=float(calendar.year_starts[horizon.warm_up_years]),
        horizon=float(days),
        profile=capacity_profile(scenario.capacity, region, plan, horizon.start_year, days),
    )
