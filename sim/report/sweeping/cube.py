"""A measure over a grid of up to three keys: which key goes where in a picture, and its figures."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.report.catalogue import measure_of
from sim.report.sweeping.view import SweepView
from sim.statistics.intervals import FloatArray

IntArray = npt.NDArray[np.int64]
MOST_KEYS = 3


@dataclass(frozen=True)
class Axis:
    """A key along one direction of a picture, with its values in words; without a key there is one place."""

    key: str
    name: str
    labels: tuple[str, ...]
    places: tuple[float, ...]

    def __len__(self) -> int:
        """Return how many places it has."""
        return len(self.places)


@dataclass(frozen=True)
class Cube:
    """Figures of a measure along three axes; shares are in percent.

    Attributes
    ----------
    axes
        The three directions.
    mean, low, high
        Shape (first, second, third axis); NaN where not known.
    missing
        Replications without a value, same shape.
    """

    measure: str
    axes: tuple[Axis, Axis, Axis]
    mean: FloatArray
    low: FloatArray
    high: FloatArray
    missing: IntArray


def cube_of(view: SweepView, measure: str, keys: tuple[str, ...]) -> Cube:
    """Return a measure over a grid, with the axes in another order.

    Parameters
    ----------
    view
        The sweep and the language.
    measure
        Name of the measure.
    keys
        The keys of the grid, up to three, in the order of the axes.
    """
    design = view.sweep.design
    order = [design.keys.index(key) for key in keys]
    found, missing = view.sweep.outcomes.summary(measure), view.sweep.outcomes.missing(measure)
    scale = 100.0 if measure_of(measure).kind == "share" else 1.0
    shape = tuple(view.shape[axis] for axis in order) + (1,) * (MOST_KEYS - len(keys))

    def placed(values: FloatArray) -> FloatArray:
        return values.reshape(view.shape).transpose(order).reshape(shape)

    low, high = found.mean - found.half_width, found.mean + found.half_width
    first, second, third = (_axis(view, keys[n] if n < len(keys) else "") for n in range(MOST_KEYS))
    counts = missing.reshape(view.shape).transpose(order).reshape(shape)
    mean, low, high = (placed(scale * part) for part in (found.mean, low, high))
    return Cube(measure, (first, second, third), mean, low, high, counts)


def _axis(view: SweepView, key: str) -> Axis:
    if not key:
        return Axis("", "", ("",), (0.0,))
    values = view.sweep.design.values(key)
    labels = tuple(view.value(key, value) for value in values)
    places = tuple(float(value) for value in values) if view.numeric(key) else tuple(map(float, range(len(values))))  # type: ignore[arg-type]
    return Axis(key, view.key(key), labels, places)
