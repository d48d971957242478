"""The cost-effectiveness plane: early leavers avoided across, extra cost up."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from sim.report.figures.style import BLACK, GREY, Look, Shape, legend_below, looks, new_figure, panels
from sim.report.money_to_outcome.ranges import ends_of
from sim.report.money_to_outcome.results import Outcome, results_of
from sim.report.view import View
from sim.statistics.cost_effectiveness import ellipse_of_mean

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

THOUSAND = 1e3
MARGIN = 0.12
MOST_TICKS = 7
SMALL = 6.5
LEAST_REACH = (1e-3, 1.0)
"""Half the width and height of a plane on which nothing differs."""
CORNERS = {
    "better_dearer": (1.0, 1.0),
    "better_cheaper": (1.0, 0.0),
    "worse_dearer": (0.0, 1.0),
    "worse_cheaper": (0.0, 0.0),
}


def draw_ce_plane(view: View, shape: Shape) -> Figure:
    """Draw a cloud, a region and a point for each scenario, and where a scenario is worth its cost.

    Parameters
    ----------
    view
        The study and the language.
    shape
        For a projector or a phone.
    """
    results = results_of(view)
    figure = new_figure(shape, (14.5, 8.6), (5.4, 6.2 + 0.3 * (len(results.outcomes) + 4)))
    (axes,) = panels(figure, 1, shape, 1)
    style = looks(view.names, view.study.reference)
    for name, one in results.outcomes.items():
        _draw_scenario(axes, view, name, one, style[name])
    axes.plot(0.0, 0.0, "+", color=BLACK, ms=17, mew=2.6, zorder=6, label=view.reference)
    _explain_ends(axes, view)
    _frame(axes)
    for worth, style_of_line in zip(results.worth.marked, (":", "--"), strict=False):
        _draw_worth(axes, view, worth, style_of_line)
    _name(axes, view, shape)
    legend_below(figure, axes, shape)
    return figure


def _draw_scenario(axes: Axes, view: View, name: str, one: Outcome, look: Look) -> None:
    axes.plot(one.expected.effect, one.expected.cost / THOUSAND, ".", color=look.colour, ms=4, alpha=0.3, mew=0)
    outline = ellipse_of_mean(one.expected)
    axes.plot(outline[:, 0], outline[:, 1] / THOUSAND, "-", color=look.colour, lw=1.8, zorder=4)
    point = (one.effect.mean, one.cost.mean / THOUSAND)
    for place, end in enumerate(ends_of(view, name)):
        _draw_end(axes, (end.effect, end.cost / THOUSAND), point, look, open_mark=place == 0)
    axes.plot(*point, look.marker, color=look.colour, mec="white", mew=1.0, ms=12, zorder=5, label=view.label(name))


def _draw_end(axes: Axes, end: tuple[float, float], point: tuple[float, float], look: Look, open_mark: bool) -> None:
    """Draw the mean under another assumption, with a thin line to the mean itself."""
    if not all(map(math.isfinite, end)) or end == point:
        return
    axes.plot([point[0], end[0]], [point[1], end[1]], "-", color=look.colour, lw=0.9, alpha=0.7, zorder=3)
    face = "white" if open_mark else look.colour
    axes.plot(*end, look.marker, color=look.colour, mfc=face, ms=SMALL, mew=1.5, zorder=4)


def _explain_ends(axes: Axes, view: View) -> None:
    """Say in the legend which small mark stands for which value of the assumption."""
    shares = [end.share for end in ends_of(view, view.study.others[0])]
    for share, face in zip(shares[:1] + shares[-1:], ("white", GREY), strict=False):
        words = view.text("figure.ce_plane.share", share=view.language.percent(share))
        axes.plot([], [], "o", color=GREY, mfc=face, ms=SMALL, mew=1.5, label=words)


def _frame(axes: Axes) -> None:
    """Leave some room around everything, the reference among it."""
    for (low, high), least, limit in (
        (axes.dataLim.intervalx, LEAST_REACH[0], axes.set_xlim),
        (axes.dataLim.intervaly, LEAST_REACH[1], axes.set_ylim),
    ):
        room = MARGIN * (high - low) if high > low else least
        limit(low - room, high + room)
    axes.axhline(0.0, color=GREY, lw=1.2, zorder=1)
    axes.axvline(0.0, color=GREY, lw=1.2, zorder=1)


def _draw_worth(axes: Axes, view: View, worth: float, style: str) -> None:
    """Draw the line on which a scenario is just worth its cost."""
    ends = np.array(axes.get_xlim())
    words = view.text("figure.ce_plane.line", worth=view.language.euros(worth))
    axes.plot(ends, worth * ends / THOUSAND, style, color=BLACK, lw=1.3, zorder=2, scaley=False, label=words)


def _name(axes: Axes, view: View, shape: Shape) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    low, high = axes.get_xlim()
    digits = max(0, 1 - math.floor(math.log10(high - low)))
    axes.xaxis.set_major_locator(MaxNLocator(MOST_TICKS if shape == "wide" else 4, steps=[1, 2, 5, 10]))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: view.language.number(value, digits)))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: view.language.number(value)))
    axes.set_xlabel(view.text("figure.ce_plane.effect"))
    axes.set_ylabel(view.text("figure.ce_plane.cost"))
    for quadrant, (x, y) in CORNERS.items():
        axes.annotate(
            view.text(f"figure.ce_plane.{quadrant}"),
            (x, y),
            xycoords="axes fraction",
            xytext=(-8 if x else 8, -6 if y else 6),
            textcoords="offset points",
            ha="right" if x else "left",
            va="top" if y else "bottom",
            color=GREY,
            fontsize=11 if shape == "wide" else 9,
            fontstyle="italic",
            bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 1.5},
        )
