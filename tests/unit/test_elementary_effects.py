"""Elementary effects: slopes of a straight line, the same as SALib, and a floor under which noise stays."""

from __future__ import annotations

import numpy as np
import pytest
from SALib.analyze import morris

from sim.designs.samples import unit_morris
from sim.statistics.elementary_effects import elementary_effects

SLOPES = np.array([1.0, 2.0, -3.0, 0.0, 0.5])


def test_of_a_straight_line_mu_star_is_the_slope_and_sigma_is_nothing() -> None:
    points = unit_morris(5, 8, seed=1)
    effects = elementary_effects(points, np.repeat((points @ SLOPES)[:, None], 2, axis=1))
    np.testing.assert_allclose(effects.mu_star, np.abs(SLOPES), atol=1e-12)
    np.testing.assert_allclose(effects.mu, SLOPES, atol=1e-12)
    np.testing.assert_allclose(effects.sigma, 0.0, atol=1e-7)
    assert list(effects.verdict) == ["effect", "effect", "effect", "none", "effect"]


def test_without_noise_the_figures_are_those_of_salib() -> None:
    points = unit_morris(3, 12, seed=2)
    output = np.sin(6.0 * points[:, 0]) + points[:, 1] * points[:, 2] ** 2
    problem = {"num_vars": 3, "names": ["a", "b", "c"], "bounds": [[0.0, 1.0]] * 3}
    theirs = morris.analyze(problem, points, output)
    ours = elementary_effects(points, np.repeat(output[:, None], 2, axis=1))
    for name in ("mu_star", "mu", "sigma"):
        np.testing.assert_allclose(getattr(ours, name), np.asarray(theirs[name], dtype=float), atol=1e-9)


def test_sigma_and_floor_do_not_mistake_noise_for_curvature() -> None:
    points, generator = unit_morris(5, 200, seed=3), np.random.default_rng(3)
    effects = elementary_effects(
        points, (points @ SLOPES)[:, None] + 0.4 * generator.standard_normal((len(points), 4))
    )
    noise = 0.4 * np.sqrt(2.0 / 4.0) * 1.5
    np.testing.assert_allclose(effects.noise, noise, rtol=0.1)
    assert effects.mu_star[3] == pytest.approx(noise * np.sqrt(2.0 / np.pi), rel=0.15)
    assert list(effects.verdict) == ["effect", "effect", "effect", "cannot tell", "effect"]
    assert effects.sigma.max() < 0.5 * noise


def test_luck_that_all_points_share_is_no_noise() -> None:
    points, generator = unit_morris(5, 6, seed=4), np.random.default_rng(4)
    luck = 100.0 * generator.standard_normal((1, 3))
    effects = elementary_effects(points, (points @ SLOPES)[:, None] + luck)
    np.testing.assert_allclose(effects.mu, SLOPES, atol=1e-9)
    np.testing.assert_allclose(effects.floor, 0.0, atol=1e-9)


@pytest.mark.parametrize(("trajectories", "replications"), [(4, 2), (8, 2), (8, 4)])
def test_few_factors_that_do_nothing_rise_above_the_floor(trajectories: int, replications: int) -> None:
    points, generator = unit_morris(400, trajectories, seed=5), np.random.default_rng(5)
    effects = elementary_effects(points, generator.standard_normal((len(points), replications)))
    assert 0.01 < np.mean(effects.verdict == "effect") < 0.10


def test_an_effect_with_an_unknown_end_is_left_out_and_counted() -> None:
    points = unit_morris(5, 8, seed=6)
    output = np.repeat((points @ SLOPES)[:, None], 2, axis=1)
    output[7, 1] = np.nan
    effects = elementary_effects(points, output)
    assert effects.n_missing.sum() == 2
    assert (effects.n + effects.n_missing == 8).all()
    np.testing.assert_allclose(effects.mu, SLOPES, atol=1e-12)


def test_without_any_value_nothing_is_said() -> None:
    points = unit_morris(2, 3, seed=7)
    effects = elementary_effects(points, np.full((len(points), 2), np.nan))
    assert np.isnan(effects.mu_star).all()
    assert list(effects.verdict) == ["unknown", "unknown"]


def test_one_replication_says_nothing_of_noise() -> None:
    points = unit_morris(5, 4, seed=8)
    effects = elementary_effects(points, (points @ SLOPES)[:, None])
    assert np.isnan(effects.floor).all()
    assert list(effects.verdict) == ["unknown", "unknown", "unknown", "none", "unknown"]


def test_of_a_choice_the_effect_is_that_of_another_option_not_more() -> None:
    points = unit_morris(3, 6, seed=9)
    output = np.repeat((5.0 * (points[:, 0] >= 0.5) + 2.0 * points[:, 1])[:, None], 2, axis=1)
    effects = elementary_effects(points, output, np.array([True, False, False]))
    np.testing.assert_allclose(effects.mu_star, [5.0, 2.0, 0.0], atol=1e-12)
    np.testing.assert_allclose(effects.mu, [5.0, 2.0, 0.0], atol=1e-12)
