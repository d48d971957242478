"""Lines with bands over one key with numbers: a line for each value of a second key, a panel for each of a third."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.report.figures.style import (
    LINE_COLOURS,
    LINE_STYLES,
    MARKERS,
    Shape,
    in_lines,
    legend_below,
    new_figure,
    panels,
    plain_axis,
)
from sim.report.figures.ticks import name_ticks
from sim.report.sweeping.cube import Cube
from sim.report.sweeping.view import SweepView

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_LINES = len(LINE_COLOURS)
MOST_PANELS = 6
MOST_TICKS = 8
ACROSS = 3
ROOM = 1.08
"""How far the axis reaches beyond the highest value."""


def can_draw(cube: Cube) -> bool:
    """Tell whether the lines can be told apart."""
    return len(cube.axes[1]) <= MOST_LINES and len(cube.axes[2]) <= MOST_PANELS


def draw_lines(view: SweepView, cube: Cube, shape: Shape) -> Figure:
    """Draw the first axis across, a line for each value of the second, and a panel for each value of the third.

    Parameters
    ----------
    view
        The sweep and the language.
    cube
        The figures.
    shape
        For a projector or a phone.
    """
    across, lines, third = cube.axes
    columns = min(ACROSS, len(third)) if shape == "wide" else 1
    rows = -(-len(third) // columns)
    figure = new_figure(shape, (14.5 if columns > 1 else 10.0, 4.6 * rows + 0.4), (5.4, 4.0 * rows + 1.0))
    every = panels(figure, len(third), shape, columns)
    for place, axes in enumerate(every):
        _draw_panel(axes, view, cube, place)
        axes.set_xlabel(across.name)
        if third.key:
            axes.set_title(f"{third.name}: {third.labels[place]}")
    _same_height(every)
    if lines.key:
        legend_below(figure, every[0], shape, 3)
    return figure


def _draw_panel(axes: Axes, view: SweepView, cube: Cube, place: int) -> None:
    from matplotlib.ticker import FuncFormatter

    across, lines, _ = cube.axes
    for line in range(len(lines)):
        low, mean, high = (part[:, line, place] for part in (cube.low, cube.mean, cube.high))
        colour = LINE_COLOURS[line]
        label = f"{lines.name}: {lines.labels[line]}" if lines.key else None
        axes.fill_between(across.places, low, high, color=colour, alpha=0.18, linewidth=0)
        style = LINE_STYLES[line % len(LINE_STYLES)]
        axes.plot(across.places, mean, color=colour, marker=MARKERS[line], ls=style, lw=2.2, ms=7, label=label)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: view.plain(value)))
    step = -(-len(across) // MOST_TICKS)
    name_ticks(axes.xaxis, across.places[::step], [in_lines(label, 12) for label in across.labels[::step]])
    plain_axis(axes)


def _same_height(every: list[Axes]) -> None:
    """Give all panels one scale, from zero where that leaves room for what differs."""
    bounds = [axes.get_ylim() for axes in every]
    low, high = min(low for low, _ in bounds), max(high for _, high in bounds)
    low = 0.0 if 0.0 < low < high / 2 else low
    for axes in every:
        axes.set_ylim(low, low + ROOM * (high - low))
