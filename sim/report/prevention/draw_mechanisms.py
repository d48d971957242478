"""What each mechanism adds to the difference that SMW makes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.report.figures.style import (
    BLACK,
    BLUE,
    GREY,
    LABEL_WIDTH,
    ORANGE,
    PALE,
    Shape,
    in_lines,
    name_rows_of_panel,
    new_figure,
    panels,
    plain_axis,
)
from sim.report.prevention.view import PLACES, PreventionView, estimate

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

TOTAL = "total"
COLOURS = {"less": BLUE, "more": ORANGE, "unclear": GREY}


def draw_mechanisms(view: PreventionView, region: str, shape: Shape) -> Figure:
    """Draw a bar for each mechanism, the structure and the total; open where zero cannot be excluded.

    Parameters
    ----------
    view
        The tables and the language.
    region
        Which region.
    shape
        For a projector or a phone.
    """
    figure = new_figure(shape, (14.5, 6.4), (5.4, 13.0))
    axes = panels(figure, len(PLACES), shape, 2)
    for index, (panel, place) in enumerate(zip(axes, PLACES, strict=True)):
        panel.set_title(view.text(f"place.{place}"))
        table = view.contributions(region, place)
        names = [in_lines(_name(view, row), LABEL_WIDTH[shape] + 4) for _, row in table.iterrows()]
        _draw(panel, view, table)
        name_rows_of_panel(panel, names, index, shape)
    return figure


def _name(view: PreventionView, row: pd.Series) -> str:
    name = view.text(f"mechanism.{row['mechanism']}")
    return view.text("mechanisms.if_assumed", name=name) if row["assumed"] else name


def _draw(axes: Axes, view: PreventionView, table: pd.DataFrame) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    for row, (_, found) in enumerate(table.iterrows()):
        one = estimate(found)
        is_total = found["mechanism"] == TOTAL
        colour = BLACK if is_total else COLOURS[one.verdict]
        face = PALE if is_total else "white" if one.verdict == "unclear" or found["assumed"] else colour
        hatch = ".." if found["assumed"] else ""
        axes.barh(row, one.mean, height=0.62, color=face, edgecolor=colour, hatch=hatch, lw=1.8, alpha=0.75)
        axes.plot([one.low, one.high], [row, row], color=BLACK, lw=2.4, solid_capstyle="butt")
    axes.axvline(0.0, color=BLACK, lw=1.4)
    axes.set_ylim(len(table) - 0.4, -0.6)
    axes.xaxis.set_major_locator(MaxNLocator(5))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: view.tick(value)))
    axes.set_xlabel(view.text("per_1000"))
    plain_axis(axes, x=True)
