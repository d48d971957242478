"""Early leavers, youth care and requests at the municipality as differences against the reference."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.report.figures.style import (
    GREY,
    LABEL_WIDTH,
    Shape,
    in_lines,
    looks,
    name_rows,
    new_figure,
    panels,
    plain_axis,
)
from sim.report.view import View

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

PANELS = ("early_leavers_total", "gateway_requests", "youth_care_requests", "youth_care_starts")
MOST_TICKS = 5


def draw_effects(view: View, shape: Shape) -> Figure:
    """Draw a panel for each measure and a line for each scenario, grey where the interval touches zero.

    Parameters
    ----------
    view
        The study and the language.
    shape
        For a projector or a phone.
    """
    rows = len(view.study.others)
    figure = new_figure(shape, (14.5, 2.0 + 1.0 * rows), (5.4, 4 * (1.7 + 0.5 * rows)))
    axes = panels(figure, len(PANELS), shape, 2)
    for index, (panel, measure) in enumerate(zip(axes, PANELS, strict=True)):
        _draw_panel(panel, view, measure, shape)
        panel.set_title(view.text(f"figure.effects.panel.{measure}"))
        if shape == "wide" and index % 2:
            name_rows(panel, [""] * rows)
    return figure


def _draw_panel(axes: Axes, view: View, measure: str, shape: Shape) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    style = looks(view.names, view.study.reference)
    names = view.study.others
    for row, name in enumerate(names):
        found = view.lookup.difference(name, measure)
        if not found.known:
            continue
        colour = style[name].colour if found.told else GREY
        axes.plot([found.low, found.high], [row, row], color=colour, lw=3.5, solid_capstyle="butt")
        face = colour if found.told else "white"
        axes.plot(found.mean, row, "o", color=colour, mfc=face, ms=11, mew=2.2)
    axes.axvline(0, color="#222222", lw=1.4, zorder=1)
    name_rows(axes, [in_lines(view.label(name), LABEL_WIDTH[shape]) for name in names])
    axes.set_ylim(len(names) - 0.4, -0.6)
    _symmetric(axes)
    axes.xaxis.set_major_locator(MaxNLocator(MOST_TICKS, symmetric=True))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: view.language.signed(value)))
    plain_axis(axes, x=True)
    _name_sides(axes, view)


def _symmetric(axes: Axes) -> None:
    """Keep zero in the middle, so that the side of a dot says its direction in every panel."""
    reach = 1.18 * max(abs(bound) for bound in axes.dataLim.intervalx) if axes.has_data() else 1.0
    axes.set_xlim(-max(reach, 1.0), max(reach, 1.0))


def _name_sides(axes: Axes, view: View) -> None:
    for side, key, place in ((0.0, "less", "left"), (1.0, "more", "right")):
        words = view.text(f"figure.effects.{key}")
        shown = f"← {words}" if key == "less" else f"{words} →"
        axes.annotate(
            shown,
            (side, 0),
            xycoords="axes fraction",
            xytext=(0, -26),
            textcoords="offset points",
            ha=place,
            va="top",
            color="#555555",
        )
