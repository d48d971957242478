"""The compiled engine beside others: many threads, little room at first, memory that was used before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from sim.care.simulate import simulate as simulate_by_simpy
from sim.cases.draw import draw_cases
from sim.cases.rhythm import Rhythm, draw_rhythms
from sim.cases.table import CaseTable
from sim.records import History, State
from sim.region.build import MunicipalityRow, make_region
from sim.world import World
from tests.engines import are_same, needs_numba, run_compiled
from tests.properties.edge_worlds import away
from tests.worlds import (
    Changes,
    all_sectors,
    by_sector,
    by_severity,
    hours,
    lively,
    one_school,
    person,
    quiet,
    rhythm,
    school_row,
    table_of,
    world_of,
)

pytestmark = needs_numba

Array = npt.NDArray[Any]
Replication = tuple[World, CaseTable, list[Rhythm]]

GUARDED = ("log", "entries", "today", "sudden", "seen", "arrivals", "cases")
POOLED: Changes = hours(150.0, 500.0, 500.0) | away(spreading__rule=by_sector("pooled"))


def replication(number: int = 0, **changes: Any) -> Replication:
    world = world_of(lively(), all_sectors(), **(POOLED | changes))
    return world, draw_cases(world, 1, number), draw_rhythms(world, 1, number)


@pytest.mark.parametrize("threads", [2, 5])
def test_replications_are_the_same_in_any_number_of_threads(threads: int) -> None:
    """Of two worlds, in turns, so that runs of different sizes use the same memory after each other."""
    worlds = [world_of(lively(), all_sectors(students), **POOLED) for students in (200, 60)]
    tasks = [(world, number) for number in range(12) for world in worlds]

    def run(task: tuple[World, int]) -> History:
        world, number = task
        return run_compiled(world, draw_cases(world, 1, number), draw_rhythms(world, 1, number))

    one_by_one = [run(task) for task in tasks]
    with ThreadPoolExecutor(threads) as pool:
        side_by_side = list(pool.map(run, tasks))
    assert all(are_same(a, b) for a, b in zip(one_by_one, side_by_side, strict=True))
    assert not are_same(one_by_one[0], one_by_one[2])


def test_a_history_is_not_touched_by_later_runs() -> None:
    first = run_compiled(*replication(0))
    kept = replace(first, **{name: getattr(first, name).copy() for name in ("time", "event", "visit_minutes")})
    for number in range(1, 4):
        run_compiled(*replication(number))
    assert are_same(first, kept)


@pytest.mark.parametrize("contents", [0xFF, 0xA5, 0x01])
def test_what_is_left_in_memory_does_not_matter(contents: int, monkeypatch: pytest.MonkeyPatch) -> None:
    from sim.compiled import build, spare

    world, table, rhythms = replication()
    told = simulate_by_simpy(world, table, rhythms)

    class Dirty(spare.Spare):
        def take(self, name: str, number: int, dtype: np.dtype[np.void]) -> Array:
            block = super().take(name, number, dtype)
            block.view(np.uint8)[:] = contents
            return block

    monkeypatch.setattr(build, "SPARE", Dirty())
    assert are_same(told, run_compiled(world, table, rhythms))


def crowd(number: int = 300) -> Replication:
    """All leave school on one day, for which each change of hours puts one more event into the list."""
    people = [person(leaves_school=300.0, notice=(1e9, 1e9)) for _ in range(number)]
    months = ("2015-10-01", "2015-11-01", "2015-12-01", "2016-01-01", "2016-02-01", "2016-03-01")
    changes: Changes = {
        "demand.notice.per_month": by_severity(30.0),
        "care.smw.presence.notice_gain": 0.5,
        "capacity.changes": [{"name": day, "start": day, "schools": ["all"], "factor": 0.9} for day in months],
    }
    return world_of(quiet(), one_school(), **(hours(vo=40.0) | changes)), table_of(*people), rhythm((20.0,))


def many_schools(number: int = 300) -> Replication:
    """Nearly no students and no cases, but a care team at every school."""
    rows = [school_row(f"vo-{place}", "vo", "town", 1 if place == 0 else 0) for place in range(number)]
    region = make_region("many", [MunicipalityRow("town", "Town", "wijkteam", 1)], rows)
    world = world_of(quiet(), region, **hours(vo=400.0))
    return world, draw_cases(world, 1, 0), draw_rhythms(world, 1, 0)


def one_long_visit(people: int = 40) -> Replication:
    """Everybody has all conversations in one visit."""
    talks = [person(start=int(State.SMW_CARE), conversations=100) for _ in range(people)]
    world = world_of(quiet(), one_school(), **(hours(vo=40.0) | {"care.smw.gap_days": 0}))
    return world, table_of(*talks), rhythm((20.0,), minutes=1e6)


class Guard:
    """Room for records with a margin behind it that nobody may write to."""

    margin = 5000
    mark = 0x5A

    def __init__(self) -> None:
        self.blocks: list[tuple[Array, int]] = []

    def room(self, size: int, like: Array) -> Array:
        """Return room for so many records, with the contents of ``like`` as far as they fit."""
        block = np.full((size + self.margin) * like.itemsize, self.mark, dtype=np.uint8)
        self.blocks.append((block, size * like.itemsize))
        records = block[: size * like.itemsize].view(like.dtype)
        records[: min(size, like.size)] = like[:size]
        return records

    def check(self) -> None:
        untouched = all(bool((block[size:] == self.mark).all()) for block, size in self.blocks)
        assert untouched, "something was written where there is no room for it"


Sizes = Mapping[str, int]
Told = tuple[History, int]


@pytest.fixture
def run_in(monkeypatch: pytest.MonkeyPatch) -> Callable[[Replication, Sizes], Told]:
    """Run with other sizes of records at first; return what happened and how often more room was made."""
    from sim.compiled import memory as of_runs
    from sim.compiled import simulate
    from sim.compiled.build import build

    def run(one: Replication, sizes: Sizes) -> Told:
        guard, calls = Guard(), []
        make_room = of_runs.Memory.with_more_room

        def build_in(*parts: Any) -> of_runs.Memory:
            memory = build(*parts)
            records = {
                name: guard.room(sizes.get(name, memory.records[name].size), memory.records[name]) for name in GUARDED
            }
            return replace(memory, records={**memory.records, **records})

        def counted(self: of_runs.Memory, names: tuple[str, ...]) -> of_runs.Memory:
            guard.check()
            calls.append(names)
            return make_room(self, names)

        monkeypatch.setattr(simulate, "build", build_in)
        monkeypatch.setattr(of_runs, "_twice", lambda array: guard.room(2 * array.size, array))
        monkeypatch.setattr(of_runs.Memory, "with_more_room", counted)
        history = run_compiled(*one)
        guard.check()
        return history, len(calls)

    return run


@pytest.mark.parametrize(
    "short", [["log"], ["entries"], ["sudden"], ["today"], ["log", "entries", "sudden", "today"]]
)
def test_a_run_with_too_little_room_goes_on_with_more(
    short: list[str], run_in: Callable[[Replication, Sizes], Told]
) -> None:
    one = replication()
    least = {"log": 3 * len(one[1]), "entries": len(one[1]), "sudden": len(one[1]), "today": 2}
    history, times = run_in(one, {name: least[name] for name in short})
    assert times > 0
    assert are_same(simulate_by_simpy(*one), history)


@pytest.mark.parametrize("play", [replication, crowd, many_schools, one_long_visit], ids=lambda play: play.__name__)
def test_nothing_is_written_outside_the_room(
    play: Callable[[], Replication], run_in: Callable[[Replication, Sizes], Told]
) -> None:
    one = play()
    assert are_same(simulate_by_simpy(*one), run_in(one, {})[0])
