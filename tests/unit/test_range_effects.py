"""Effects of factors over their ranges, on made-up outcomes whose effects are known."""

from __future__ import annotations

import numpy as np
import pytest

from sim.statistics.range_effects import range_effects


def test_a_straight_line_is_found_exactly() -> None:
    places = np.random.default_rng(1).random((50, 3))
    found = range_effects(places, 2.0 + places @ np.array([3.0, 0.0, -1.0]))
    assert found.mean == pytest.approx([3.0, 0.0, -1.0], abs=1e-9)
    assert found.explained == pytest.approx(1.0)


def test_the_interval_holds_the_true_effect_in_about_19_of_20_samples() -> None:
    rng = np.random.default_rng(3)
    held = 0
    for _ in range(600):
        places = rng.random((30, 4))
        found = range_effects(places, places[:, 0] - 0.5 + rng.normal(0.0, 0.4, 30))
        held += bool(found.low[0] <= 1.0 <= found.high[0])
    assert held / 600 == pytest.approx(0.95, abs=0.03)


def test_too_few_points_have_no_interval() -> None:
    found = range_effects(np.random.default_rng(1).random((4, 4)), np.arange(4.0))
    assert np.isnan(found.low).all()


def test_an_outcome_that_never_changes_has_no_effects() -> None:
    found = range_effects(np.random.default_rng(1).random((30, 2)), np.ones(30))
    assert found.mean == pytest.approx([0.0, 0.0], abs=1e-12)
    assert found.explained == 0.0
