"""Both engines on the same cases, and their histories held against each other to the last bit."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from sim.care.simulate import simulate as simulate_by_simpy
from sim.cases.draw import draw_cases
from sim.cases.rhythm import Rhythm, draw_rhythms
from sim.cases.table import CaseTable
from sim.compiling import has_numba
from sim.records import History
from sim.world import World

COLUMNS = ("time", "case", "event", "detail", "visit_time", "visit_school", "visit_minutes")

needs_numba = pytest.mark.skipif(not has_numba(), reason="the compiled engine needs Numba")


def run_compiled(world: World, table: CaseTable, rhythms: list[Rhythm]) -> History:
    """Run one replication with the compiled engine, which must not write into the case table."""
    from sim.compiled.simulate import simulate

    before = table.numbers.copy()
    history = simulate(world, table, rhythms)
    assert np.array_equal(before, table.numbers), "the compiled engine wrote into the case table"
    return history


def run_both(world: World, table: CaseTable, rhythms: list[Rhythm]) -> History:
    """Run one replication with both engines, which must agree; only with SimPy where Numba is missing."""
    history = simulate_by_simpy(world, table, rhythms)
    if has_numba():
        assert_same(history, run_compiled(world, table, rhythms), world.region.school_ids)
    return history


def draw_and_run_both(world: World, seed: int = 1, replication: int = 0) -> tuple[CaseTable, History]:
    """Draw one replication and run it with both engines, which must agree."""
    table = draw_cases(world, seed, replication)
    return table, run_both(world, table, draw_rhythms(world, seed, replication))


def are_same(one: History, other: History) -> bool:
    """Tell whether two histories are equal: types and shapes of all columns, and every bit in them."""
    columns = [(getattr(one, name), getattr(other, name)) for name in COLUMNS]
    return one.horizon == other.horizon and all(
        a.dtype == b.dtype and a.shape == b.shape and a.tobytes() == b.tobytes() for a, b in columns
    )


def assert_same(by_simpy: History, by_compiled: History, schools: Sequence[str]) -> None:
    """Fail with the first event or visit that differs between the histories of the engines."""
    if are_same(by_simpy, by_compiled):
        return
    from sim.cli.verify import verdict_text
    from sim.runs.verify import Verdict, first_difference

    found = first_difference(by_simpy, by_compiled)
    assert found is not None, "the columns of the histories have different types"
    pytest.fail(verdict_text(Verdict((by_simpy, by_compiled), (0.0, 0.0), found), schools))
