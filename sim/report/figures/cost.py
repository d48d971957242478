"""Cost by payer: the whole, and what changes against the reference."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.region.region import FloatArray
from sim.report.figures.style import (
    BLACK,
    BLUE,
    GREEN,
    GREY,
    LABEL_WIDTH,
    ORANGE,
    PURPLE,
    SKY,
    Shape,
    in_lines,
    name_rows,
    new_figure,
    panels,
    plain_axis,
)
from sim.report.payers import paying
from sim.report.view import View

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

COLOURS = (BLUE, ORANGE, GREEN, PURPLE, SKY, GREY)
MILLION, THOUSAND = 1e6, 1e3
AXIS_WIDTH = {"wide": 70, "narrow": 34}


def draw_cost(view: View, shape: Shape) -> Figure:
    """Draw the total by payer and the differences by payer.

    Parameters
    ----------
    view
        The study and the language.
    shape
        For a projector or a phone.
    """
    rows = len(view.names)
    figure = new_figure(shape, (14.5, 2.6 + 0.7 * rows), (5.4, 6.0 + 1.4 * rows))
    axes = panels(figure, 2 if view.study.others else 1, shape, 2)
    payers = paying(view)
    _stack(axes[0], view, view.names, payers, shape)
    axes[0].set_xlabel(view.text("figure.cost.total"))
    if view.study.others:
        _draw_changes(axes[1], view, payers, shape)
    handles, names = axes[-1].get_legend_handles_labels()
    figure.legend(handles, names, loc="lower center", ncols=4 if shape == "wide" else 1)
    return figure


def _stack(axes: Axes, view: View, names: tuple[str, ...], payers: list[str], shape: Shape) -> None:
    left = np.zeros(len(names))
    for colour, payer in zip(COLOURS, payers, strict=False):
        euros = np.nan_to_num([view.lookup.figure(name, "cost", "payer", payer).mean for name in names]) / MILLION
        axes.barh(
            range(len(names)), euros, left=left, height=0.6, color=colour, label=view.language.name("payer", payer)
        )
        left += euros
    for row, total in enumerate(left):
        axes.annotate(
            view.language.number(total, 2), (total, row), xytext=(5, 0), textcoords="offset points", va="center"
        )
    _finish(axes, view, names, shape, digits=0)
    axes.set_xlim(0, 1.16 * max(left.max(initial=0.0), 1e-6))


def _draw_changes(axes: Axes, view: View, payers: list[str], shape: Shape) -> None:
    names = view.study.others
    up, down = np.zeros(len(names)), np.zeros(len(names))
    for colour, payer in zip(COLOURS, payers, strict=False):
        euros = (
            np.nan_to_num([view.lookup.difference(name, "cost", "payer", payer).mean for name in names]) / THOUSAND
        )
        left = np.where(euros >= 0, up, down + euros)
        axes.barh(
            range(len(names)),
            abs(euros),
            left=left,
            height=0.6,
            color=colour,
            label=view.language.name("payer", payer),
        )
        up, down = up + np.maximum(euros, 0), down + np.minimum(euros, 0)
    _draw_totals(axes, view, names)
    axes.axvline(0, color=BLACK, lw=1.4)
    words = view.text("figure.cost.difference", reference=view.reference)
    axes.set_xlabel(in_lines(words, AXIS_WIDTH[shape]))
    _finish(axes, view, names, shape, digits=0)


def _draw_totals(axes: Axes, view: View, names: tuple[str, ...]) -> None:
    for row, name in enumerate(names):
        found = view.lookup.difference(name, "cost")
        if not found.known:
            continue
        colour = BLACK if found.told else GREY
        bounds: FloatArray = np.array([found.low, found.high]) / THOUSAND
        label = view.text("figure.cost.sum") if row == 0 else None
        axes.plot(bounds, [row, row], color=colour, lw=2.6, zorder=4)
        face = colour if found.told else "white"
        axes.plot(found.mean / THOUSAND, row, "o", color=colour, mfc=face, ms=9, mew=2, zorder=5, label=label)


def _finish(axes: Axes, view: View, names: tuple[str, ...], shape: Shape, digits: int) -> None:
    from matplotlib.ticker import FuncFormatter

    name_rows(axes, [in_lines(view.label(name), LABEL_WIDTH["narrow"]) for name in names])
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.use_sticky_edges = False
    axes.margins(x=0.06)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: view.language.number(value, digits)))
    plain_axis(axes, x=True)
