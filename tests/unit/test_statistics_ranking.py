"""Ranking and selection: the procedure of Kim and Nelson on systems whose means are known."""

from __future__ import annotations

import numpy as np
import pytest

from sim.statistics.against_best import against, verdicts
from sim.statistics.ranking import FloatArray, elimination_spread, kim_nelson

DELTA, CONFIDENCE, FIRST, MOST = 1.0, 0.9, 10, 400
EXPERIMENTS = 400


def normal(means: list[float], seed: int, sd: float = 1.0, shared: float = 0.0, n: int = MOST) -> FloatArray:
    """Return normal values by system; a part of the variance is the same luck for all systems."""
    random = np.random.default_rng([seed, 7])
    luck, own = random.normal(size=n), random.normal(size=(len(means), n))
    return np.array(means)[:, None] + sd * (np.sqrt(shared) * luck + np.sqrt(1.0 - shared) * own)


def sampled(ranking_of: FloatArray) -> int:
    """Count the replications that a ranking took."""
    ranking = kim_nelson(ranking_of, DELTA, CONFIDENCE, FIRST, True)
    return int(np.where(ranking.dropped_at == 0, ranking.replications, ranking.dropped_at).sum())


def test_factor_is_that_of_the_paper() -> None:
    # eta = ((2 * 0.1 / 4) ** (-2 / 9) - 1) / 2 and h² = 2 eta (n0 - 1), with five systems and ten replications.
    first = normal([0.0] * 5, seed=1, n=FIRST)
    factor = elimination_spread(first, CONFIDENCE) / np.where(np.eye(5), 1.0, _variances(first))
    off = ~np.eye(5, dtype=bool)
    assert factor[off] == pytest.approx(9.0 * (0.05 ** (-2.0 / 9.0) - 1.0))
    assert factor[off] == pytest.approx(8.513, abs=1e-3)
    assert (elimination_spread(first, CONFIDENCE).diagonal() == 0.0).all()


def _variances(first: FloatArray) -> FloatArray:
    return np.array([[np.var(one - other, ddof=1) for other in first] for one in first])


def test_worked_example_by_hand() -> None:
    # Differences of the first stage are +1 and -1: variance 2. With two systems, n0 = 2 and confidence 0.8:
    # eta = (0.4 ** -2 - 1) / 2 = 2.625, h² = 5.25, so h² S² = 10.5 and W(n) = (10.5 / n - 1) / 2 with delta 1.
    # W(2) = 2.125, W(3) = 1.25, W(4) = 0.8125, W(5) = 0.55; means differ by 0, 0.4, 0.7, 0.96 after 2, 3, 4, 5.
    other = np.array([1.0, -1.0, -1.2, -1.6, -2.0, 5.0])
    values = np.stack([np.zeros(6), other])
    ranking = kim_nelson(values, 1.0, 0.8, 2, True)
    assert (ranking.best, ranking.left, ranking.settled, ranking.replications) == (0, (0,), True, 5)
    assert ranking.dropped_at.tolist() == [0, 5]
    assert ranking.most == 11
    early = kim_nelson(values[:, :4], 1.0, 0.8, 2, True)
    assert (early.left, early.settled, early.dropped_at.tolist()) == ((0, 1), False, [0, 0])


@pytest.mark.parametrize(("shared", "sd"), [(0.0, 1.0), (0.8, 2.0)])
def test_best_is_chosen_as_often_as_promised_where_it_is_just_better(shared: float, sd: float) -> None:
    means = [0.0, 0.0, DELTA, 0.0, 0.0]
    values = [normal(means, seed, sd, shared) for seed in range(EXPERIMENTS)]
    rankings = [kim_nelson(one, DELTA, CONFIDENCE, FIRST, True) for one in values]
    assert all(ranking.settled for ranking in rankings)
    correct = np.mean([ranking.best == 2 for ranking in rankings])
    assert correct >= CONFIDENCE - 3.0 * np.sqrt(CONFIDENCE * (1.0 - CONFIDENCE) / EXPERIMENTS)


def test_choosing_one_that_is_less_than_delta_worse_is_correct_too() -> None:
    means = [0.7, 1.0, -0.5, -0.5]
    best = [kim_nelson(normal(means, seed), DELTA, CONFIDENCE, FIRST, True).best for seed in range(EXPERIMENTS)]
    chosen = np.bincount(best, minlength=4) / EXPERIMENTS
    assert chosen[:2].sum() >= CONFIDENCE - 3.0 * np.sqrt(CONFIDENCE * (1.0 - CONFIDENCE) / EXPERIMENTS)
    assert chosen[0] > 0.0


def test_common_random_numbers_save_replications() -> None:
    means = [0.0, 0.5, 1.0, 1.5]
    apart = [sampled(normal(means, seed, 2.0)) for seed in range(60)]
    together = [sampled(normal(means, seed, 2.0, shared=0.9)) for seed in range(60)]
    assert np.mean(together) < 0.5 * np.mean(apart)


def test_order_of_systems_and_direction_do_not_matter() -> None:
    values = normal([0.0, 1.0, 0.4, 0.9, 0.2], seed=5, sd=1.5)
    order = np.array([3, 0, 4, 2, 1])
    usual = kim_nelson(values, 0.4, CONFIDENCE, FIRST, True)
    shuffled = kim_nelson(values[order], 0.4, CONFIDENCE, FIRST, True)
    turned = kim_nelson(-values, 0.4, CONFIDENCE, FIRST, False)
    assert order[shuffled.best] == usual.best == turned.best
    assert (shuffled.dropped_at == usual.dropped_at[order]).all()
    assert (turned.dropped_at == usual.dropped_at).all()


def test_what_was_dropped_need_not_be_simulated_any_further() -> None:
    values = normal([0.0, 3.0, 2.6], seed=2, n=60)
    whole = kim_nelson(values, 0.2, CONFIDENCE, FIRST, True)
    assert whole.dropped_at[0] > 0
    values[0, whole.dropped_at[0] :] = np.nan
    assert kim_nelson(values, 0.2, CONFIDENCE, FIRST, True).left == whole.left
    values[1, 30] = np.nan
    with pytest.raises(ValueError, match="system that is left is missing"):
        kim_nelson(values, 0.001, CONFIDENCE, FIRST, True)


def test_systems_that_are_the_same_end_in_a_tie_that_is_settled() -> None:
    row = normal([0.0], seed=1, n=20)[0]
    ranking = kim_nelson(np.stack([row, row, row - 2.0]), DELTA, CONFIDENCE, FIRST, True)
    assert (ranking.left, ranking.settled, ranking.best) == ((0, 1), True, 0)
    alone = kim_nelson(row[None], DELTA, CONFIDENCE, FIRST, True)
    assert (alone.best, alone.settled) == (0, True)


@pytest.mark.parametrize(
    ("delta", "confidence", "first", "n"), [(0.0, 0.9, 5, 10), (1.0, 1.0, 5, 10), (1.0, 0.3, 5, 10), (1, 0.9, 1, 10)]
)
def test_settings_out_of_range_are_refused(delta: float, confidence: float, first: int, n: int) -> None:
    with pytest.raises(ValueError, match="no ranking"):
        kim_nelson(np.zeros((3, n)), delta, confidence, first, True)
    with pytest.raises(ValueError, match="no ranking"):
        kim_nelson(np.zeros((3, 4)), 1.0, 0.9, 5, True)


def test_intervals_against_the_best_hold_for_all_at_once() -> None:
    means, right = [0.0, 0.3, 0.6, 1.0], []
    for seed in range(EXPERIMENTS):
        found = against(normal(means, seed, shared=0.5, n=15), 3, CONFIDENCE)
        true = np.array(means) - 1.0
        right.append(bool(((found.low <= true) & (true <= found.high)).all()))
    assert np.mean(right) >= CONFIDENCE - 3.0 * np.sqrt(CONFIDENCE * (1.0 - CONFIDENCE) / EXPERIMENTS)


@pytest.mark.parametrize("means", [[0.0] * 7, [0.0, 0.3, 0.6, 0.9, 1.0, 1.0, 1.0]])
def test_intervals_hold_too_where_the_reference_was_chosen_by_its_mean(means: list[float]) -> None:
    """Of systems that are alike, the one that seems best owes that to luck: intervals must allow for it."""
    right = []
    for seed in range(EXPERIMENTS):
        values = normal(means, seed, n=20)
        best = int(values.mean(axis=1).argmax())
        found, true = against(values, best, 0.95), np.array(means) - means[best]
        right.append(bool(((found.low <= true) & (true <= found.high)).all()))
    assert np.mean(right) >= 0.95 - 2.0 * np.sqrt(0.95 * 0.05 / EXPERIMENTS)


def test_verdicts_say_how_a_system_stands_to_the_best() -> None:
    rows = np.array(
        [[0.0, 0.0, 0.0, 0.0], [-5.0, -5.1, -4.9, -5.0], [-0.5, -0.4, -0.6, -0.5], [-1.0, -1.2, -0.8, -1.0]]
    )
    wide = np.array([[-3.0, 2.0, -2.5, 3.0], [np.nan, np.nan, np.nan, 0.0]])
    found = against(np.concatenate([rows, wide]), 0, 0.95)
    assert verdicts(found, 0, 1.0, True) == ["best", "worse", "same", "perhaps", "cannot tell", "cannot tell"]
    turned = against(-np.concatenate([rows, wide]), 0, 0.95)
    assert verdicts(turned, 0, 1.0, False) == ["best", "worse", "same", "perhaps", "cannot tell", "cannot tell"]
    assert found.n.tolist() == [4, 4, 4, 4, 4, 1]
