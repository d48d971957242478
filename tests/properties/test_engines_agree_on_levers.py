"""Both engines agree whichever lever is pulled, whichever setting is changed; each lever changes what they do."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pydantic import ValidationError

from sim.records import History
from sim.world import World, build_world
from tests.engines import are_same, draw_and_run_both, needs_numba
from tests.levers import LEVERS, Lever, Settings, by_group
from tests.properties.test_levers import base_of, region_of
from tests.worlds import Changes, all_sectors, hours, lively, world_of

pytestmark = needs_numba

SEED = 5
WITHOUT_EFFECT = ("onset_reduction_without_groups", "age_limit_at_no_school")
"""Levers of which the table says that they change nothing."""

MORE: dict[str, Settings] = {
    "protection_against_early_leaving": {"demand.early_leaving.base_per_year": by_group(0.5)},
}
"""What is needed besides for a lever to change anything within a year."""

_KEPT: dict[tuple[str, str], History] = {}


def history_of(region: str, settings: Settings) -> History:
    """Return the first year of a small region according to both engines, which must agree."""
    key = region, repr(sorted(settings.items()))
    if key not in _KEPT:
        scenario = base_of(region).changed(**(settings | {"horizon.measure_years": 1}))
        world = build_world(scenario, region_of(region))
        _KEPT[key] = draw_and_run_both(world, SEED)[1]
    return _KEPT[key]


@pytest.mark.parametrize("lever", LEVERS, ids=lambda lever: lever.name)
def test_with_and_without_a_lever(lever: Lever) -> None:
    base = lever.base | MORE.get(lever.name, {})
    before, after = (history_of(lever.region, settings) for settings in (base, base | lever.pulled))
    assert are_same(before, after) == (lever.name in WITHOUT_EFFECT)


def settings_of(node: object, path: tuple[str, ...]) -> Iterator[tuple[str, object]]:
    """Return the dotted keys and the values of all settings below a place."""
    if isinstance(node, dict):
        for name, below in node.items():
            yield from settings_of(below, (*path, name))
    elif not isinstance(node, tuple):
        yield ".".join(path), node


SETTINGS = {
    key: value
    for group in ("care", "demand", "spreading")
    for key, value in settings_of(lively().model_dump()[group], (group,))
    if key != "spreading.table"
}
A_YEAR: Changes = hours(150.0, 400.0, 400.0) | {
    "horizon.warm_up_years": 0,
    "capacity.changes": [
        {"name": "away", "start": "2016-01-10", "end": "2016-03-10", "schools": ["all"], "factor": 0.0}
    ],
}
WORDS = {
    "arrival": "severity",
    "severity": "arrival",
    "own_neighbourhood": "school_as_neighbourhood",
    "per_student": "pooled",
    "waiting": "handed_over",
}


def other_values(value: object) -> tuple[object, ...]:
    """Return values that a setting could have instead; not each is allowed for each setting."""
    if isinstance(value, bool):
        return (not value,)
    if isinstance(value, str):
        return (WORDS[value],)
    return (1, 0.4) if value is None else (value * 2, value * 0.5, 1, 0.01)  # type: ignore[operator]


def world_with_another(key: str) -> World | None:
    """Return a small world in which one setting has another value; None where no value alone is allowed."""
    for value in other_values(SETTINGS[key]):
        if value == SETTINGS[key]:
            continue
        try:
            return world_of(lively(), all_sectors(60), **(A_YEAR | {key: value}))
        except ValidationError:
            continue
    return None


@pytest.mark.parametrize("key", SETTINGS)
def test_with_another_value_of_any_setting(key: str) -> None:
    """Some shares add up to one, and cannot be changed alone."""
    world = world_with_another(key)
    if world is None:
        assert key.startswith(("demand.kinds", "demand.severity", "demand.background.severity"))
        return
    draw_and_run_both(world, SEED)
