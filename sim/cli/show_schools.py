"""Scenarios, hours and offered load by school, as text."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sim.cli.printing import number, table
from sim.money.hours import plan_hours
from sim.money.plan import SCHOOL_WEEKS, HoursPlan
from sim.offered_load import OfferedLoad, offered_load
from sim.region.reader import read_region
from sim.region.region import SCHOOL_TYPES, Region
from sim.runs.tasks import ROOT
from sim.scenario import SECTORS, Scenario
from sim.world import World


def scenario_lines(scenarios: Mapping[str, Scenario], language: str) -> str:
    """Return every scenario with its description, money and hours."""
    return "\n\n".join(_scenario(name, scenario, language) for name, scenario in scenarios.items())


def _scenario(name: str, scenario: Scenario, language: str) -> str:
    label = scenario.label.nl if language == "nl" else scenario.label.en
    description = scenario.description.nl if language == "nl" else scenario.description.en
    region = read_region(scenario, ROOT)
    plan = plan_hours(scenario, region)
    hours = ", ".join(
        f"{number(float(plan.yearly_hours[region.sector == sector].sum()))} {word}"
        for sector, word in enumerate(SECTORS)
    )
    return f"{name}: {label}\n  {description}\n  {_money(plan)}\n  hours a year: {hours}"


def _money(plan: HoursPlan) -> str:
    paid = [f"{payer} {number(euros)}" for payer, euros in plan.cost_by_payer.items() if euros > 0.0]
    text = f"euros a year: {', '.join(paid) or 'none'}"
    return text if plan.withdrawn == 0.0 else f"{text}; withdrawn from schools that opt out: {number(plan.withdrawn)}"


def hours_lines(scenario: Scenario, region: Region) -> str:
    """Return the hours of every school, and who pays for them."""
    plan = plan_hours(scenario, region)
    rows = [["school", "name", "sector", "type", "municipality", "students", "hours a year", "hours a school week"]]
    for school, hours in enumerate(plan.yearly_hours):
        rows.append(
            [
                region.school_ids[school],
                region.school_names[school],
                region.sector_names[school],
                SCHOOL_TYPES[int(region.school_type[school])],
                region.municipality_ids[int(region.municipality[school])],
                number(int(region.students[school])),
                number(float(hours), 1),
                number(float(hours) / SCHOOL_WEEKS, 2),
            ]
        )
    parts = [table(rows, right=(5, 6, 7)), _sums(region, plan), _money(plan)]
    left = {name: hours for name, hours in plan.unspread_hours.items() if hours > 0.0}
    parts.extend(f"warning: {number(hours)} hours a year in {name} find no school" for name, hours in left.items())
    return "\n".join(parts)


def _sums(region: Region, plan: HoursPlan) -> str:
    lines = []
    for sector, name in enumerate(SECTORS):
        here = region.sector == sector
        students, hours = int(region.students[here].sum()), float(plan.yearly_hours[here].sum())
        lines.append(f"{name}: {here.sum()} schools, {number(students)} students, {number(hours)} hours a year")
    return "\n".join(lines)


def load_lines(world: World) -> str:
    """Return the offered load of SMW at every school, the heaviest first, with a warning where it is above 1."""
    region, load = world.region, offered_load(world)
    order = sorted(range(len(load.load)), key=lambda school: -float(load.load[school]))
    rows = [["school", "name", "sector", "students", "requests a year", "hours asked", "hours funded", "load", ""]]
    rows.extend(_load_row(region, load, school) for school in order)
    return "\n".join([table(rows, right=range(3, 8)), "", *_load_sums(region, load), "", EXPLANATION])


EXPLANATION = """\
Load: hours of conversations and hand-overs that schools can be expected to ask for in a year, over the hours that
visits leave for them after travel, other work and meetings. Nobody is put off or gives up in this figure. Above 1
the list is held only by people who do not ask, give up or leave; a load below 1 can still mean long waits where
visits are rare."""


def _load_row(region: Region, load: OfferedLoad, school: int) -> list[str]:
    value = float(load.load[school])
    return [
        region.school_ids[school],
        region.school_names[school],
        region.sector_names[school],
        number(int(region.students[school])),
        number(float(load.requests[school]), 1),
        number(float(load.minutes_asked[school]) / 60.0, 1),
        number(float(load.minutes_funded[school]) / 60.0, 1),
        "no hours" if np.isinf(value) else number(value, 2),
        "above 1" if value > 1.0 else "",
    ]


def _load_sums(region: Region, load: OfferedLoad) -> list[str]:
    lines = []
    for sector, name in enumerate(SECTORS):
        here = region.sector == sector
        asked, funded = float(load.minutes_asked[here].sum()) / 60.0, float(load.minutes_funded[here].sum()) / 60.0
        share = "no hours" if funded == 0.0 else f"load {number(asked / funded, 2)}"
        above = int((load.load[here] > 1.0).sum())
        warning = f"; warning: above 1 at {above} of {here.sum()} schools" if above else ""
        lines.append(f"{name}: {number(asked)} hours asked, {number(funded)} hours funded, {share}{warning}")
    return lines
