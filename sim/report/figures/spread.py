"""The spread of reach and waits between municipalities, and of reach between schools."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
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
    name_rows,
    new_figure,
    panels,
    plain_axis,
)
from sim.report.view import View
from sim.scenario.base import SECTORS

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

JITTER = 0.28
# With more municipalities than this their names do not fit beside each other.
MOST_ROWS = 25
BY_MUNICIPALITY = {"municipality_reach": "reach", "municipality_wait": "smw_wait.mean"}


def draw_spread(view: View, shape: Shape) -> Figure:
    """Draw reach and wait by municipality, and reach of every school of a sector with more than one.

    Parameters
    ----------
    view
        The study and the language.
    shape
        For a projector or a phone.
    """
    sectors = [sector for sector in view.study.sectors if len(schools_of(view, sector)) > 1]
    figure = new_figure(shape, _wide(view, len(sectors)), (5.4, 11.0 + 5.5 * len(sectors)))
    axes = panels(figure, 2 + len(sectors), shape, 2)
    for panel, (key, measure) in zip(axes, BY_MUNICIPALITY.items(), strict=False):
        if len(view.region.municipality_ids) > MOST_ROWS:
            _as_dots(panel, view, measure, {name: _of_municipalities(view, name, measure) for name in view.names})
        else:
            _by_municipality(panel, view, measure)
        panel.set_title(view.text(f"figure.spread.{key}"))
    for panel, sector in zip(axes[2:], sectors, strict=True):
        _as_dots(panel, view, "reach", {name: school_reach(view, name, sector) for name in view.names})
        panel.set_title(view.text(f"figure.spread.school_{sector}"))
    if axes[0].get_legend_handles_labels()[0]:
        legend_below(figure, axes[0], shape)
    return figure


def _wide(view: View, sectors: int) -> tuple[float, float]:
    """Return the size of the picture for a projector: a row of panels for each two."""
    return 14.5, 5.5 * (1 + -(-sectors // 2)) + 0.25 * max(len(view.names) - 6, 0)


def _by_municipality(axes: Axes, view: View, measure: str) -> None:
    region = view.region
    for name, look in looks(view.names, view.study.reference).items():
        figures = [view.lookup.figure(name, measure, "municipality", unit).mean for unit in region.municipality_ids]
        axes.plot(
            figures, range(len(figures)), look.marker, color=look.colour, ms=9, alpha=0.85, label=view.label(name)
        )
    name_rows(axes, region.municipality_names)
    axes.set_ylim(len(region.municipality_names) - 0.5, -0.5)
    _name_values(axes, view, measure)
    axes.grid(visible=True, axis="y", color="#EEEEEE")


def _name_values(axes: Axes, view: View, measure: str) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    write = partial(view.language.percent, digits=1) if measure == "reach" else view.language.number
    axes.set_xlim(left=0)
    # No quarters: they would need more decimals.
    axes.xaxis.set_major_locator(MaxNLocator("auto", steps=[1, 2, 5, 10]))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: write(value)))
    plain_axis(axes, x=True)


def _as_dots(axes: Axes, view: View, measure: str, figures: Mapping[str, FloatArray]) -> None:
    """Draw a row of dots for each scenario, and its median."""
    for row, (name, look) in enumerate(looks(view.names, view.study.reference).items()):
        shown = figures[name]
        # Points of one scenario are laid out evenly over their row, so that they do not hide each other.
        offset = JITTER * np.sin(np.arange(shown.size) * 2.4)
        axes.plot(shown, row + offset, "o", color=look.colour, ms=5, alpha=0.5, mew=0)
        if shown.size:
            axes.plot([np.median(shown)] * 2, [row - 0.38, row + 0.38], color=BLACK, lw=2.5)
    names = view.names
    name_rows(axes, [in_lines(view.label(name), LABEL_WIDTH["narrow"]) for name in names])
    axes.set_ylim(len(names) - 0.5, -0.5)
    _name_values(axes, view, measure)


def _of_municipalities(view: View, scenario: str, measure: str) -> FloatArray:
    units = view.study.regions[scenario].municipality_ids
    return _known([view.lookup.figure(scenario, measure, "municipality", unit).mean for unit in units])


def schools_of(view: View, sector: str) -> list[str]:
    """Return the schools of a sector that have students."""
    region, index = view.region, SECTORS.index(sector)
    return [
        school
        for school, of, students in zip(region.school_ids, region.sector, region.students, strict=True)
        if of == index and students > 0
    ]


def school_reach(view: View, scenario: str, sector: str) -> FloatArray:
    """Return the mean reach of every school of a sector that has students, shape (schools,)."""
    schools = schools_of(view, sector)
    return _known([view.lookup.figure(scenario, "reach", "school", school).mean for school in schools])


def _known(figures: list[float]) -> FloatArray:
    return np.array([figure for figure in figures if np.isfinite(figure)])
