"""Case tables shared between scenarios: only where everything that is read while drawing is equal."""

from __future__ import annotations

import pickle
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache
from gc import collect
from pathlib import Path
from threading import Barrier
from typing import Any
from weakref import ref

import numpy as np
import pytest

from sim.cases import shared
from sim.cases.draw import draw_cases
from sim.cases.shared import CARE_IN_DRAWS, WORLDS_KEPT, SharedCases, digest_of_draws
from sim.cases.table import COLUMNS, CaseTable
from sim.cli.compose import compose_one
from sim.region.reader import read_region
from sim.runs.tasks import ROOT
from sim.scenario import Scenario
from sim.world import World, build_world

OWN = Path(__file__).parents[1] / "data" / "own_configs"
READ = ("demand", *(f"care.{key}" for key in CARE_IN_DRAWS))


class Guarded:
    """Settings of which only some may be read."""

    def __init__(self, settings: Any, allowed: tuple[str, ...]) -> None:
        self._settings, self._allowed = settings, allowed

    def __getattr__(self, name: str) -> Any:
        inner = tuple(key.partition(".")[2] for key in self._allowed if key.partition(".")[0] == name)
        assert inner, f"drawing reads {name}"
        value = getattr(self._settings, name)
        return value if "" in inner else Guarded(value, inner)


@cache
def scenario(*settings: str) -> Scenario:
    return next(iter(compose_one(["scenario=tiny", *settings], OWN).scenarios.values()))


def world_of(chosen: Scenario) -> World:
    return build_world(chosen, read_region(chosen, ROOT))


def same(one: CaseTable, other: CaseTable) -> bool:
    return all(getattr(one, name).tobytes() == getattr(other, name).tobytes() for name in COLUMNS)


@pytest.mark.parametrize("name", ["tiny", "s1_before_2016", "today", "hours_stop", "mbo_institution"])
def test_drawing_reads_nothing_but_what_the_digest_is_about(name: str) -> None:
    chosen = next(iter(compose_one([f"scenario={name}"], OWN).scenarios.values()))
    world = world_of(chosen)
    nothing: Any = Guarded(None, ())
    guarded = replace(
        world,
        scenario=Guarded(chosen, READ),  # type: ignore[arg-type]
        region=replace(world.region, own_weight=nothing),
        plan=nothing,
        profile=nothing,
        warm_up=nothing,
    )
    assert same(draw_cases(guarded, 3, 2), draw_cases(world, 3, 2))


def test_the_guard_notices_what_is_not_allowed() -> None:
    with pytest.raises(AssertionError, match="drawing reads costs"):
        _ = Guarded(scenario(), READ).costs
    with pytest.raises(AssertionError, match="drawing reads gap_days"):
        _ = Guarded(scenario(), READ).care.smw.gap_days


@pytest.mark.parametrize(
    "settings",
    [
        ("demand.safety_concern_share=0.5",),
        ("demand.onset_per_year.vo=0.4",),
        ("care.smw.conversations_mean.vo=7.5",),
        ("care.gateway.service_cv=0.9",),
        ("care.youth_care.service_cv=0.9",),
        ("care.ggz.service_cv=0.9",),
        ("horizon.measure_years=2",),
        ("horizon.start_year=2016",),
        ("calendar=always_open",),
        ("region=gooi_en_vechtstreek",),
    ],
)
def test_everything_that_shapes_the_draws_changes_the_digest(settings: tuple[str, ...]) -> None:
    assert digest_of_draws(world_of(scenario(*settings))) != digest_of_draws(world_of(scenario()))


def test_the_present_lists_change_the_digest() -> None:
    today, settled = (
        world_of(next(iter(compose_one([f"scenario={name}"]).scenarios.values())))
        for name in ("today", "s1_before_2016")
    )
    assert digest_of_draws(replace(today, horizon=settled.horizon, calendar=settled.calendar)) != digest_of_draws(
        settled
    )


POLICY = (
    ("care.smw.limits.max_conversations=2",),
    ("care.smw.visits.min_hours=1", "care.smw.gap_days=21"),
    ("funding.sources.partnership.amount=20000",),
    ("care.youth_care.slots=3", "care.without_smw.outside_share=1"),
    ("spreading.rule.vo=per_student", "costs.smw_hour_hired=90"),
)


@pytest.mark.parametrize("settings", POLICY)
def test_a_policy_shares_the_table_of_another(settings: tuple[str, ...]) -> None:
    one, other = world_of(scenario()), world_of(scenario(*settings))
    assert digest_of_draws(one) == digest_of_draws(other)
    cases = SharedCases(1)
    table = cases.draw(one, 1, 1)
    assert cases.draw(other, 1, 1) is table
    assert same(table, draw_cases(other, 1, 1))


@pytest.mark.parametrize("kept", [0, 1, 3])
def test_tables_are_those_that_would_be_drawn_whatever_is_kept(kept: int) -> None:
    cases = SharedCases(kept)
    worlds = [
        world_of(scenario()),
        world_of(scenario("demand.safety_concern_share=0.5")),
        world_of(scenario(*POLICY[0])),
    ]
    for seed, replication in ((1, 1), (1, 2), (2, 1), (1, 1)):
        for world in worlds:
            assert same(cases.draw(world, seed, replication), draw_cases(world, seed, replication))


def counted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    drawn: list[int] = []

    def draw(world: World, seed: int, replication: int) -> CaseTable:
        drawn.append(replication)
        return draw_cases(world, seed, replication)

    monkeypatch.setattr(shared, "draw_cases", draw)
    return drawn


def test_threads_that_ask_at_once_draw_once(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn, world, together = counted(monkeypatch), world_of(scenario()), Barrier(4, timeout=30)
    cases = SharedCases(2)

    def ask(replication: int) -> CaseTable:
        together.wait()
        return cases.draw(world, 1, replication)

    with ThreadPoolExecutor(4) as pool:
        tables = list(pool.map(ask, [1, 2, 1, 2]))
    assert sorted(drawn) == [1, 2]
    assert tables[0] is tables[2]
    assert tables[1] is tables[3]


def test_only_the_last_tables_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn, world, cases = counted(monkeypatch), world_of(scenario()), SharedCases(2)
    for replication in (1, 2, 1, 3, 2, 1):
        cases.draw(world, 1, replication)
    assert drawn == [1, 2, 3, 1]


def test_another_process_begins_without_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn, world, cases = counted(monkeypatch), world_of(scenario()), SharedCases(2)
    cases.draw(world, 1, 1)
    pickle.loads(pickle.dumps(cases)).draw(world, 1, 1)
    assert drawn == [1, 1]


def test_nobody_changes_a_table_that_others_read() -> None:
    from sim.care.simulate import simulate
    from sim.cases.rhythm import draw_rhythms
    from sim.measures.measure import measure

    world = world_of(scenario())
    table, fresh = draw_cases(world, 1, 1), draw_cases(world, 1, 1)
    for name in COLUMNS:
        getattr(table, name).flags.writeable = False
    measure(world, table, simulate(world, table, draw_rhythms(world, 1, 1)))
    assert same(table, fresh)
    assert np.isfinite(table.onset).all()


def test_worlds_that_differ_in_what_is_drawn_are_forgotten_again():
    """A sweep over the demand meets thousands of worlds and must not keep them all."""
    shared, seen = SharedCases(1), []
    for number in range(3 * WORLDS_KEPT):
        world = world_of(scenario().changed(**{"demand.frailty_shape": 0.5 + 0.01 * number}))
        shared.draw(world, 1, 1)
        seen.append(ref(world))
        del world
    collect()
    assert sum(one() is not None for one in seen) <= WORLDS_KEPT + 1
