"""One world to simulate: a scenario with its region, calendar and hours, ready for the model."""

from __future__ import annotations

from dataclasses import dataclass

from sim.money.hours import plan_hours
from sim.money.plan import HoursPlan
from sim.region.calendar import SchoolCalendar, build_calendar
from sim.region.region import Region
from sim.scenario import Scenario


@dataclass(frozen=True)
class World:
    """Everything the model reads.

    Attributes
    ----------
    scenario, region, calendar, plan
        Settings, municipalities and schools, school time, and hours of every school.
    warm_up
        Day on which measuring starts.
    horizon
        Day on which the run stops.
    """

    scenario: Scenario
    region: Region
    calendar: SchoolCalendar
    plan: HoursPlan
    warm_up: float
    horizon: float


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
        If the settings name schools or municipalities that the region does not have.
    """
    horizon = scenario.horizon
    calendar = build_calendar(scenario.calendar, horizon.start_year, horizon.warm_up_years + horizon.measure_years)
    return World(
        scenario=scenario,
        region=region,
        calendar=calendar,
        plan=plan_hours(scenario, region),
        warm_up=float(calendar.year_starts[horizon.warm_up_years]),
        horizon=float(calendar.year_starts[-1]),
    )
