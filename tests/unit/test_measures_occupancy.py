"""Numbers over time: against counting by hand, on any set of intervals."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.measures.occupancy import covered, mean_above, number_at

DAY = st.integers(0, 50).map(float)
INTERVALS = st.lists(
    st.tuples(DAY, DAY, st.integers(0, 2)).map(lambda row: (min(row[:2]), max(row[:2]), row[2])), max_size=25
)


def columns(intervals: list[tuple[float, float, int]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    table = np.array(intervals, dtype=np.float64).reshape(-1, 3)
    return table[:, 0], table[:, 1], table[:, 2].astype(np.int64)


@given(INTERVALS)
def test_numbers_at_moments_are_those_of_the_intervals_that_cover_them(
    intervals: list[tuple[float, float, int]],
) -> None:
    start, end, group = columns(intervals)
    times = np.arange(0.0, 60.0, 3.5)
    found = number_at(times, start, end, group, 3)
    for index in range(3):
        mine = group == index
        expected = [int(((start <= time) & (time < end))[mine].sum()) for time in times]
        assert found[index].tolist() == expected


@given(INTERVALS, st.integers(0, 3))
def test_the_mean_above_a_level_is_that_of_every_single_day(
    intervals: list[tuple[float, float, int]], level: int
) -> None:
    start, end, _ = columns(intervals)
    middays = np.arange(10, 40) + 0.5
    numbers = number_at(middays, start, end, np.zeros(start.size, dtype=np.int64), 1)[0]
    expected = np.maximum(numbers - level, 0).mean()
    assert mean_above(start, end, level, 10.0, 40.0) == pytest.approx(expected)


@given(INTERVALS)
def test_covered_time_is_that_of_days_with_at_least_one_interval(intervals: list[tuple[float, float, int]]) -> None:
    start, end, owner = columns(intervals)
    interval, first, last = covered(owner, start, end)
    middays = np.arange(0, 50) + 0.5
    numbers = number_at(middays, start, end, owner, 3)
    found = np.bincount(owner[interval], last - first, minlength=3)
    assert found == pytest.approx((numbers > 0).sum(axis=1))
    for index in range(3):
        mine = owner[interval] == index
        inside = ((first[mine, None] <= middays) & (middays < last[mine, None])).sum(axis=0)
        assert inside.tolist() == (numbers[index] > 0).astype(int).tolist()


def test_an_interval_that_does_not_end_counts_to_the_last_moment() -> None:
    found = number_at(np.array([7.0, 14.0]), np.array([7.0]), np.array([np.inf]), np.array([0]), 1)
    assert found.tolist() == [[1, 1]]
