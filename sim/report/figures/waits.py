"""Share helped within so many days, by scenario."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.report.figures.style import GREY, Shape, legend_below, looks, new_figure, panels
from sim.report.series import Line, curve_lines
from sim.report.view import View

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

OUTSIDE = ("outside", "outside_wait", "all")
SCHOOL_DAYS_A_WEEK = 5
DAYS_A_WEEK = 7
NEARLY_THERE = 0.97
SHORTEST, LONGEST = 91.0, 364.0
MOST_TICKS = 7


def norm_in_days(view: View, curve: str) -> float:
    """Return the norm of a wait in calendar days; the one for SMW as it is outside holidays."""
    norms = view.study.first.norms
    if curve == "smw_wait":
        return norms.smw_wait_school_days * DAYS_A_WEEK / SCHOOL_DAYS_A_WEEK
    return float(norms.outside_wait_days)


def panels_of(view: View) -> list[tuple[str, str, str]]:
    """Return name, curve and sector of every panel: SMW in each sector with students, and help outside school."""
    return [*((f"smw_{sector}", "smw_wait", sector) for sector in view.study.sectors), OUTSIDE]


def draw_waits(view: View, shape: Shape) -> Figure:
    """Draw the curves of SMW in every sector and of help outside school, with their norms.

    Parameters
    ----------
    view
        The study and the language.
    shape
        For a projector or a phone.
    """
    shown = panels_of(view)
    figure = new_figure(shape, (14.5, 5.2), (5.4, 2.0 + 4.0 * len(shown)))
    axes = panels(figure, len(shown), shape, len(shown))
    for panel, (key, curve, sector) in zip(axes, shown, strict=True):
        _draw_panel(panel, view, curve, sector)
        panel.set_title(view.text(f"figure.waits.panel.{key}"))
        panel.set_xlabel(view.text("figure.waits.days"))
    for panel in axes if shape == "narrow" else axes[:1]:
        panel.set_ylabel(view.text("figure.waits.share"))
    legend_below(figure, axes[-1], shape)
    return figure


def last_day(lines: list[Line]) -> float:
    """Return the day after which hardly anybody is helped any more in any scenario.

    Parameters
    ----------
    lines
        Curves of the scenarios; those without a value are passed over.
    """
    days = [float(line.x[np.argmax(line.mean >= NEARLY_THERE * line.mean[-1])]) for line in lines if not line.empty]
    return min(max([SHORTEST, *days]), LONGEST)


def _draw_panel(axes: Axes, view: View, curve: str, sector: str) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    lines = {name: curve_lines(view.study).line(name, curve, sector) for name in view.names}
    for name, look in looks(view.names, view.study.reference).items():
        line = lines[name]
        axes.plot(line.x, line.mean, color=look.colour, ls=look.line, lw=look.width, label=view.label(name))
        axes.fill_between(line.x, line.low, line.high, color=look.colour, alpha=0.15, lw=0)
    norm = norm_in_days(view, curve)
    axes.axvline(norm, color=GREY, lw=1.6, ls=(0, (4, 2)))
    axes.annotate(
        view.text("figure.waits.norm"),
        (norm, 1.0),
        xycoords=("data", "axes fraction"),
        xytext=(5, -14),
        textcoords="offset points",
        color="#555555",
    )
    axes.set_xlim(0, last_day(list(lines.values())))
    axes.set_ylim(0, 1)
    axes.xaxis.set_major_locator(MaxNLocator(MOST_TICKS, steps=[1, 2, 3, 6, 10]))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda share, _: view.language.percent(share)))
