"""Waiting lists and contacts over the weeks, with holidays shaded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from sim.region.region import FloatArray
from sim.report.figures.style import PALE, Shape, legend_below, looks, new_figure, panels
from sim.report.figures.ticks import name_ticks
from sim.report.series import weekly_lines
from sim.report.view import View

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

PANELS = ("waiting_smw", "in_smw", "conversations", "waiting_gateway", "waiting_youth_care", "waiting_ggz")
MONTHS_BETWEEN_TICKS = {"wide": 6, "narrow": 6}
SCHOOL_WEEK = 0.5


def holiday_strips(weeks: FloatArray, is_school: FloatArray) -> Iterator[tuple[float, float]]:
    """Return first week and end of every run of weeks without school.

    Parameters
    ----------
    weeks
        Week numbers in order, shape (n,).
    is_school
        School part of each week, shape (n,); below one half counts as holiday.
    """
    closed = np.concatenate([[False], is_school < SCHOOL_WEEK, [False]])
    edges = np.flatnonzero(closed[1:] != closed[:-1])
    for begin, end in zip(edges[::2], edges[1::2], strict=True):
        yield float(weeks[begin]), float(weeks[end - 1]) + 1.0


def draw_weeks(view: View, shape: Shape) -> Figure:
    """Draw waiting lists and contacts week by week.

    Parameters
    ----------
    view
        The study and the language.
    shape
        For a projector or a phone.
    """
    figure = new_figure(shape, (14.5, 12.2), (5.4, 22.0))
    axes = panels(figure, len(PANELS), shape, 2)
    for panel, series in zip(axes, PANELS, strict=True):
        _draw_lines(panel, view, series)
        _shade_holidays(panel, view)
        panel.set_title(view.text(f"figure.weeks.panel.{series}"))
        _label_months(panel, view, shape)
    legend_below(figure, axes[0], shape)
    return figure


def _draw_lines(axes: Axes, view: View, series: str) -> None:
    from matplotlib.ticker import FuncFormatter

    for name, look in looks(view.names, view.study.reference).items():
        line = weekly_lines(view.study).line(name, series)
        axes.plot(line.x, line.mean, color=look.colour, ls=look.line, lw=look.width, label=view.label(name))
    axes.set_ylim(bottom=0)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: view.language.number(value)))


def _shade_holidays(axes: Axes, view: View) -> None:
    from matplotlib.collections import PolyCollection

    line = weekly_lines(view.study).line(view.study.reference, "school_week")
    corners = [
        ((begin, 0.0), (begin, 1.0), (end, 1.0), (end, 0.0)) for begin, end in holiday_strips(line.x, line.mean)
    ]
    strips = PolyCollection(corners, facecolor=PALE, linewidth=0, zorder=0, transform=axes.get_xaxis_transform())
    axes.add_collection(strips, autolim=False)


def _label_months(axes: Axes, view: View, shape: Shape) -> None:
    begin, end = view.period
    months = [
        date(year, month, 1)
        for year in range(begin.year, end.year + 1)
        for month in range(1, 13, MONTHS_BETWEEN_TICKS[shape])
    ]
    shown = [month for month in months if begin <= month <= end]
    name_ticks(axes.xaxis, [view.week_of(month) for month in shown], [view.language.month(month) for month in shown])
    axes.set_xlim(view.week_of(begin), view.week_of(end))
    axes.grid(visible=False, axis="x")
