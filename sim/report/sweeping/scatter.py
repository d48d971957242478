"""A measure over each key of a design that is no grid: a panel for each key, a point for each point."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from sim.designs.factor import number_of, text_of
from sim.report.catalogue import measure_of
from sim.report.figures.style import BLUE, Shape, in_lines, new_figure, panels, plain_axis
from sim.report.figures.ticks import name_ticks
from sim.report.sweeping.view import SweepView
from sim.statistics.intervals import FloatArray

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_KEYS = 12
MOST_BARS = 300
MANY = 1000
"""Above so many points they are drawn as dots of an image: a page with a mark for each would be too heavy."""
ACROSS = 3
SPREAD = 0.3
"""Width over which points with the same word are spread, so that they do not lie on each other."""
MOST_TICKS = 4
LEFT = 0.35
"""How far to the left of the lowest number points stand that leave a key as it is, as a part of the range."""
BoolArray = npt.NDArray[np.bool_]


def draw_scatter(view: SweepView, measure: str, shape: Shape) -> Figure:
    """Draw the mean and 95% interval of every point over each key that differs between points.

    Parameters
    ----------
    view
        The sweep and the language.
    measure
        Name of the measure.
    shape
        For a projector or a phone.
    """
    keys = view.sweep.design.varied[:MOST_KEYS]
    columns = min(ACROSS, len(keys)) if shape == "wide" else 1
    rows = -(-len(keys) // columns)
    figure = new_figure(shape, (14.5 if columns > 1 else 10.0, 4.0 * rows), (5.4, 3.4 * rows))
    for axes, key in zip(panels(figure, len(keys), shape, columns), keys, strict=True):
        _draw_panel(axes, view, measure, key)
    return figure


def _draw_panel(axes: Axes, view: SweepView, measure: str, key: str) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    found = view.sweep.outcomes.summary(measure)
    known = measure_of(measure)
    scale = 100.0 if known.kind == "share" else 1.0
    mean, half = scale * found.mean, scale * np.nan_to_num(found.half_width)
    places = _places(axes, view, key)
    shown = np.isfinite(mean)
    if len(mean) <= MOST_BARS:
        axes.vlines(places[shown], (mean - half)[shown], (mean + half)[shown], color=BLUE, lw=1.0, alpha=0.5)
    axes.plot(places[shown], mean[shown], "o", color=BLUE, ms=5, alpha=0.8, rasterized=len(mean) > MANY)
    axes.set_xlabel(view.key(key))
    axes.yaxis.set_major_locator(MaxNLocator(5))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: view.plain(value)))
    plain_axis(axes)


def _places(axes: Axes, view: SweepView, key: str) -> FloatArray:
    """Return where each point stands along a key, and name the ticks; at the left if it leaves the key as it is."""
    points = view.sweep.design.points
    as_is = np.array([key not in point.values for point in points])
    if view.numeric(key):
        numbers = np.array([number_of(point.values.get(key)) for point in points])
        return _along_numbers(axes, view, key, numbers, as_is)
    values = view.sweep.design.values(key)
    named = {"": view.text("as_is")} if as_is.any() else {}
    named |= {text_of(value): view.value(key, value) for value in values}
    rows = {text: row for row, text in enumerate(named)}
    name_ticks(axes.xaxis, range(len(named)), [in_lines(words, 12) for words in named.values()])
    aside = SPREAD * (np.arange(len(points)) / max(1, len(points) - 1) - 0.5)
    return np.array([rows[point.text(key)] for point in points]) + aside


def _along_numbers(axes: Axes, view: SweepView, key: str, numbers: FloatArray, as_is: BoolArray) -> FloatArray:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    if not as_is.any():
        axes.xaxis.set_major_locator(MaxNLocator(MOST_TICKS))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: view.value(key, float(value))))
        return numbers
    low, high = float(np.nanmin(numbers)), float(np.nanmax(numbers))
    left = low - (LEFT * (high - low) or 1.0)
    nice = MaxNLocator(MOST_TICKS - 1, steps=[1, 2, 5, 10]).tick_values(low, high)
    ticks = [float(tick) for tick in nice if low <= tick <= high] or [low]
    words = [view.text("as_is"), *(view.value(key, tick) for tick in ticks)]
    name_ticks(axes.xaxis, [left, *ticks], [in_lines(word, 12) for word in words])
    return np.where(as_is, left, numbers)
