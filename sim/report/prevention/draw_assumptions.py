"""How far each assumption moves the difference that SMW makes, over its whole plausible range."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.report.figures.style import (
    BLACK,
    LABEL_WIDTH,
    Shape,
    in_lines,
    name_rows_of_panel,
    new_figure,
    panels,
    plain_axis,
)
from sim.report.prevention.draw_mechanisms import COLOURS
from sim.report.prevention.view import MAIN_PLACE, PLACES, PreventionView, estimate, pick

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def draw_assumptions(view: PreventionView, region: str, shape: Shape) -> Figure:
    """Draw a dot with its interval for each assumption, the largest for youth care first.

    Parameters
    ----------
    view
        The tables and the language; the boxes have been looked for.
    region
        Which region.
    shape
        For a projector or a phone.
    """
    figure = new_figure(shape, (14.5, 6.8), (5.4, 14.6))
    axes = panels(figure, len(PLACES), shape, 2)
    order = ordered(view, region)
    for index, (panel, place) in enumerate(zip(axes, PLACES, strict=True)):
        panel.set_title(view.text(f"place.{place}"))
        assert view.discovery is not None
        _draw(panel, view, pick(view.discovery.effects, region=region, place=place), order)
        names = [in_lines(view.text(f"assumption.{name}"), LABEL_WIDTH[shape] + 4) for name in order]
        name_rows_of_panel(panel, names, index, shape)
    return figure


def ordered(view: PreventionView, region: str) -> list[str]:
    """Return the assumptions, that which moves requests for youth care most first."""
    assert view.discovery is not None
    table = pick(view.discovery.effects, region=region, place=MAIN_PLACE)
    return [
        str(name) for name in table.sort_values("mean", key=lambda mean: -mean.abs(), kind="stable")["assumption"]
    ]


def _draw(axes: Axes, view: PreventionView, table: pd.DataFrame, order: list[str]) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    for row, name in enumerate(order):
        one = estimate(pick(table, assumption=name).iloc[0])
        colour = COLOURS[one.verdict]
        axes.plot([one.low, one.high], [row, row], color=colour, lw=3.5, solid_capstyle="butt")
        face = "white" if one.verdict == "unclear" else colour
        axes.plot(one.mean, row, "o", color=colour, mfc=face, ms=11, mew=2.2)
    axes.axvline(0.0, color=BLACK, lw=1.4, zorder=1)
    axes.set_ylim(len(order) - 0.4, -0.6)
    axes.xaxis.set_major_locator(MaxNLocator(5))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: view.tick(value)))
    axes.set_xlabel(view.text("per_1000"))
    plain_axis(axes, x=True)
