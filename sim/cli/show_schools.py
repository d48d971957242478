"""Scenarios, hours and offered load by school, as text."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

import numpy as np

from sim.cli.printing import number, table
from sim.money.hours import plan_hours
from sim.money.plan import SCHOOL_WEEKS, HoursPlan
from sim.offered_load import OfferedLoad, offered_load
from sim.region.reader import read_region
from sim.region.region import SCHOOL_TYPES, Region
from sim.report.inputs import sectors_of
from sim.runs.tasks import ROOT
from sim.scenario import SECTORS, Label, Scenario
from sim.scenario.base import LEVELS
from sim.world import World

WIDTH = 118


def scenario_lines(scenarios: Mapping[str, Scenario], language: str) -> str:
    """Return every scenario with its description, money and hours, by region."""
    by_region: dict[str, dict[str, Scenario]] = {}
    for name, scenario in scenarios.items():
        by_region.setdefault(scenario.region.name, {})[name] = scenario
    return "\n\n".join(_of_region(own, language) for own in by_region.values())


def _of_region(scenarios: Mapping[str, Scenario], language: str) -> str:
    """Return a heading and the scenarios of one region."""
    regions = {name: read_region(scenario, ROOT) for name, scenario in scenarios.items()}
    first = next(iter(scenarios))
    blocks = [_region(scenarios[first], regions[first], language)]
    for name, scenario in scenarios.items():
        label, about = (_localised(one, language) for one in (scenario.label, scenario.description))
        money = _money_and_hours(scenario, regions[name])
        blocks.append(f"{name}: {label}\n{_indented(about)}\n{_indented(money)}")
    return "\n\n".join(blocks)


def _region(scenario: Scenario, region: Region, language: str) -> str:
    name, label = scenario.region.name, _localised(scenario.region.label, language)
    students = number(int(region.students.sum()))
    heading = f"{label} (region={name}): {_schools(len(region.school_ids))}, {students} students"
    return f"{heading}\n{'=' * len(heading)}"


def _schools(count: int) -> str:
    return f"{count} school" if count == 1 else f"{count} schools"


def _localised(label: Label, language: str) -> str:
    return label.nl if language == "nl" else label.en


def _indented(text: str) -> str:
    return "\n".join(
        textwrap.fill(line, WIDTH, initial_indent="  ", subsequent_indent="  ") for line in text.splitlines()
    )


def _money_and_hours(scenario: Scenario, region: Region) -> str:
    plan = plan_hours(scenario, region)
    hours = ", ".join(
        f"{number(float(plan.yearly_hours[region.sector == SECTORS.index(sector)].sum()))} {sector}"
        for sector in sectors_of(region)
    )
    return f"{_money(plan)}\nhours a year: {hours}"


def _money(plan: HoursPlan) -> str:
    paid = [f"{payer} {number(euros)}" for payer, euros in plan.cost_by_payer.items() if euros > 0.0]
    text = f"euros a year: {', '.join(paid) or 'none'}"
    return text if plan.withdrawn == 0.0 else f"{text}; withdrawn from schools that opt out: {number(plan.withdrawn)}"


def hours_lines(scenario: Scenario, region: Region) -> str:
    """Return the hours of every school, and who pays for them."""
    plan = plan_hours(scenario, region)
    columns = {**_about_schools(region), **_students(region), **_hours(plan)}
    rows = [list(columns), *(list(row) for row in zip(*columns.values(), strict=True))]
    parts = [table(rows, right=range(len(_about_schools(region)), len(columns))), _sums(region, plan), _money(plan)]
    left = {name: hours for name, hours in plan.unspread_hours.items() if hours > 0.0}
    parts.extend(f"warning: {number(hours)} hours a year in {name} find no school" for name, hours in left.items())
    if scenario.capacity.changes:
        parts.append("note: these are the hours at the start; capacity.changes raises and lowers them later")
    if float(plan.flexible_hours.sum()) > 0.0:
        parts.append("note: flexible hours stand where they are planned; they go where the expected wait is longest")
    return "\n".join(parts)


def _about_schools(region: Region) -> dict[str, list[str]]:
    return {
        "school": list(region.school_ids),
        "name": list(region.school_names),
        "sector": list(region.sector_names),
        "type": [SCHOOL_TYPES[int(kind)] for kind in region.school_type],
        "municipality": [region.municipality_ids[int(place)] for place in region.municipality],
    }


def _students(region: Region) -> dict[str, list[str]]:
    """Return columns of students, in the mbo by level too."""
    columns = {"students": [number(int(students)) for students in region.students]}
    is_mbo = region.sector == SECTORS.index("mbo")
    if is_mbo.any():
        for index, level in enumerate(LEVELS):
            students = region.level_students[:, index]
            columns[f"level {level}"] = [
                number(int(count)) if mbo else "" for count, mbo in zip(students, is_mbo, strict=True)
            ]
    return columns


def _hours(plan: HoursPlan) -> dict[str, list[str]]:
    """Return columns of hours, fixed and flexible apart where there are flexible ones."""
    columns = {"hours a year": [number(float(hours), 1) for hours in plan.yearly_hours]}
    if float(plan.flexible_hours.sum()) > 0.0:
        columns["fixed"] = [number(float(hours), 1) for hours in plan.fixed_hours]
        columns["flexible"] = [number(float(hours), 1) for hours in plan.flexible_hours]
    columns["hours a school week"] = [number(float(hours) / SCHOOL_WEEKS, 2) for hours in plan.yearly_hours]
    return columns


def _sums(region: Region, plan: HoursPlan) -> str:
    lines = []
    for name in sectors_of(region):
        here = region.sector == SECTORS.index(name)
        students, hours = int(region.students[here].sum()), float(plan.yearly_hours[here].sum())
        flexible = float(plan.flexible_hours[here].sum())
        of_these = f", {number(flexible)} of them flexible" if flexible > 0.0 else ""
        who = f"{_schools(int(here.sum()))}, {number(students)} students"
        lines.append(f"{name}: {who}, {number(hours)} hours a year{of_these}")
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
    for name in sectors_of(region):
        here = region.sector == SECTORS.index(name)
        asked, funded = float(load.minutes_asked[here].sum()) / 60.0, float(load.minutes_funded[here].sum()) / 60.0
        share = "no hours" if funded == 0.0 else f"load {number(asked / funded, 2)}"
        above = int((load.load[here] > 1.0).sum())
        warning = f"; warning: above 1 at {above} of {here.sum()} schools" if above else ""
        lines.append(f"{name}: {number(asked)} hours asked, {number(funded)} hours funded, {share}{warning}")
    return lines
