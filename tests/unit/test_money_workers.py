"""Which worker serves which school."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.money.workers import assign_workers


def workers(weekly: list[float], sector: list[int], municipality: list[int], most: float = 30.0) -> list[int]:
    return assign_workers(np.array(weekly), np.array(sector), np.array(municipality), most).tolist()


def test_a_worker_is_filled_up_to_the_most_hours_in_the_order_of_the_list():
    assert workers([10, 20, 15, 15, 1], [0] * 5, [0] * 5) == [0, 0, 1, 1, 2]


def test_schools_of_a_municipality_come_together():
    assert workers([20, 20, 10, 10], [0] * 4, [0, 1, 0, 1]) == [0, 1, 0, 1]


def test_a_school_with_more_than_the_most_has_one_worker_of_its_own():
    assert workers([40, 5, 5], [0] * 3, [0] * 3) == [0, 1, 1]


def test_a_worker_serves_one_sector():
    assert workers([5, 5, 5], [0, 1, 0], [0, 0, 0]) == [0, 1, 0]


def test_a_school_without_hours_has_no_worker():
    assert workers([0, 5, 0], [0, 0, 1], [0, 0, 0]) == [-1, 0, -1]


def test_rounding_does_not_cost_a_worker():
    assert workers([0.1] * 300, [0] * 300, [0] * 300) == [0] * 300


@given(
    rows=st.lists(
        st.tuples(st.floats(0.0, 50.0), st.integers(0, 1), st.integers(0, 3)),
        min_size=1,
        max_size=30,
    )
)
def test_no_worker_is_over_full_or_serves_two_sectors(rows):
    weekly, sector, municipality = (np.array(column) for column in zip(*rows, strict=True))
    worker = assign_workers(weekly, sector, municipality, 32.5)
    assert ((worker >= 0) == (weekly > 0)).all()
    assert sorted(set(worker.tolist()) - {-1}) == list(range(worker.max() + 1))
    for index in range(worker.max() + 1):
        mine = worker == index
        assert len(set(sector[mine].tolist())) == 1
        assert mine.sum() == 1 or weekly[mine].sum() <= 32.5 + 1e-6
