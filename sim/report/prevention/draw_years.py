"""The difference that SMW makes, year by year since it was introduced."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.report.figures.style import BLACK, BLUE, ORANGE, Shape, legend_below, new_figure, panels, plain_axis
from sim.report.figures.ticks import name_ticks
from sim.report.prevention.view import PLACES, PreventionView, pick

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LINES = (("as_is", "requests", BLUE, "-", "o"), ("open", "starts", ORANGE, (0, (6, 2)), "s"))
"""Requests with places as they are, and starts where nobody has to wait for a place."""
BESIDE = 0.06


def draw_years(view: PreventionView, region: str, shape: Shape) -> Figure:
    """Draw a panel for each place outside school, with an interval at every year.

    Parameters
    ----------
    view
        The tables and the language.
    region
        Which region.
    shape
        For a projector or a phone.
    """
    figure = new_figure(shape, (14.5, 5.2), (5.4, 8.6))
    axes = panels(figure, len(PLACES), shape, 2)
    for panel, place in zip(axes, PLACES, strict=True):
        panel.set_title(view.text(f"place.{place}"))
        _draw(panel, view, pick(view.found.years, region=region, place=place))
        panel.set_ylabel(view.text("per_1000"))
    legend_below(figure, axes[0], shape, columns=2)
    return figure


def _draw(axes: Axes, view: PreventionView, table: pd.DataFrame) -> None:
    from matplotlib.ticker import FuncFormatter

    for side, (capacity, what, colour, line, marker) in enumerate(LINES):
        rows = pick(table, capacity=capacity, what=what).sort_values("year")
        place = rows["year"] + (2 * side - 1) * BESIDE
        axes.plot(
            place, rows["mean"], color=colour, ls=line, marker=marker, ms=8, lw=2.2, label=_name(view, capacity)
        )
        axes.vlines(place, rows["low"], rows["high"], color=colour, lw=2.2)
    axes.axhline(0.0, color=BLACK, lw=1.4, zorder=1)
    years = sorted(set(table["year"]))
    name_ticks(axes.xaxis, years, [view.text("year", year=year) for year in years])
    axes.set_xlim(years[0] - 0.5, years[-1] + 0.5)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: view.tick(value)))
    plain_axis(axes)


def _name(view: PreventionView, capacity: str) -> str:
    return view.text(f"figure.years.{capacity}")
