"""What holds for flexible hours whoever gets them: within what is paid, used where work waits, nobody left out."""

from __future__ import annotations

import numpy as np
import pytest

from sim.records import TASKS, Event, History
from sim.region.build import MunicipalityRow, make_region
from sim.region.region import Region
from sim.scenario.base import SECTORS
from sim.world import World
from tests.worlds import (
    Changes,
    all_sectors,
    by_group,
    by_sector,
    hours,
    lively,
    one_school,
    run_world,
    school_row,
    world_of,
)

RULES = ("base_plus_flexible", "pooled")
BUSY: Changes = {
    "demand.onset_per_year": by_group(1.5),
    "demand.give_up_per_month.smw": 0.0,
    "care.smw.balking.enabled": False,
    "care.smw.visits.min_hours": 2.0,
}


def flexible(rule: str, *paid: float) -> Changes:
    """Return changes for a spreading rule in all sectors, and hours a year by sector."""
    return hours(*paid) | {"spreading.rule": by_sector(rule)}


def used(world: World, history: History, sector: int, first: float, last: float) -> float:
    """Return the hours used in a sector between two days."""
    visits = (history.visit_time >= first) & (history.visit_time < last)
    visits &= world.region.sector[history.visit_school] == sector
    return float(history.visit_minutes[visits].sum() / 60.0)


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_sector_uses_no_more_than_it_is_paid_in_any_school_year(rule: str, seed: int) -> None:
    """Up to the conversation that each school may keep, and the visit that it may have saved of its fixed hours."""
    world = world_of(lively(), all_sectors(), **flexible(rule, 150.0, 400.0, 300.0))
    _, history = run_world(world, seed)
    settings = world.scenario.care.smw
    for sector in range(len(SECTORS)):
        here = world.region.sector == sector
        kept = settings.conversation_minutes.values()[sector] / 60.0 + settings.visits.min_hours
        for first, last in zip(world.calendar.year_starts[:-1], world.calendar.year_starts[1:], strict=True):
            paid = world.funded_hours(first, last)[here].sum()
            assert used(world, history, sector, first, last) <= paid + here.sum() * kept + 1e-6


@pytest.mark.parametrize("rule", RULES)
def test_all_hours_are_used_where_work_waits(rule: str) -> None:
    """Schools have far more work than hours: at least 95% of what is paid in two years is used and not lost."""
    world = world_of(lively(), all_sectors(), **(BUSY | flexible(rule, 150.0, 400.0, 300.0)))
    _, history = run_world(world)
    for sector in range(len(SECTORS)):
        here = world.region.sector == sector
        paid = world.funded_hours(0.0, world.horizon)[here].sum()
        lost = history.visit_minutes[here[history.visit_school], TASKS.index("lost")].sum() / 60.0
        assert used(world, history, sector, 0.0, world.horizon) - lost >= 0.95 * paid


@pytest.mark.parametrize("sector", ["po", "vo"])
def test_a_pool_of_one_school_does_about_what_fixed_hours_do(sector: str) -> None:
    """As many conversations within a tenth, over four replications."""
    held: dict[str, int] = {}
    for rule in ("per_student", "pooled"):
        changes = BUSY | flexible(rule, 250.0, 250.0)
        world = world_of(lively(), one_school(400, sector), **changes)
        held[rule] = sum(
            int((run_world(world, 1, replication)[1].event == Event.CONVERSATION).sum()) for replication in range(4)
        )
    assert held["pooled"] == pytest.approx(held["per_student"], rel=0.1)


def many_schools(number: int) -> Region:
    """Return a region of one large and many small schools."""
    sizes = [800] + [60] * (number - 1)
    return make_region(
        "test",
        [MunicipalityRow("town", "Town", "wijkteam", sum(sizes))],
        [school_row(f"school-{index}", "vo", "town", size) for index, size in enumerate(sizes)],
    )


def test_a_pooled_team_gets_to_every_school() -> None:
    """One large school and eleven small ones, and hours for one visit a week: every school is visited every year."""
    world = world_of(lively(), many_schools(12), **(BUSY | flexible("pooled", 0.0, 80.0)))
    _, history = run_world(world)
    for first, last in zip(world.calendar.year_starts[:-1], world.calendar.year_starts[1:], strict=True):
        visited = history.visit_school[(history.visit_time >= first) & (history.visit_time < last)]
        assert np.unique(visited).size == 12


def test_a_pooled_team_leaves_hours_where_nothing_waits() -> None:
    """With twenty times the hours that are needed, a team that goes where people wait does not use them all."""
    world = world_of(lively(), all_sectors(), **flexible("pooled", 3000.0, 3000.0, 3000.0))
    _, history = run_world(world)
    total = sum(used(world, history, sector, 0.0, world.horizon) for sector in range(len(SECTORS)))
    assert total < 0.5 * world.funded_hours(0.0, world.horizon).sum()
    asked = int((history.event == Event.ASKED).sum())
    seen = int(((history.event == Event.CONVERSATION) & (history.detail == 1)).sum())
    assert seen > 0.85 * asked


def test_the_same_seed_gives_the_same_visits() -> None:
    world = world_of(lively(), all_sectors(), **flexible("pooled", 150.0, 400.0, 300.0))
    first, second = (run_world(world, 5)[1] for _ in range(2))
    np.testing.assert_array_equal(first.visit_time, second.visit_time)
    np.testing.assert_array_equal(first.visit_minutes, second.visit_minutes)
