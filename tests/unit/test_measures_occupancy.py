"""Numbers over time: against counting by hand, on any set of intervals."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.measures.occupancy import Segments, area_above, covered, find_covered, mean_above, number_by_week
from sim.measures.period import weeks_before

DAY = st.integers(0, 50).map(float)
RANKS = 3
INTERVALS = st.lists(
    st.tuples(DAY, DAY, st.integers(0, 2), st.integers(0, RANKS - 1)).map(
        lambda row: (min(row[:2]), max(row[:2]), *row[2:])
    ),
    max_size=25,
)
Intervals = list[tuple[float, float, int, int]]


def columns(intervals: Intervals) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    table = np.array(intervals, dtype=np.float64).reshape(-1, 4)
    return table[:, 0], table[:, 1], table[:, 2].astype(np.int64), table[:, 3].astype(np.int64)


@given(INTERVALS, st.integers(0, 9))
def test_numbers_by_week_are_those_of_the_intervals_that_cover_its_end(intervals: Intervals, weeks: int) -> None:
    start, end, owner, rank = columns(intervals)
    at = np.flatnonzero(rank > 0)
    # The last owner is of no group.
    arguments = (at, start, end, owner, np.array([1, 0, -1]), 2, weeks)
    found = number_by_week(*arguments)
    assert found.tolist() == number_by_week.function(*arguments).tolist()
    ends = np.arange(1, weeks + 1) * 7.0
    for group, mine in ((0, owner == 1), (1, owner == 0)):
        expected = [int(((start <= time) & (time < end))[mine & (rank > 0)].sum()) for time in ends]
        assert found[group].tolist() == expected


@given(INTERVALS, st.integers(0, 3))
def test_the_mean_above_a_level_is_that_of_every_single_day(intervals: Intervals, level: int) -> None:
    start, end, _, _ = columns(intervals)
    middays = np.arange(10, 40) + 0.5
    numbers = ((start[:, None] <= middays) & (middays < end[:, None])).sum(axis=0)
    expected = np.maximum(numbers - level, 0).mean()
    assert mean_above(start, end, level, 10.0, 40.0) == pytest.approx(expected)
    moments = np.sort(start), np.sort(end)
    assert area_above(*moments, float(level)) == area_above.function(*moments, float(level))


def ranks_by_day(owners: np.ndarray, segments: Segments) -> np.ndarray:
    """Return the rank of the segment of each owner at each midday, -1 where there is none; they do not overlap."""
    days = np.full((3, 50), -1)
    for interval, start, end, rank in zip(
        segments.interval, segments.start, segments.end, segments.rank, strict=True
    ):
        mine = days[owners[interval], int(start) : int(end)]
        assert (mine == -1).all()
        mine[:] = rank
    return days


@given(INTERVALS)
def test_covered_time_is_that_of_days_with_at_least_one_interval(intervals: Intervals) -> None:
    start, end, owner, rank = columns(intervals)
    expected = np.full((3, 50), -1)
    for low, high, mine, own_rank in intervals:
        days = expected[mine, int(low) : int(high)]
        days[:] = np.maximum(days, own_rank)
    assert ranks_by_day(owner, covered(owner, start, end, rank, RANKS)).tolist() == expected.tolist()


@given(INTERVALS)
def test_covered_time_is_cut_at_every_start_and_end_of_the_owner(intervals: Intervals) -> None:
    start, end, owner, rank = columns(intervals)
    found = covered(owner, start, end, rank, RANKS)
    assert (found.start < found.end).all()
    for low, high, whose in zip(found.start, found.end, owner[found.interval], strict=True):
        moments = np.concatenate([start[owner == whose], end[owner == whose]])
        assert low in moments
        assert not ((moments > low) & (moments < high)).any()


@given(INTERVALS)
def test_compiled_or_not_the_same_time_is_covered(intervals: Intervals) -> None:
    start, end, owner, rank = columns(sorted(intervals, key=lambda interval: interval[2]))
    found = (run(owner, start, end, rank, RANKS) for run in (find_covered, find_covered.function))
    for one, other in zip(*found, strict=True):
        assert one.dtype == other.dtype
        assert one.tolist() == other.tolist()


def test_an_interval_that_does_not_end_counts_to_the_last_moment() -> None:
    nobody_else = np.array([0])
    found = number_by_week(nobody_else, np.array([7.0]), np.array([np.inf]), nobody_else, nobody_else, 1, 2)
    assert found.tolist() == [[1, 1]]


@given(st.lists(st.one_of(DAY, st.floats(0.0, 400.0), st.just(np.inf)), max_size=25))
def test_weeks_before_a_moment_are_those_that_end_before_it(times: list[float]) -> None:
    # The moments right beside the end of a week are those that rounding could put on its other side.
    beside = np.nextafter(np.arange(7.0, 400.0, 7.0)[:, None], [-np.inf, np.inf]).ravel()
    moments = np.concatenate([np.array(times, dtype=np.float64), beside])
    for weeks in (0, 1, 52):
        ends = np.arange(1, weeks + 1) * 7.0
        found = [weeks_before(moment, weeks) for moment in moments]
        assert found == np.searchsorted(ends, moments, side="left").tolist()
