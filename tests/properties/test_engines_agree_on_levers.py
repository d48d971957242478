"""Both engines agree whichever lever is pulled, and each lever changes what they do."""

from __future__ import annotations

import pytest

from sim.records import History
from sim.world import build_world
from tests.engines import are_same, draw_and_run_both, needs_numba
from tests.levers import LEVERS, Lever, Settings, by_group
from tests.properties.test_levers import base_of, region_of

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
