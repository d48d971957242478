"""A lever that one engine forgets does not go unnoticed: every number that is wrong changes what is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import NamedTuple

import pytest

from sim.care.simulate import simulate as simulate_by_simpy
from sim.cases.draw import draw_cases
from sim.cases.rhythm import Rhythm, draw_rhythms
from sim.cases.table import CaseTable
from sim.records import History
from sim.world import World
from tests.engines import are_same, needs_numba, run_compiled
from tests.properties.edge_worlds import away
from tests.properties.wrong_numbers import Wrong, wrong_numbers
from tests.worlds import Changes, all_sectors, by_group, by_kind, by_sector, by_type, hours, lively, world_of

pytestmark = needs_numba

BUSY: Changes = {"demand.onset_per_year": by_group(1.0)}
HELPFUL: Changes = {f"care.{place}.gain": by_kind(0.5) for place in ("smw", "youth_care", "ggz")} | {
    "care.ggz.share": by_kind(0.7)
}
WORLDS: dict[str, Changes] = {
    "usual": hours(150.0, 500.0, 500.0) | BUSY | HELPFUL | {"care.smw.intake_share": 0.3},
    "pooled": hours(150.0, 500.0, 500.0)
    | BUSY
    | away(spreading__rule=by_sector("pooled"), care__smw__when_hours_stop="handed_over"),
    "base_plus_flexible": hours(400.0, 900.0, 900.0)
    | HELPFUL
    | away(spreading__rule=by_sector("base_plus_flexible"), spreading__max_weekly_hours=4.0)
    | {"care.linking.model": by_group("own_neighbourhood", "municipal_youth_team", "school_as_neighbourhood")},
    "limits": hours(300.0, 1500.0, 1500.0)
    | away(care__smw__when_hours_stop="closed", care__smw__limits__max_at=by_type(1.0))
    | {"care.smw.limits.max_hours": 5.0, "care.smw.limits.max_conversations": None}
    | {"care.smw.limits.age_at": by_type(1.0), "care.smw.caseload_cap": 2, "care.gateway.shared_assessment": True},
}


class Play(NamedTuple):
    """A world with its cases and what SimPy tells of it."""

    world: World
    table: CaseTable
    rhythms: list[Rhythm]
    told: History


@cache
def play(name: str) -> Play:
    world = world_of(lively(), all_sectors(), **WORLDS[name])
    table, rhythms = draw_cases(world, 11, 0), draw_rhythms(world, 11, 0)
    return Play(world, table, rhythms, simulate_by_simpy(world, table, rhythms))


Spoil = Callable[[Wrong], None]


@pytest.fixture
def spoil(monkeypatch: pytest.MonkeyPatch) -> Spoil:
    """Have the compiled engine begin with a wrong number."""
    from sim.compiled import simulate
    from sim.compiled.build import build

    def wrong_from_now_on(wrong: Wrong) -> None:
        def build_wrong(world: World, table: CaseTable, rhythms: list[Rhythm]) -> object:
            memory = build(world, table, rhythms)
            return replace(memory, records=wrong.put_into(memory.records))

        monkeypatch.setattr(simulate, "build", build_wrong)

    return wrong_from_now_on


def is_told_otherwise(name: str) -> bool:
    world, table, rhythms, told = play(name)
    return not are_same(told, run_compiled(world, table, rhythms))


@pytest.mark.parametrize("name", WORLDS)
def test_nothing_is_wrong_to_begin_with(name: str) -> None:
    assert not is_told_otherwise(name)


@pytest.mark.parametrize("wrong", tuple(wrong_numbers()), ids=str)
def test_a_wrong_number_is_noticed(wrong: Wrong, spoil: Spoil) -> None:
    spoil(wrong)
    assert any(is_told_otherwise(name) for name in WORLDS)


def test_a_lever_without_a_value_is_an_error_before_anything_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    from sim.compiled import levers

    care = lively().care
    outside = levers._outside(care)
    monkeypatch.setattr(levers, "_outside", lambda care: {name: outside[name] for name in list(outside)[1:]})
    with pytest.raises(AssertionError, match=next(iter(outside))):
        levers.levers_of(care)
