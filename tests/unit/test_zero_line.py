"""The zero line of an effect in a plane of two strengths, on surfaces whose zero line is known."""

from __future__ import annotations

import numpy as np
import pytest

from sim.statistics.intervals import FloatArray
from sim.statistics.zero_line import Surface, fit_surface, zero_line

STRENGTHS = np.linspace(0.0, 2.0, 5)
X, Y = (grid.ravel() for grid in np.meshgrid(STRENGTHS, STRENGTHS, indexing="ij"))
FINE = np.linspace(0.0, 2.0, 41)


def plane(replications: int, noise: float, rng: np.random.Generator, shared: float = 0.0) -> FloatArray:
    """Return an effect of ``y - x / 2 - 0.5``, so zero on the line ``y = 0.5 + x / 2``."""
    own = rng.normal(0.0, noise, (replications, X.size))
    return Y - X / 2.0 - 0.5 + own + rng.normal(0.0, shared, (replications, 1))


def surface_of(values: FloatArray) -> Surface:
    return fit_surface(X, Y, values, FINE, FINE)


def test_a_plane_without_noise_has_exactly_its_zero_line() -> None:
    line = zero_line(surface_of(plane(3, 0.0, np.random.default_rng(1))))
    assert line.y == pytest.approx(0.5 + line.x / 2.0, abs=1e-9)


def test_a_bent_zero_line_is_found_between_the_places_of_the_grid() -> None:
    line = zero_line(surface_of(np.tile(Y - X**2 / 3.0, (2, 1))))
    assert line.y[1:] == pytest.approx(line.x[1:] ** 2 / 3.0, abs=2e-3)


def test_the_band_holds_the_true_line_in_about_19_of_20_studies() -> None:
    rng = np.random.default_rng(5)
    place = 20
    true = 0.5 + FINE[place] / 2.0
    held = 0
    studies = 600
    for _ in range(studies):
        surface = surface_of(plane(8, 0.5, rng, shared=0.4))
        at_true = int(np.argmin(np.abs(FINE - true)))
        held += bool(surface.low[place, at_true] <= 0.0 <= surface.high[place, at_true])
    assert held / studies == pytest.approx(0.95, abs=0.03)


def test_a_band_narrower_than_the_grid_is_found() -> None:
    line = zero_line(surface_of(plane(6, 0.003, np.random.default_rng(2))))
    inside = slice(1, -1)
    assert (line.low[inside] < line.y[inside]).all()
    assert (line.y[inside] < line.high[inside]).all()
    assert (line.high[inside] - line.low[inside]).max() < FINE[1]


def test_more_noise_makes_a_wider_band() -> None:
    def width(noise: float) -> float:
        line = zero_line(surface_of(plane(10, noise, np.random.default_rng(3))))
        return float(np.nanmean(line.high - line.low))

    assert width(0.2) < width(1.0)


def test_an_effect_that_never_turns_has_no_zero_line() -> None:
    surface = surface_of(np.stack([X - 9.0, X - 9.1]))
    line = zero_line(surface)
    assert np.isnan(line.y).all()
    assert np.isnan(line.low).all()
    assert (surface.share_below, surface.share_above) == (1.0, 0.0)


def test_one_replication_has_a_line_and_no_interval() -> None:
    surface = surface_of(plane(1, 0.0, np.random.default_rng(1)))
    assert np.isnan(surface.low).all()
    assert surface.share_below == surface.share_above == 0.0
    assert np.isfinite(zero_line(surface).y).any()


def test_what_a_smooth_surface_cannot_follow_is_told() -> None:
    steps = np.tile(np.where(X > 1.0, 1.0, -1.0), (2, 1))
    assert surface_of(steps).misfit > 0.3
    assert surface_of(plane(2, 0.0, np.random.default_rng(1))).misfit == pytest.approx(0.0, abs=1e-9)


@pytest.mark.parametrize("steps", [3, 4, 5])
def test_a_scale_that_bends_does_not_move_the_zero_line(steps: int) -> None:
    strengths = np.linspace(0.0, 2.0, steps)
    x, y = (grid.ravel() for grid in np.meshgrid(strengths, strengths, indexing="ij"))
    # Above zero: y stands for y - 1 there, and x for x / 10 up to 1 and for 0.8 x - 0.7 beyond.
    effect = np.interp(y, (0.0, 1.0, 2.0), (-0.2, 0.0, 1.0)) - np.interp(x, (0.0, 1.0, 2.0), (0.0, 0.1, 0.9))
    surface = fit_surface(x, y, np.tile(effect, (2, 1)), FINE, FINE, bend=1.0)
    assert surface.misfit == pytest.approx(0.0, abs=1e-9)
    assert zero_line(surface).y == pytest.approx(np.where(FINE <= 1.0, 1.0 + 0.1 * FINE, 0.3 + 0.8 * FINE), abs=1e-9)


def test_two_strengths_are_enough_for_a_plane() -> None:
    corners_x, corners_y = np.array([0.0, 0.0, 2.0, 2.0]), np.array([0.0, 2.0, 0.0, 2.0])
    values = np.tile(corners_y - corners_x / 2.0 - 0.5, (2, 1))
    line = zero_line(fit_surface(corners_x, corners_y, values, FINE, FINE))
    assert line.y == pytest.approx(0.5 + line.x / 2.0, abs=1e-9)
