"""Both engines tell the same story to the last bit, whatever the region, the levers, the seed and the ties."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from tests.engines import draw_and_run_both, needs_numba, run_both
from tests.properties.any_world import Drawn, drawn
from tests.properties.edge_worlds import EDGES, Edge
from tests.properties.hand_made_ties import Tied, tied

pytestmark = needs_numba


@settings(max_examples=120)
@given(run=drawn())
def test_in_any_region_with_any_levers(run: Drawn) -> None:
    draw_and_run_both(run.world, run.seed)


@settings(max_examples=150)
@given(run=tied())
def test_where_most_events_fall_on_one_instant(run: Tied) -> None:
    run_both(run.world, run.table, run.rhythms)


@pytest.mark.parametrize("edge", EDGES, ids=lambda edge: edge.name)
def test_at_the_edges(edge: Edge) -> None:
    world, table, rhythms = edge.play()
    history = run_both(world, table, rhythms)
    assert edge.seen(world, table, history), "the world does not show what it is there for"


@pytest.mark.slow
@settings(max_examples=2000)
@given(run=drawn())
def test_in_many_regions_with_any_levers(run: Drawn) -> None:
    draw_and_run_both(run.world, run.seed)


@pytest.mark.slow
@settings(max_examples=3000)
@given(run=tied())
def test_very_often_where_most_events_fall_on_one_instant(run: Tied) -> None:
    run_both(run.world, run.table, run.rhythms)
