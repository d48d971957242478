"""Boxes of assumptions, on made-up points whose box is known."""

from __future__ import annotations

import builtins
from typing import Any

import numpy as np
import pytest

from sim.errors import InputError
from sim.statistics.boxes import BoolArray, find_boxes, foretold, wilson
from sim.statistics.intervals import FloatArray

pytest.importorskip("sklearn")


def points(count: int, seed: int = 1) -> FloatArray:
    return np.random.default_rng(seed).random((count, 4))


def in_the_known_box(factors: FloatArray) -> BoolArray:
    """Cases have factor 1 above 0.6 and factor 3 below 0.5; the other two do nothing."""
    inside: BoolArray = (factors[:, 1] > 0.6) & (factors[:, 3] < 0.5)
    return inside


def test_the_known_box_is_found() -> None:
    factors = points(400)
    (box,) = find_boxes(factors, in_the_known_box(factors), seed=1)
    assert set(box.bounds) == {1, 3}
    assert box.bounds[1][0] == pytest.approx(0.6, abs=0.02)
    assert box.bounds[3][1] == pytest.approx(0.5, abs=0.02)
    assert (box.coverage.value, box.density.value) == (1.0, 1.0)


def test_coverage_and_density_count_the_points_in_the_box() -> None:
    factors = points(400)
    holds = in_the_known_box(factors) ^ (np.random.default_rng(2).random(400) < 0.1)
    box = find_boxes(factors, holds, seed=1)[0]
    inside = np.ones(400, dtype=np.bool_)
    for factor, (low, high) in box.bounds.items():
        inside &= (factors[:, factor] > low) & (factors[:, factor] <= high)
    assert (box.points, box.cases) == (inside.sum(), (inside & holds).sum())
    assert box.density.value == pytest.approx(holds[inside].mean())
    assert box.coverage.value == pytest.approx((inside & holds).sum() / holds.sum())
    assert box.density.low < box.density.value < box.density.high


def test_a_known_box_foretells_new_points_better_than_chance() -> None:
    factors = points(200)
    quality = foretold(factors, in_the_known_box(factors), seed=1)
    assert quality.better_than_chance
    assert quality.accuracy.value > 0.95
    assert quality.density > 0.9


def test_pure_chance_is_seldom_called_better_than_chance() -> None:
    rng = np.random.default_rng(7)
    wrong = [foretold(points(120, seed), rng.random(120) < 0.4, seed).better_than_chance for seed in range(10)]
    assert sum(wrong) <= 1


@pytest.mark.parametrize("answer", [True, False])
def test_without_two_kinds_of_points_there_is_no_box(answer: bool) -> None:
    factors, holds = points(30), np.full(30, answer)
    assert find_boxes(factors, holds, seed=1) == ()
    assert not foretold(factors, holds, seed=1).better_than_chance


def test_a_box_is_as_wide_as_what_holds() -> None:
    """Both branches of a useless split say the same, so the split is no bound."""
    factors = points(300)
    (box,) = find_boxes(factors, factors[:, 0] > 0.3, seed=1)
    assert set(box.bounds) == {0}
    assert box.bounds[0][1] == np.inf


def test_the_same_seed_gives_the_same_boxes() -> None:
    factors = points(200)
    holds = np.random.default_rng(4).random(200) < 0.5
    assert find_boxes(factors, holds, 3) == find_boxes(factors, holds, 3)
    assert foretold(factors, holds, 3) == foretold(factors, holds, 3)


def test_the_interval_of_a_share_stays_between_0_and_1() -> None:
    assert wilson(0, 20).low == pytest.approx(0.0, abs=1e-12)
    assert wilson(20, 20).high == pytest.approx(1.0, abs=1e-12)
    # Newcombe (1998), Statistics in Medicine 17:857: 15 of 148 is 0.0624 to 0.1605.
    assert (wilson(15, 148).low, wilson(15, 148).high) == pytest.approx((0.0624, 0.1605), abs=1e-4)
    assert np.isnan(wilson(0, 0).value)


def test_without_the_library_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    load = builtins.__import__

    def refuse(name: str, *rest: Any) -> Any:
        if name.startswith("sklearn"):
            raise ImportError(name)
        return load(name, *rest)

    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(InputError, match=r"pip install 'smw-sim\[experiments\]'"):
        find_boxes(points(30), points(30)[:, 0] > 0.5, seed=1)
