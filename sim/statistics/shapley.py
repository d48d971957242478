"""Shapley values: how much each of a few players adds to what all of them reach together.

A set of players is a number whose bit ``k`` says whether player ``k`` is in it, from 0 (nobody) to 2**n - 1 (all).

Sources: Shapley (1953), "A value for n-person games", Contributions to the Theory of Games II; for pairs Grabisch
and Roubens (1999), "An axiomatic approach to the concept of interaction among players in cooperative games",
International Journal of Game Theory 28:547.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from math import factorial

import numpy as np

from sim.statistics.intervals import FloatArray, IntArray

MOST_PLAYERS = 16


def subsets(players: Sequence[str]) -> list[tuple[str, ...]]:
    """Return all sets of players, that of number ``s`` at place ``s``."""
    return [members(number, players) for number in range(1 << len(players))]


def members(number: int, players: Sequence[str]) -> tuple[str, ...]:
    """Return the players of a set by its number, in their order."""
    return tuple(player for bit, player in enumerate(players) if number >> bit & 1)


def number_of(chosen: Collection[str], players: Sequence[str]) -> int:
    """Return the number of a set of players."""
    return sum(1 << bit for bit, player in enumerate(players) if player in chosen)


def shapley_values(values: FloatArray) -> FloatArray:
    """Return the exact Shapley value of every player.

    Parameters
    ----------
    values
        What every set of players reaches, shape (..., 2**n); that of nobody need not be 0.

    Returns
    -------
    FloatArray
        Shape (..., n); over the players they add up to what all reach less what nobody reaches.

    Raises
    ------
    ValueError
        If the number of values is not that of all sets of 1 to 16 players.
    """
    n = players_of(values)
    sets, size = np.arange(1 << n), _sizes(n)
    weight = np.array([factorial(k) * factorial(n - k - 1) / factorial(n) for k in range(n)])
    shares = [_added(values, sets, player) @ weight[_without(size, sets, player)] for player in range(n)]
    return np.stack(shares, axis=-1)


def interactions(values: FloatArray) -> FloatArray:
    """Return the Shapley interaction index of every pair of players: above 0 where two add more together than apart.

    Parameters
    ----------
    values
        As for ``shapley_values``.

    Returns
    -------
    FloatArray
        Shape (..., n, n), symmetric, with 0 on the diagonal.
    """
    n = players_of(values)
    sets, size = np.arange(1 << n), _sizes(n)
    weight = np.array([factorial(k) * factorial(n - k - 2) / factorial(n - 1) for k in range(n - 1)])
    table = np.zeros((*values.shape[:-1], n, n))
    for first in range(n):
        added, left = _added(values, sets, first), _without(sets, sets, first)
        for second in range(first + 1, n):
            has = (left >> second & 1).astype(np.bool_)
            both = added[..., has] - added[..., ~has]
            table[..., first, second] = table[..., second, first] = both @ weight[size[left[~has]]]
    return table


def players_of(values: FloatArray) -> int:
    """Return the number of players for whom there are so many values; see ``shapley_values``."""
    n = int(values.shape[-1]).bit_length() - 1
    if not 1 <= n <= MOST_PLAYERS or values.shape[-1] != 1 << n:
        raise ValueError(f"{values.shape[-1]} values are not one for each set of 1 to {MOST_PLAYERS} players")
    return n


def _sizes(n: int) -> IntArray:
    """Return the number of players in each set."""
    return np.array([number.bit_count() for number in range(1 << n)], dtype=np.int64)


def _without(column: IntArray, sets: IntArray, player: int) -> IntArray:
    """Return the entries of a column, one for each set, of the sets without a player."""
    left: IntArray = column[(sets >> player & 1) == 0]
    return left


def _added(values: FloatArray, sets: IntArray, player: int) -> FloatArray:
    """Return what a player adds to each set without the player, in the order of these sets."""
    without = _without(sets, sets, player)
    added: FloatArray = values[..., without | 1 << player] - values[..., without]
    return added
