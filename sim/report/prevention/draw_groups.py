"""Students who start care outside in one world only, by how severe their problems were."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.report.figures.style import (
    BLACK,
    LABEL_WIDTH,
    SKY,
    VERMILION,
    YELLOW,
    Shape,
    in_lines,
    legend_below,
    name_rows_of_panel,
    new_figure,
    panels,
    plain_axis,
)
from sim.report.prevention.view import PLACES, PreventionView, pick
from sim.scenario.base import SEVERITIES

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ONE_WORLD = ("only_with", "only_without")
FACES = dict(zip(SEVERITIES, ((YELLOW, ""), (SKY, "//"), (VERMILION, "xx")), strict=True))


def draw_groups(view: PreventionView, region: str, shape: Shape) -> Figure:
    """Draw a stacked bar for each of the two groups; the line at its end is the interval of all together.

    Parameters
    ----------
    view
        The tables and the language.
    region
        Which region.
    shape
        For a projector or a phone.
    """
    figure = new_figure(shape, (14.5, 3.8), (5.4, 6.8))
    axes = panels(figure, len(PLACES), shape, 2)
    for index, (panel, place) in enumerate(zip(axes, PLACES, strict=True)):
        panel.set_title(view.text(f"place.{place}"))
        _draw(panel, view, region, place)
        names = [in_lines(view.text(f"group.{name}"), LABEL_WIDTH[shape]) for name in ONE_WORLD]
        name_rows_of_panel(panel, names, index, shape)
    legend_below(figure, axes[0], shape)
    return figure


def _draw(axes: Axes, view: PreventionView, region: str, place: str) -> None:
    from matplotlib.ticker import FuncFormatter

    table = pick(view.found.groups, region=region, place=place)
    begin = np.zeros(len(ONE_WORLD))
    for severity in SEVERITIES:
        colour, hatch = FACES[severity]
        width = np.array([float(pick(table, group=name, severity=severity)["mean"].iloc[0]) for name in ONE_WORLD])
        label = view.language.text(f"severity.{severity}")
        rows = range(len(ONE_WORLD))
        axes.barh(rows, width, left=begin, height=0.55, color=colour, hatch=hatch, edgecolor=BLACK, label=label)
        begin += width
    for row, name in enumerate(ONE_WORLD):
        everybody = pick(table, group=name, severity="all").iloc[0]
        axes.plot([everybody["low"], everybody["high"]], [row, row], color=BLACK, lw=3.2, solid_capstyle="butt")
    axes.set_ylim(len(ONE_WORLD) - 0.4, -0.6)
    axes.set_xlim(left=0.0)
    axes.set_xlabel(view.text("students_per_1000"))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: view.tick(value, signed=False)))
    plain_axis(axes, x=True)
