"""The rhythm of SMW visits that the hours of a scenario allow: how often the worker comes to a school."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np

from sim.cases.visits import plan_visits
from sim.money.hours import plan_hours
from sim.money.plan import HoursPlan
from sim.region.calendar import SchoolCalendar, build_calendar
from sim.region.region import Region
from sim.report.inputs import ReportInput, sectors_of
from sim.scenario.base import SECTORS
from sim.scenario.scenario import Scenario

SCHOOL_DAYS_A_WEEK = 5.0
HALF = 0.5
NEARLY_WEEKLY = 1.1


@dataclass(frozen=True)
class Rhythm:
    """Visits at the schools of one sector.

    Attributes
    ----------
    sector
        The sector.
    schools
        Schools that have SMW hours.
    hours
        Hours a year of the sector.
    hours_per_week
        Mean hours a school week at such a school; nan if there is none.
    weeks_between
        Mean school weeks between two visits at such a school; nan if there is none. Flexible hours count as visits
        of the minimum length at the schools for which they were planned.
    rare_share
        Share of these schools that are visited less than weekly; nan if there is none.
    flexible_share
        Share of the hours that is flexible.
    """

    sector: str
    schools: int
    hours: float
    hours_per_week: float
    weeks_between: float
    rare_share: float
    flexible_share: float = 0.0

    @property
    def is_rare(self) -> bool:
        """Whether the worker comes less than weekly to the average school."""
        return bool(self.weeks_between > NEARLY_WEEKLY)


def plan_of(study: ReportInput, name: str) -> HoursPlan:
    """Return the hours of the schools in a scenario, and who pays for them."""
    return study.once(f"hours in {name}", lambda: plan_hours(study.scenarios[name], study.regions[name]))


def rhythms(study: ReportInput, name: str) -> dict[str, Rhythm]:
    """Return the rhythm of visits in every sector with students.

    Parameters
    ----------
    study
        What the report is made from.
    name
        Name of the scenario.
    """
    make = partial(_rhythms, study.scenarios[name], study.regions[name], plan_of(study, name))
    return study.once(f"rhythms in {name}", make)


def _rhythms(scenario: Scenario, region: Region, plan: HoursPlan) -> dict[str, Rhythm]:
    years = scenario.horizon.warm_up_years + scenario.horizon.measure_years
    calendar = build_calendar(scenario.calendar, scenario.horizon.start_year, years)
    found = {}
    for sector in sectors_of(region):
        paid = (region.sector == SECTORS.index(sector)) & (plan.yearly_hours > 0.0)
        hours = list(zip(plan.fixed_hours[paid].tolist(), plan.flexible_hours[paid].tolist(), strict=True))
        found[sector] = _rhythm(sector, hours, scenario, calendar, years)
    return found


def _rhythm(
    sector: str, hours: list[tuple[float, float]], scenario: Scenario, calendar: SchoolCalendar, years: int
) -> Rhythm:
    weeks = calendar.school_days_per_year / SCHOOL_DAYS_A_WEEK
    if not hours:
        return Rhythm(sector, 0, 0.0, np.nan, np.nan, np.nan)
    shortest = scenario.care.smw.visits.min_hours
    fixed = {number: _visits_a_year(number, scenario, calendar, years) for number, _ in set(hours)}
    visits = np.array([fixed[number] + flexible / shortest for number, flexible in hours])
    between = np.divide(weeks, visits, out=np.full(len(visits), np.inf), where=visits > 0.0)
    total, flexible = sum(map(sum, hours)), sum(part for _, part in hours)
    return Rhythm(
        sector=sector,
        schools=len(hours),
        hours=total,
        hours_per_week=total / len(hours) / weeks,
        weeks_between=float(between.mean()),
        rare_share=float(np.mean(between > NEARLY_WEEKLY)),
        flexible_share=flexible / total,
    )


def _visits_a_year(hours: float, scenario: Scenario, calendar: SchoolCalendar, years: int) -> float:
    visits, _ = plan_visits(hours, scenario.care.smw.visits, calendar, 0, HALF)
    return len(visits) / years
