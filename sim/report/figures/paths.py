"""Where students go, from being noticed to an outcome: bands as wide as the number of students."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.report.figures.flow_layout import COLUMNS, OUTCOMES, Band, Node, Picture, lay_out, station_flows
from sim.report.figures.style import (
    BLACK,
    BLUE,
    GREEN,
    GREY,
    ORANGE,
    PURPLE,
    SKY,
    VERMILION,
    Shape,
    in_lines,
    new_figure,
)
from sim.report.series import flows_of
from sim.report.view import View

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

COLOURS = {
    "hidden": GREY,
    "base_care": SKY,
    "team": PURPLE,
    "smw_wait": ORANGE,
    "smw": ORANGE,
    "education_care": GREEN,
    "gateway": BLUE,
    "veilig_thuis": BLUE,
    "monitored": SKY,
    "youth_care": VERMILION,
    "ggz": VERMILION,
    "after_care": VERMILION,
    "oza": GREEN,
    "leerplicht": PURPLE,
}
BAR = 0.055
LABEL_WIDTH = {"wide": 16, "narrow": 14}
LARGEST = 4


def picture_of(view: View, scenario: str) -> Picture:
    """Lay out the flows of a scenario, averaged over its replications.

    Parameters
    ----------
    view
        The study and the language.
    scenario
        Name of the scenario.
    """
    return lay_out(station_flows(flows_of(view.study, scenario)))


def largest_flows(view: View, picture: Picture) -> str:
    """Say the largest flows in words, for readers who cannot see the picture."""
    bands = sorted(picture.bands, key=lambda band: -band.value)[:LARGEST]
    return "; ".join(
        view.text(
            "figure.paths.flow",
            source=view.text(f"station.{band.source}"),
            target=view.text(f"station.{band.target}"),
            value=view.language.number(band.value),
        )
        for band in bands
    )


def draw_paths(view: View, scenario: str, shape: Shape) -> Figure:
    """Draw the flows of one scenario: from left to right, or from top to bottom on a phone.

    Parameters
    ----------
    view
        The study and the language.
    scenario
        Name of the scenario.
    shape
        For a projector or a phone.
    """
    picture = picture_of(view, scenario)
    figure = new_figure(shape, (14.5, 8.0), (5.4, 14.5))
    axes = figure.add_axes((0.0, 0.0, 1.0, 0.95))
    for band in sorted(picture.bands, key=lambda band: -band.value):
        _draw_band(axes, band, picture, shape)
    for node in picture.nodes.values():
        _draw_node(axes, view, node, shape)
    _frame(axes, shape)
    return figure


def _frame(axes: Axes, shape: Shape) -> None:
    along = (-0.1, len(COLUMNS) - 0.02)
    if shape == "wide":
        axes.set(xlim=along, ylim=(1.04, -0.03))
    else:
        axes.set(xlim=(-0.08, 1.1), ylim=along[::-1])
    axes.set_axis_off()


def _points(shape: Shape, *points: tuple[float, float]) -> list[tuple[float, float]]:
    """Turn (along, across) into (x, y) of the shape."""
    return list(points) if shape == "wide" else [(across, along) for along, across in points]


def _draw_band(axes: Axes, band: Band, picture: Picture, shape: Shape) -> None:
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    begin = picture.nodes[band.source].column + BAR
    end = float(picture.nodes[band.target].column)
    middle = (begin + end) / 2
    low, high = (band.leaves, band.leaves + band.size), (band.arrives, band.arrives + band.size)
    points = _points(
        shape,
        (begin, low[0]),
        (middle, low[0]),
        (middle, high[0]),
        (end, high[0]),
        (end, high[1]),
        (middle, high[1]),
        (middle, low[1]),
        (begin, low[1]),
        (begin, low[0]),
    )
    codes = [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY]
    axes.add_patch(PathPatch(Path(points, codes), facecolor=COLOURS[band.source], alpha=0.42, lw=0))


def _draw_node(axes: Axes, view: View, node: Node, shape: Shape) -> None:
    from matplotlib.patches import Rectangle

    corner = _points(shape, (node.column, node.start))[0]
    wide = shape == "wide"
    size = (BAR, node.size) if wide else (node.size, BAR)
    colour = BLACK if node.station in OUTCOMES else COLOURS[node.station]
    axes.add_patch(Rectangle(corner, *size, facecolor=colour, lw=0, zorder=3))
    words = in_lines(view.text(f"station.{node.station}"), LABEL_WIDTH[shape])
    words += "\n" + view.language.number(node.through)
    if node.again >= 1:
        words += "\n(" + view.text("figure.paths.again", value=view.language.number(node.again)) + ")"
    along, across = node.column + BAR + 0.03, node.start + node.size / 2
    axes.text(
        *_points(shape, (along, across))[0],
        words,
        ha="left" if wide else "center",
        va="center" if wide else "top",
        fontsize=12 if wide else 9.5,
        linespacing=1.15,
        zorder=5,
        bbox={"facecolor": "white", "alpha": 0.72, "edgecolor": "none", "pad": 1.2},
    )
