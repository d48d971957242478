"""Where in a plane of two strengths an effect changes sign, with the uncertainty of that line."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.statistics.intervals import FloatArray, t_quantile

MOST_DEGREES = 2


@dataclass(frozen=True)
class Surface:
    """A surface through an effect, on a fine grid.

    Attributes
    ----------
    x, y
        Places of the grid, shapes (nx,) and (ny,).
    mean, low, high
        Effect with its 95% interval at each place, shape (nx, ny); the bounds are NaN below two replications.
    misfit
        Largest distance between the mean of a cell and the surface.
    """

    x: FloatArray
    y: FloatArray
    mean: FloatArray
    low: FloatArray
    high: FloatArray
    misfit: float

    @property
    def share_below(self) -> float:
        """Share of the grid where the whole interval lies below zero."""
        return float(np.mean(self.high < 0.0))

    @property
    def share_above(self) -> float:
        """Share of the grid where the whole interval lies above zero."""
        return float(np.mean(self.low > 0.0))


@dataclass(frozen=True)
class ZeroLine:
    """For each ``x`` the ``y`` at which the effect is zero, and the range that cannot be told from it.

    Attributes
    ----------
    x
        Places along the first strength, shape (nx,).
    y
        Where the surface is zero, the first such place; NaN if nowhere on the grid, shape (nx,).
    low, high
        Ends of the places whose interval holds zero, cut off at the edge of the grid; NaN if there are none,
        shape (nx,).
    """

    x: FloatArray
    y: FloatArray
    low: FloatArray
    high: FloatArray


def fit_surface(
    x: FloatArray, y: FloatArray, values: FloatArray, at_x: FloatArray, at_y: FloatArray, bend: float | None = None
) -> Surface:
    """Fit a quadratic surface by least squares in each replication, and take intervals over the replications.

    The replications are independent and the surface is linear in its values, so Student's *t* holds at every place,
    however the cells of a replication hang together. Places whose interval holds zero then are a confidence set for
    the zero line, as Fieller's (1954) for a ratio; percentiles of a bootstrap of ten replications are too narrow.

    Parameters
    ----------
    x, y
        Strengths of each cell, shape (cells,).
    values
        Effect in each cell, shape (replications, cells).
    at_x, at_y
        Places of the fine grid, shapes (nx,) and (ny,).
    bend
        Strength at which both scales bend, so that the surface may have an edge there; None if they do not. It takes
        at least three different strengths.
    """
    degrees = (_degree(x, bend), _degree(y, bend))
    solve = np.linalg.pinv(_terms(x, y, degrees, bend))
    weights = values @ solve.T
    grid_x, grid_y = (grid.ravel() for grid in np.meshgrid(at_x, at_y, indexing="ij"))
    surfaces = weights @ _terms(grid_x, grid_y, degrees, bend).T
    mean, half = _mean_and_half_width(surfaces)
    shape = (at_x.size, at_y.size)
    at_cells = _terms(x, y, degrees, bend) @ weights.mean(axis=0)
    return Surface(
        x=at_x,
        y=at_y,
        mean=mean.reshape(shape),
        low=(mean - half).reshape(shape),
        high=(mean + half).reshape(shape),
        misfit=float(np.max(np.abs(values.mean(axis=0) - at_cells))),
    )


def _degree(strength: FloatArray, bend: float | None) -> int:
    """Return the highest power that so many different strengths can tell apart, and tell from a bend amid them."""
    steps = np.unique(strength).size - 1
    return min(MOST_DEGREES, steps if bend is None else steps // 2)


def _terms(x: FloatArray, y: FloatArray, degrees: tuple[int, int], bend: float | None) -> FloatArray:
    """Return the terms of the surface: up to the second degree together, and for a bend; shape (cells, terms)."""
    powers = [(i, j) for i in range(degrees[0] + 1) for j in range(degrees[1] + 1) if i + j <= MOST_DEGREES]
    beyond = [] if bend is None else [np.maximum(strength - bend, 0.0) for strength in (x, y)]
    return np.stack([*(x**i * y**j for i, j in powers), *beyond], axis=1)


def _mean_and_half_width(surfaces: FloatArray) -> tuple[FloatArray, FloatArray]:
    n = surfaces.shape[0]
    mean = surfaces.mean(axis=0)
    if n < 2:
        return mean, np.full(mean.shape, np.nan)
    factor = float(t_quantile(np.array([float(n)]))[0])
    return mean, factor * surfaces.std(axis=0, ddof=1) / np.sqrt(n)


def zero_line(surface: Surface) -> ZeroLine:
    """Follow the zero line of a surface from ``x`` to ``x``.

    Parameters
    ----------
    surface
        The surface.
    """
    columns = range(surface.x.size)
    y = [min(_zeros(surface.y, surface.mean[column]), default=float("nan")) for column in columns]
    ends = [_ends(surface, column) for column in columns]
    low, high = (np.array([pair[side] for pair in ends]) for side in (0, 1))
    return ZeroLine(surface.x, np.array(y), low, high)


def _zeros(y: FloatArray, effect: FloatArray) -> list[float]:
    """Return the places where a line through the points is zero."""
    before, after = effect[:-1], effect[1:]
    turns = np.flatnonzero(before * after < 0.0)
    part = before[turns] / (before[turns] - after[turns])
    between = y[turns] + part * (y[turns + 1] - y[turns])
    return [*map(float, y[effect == 0.0]), *map(float, between)]


def _ends(surface: Surface, column: int) -> tuple[float, float]:
    """Return the ends of what cannot be told from zero at one ``x``."""
    low, high = surface.low[column], surface.high[column]
    places = [*map(float, surface.y[(low <= 0.0) & (high >= 0.0)]), *_zeros(surface.y, low), *_zeros(surface.y, high)]
    return (min(places), max(places)) if places else (float("nan"), float("nan"))
