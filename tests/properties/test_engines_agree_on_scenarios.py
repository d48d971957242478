"""Both engines agree on every scenario that ships."""

from __future__ import annotations

from functools import cache

import pytest

from sim.cli.compose import compose_study
from sim.cli.config_files import ConfigFolders
from sim.records import Event
from sim.region.reader import read_region
from sim.region.region import Region
from sim.runs.tasks import ROOT
from sim.scenario import Scenario
from sim.world import build_world
from tests.engines import draw_and_run_both, needs_numba
from tests.levers import Settings
from tests.shrunk import shrunk

pytestmark = needs_numba

NAMES = tuple(ConfigFolders(None).groups["scenario"])
NATIONAL = "mbo_nederland"
MOST_STUDENTS = 15_000
YEAR_OF_CHANGES: Settings = {
    "horizon.start_year": 2016,
    "horizon.warm_up_years": 0,
    "horizon.measure_years": 1,
}
"""The school year in which all dated changes that ship begin."""

SEEN = {
    "hours_stop": (Event.HOURS_STOPPED,),
    "worker_ill": (Event.HOURS_STOPPED,),
    "bridging": (Event.IN_TOUCH,),
    "today": (Event.CONVERSATION, Event.REQUEST_GGZ),
}
"""What a scenario is there for, where a short run must show it."""


@cache
def scenarios() -> dict[str, Scenario]:
    return dict(compose_study([f"scenarios=[{','.join(NAMES)}]"]).scenarios)


@cache
def region_of(name: str) -> Region:
    return read_region(scenarios()[name], ROOT)


@pytest.mark.parametrize("name", NAMES)
def test_in_a_part_of_the_region_for_a_year(name: str) -> None:
    region = region_of(name)
    part = min(1.0, MOST_STUDENTS / int(region.students.sum()))
    history = draw_and_run_both(shrunk(scenarios()[name], region, part, **YEAR_OF_CHANGES))[1]
    assert set(SEEN.get(name, (Event.ENTER,))) <= {Event(event) for event in history.event.tolist()}


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_in_the_whole_region(name: str) -> None:
    """For four years; for one where the region is the whole country."""
    scenario = scenarios()[name]
    changes = YEAR_OF_CHANGES if scenario.region.name == NATIONAL else {}
    draw_and_run_both(build_world(scenario.changed(**changes), region_of(name)))
