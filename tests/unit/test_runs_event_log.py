"""The event log for animation: places of a gateway belong to the team that gives the help."""

from __future__ import annotations

from functools import cache

import pandas as pd
import pytest
from fake_runs import scenario

from sim.care.linking import link
from sim.care.simulate import simulate
from sim.cases.draw import draw_cases
from sim.cases.rhythm import draw_rhythms
from sim.region.reader import read_region
from sim.runs.event_log import event_log
from sim.runs.tasks import ROOT
from sim.world import World, build_world

MODELS = ("own_neighbourhood", "municipal_youth_team", "school_as_neighbourhood")


@cache
def world_and_log(model: str) -> tuple[World, pd.DataFrame]:
    """A year at one institution, with crowded teams."""
    models = [f"care.linking.model.mbo_{level}={model}" for level in (1, 2)]
    chosen = scenario(
        "scenario=mbo_institution",
        "horizon.warm_up_years=0",
        "horizon.measure_years=1",
        "care.gateway.jeugdteam.slots_per_1000=1.2",
        *models,
    )
    world = build_world(chosen, read_region(chosen, ROOT))
    table = draw_cases(world, 1, 1)
    return world, event_log(world, table, simulate(world, table, draw_rhythms(world, 1, 1)))


@pytest.mark.parametrize("model", MODELS)
def test_no_more_places_of_a_team_are_used_than_it_has(model: str) -> None:
    world, log = world_and_log(model)
    used = log[log["event"] == "gateway_help"].groupby("pool")["resource_id"].max()
    slots = [gateway.slots.slots for gateway in link(world).gateways]
    municipalities = world.region.municipality_ids
    has = dict(zip(municipalities, slots, strict=False))
    name = {"municipal_youth_team": "jeugdteam stad", "school_as_neighbourhood": "jeugdteam roc"}.get(model)
    if name is not None:
        has[name] = slots[len(municipalities)]
        assert used[name] == has[name]
    assert set(used.index) <= set(has)
    assert all(number <= has[pool] for pool, number in used.items())


def test_places_in_care_are_those_of_the_region() -> None:
    world, log = world_and_log(MODELS[0])
    in_care = log[log["event"].isin(["ggz", "youth_care"]) & (log["event_type"] == "resource_use")]
    assert set(in_care["pool"]) == {world.region.name}
    assert set(in_care["event"]) == {"ggz", "youth_care"}
