"""Which worker serves which school."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.money.workers import assign_workers, workers_at

NOT_POOLED = (False, False, False)


def workers(
    weekly: list[float],
    sector: list[int],
    municipality: list[int],
    most: float = 30.0,
    pooled: tuple[bool, ...] = NOT_POOLED,
) -> list[int]:
    in_pool = np.array(pooled)[sector]
    return assign_workers(np.array(weekly), np.array(sector), np.array(municipality), most, in_pool).tolist()


def test_a_worker_is_filled_up_to_the_most_hours_in_the_order_of_the_list():
    assert workers([10, 20, 15, 15, 1], [0] * 5, [0] * 5) == [0, 0, 1, 1, 2]


def test_schools_of_a_municipality_come_together():
    assert workers([20, 20, 10, 10], [0] * 4, [0, 1, 0, 1]) == [0, 1, 0, 1]


def test_a_school_with_more_than_the_most_has_a_team_of_its_own():
    assert workers([5, 40, 5, 5], [0] * 4, [0] * 4) == [0, 1, 2, 2]


def test_a_team_has_its_hours_over_those_of_one_worker_and_a_worker_is_one():
    weekly = np.array([200.0, 5.0, 0.0, 10.0, 30.0])
    assert workers_at(np.array([0, 1, -1, 1, 2]), weekly, 30.0).tolist() == [200.0 / 30.0, 1, 0, 1, 1]


def test_without_hours_there_are_no_workers():
    assert workers_at(np.array([-1, -1]), np.zeros(2), 30.0).tolist() == [0, 0]


def test_pooled_hours_are_served_by_one_team_for_the_sector():
    worker = workers([20, 20, 20, 20, 20], [0, 1, 0, 1, 1], [0] * 5, pooled=(True, False, False))
    assert worker == [0, 1, 0, 2, 3]
    assert workers_at(np.array(worker), np.full(5, 20.0), 30.0).tolist() == [40 / 30, 1, 40 / 30, 1, 1]


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
    worker = assign_workers(weekly, sector, municipality, 32.5, np.zeros(len(weekly), dtype=np.bool_))
    size = workers_at(worker, weekly, 32.5)
    assert ((worker >= 0) == (weekly > 0)).all()
    assert sorted(set(worker.tolist()) - {-1}) == list(range(worker.max() + 1))
    for index in range(worker.max() + 1):
        mine = worker == index
        assert len(set(sector[mine].tolist())) == 1
        assert mine.sum() == 1 or weekly[mine].sum() <= 32.5 + 1e-6
        assert (weekly[mine].sum() <= 32.5 * size[mine] + 1e-6).all()
        assert (size[mine] >= 1.0).all()
