"""The frontier of cost against outcomes: what is on it joined and numbered, what is surely worse pale."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from sim.questions.sweeping.frontiers import Frontier
from sim.report.figures.style import (
    BLUE,
    GREY,
    VERMILION,
    Shape,
    in_lines,
    legend_below,
    new_figure,
    panels,
    plain_axis,
)
from sim.report.sweeping.scatter import MANY, MOST_BARS
from sim.report.sweeping.view import SweepView
from sim.statistics.pareto import Place

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

THOUSAND = 1000.0
CLOSE = 0.045
"""Part of the panel within which a second number would lie on the first."""
TITLE = {"wide": 34, "narrow": 42}


def draw_frontiers(view: SweepView, found: Sequence[Frontier], shape: Shape) -> Figure:
    """Draw a panel for each outcome against one cost.

    Parameters
    ----------
    view
        The sweep and the language.
    found
        Frontiers with the same cost.
    shape
        For a projector or a phone.
    """
    count = len(found)
    figure = new_figure(shape, (4.85 * max(count, 2), 5.6), (5.4, 4.4 * count + 1.2))
    every = panels(figure, count, shape, count)
    for axes, one in zip(every, found, strict=True):
        _draw_panel(axes, view, one)
        axes.set_title(in_lines(view.measure(one.outcome), TITLE[shape]))
        axes.set_xlabel(in_lines(view.text("frontier.axis", cost=view.language.text(f"measure.{one.cost}.name")), 42))
    legend_below(figure, every[0], shape, 3)
    return figure


def _draw_panel(axes: Axes, view: SweepView, one: Frontier) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    _draw_points(axes, one, ("dominated",), GREY, 0.35, view.text("frontier.dominated"))
    _draw_points(axes, one, ("near", "equal"), BLUE, 0.9, view.text("frontier.near"), hollow=True)
    on = list(one.found.order)
    axes.plot(one.costs.mean[on] / THOUSAND, one.outcomes.mean[on], color=VERMILION, lw=1.6, zorder=3)
    _draw_points(axes, one, ("frontier",), VERMILION, 1.0, view.text("frontier.on"))
    _number(axes, one)
    axes.xaxis.set_major_locator(MaxNLocator(4))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: view.plain(value)))
    axes.yaxis.set_major_locator(MaxNLocator(6))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: view.plain(value)))
    plain_axis(axes)
    axes.margins(0.08)


def _draw_points(
    axes: Axes, one: Frontier, places: Sequence[Place], colour: str, strength: float, label: str, hollow: bool = False
) -> None:
    chosen = np.array([place in places for place in one.found.places])
    x, y = one.costs.mean[chosen] / THOUSAND, one.outcomes.mean[chosen]
    if len(one.found.places) <= MOST_BARS:
        wide = np.nan_to_num(one.costs_apart.half_width[chosen]) / THOUSAND
        high = np.nan_to_num(one.outcomes_apart.half_width[chosen])
        axes.vlines(x, y - high, y + high, color=colour, lw=1.1, alpha=0.6 * strength)
        axes.hlines(y, x - wide, x + wide, color=colour, lw=1.1, alpha=0.6 * strength)
    face, many = "white" if hollow else colour, len(x) > MANY
    axes.plot(
        x,
        y,
        "o",
        color=colour,
        mfc=face,
        ms=6.5,
        mew=1.5,
        alpha=strength,
        label=label,
        ls="",
        zorder=4,
        rasterized=many,
    )


def _number(axes: Axes, one: Frontier) -> None:
    """Write a number beside each point on the frontier, except where it would lie on another."""
    on = list(one.found.order)
    x, y = one.costs.mean[on] / THOUSAND, one.outcomes.mean[on]
    (left, right), (bottom, top) = axes.get_xlim(), axes.get_ylim()
    taken: list[tuple[float, float]] = []
    for number, (across, up) in enumerate(zip(x, y, strict=True), 1):
        place = ((across - left) / (right - left), (up - bottom) / (top - bottom))
        if any(abs(place[0] - a) < CLOSE and abs(place[1] - b) < CLOSE for a, b in taken):
            continue
        taken.append(place)
        axes.annotate(
            str(number),
            (across, up),
            xytext=(5, 5),
            textcoords="offset points",
            color=VERMILION,
            weight="bold",
            zorder=5,
        )
