"""Worlds in which some schools have hours more or less, with everything else as it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sim.region.region import FloatArray
from sim.region.school_time import SCHOOL_DAYS_PER_WEEK
from sim.scenario import Scenario
from sim.scenario.capacity import CapacityChange
from sim.world import World

MORE, LESS = "hours more", "hours less"


def with_more(scenario: Scenario, schools: Sequence[str], hours: float) -> Scenario:
    """Return the scenario with extra hours a school week at each of some schools, from day 0 on."""
    return _with(scenario, [_more(scenario, schools, hours)])


def with_moved(scenario: Scenario, schools: Sequence[str], hours: float, taken: Mapping[str, float]) -> Scenario:
    """Return the scenario with hours taken from some schools and given to others, from day 0 on.

    Parameters
    ----------
    scenario
        The world.
    schools, hours
        Schools that get hours, and how many a school week each.
    taken
        What is left of the hours of each school that gives, as a part of what it has.
    """
    less = [
        CapacityChange(name=LESS, start=_day_0(scenario), schools=(school,), factor=left)
        for school, left in taken.items()
    ]
    return _with(scenario, [*less, _more(scenario, schools, hours)])


def weekly_hours(world: World) -> FloatArray:
    """Return the planned hours of every school in a week in which schools are open, shape (s,).

    The weeks are those of the years that are measured: so an hour a week that is taken is one that is given.
    """
    elapsed, years = world.calendar.elapsed, world.scenario.horizon.measure_years
    weeks = float(elapsed[int(world.horizon)] - elapsed[int(world.warm_up)]) / SCHOOL_DAYS_PER_WEEK / years
    hours: FloatArray = world.plan.yearly_hours / weeks
    return hours


def _more(scenario: Scenario, schools: Sequence[str], hours: float) -> CapacityChange:
    return CapacityChange(name=MORE, start=_day_0(scenario), schools=tuple(schools), extra_weekly_hours=hours)


def _with(scenario: Scenario, changes: Sequence[CapacityChange]) -> Scenario:
    every = (*scenario.capacity.changes, *changes)
    return scenario.changed(**{"capacity.changes": [change.model_dump() for change in every]})


def _day_0(scenario: Scenario) -> date:
    return date(scenario.horizon.start_year, 8, 1)
