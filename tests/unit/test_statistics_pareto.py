"""The Pareto frontier, what cannot be told from it, and means over the factors of a grid."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sim.statistics.main_effects import main_effects
from sim.statistics.pareto import lowest, pareto_frontier, steps
from sim.statistics.rows import paired_rows, row_intervals

WHOLE = st.integers(0, 6).map(float)


def brute_force(x: np.ndarray, y: np.ndarray) -> set[int]:
    def beats(a: int, b: int) -> bool:
        return bool(x[a] <= x[b] and y[a] <= y[b] and (x[a] < x[b] or y[a] < y[b]))

    return {b for b in range(len(x)) if not any(beats(a, b) for a in range(len(x)))}


@settings(deadline=None, max_examples=150)
@given(arrays(np.float64, st.tuples(st.integers(1, 12), st.just(2)), elements=WHOLE))
def test_the_frontier_is_what_no_other_point_beats(means: np.ndarray) -> None:
    x, y = means[:, 0], means[:, 1]
    found = pareto_frontier(np.column_stack([x, x]), np.column_stack([y, y]), np.ones((len(x), 2), dtype=bool))
    best = brute_force(x, y)
    assert {n for n, place in enumerate(found.places) if place in ("frontier", "equal")} == best
    assert {(x[n], y[n]) for n in found.order} == {(x[n], y[n]) for n in best}
    assert len({(x[n], y[n]) for n in found.order}) == len(found.order)
    assert list(x[list(found.order)]) == sorted(x[list(found.order)])
    # Without spread every other point is surely worse.
    assert all(place in ("frontier", "equal", "dominated") for place in found.places)


def test_a_point_whose_pairs_do_not_tell_it_apart_is_near_and_not_dominated() -> None:
    cost = np.array([[1.0, 1.0, 1.0], [2.0, 2.0, 2.0], [2.0, 2.0, 2.0]])
    shared = np.array([0.0, 50.0, -50.0])
    outcome = np.array([10.0 + shared, 10.1 + np.array([0.0, 5.0, -5.0]), 10.2 + shared])
    found = pareto_frontier(cost, outcome, np.ones((3, 3), dtype=bool))
    # The last one is always 0.2 higher on the same students; the second is higher only on average.
    assert found.places == ("frontier", "near", "dominated")
    assert found.order == (0,)


def test_points_without_a_value_somewhere_are_unknown_and_unfinished_ones_do_not_count() -> None:
    nan = np.nan
    cost = np.array([[1.0, 1.0], [0.5, 0.5], [2.0, 2.0], [nan, nan]])
    outcome = np.array([[5.0, 5.0], [1.0, nan], [4.0, nan], [nan, nan]])
    done = np.array([[True, True], [True, True], [True, False], [False, False]])
    assert pareto_frontier(cost, outcome, done).places == ("frontier", "unknown", "frontier", "unknown")


def test_one_replication_tells_nothing_apart() -> None:
    cost, outcome = np.array([[1.0], [2.0]]), np.array([[1.0], [2.0]])
    assert pareto_frontier(cost, outcome, np.ones((2, 1), dtype=bool)).places == ("frontier", "near")


def test_rounding_is_no_difference() -> None:
    cost = np.array([[0.1 + 0.2] * 2, [0.3] * 2])
    outcome = np.array([[1.0] * 2, [1.0] * 2])
    assert pareto_frontier(cost, outcome, np.ones((2, 2), dtype=bool)).places == ("frontier", "equal")


def test_the_lowest_and_those_that_cannot_be_told_from_it() -> None:
    values = np.array([[3.0, 5.0, 4.0], [3.1, 4.8, 4.2], [5.0, 7.0, 6.1], [np.nan, 1.0, 1.0]])
    found = lowest(values, np.ones((4, 3), dtype=bool))
    assert found is not None
    assert found.best == 0
    assert found.tied.tolist() == [True, True, False, False]
    assert lowest(values[3:], np.ones((1, 3), dtype=bool)) is None


def test_steps_are_paired_differences_with_the_point_before() -> None:
    values = np.array([[9.0, 11.0], [1.0, 2.0], [4.0, 6.0]])
    found = steps(values, (0, 2, 1))
    assert np.isnan(found.mean[0])
    assert found.mean[1:].tolist() == [-5.0, -3.5]
    assert found.half_width[1] == 0.0


def test_intervals_of_rows_agree_with_the_formula_of_students_t() -> None:
    found = row_intervals(np.array([[1.0, 2.0, 4.0], [7.0, np.nan, 9.0], [np.nan, np.nan, np.nan]]))
    assert found.n.tolist() == [3, 2, 0]
    assert found.mean[:2] == pytest.approx([7.0 / 3.0, 8.0])
    # t(0.975; 2) = 4.30265, t(0.975; 1) = 12.7062
    assert found.half_width[:2] == pytest.approx([4.302652730 * 1.527525232 / 3**0.5, 12.70620474 * 1.0], rel=1e-7)
    assert np.isnan(found.mean[2])
    assert paired_rows(np.array([[0.1 + 0.2]]), np.array([0.3])).tolist() == [[0.0]]


def test_a_main_effect_is_the_mean_over_the_same_cells_of_the_other_factors() -> None:
    cells = np.array([[1.0, 3.0], [2.0, 4.0], [10.0, 30.0], [20.0, 40.0], [np.nan, 7.0], [np.nan, 9.0]])
    known = np.array([True, True, True, True, False, False])
    first, second = main_effects(cells, known, (3, 2))
    assert first is not None
    assert second is not None
    # The third level of the first factor is not known at all and is left out of both.
    assert first.levels.tolist() == [0, 1]
    assert first.means.mean.tolist() == [2.5, 25.0]
    assert first.differences.mean.tolist() == [0.0, 22.5]
    assert second.means.mean.tolist() == [11.0, 16.5]
    assert second.combinations == 2


def test_a_main_effect_without_anything_to_compare_is_none() -> None:
    cells = np.array([[1.0], [2.0], [3.0], [4.0]])
    known = np.array([True, False, False, True])
    assert main_effects(cells, known, (2, 2)) == [None, None]
