"""Heat maps of a grid: one key down, one across, and a panel for each value of a third."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.report.catalogue import measure_of
from sim.report.figures.style import BLACK, Shape, in_lines, new_figure, panels
from sim.report.figures.ticks import name_ticks
from sim.report.language import MISSING
from sim.report.sweeping.cube import Cube
from sim.report.sweeping.view import SweepView

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

COLOURS = "cividis_r"
DARK = 0.55
ACROSS = 3
MOST_PANELS = 6
MOST_VALUES = 30
WIDTH = {"wide": 14.5, "narrow": 5.4}
# Inches that a cell needs for its mean, and for its interval under it.
ROOM_MEAN, ROOM_INTERVAL = 0.55, 0.95
LABEL = 12


def can_draw(cube: Cube) -> bool:
    """Tell whether every cell can be seen."""
    down, across, third = (len(axis) for axis in cube.axes)
    return down <= MOST_VALUES and across <= MOST_VALUES and third <= MOST_PANELS


def draw_heat_maps(view: SweepView, cube: Cube, shape: Shape) -> Figure:
    """Draw the first axis down, the second across, and a panel for each value of the third.

    Parameters
    ----------
    view
        The sweep and the language.
    cube
        The figures.
    shape
        For a projector or a phone.
    """
    down, across, third = cube.axes
    columns = min(ACROSS, len(third)) if shape == "wide" else 1
    lines = -(-len(third) // columns)
    height = lines * (1.3 + 0.62 * len(down)) + 0.4
    figure = new_figure(shape, (WIDTH["wide"], height), (WIDTH["narrow"], height))
    room = (WIDTH[shape] / columns - 1.4) / len(across)
    bounds = _bounds(cube)
    for place, axes in enumerate(panels(figure, len(third), shape, columns)):
        _draw_panel(axes, view, cube, place, bounds, room)
        first_in_row = place % columns == 0
        name_ticks(axes.yaxis, range(len(down)), [in_lines(t, LABEL) if first_in_row else "" for t in down.labels])
        name_ticks(axes.xaxis, range(len(across)), [in_lines(label, LABEL) for label in across.labels])
        axes.set_ylabel(down.name if first_in_row else "")
        axes.set_xlabel(across.name)
        if third.key:
            axes.set_title(f"{third.name}: {third.labels[place]}")
    return figure


def _bounds(cube: Cube) -> tuple[float, float]:
    known = cube.mean[np.isfinite(cube.mean)]
    return (float(known.min()), float(known.max())) if known.size else (0.0, 1.0)


def _draw_panel(
    axes: Axes, view: SweepView, cube: Cube, place: int, bounds: tuple[float, float], room: float
) -> None:
    mean = cube.mean[:, :, place]
    least, most = bounds
    axes.imshow(
        np.ma.masked_invalid(mean),
        cmap=COLOURS,
        aspect="auto",
        vmin=least,
        vmax=most if most > least else least + 1.0,
    )
    axes.grid(visible=False)
    axes.tick_params(length=0)
    for side in axes.spines.values():
        side.set_visible(False)
    if room < ROOM_MEAN:
        return
    for row, column in np.ndindex(*mean.shape):
        depth = (mean[row, column] - least) / (most - least) if most > least else 0.0
        colour = "white" if depth > DARK else BLACK
        words, below = _words(view, cube, (row, column, place))
        with_interval = bool(below) and room >= ROOM_INTERVAL
        lift = 0.06 if with_interval else 0.0
        axes.text(
            column,
            row - lift,
            words,
            ha="center",
            va="bottom" if with_interval else "center",
            color=colour,
            weight="bold",
        )
        if with_interval:
            axes.text(column, row + lift, below, ha="center", va="top", color=colour, size="x-small")


def _words(view: SweepView, cube: Cube, cell: tuple[int, int, int]) -> tuple[str, str]:
    """Return the mean of a cell and its interval."""
    digits = measure_of(cube.measure).digits
    mean, low, high = (float(part[cell]) for part in (cube.mean, cube.low, cube.high))
    if not np.isfinite(mean):
        return MISSING, ""
    star = "*" if cube.missing[cell] else ""
    if not np.isfinite(low) or low == high:
        return view.language.number(mean, digits) + star, ""
    return (
        view.language.number(mean, digits) + star,
        f"{view.language.number(low, digits)} – {view.language.number(high, digits)}",
    )
