"""Designs of experiments: grids are complete, samples fill their ranges, and nothing depends on order or chance."""

from __future__ import annotations

import itertools
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.designs.design import name_of, short_keys, unique
from sim.designs.factor import Levels, Range
from sim.designs.grid import grid
from sim.designs.samples import sample, unit_latin_hypercube, unit_morris, unit_sobol
from sim.errors import InputError

QUICK = settings(deadline=None, max_examples=25)
SIZES = st.lists(st.integers(2, 5), min_size=1, max_size=4)


def levels(sizes: list[int]) -> list[Levels]:
    return [Levels(f"group.key_{n}", tuple(range(size))) for n, size in enumerate(sizes)]


@QUICK
@given(SIZES)
def test_a_grid_holds_every_combination_once_and_the_last_key_runs_fastest(sizes: list[int]) -> None:
    design = grid(levels(sizes))
    found = [tuple(point.values.values()) for point in design.points]
    assert found == list(itertools.product(*(range(size) for size in sizes)))
    assert len({point.name for point in design.points}) == len(found)


@QUICK
@given(st.integers(1, 6), st.integers(1, 40), st.integers(0, 5))
def test_a_latin_hypercube_has_one_point_in_every_stratum_of_every_dimension(
    dimensions: int, points: int, seed: int
) -> None:
    places = unit_latin_hypercube(dimensions, points, seed)
    assert places.shape == (points, dimensions)
    strata = np.sort((places * points).astype(int), axis=0)
    assert (strata == np.arange(points)[:, None]).all()


@QUICK
@given(st.integers(1, 8), st.integers(1, 7), st.integers(0, 5))
def test_a_sobol_design_is_balanced_in_every_dimension(dimensions: int, power: int, seed: int) -> None:
    points = 2**power
    places = unit_sobol(dimensions, points, seed)
    assert places.shape == (points, dimensions)
    for column in places.T:
        assert sorted((column * points).astype(int)) == list(range(points))


@pytest.mark.parametrize(("asked", "given_"), [(1, 1), (2, 2), (5, 8), (64, 64), (65, 128)])
def test_a_sobol_design_has_a_power_of_two_points(asked: int, given_: int) -> None:
    assert len(unit_sobol(3, asked, 1)) == given_


@QUICK
@given(st.integers(1, 6), st.integers(2, 8), st.integers(0, 5))
def test_in_a_morris_trajectory_each_dimension_moves_once_and_alone(
    dimensions: int, trajectories: int, seed: int
) -> None:
    places = unit_morris(dimensions, trajectories, seed)
    assert places.shape == (trajectories * (dimensions + 1), dimensions)
    for trajectory in places.reshape(trajectories, dimensions + 1, dimensions):
        moved = np.diff(trajectory, axis=0) != 0.0
        assert (moved.sum(axis=1) == 1).all()
        assert (moved.sum(axis=0) == 1).all()


@QUICK
@given(st.lists(st.integers(2, 7), min_size=1, max_size=4), st.integers(0, 3))
def test_a_step_of_a_morris_design_changes_one_value_also_of_lists_and_whole_numbers(
    sizes: list[int], seed: int
) -> None:
    factors = [*levels(sizes), Range("whole", 3, 9, whole=True), Range("real", 0.0, 1.0)]
    design = sample("morris", factors, None, seed)
    length = len(factors) + 1
    for before, after in itertools.pairwise(design.points):
        if design.points.index(after) % length:
            assert sum(before.values[key] != after.values[key] for key in design.keys) == 1


@QUICK
@given(st.integers(2, 6), st.integers(1, 20))
def test_a_list_of_values_gets_as_many_points_for_each(size: int, repeats: int) -> None:
    design = sample("lhs", [Levels("a", tuple(range(size))), Range("b", 0.0, 2.0)], size * repeats, 1)
    assert Counter(point.values["a"] for point in design.points) == dict.fromkeys(range(size), repeats)
    assert all(0.0 <= point.values["b"] <= 2.0 for point in design.points)  # type: ignore[operator]


def test_whole_ranges_take_both_bounds_and_only_whole_numbers() -> None:
    factor = Range("a", 3, 5, whole=True)
    found = [factor.at(share) for share in (0.0, 0.2, 0.34, 0.6, 0.67, 0.99, 1.0)]
    assert found == [3, 3, 4, 4, 5, 5, 5]
    assert all(isinstance(value, int) for value in found)


@pytest.mark.parametrize("kind", ["lhs", "sobol", "morris"])
def test_the_same_seed_gives_the_same_points_and_another_seed_others(kind: str) -> None:
    factors = [Range("a", 0.0, 1.0), Range("b", 0.0, 1.0)]
    one, again, other = (sample(kind, factors, 16, seed).points for seed in (1, 1, 2))  # type: ignore[arg-type]
    assert one == again
    assert one != other


def test_kinds_of_designs_have_random_numbers_of_their_own() -> None:
    assert not np.isin(unit_latin_hypercube(2, 16, 1), unit_sobol(2, 16, 1)).any()


@pytest.mark.parametrize(
    ("make", "part"),
    [
        (lambda: Levels("a", (1,)), "two or more"),
        (lambda: Levels("a", (1, 2, 1)), "more than once"),
        (lambda: Range("a", 2.0, 1.0), "the lower one first"),
        (lambda: Range("a", float("nan"), 1.0), "the lower one first"),
        (lambda: Range("a", 0.5, 3.0, whole=True), "whole bounds"),
        (lambda: grid([Levels("a", tuple(range(50))), Levels("b", tuple(range(50)))], most=2000), "2,500 points"),
    ],
)
def test_what_makes_no_design_is_refused(make: object, part: str) -> None:
    with pytest.raises(InputError, match=part):
        make()  # type: ignore[operator]


def test_names_are_short_plain_and_unique() -> None:
    assert short_keys(["care.smw.gap_days", "funding"]) == ("gap_days", "funding")
    assert short_keys(["sources.unita.amount", "sources.qinas.amount"]) == ("unita.amount", "qinas.amount")
    assert name_of({"care.order": "a b", "opt_out": (), "cap": None}) == "order=a_b,opt_out=empty,cap=null"
    assert unique(["a", "b", "a"]) == ["a", "b", "a.2"]
