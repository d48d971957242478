"""The spread of reach and waits between municipalities, and of reach between schools."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.region.region import FloatArray
from sim.report.figures.style import (
    BLACK,
    LABEL_WIDTH,
    Shape,
    in_lines,
    legend_below,
    looks,
    new_figure,
    panels,
    plain_axis,
)
from sim.report.view import View
from sim.scenario.base import SECTORS

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.ticker import FuncFormatter

JITTER = 0.28


def draw_spread(view: View, shape: Shape) -> Figure:
    """Draw reach and wait by municipality, and reach of every school.

    Parameters
    ----------
    view
        The study and the language.
    shape
        For a projector or a phone.
    """
    figure = new_figure(shape, (14.5, 11.0), (5.4, 22.0))
    axes = panels(figure, 4, shape, 2)
    _by_municipality(axes[0], view, "reach")
    axes[0].set_title(view.text("figure.spread.municipality_reach"))
    _by_municipality(axes[1], view, "smw_wait.mean")
    axes[1].set_title(view.text("figure.spread.municipality_wait"))
    for panel, sector in zip(axes[2:], range(len(SECTORS)), strict=True):
        _by_school(panel, view, sector)
        panel.set_title(view.text(f"figure.spread.school_{SECTORS[sector]}"))
    legend_below(figure, axes[0], shape)
    return figure


def _by_municipality(axes: Axes, view: View, measure: str) -> None:
    region = view.region
    for name, look in looks(view.names, view.study.reference).items():
        figures = [view.lookup.figure(name, measure, "municipality", unit).mean for unit in region.municipality_ids]
        axes.plot(
            figures, range(len(figures)), look.marker, color=look.colour, ms=9, alpha=0.85, label=view.label(name)
        )
    axes.set_yticks(range(len(region.municipality_names)), list(region.municipality_names))
    axes.set_ylim(len(region.municipality_names) - 0.5, -0.5)
    axes.set_xlim(left=0)
    axes.xaxis.set_major_formatter(_formatter(view, measure))
    plain_axis(axes, x=True)
    axes.grid(visible=True, axis="y", color="#EEEEEE")


def _formatter(view: View, measure: str) -> FuncFormatter:
    from matplotlib.ticker import FuncFormatter

    if measure == "reach":
        return FuncFormatter(lambda value, _: view.language.percent(value, 1))
    return FuncFormatter(lambda value, _: view.language.number(value))


def _by_school(axes: Axes, view: View, sector: int) -> None:
    for row, (name, look) in enumerate(looks(view.names, view.study.reference).items()):
        shares = school_reach(view, name, sector)
        # Points of one scenario are laid out evenly over their row, so that schools do not hide each other.
        offset = JITTER * np.sin(np.arange(shares.size) * 2.4)
        axes.plot(shares, row + offset, "o", color=look.colour, ms=5, alpha=0.5, mew=0)
        if shares.size:
            axes.plot([np.median(shares)] * 2, [row - 0.38, row + 0.38], color=BLACK, lw=2.5)
    names = view.names
    axes.set_yticks(range(len(names)), [in_lines(view.label(name), LABEL_WIDTH["narrow"]) for name in names])
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.set_xlim(left=0)
    axes.xaxis.set_major_formatter(_formatter(view, "reach"))
    plain_axis(axes, x=True)


def school_reach(view: View, scenario: str, sector: int) -> FloatArray:
    """Return the mean reach of every school of a sector that has students, shape (schools,)."""
    region = view.study.regions[scenario]
    shares = [
        view.lookup.figure(scenario, "reach", "school", school).mean
        for index, school in enumerate(region.school_ids)
        if region.sector[index] == sector and region.students[index] > 0
    ]
    return np.array([share for share in shares if np.isfinite(share)])
