"""Shapley values: games whose values are known, and the axioms that define them."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sim.statistics.shapley import interactions, members, number_of, shapley_values, subsets

Game = Callable[[frozenset[str]], float]

NUMBERS = st.floats(-100.0, 100.0, allow_nan=False, width=32)


def played(players: str, game: Game) -> np.ndarray:
    return np.array([game(frozenset(chosen)) for chosen in subsets(tuple(players))])


@st.composite
def games(draw: st.DrawFn) -> np.ndarray:
    players = draw(st.integers(1, 5))
    return draw(arrays(np.float64, 1 << players, elements=NUMBERS))


def test_additive_game_gives_every_player_what_the_player_brings() -> None:
    worth = {"a": 3.0, "b": -1.5, "c": 0.25}
    values = played("abc", lambda chosen: 10.0 + sum(worth[player] for player in chosen))
    assert shapley_values(values) == pytest.approx([3.0, -1.5, 0.25])
    assert interactions(values) == pytest.approx(np.zeros((3, 3)))


def test_unanimity_game_is_shared_by_those_who_are_needed() -> None:
    values = played("abcd", lambda chosen: 6.0 * ({"a", "b", "d"} <= chosen))
    assert shapley_values(values) == pytest.approx([2.0, 2.0, 0.0, 2.0])


def test_glove_game_favours_the_one_glove_that_fits_either_of_two() -> None:
    values = played("lmr", lambda chosen: float("r" in chosen and len(chosen) > 1))
    assert shapley_values(values) == pytest.approx([1 / 6, 1 / 6, 4 / 6])


def test_airport_game_shares_each_stretch_of_runway_among_those_who_need_it() -> None:
    # Littlechild and Owen (1973): planes that need runways of 8, 11, 13 and 18.
    cost = dict(zip("abcd", (8.0, 11.0, 13.0, 18.0), strict=True))
    values = played("abcd", lambda chosen: max((cost[plane] for plane in chosen), default=0.0))
    assert shapley_values(values) == pytest.approx([2.0, 3.0, 4.0, 9.0])


def test_pair_that_is_worth_something_only_together_has_that_as_interaction() -> None:
    values = played("abc", lambda chosen: 5.0 * ({"a", "c"} <= chosen) + 2.0 * ("b" in chosen))
    expected = np.zeros((3, 3))
    expected[0, 2] = expected[2, 0] = 5.0
    assert interactions(values) == pytest.approx(expected)


def test_each_replication_is_a_game_of_its_own() -> None:
    values = np.random.default_rng(1).normal(size=(4, 2, 8))
    together = shapley_values(values)
    assert together.shape == (4, 2, 3)
    assert together[3, 1] == pytest.approx(shapley_values(values[3, 1]))
    assert interactions(values)[2, 0] == pytest.approx(interactions(values[2, 0]))


@given(games())
def test_values_are_the_mean_over_all_orders_in_which_players_come(values: np.ndarray) -> None:
    n = values.size.bit_length() - 1
    added = np.zeros(n)
    orders = list(permutations(range(n)))
    for order in orders:
        there = 0
        for player in order:
            added[player] += values[there | 1 << player] - values[there]
            there |= 1 << player
    assert shapley_values(values) == pytest.approx(added / len(orders), abs=1e-9)


@given(games())
def test_values_add_up_to_all_less_nobody(values: np.ndarray) -> None:
    assert shapley_values(values).sum() == pytest.approx(values[-1] - values[0], abs=1e-9)


@given(games(), NUMBERS, st.data())
def test_player_who_always_adds_the_same_gets_that(values: np.ndarray, adds: float, data: st.DataObject) -> None:
    n = values.size.bit_length() - 1
    dummy = data.draw(st.integers(0, n - 1))
    without = np.array([number & ~(1 << dummy) for number in range(values.size)])
    is_there = np.arange(values.size) >> dummy & 1
    assert shapley_values(values[without] + adds * is_there)[dummy] == pytest.approx(adds, abs=1e-9)


@given(games(), st.data())
def test_players_who_add_the_same_to_every_set_get_the_same(values: np.ndarray, data: st.DataObject) -> None:
    n = values.size.bit_length() - 1
    first, second = data.draw(st.integers(0, n - 1)), data.draw(st.integers(0, n - 1))
    swapped = np.array([_swap(number, first, second) for number in range(values.size)])
    shares = shapley_values(values + values[swapped])
    assert shares[first] == pytest.approx(shares[second], abs=1e-9)


@given(games(), NUMBERS, NUMBERS)
def test_two_games_together_give_the_sum(values: np.ndarray, one: float, other: float) -> None:
    second = values[::-1] ** 2
    together = shapley_values(one * values + other * second)
    assert together == pytest.approx(one * shapley_values(values) + other * shapley_values(second), abs=1e-4)


def test_sets_and_their_numbers_are_told_from_each_other() -> None:
    players = ("a", "b", "c")
    assert members(5, players) == ("a", "c")
    assert [number_of(chosen, players) for chosen in subsets(players)] == list(range(8))


@pytest.mark.parametrize("size", [0, 1, 3, 12, 1 << 17])
def test_values_that_are_not_one_for_each_set_are_refused(size: int) -> None:
    with pytest.raises(ValueError, match="not one for each set"):
        shapley_values(np.zeros(size))


def _swap(number: int, first: int, second: int) -> int:
    one, other = number >> first & 1, number >> second & 1
    cleared = number & ~(1 << first) & ~(1 << second)
    return cleared | one << second | other << first
