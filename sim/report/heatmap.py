"""Pictures of a grid of settings: a heat map for two keys, a line with a band for one; and of one measure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from sim.report.catalogue import WAIT_STATISTICS, measure_of
from sim.report.figures.style import BLACK, BLUE, GREY, lettering, new_figure, plain_axis
from sim.report.language import Language

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FloatArray = npt.NDArray[np.float64]

# Text on a cell turns white where the colour is dark.
DARK = 0.55
COLOURS = "cividis_r"


@dataclass(frozen=True)
class Figures:
    """Means of one measure with their 95% intervals; NaN where a value is not known.

    Attributes
    ----------
    measure
        Name of the measure.
    mean, low, high
        Shape (cells,) for one key, (values of the first key, values of the second) for two.
    """

    measure: str
    mean: FloatArray
    low: FloatArray
    high: FloatArray

    def scaled(self) -> Figures:
        """Return shares in percent, other measures as they are."""
        factor = 100.0 if measure_of(self.measure).kind == "share" else 1.0
        return Figures(self.measure, factor * self.mean, factor * self.low, factor * self.high)

    def words(self, value: float, language: Language) -> str:
        """Write a scaled value of the measure."""
        return language.number(value, measure_of(self.measure).digits)


def title_of(measure: str, language: Language) -> str:
    """Name a measure for people, with its unit."""
    wait, _, statistic = measure.rpartition(".")
    name = measure
    if wait and statistic in WAIT_STATISTICS and language.has(f"measure.{wait}.name"):
        parts = {
            "wait": language.text(f"measure.{wait}.name"),
            "statistic": language.text(f"wait_statistic.{statistic}.name"),
        }
        name = language.text("measure.wait_pattern", **parts)
    elif language.has(f"measure.{measure}.name"):
        name = language.text(f"measure.{measure}.name")
    unit = {"share": "%", "days": {"en": "days", "nl": "dagen"}[language.code], "euros": "€"}
    kind = measure_of(measure).kind
    return f"{name} ({unit[kind]})" if kind in unit else name


def draw_heat_map(
    figures: Figures, keys: tuple[str, str], values: tuple[Sequence[str], Sequence[str]], language: Language
) -> Figure:
    """Draw a heat map: the first key down, the second across, with mean and interval in each cell.

    Parameters
    ----------
    figures
        Shape (values of the first key, values of the second).
    keys, values
        The two keys and their values, as they are written on the axes.
    language
        Language of numbers and title.
    """
    shown = figures.scaled()
    rows, columns = shown.mean.shape
    with lettering("wide"):
        figure = new_figure("wide", (3.5 + 1.9 * columns, 2.2 + 0.9 * rows), (1, 1), "constrained")
        axes = figure.subplots()
        image = axes.imshow(np.ma.masked_invalid(shown.mean), cmap=COLOURS, aspect="auto")
        axes.set_xticks(range(columns), list(values[1]))
        axes.set_yticks(range(rows), list(values[0]))
        axes.set_xlabel(keys[1])
        axes.set_ylabel(keys[0])
        axes.grid(visible=False)
        _write_cells(axes, shown, language)
        figure.colorbar(image, ax=axes)
    return figure


def _write_cells(axes: Axes, shown: Figures, language: Language) -> None:
    least, most = np.nanmin(shown.mean, initial=np.inf), np.nanmax(shown.mean, initial=-np.inf)
    for row, column in np.ndindex(*shown.mean.shape):
        mean, low, high = (float(part[row, column]) for part in (shown.mean, shown.low, shown.high))
        depth = (mean - least) / (most - least) if most > least else 0.0
        colour = "white" if depth > DARK else BLACK
        axes.text(
            column, row - 0.06, shown.words(mean, language), ha="center", va="bottom", color=colour, weight="bold"
        )
        if np.isfinite(low) and np.isfinite(high):
            bounds = f"{shown.words(low, language)} – {shown.words(high, language)}"
            axes.text(column, row + 0.08, bounds, ha="center", va="top", color=colour, size="small")


def draw_line(figures: Figures, key: str, values: Sequence[str], language: Language) -> Figure:
    """Draw the means of a measure over the values of one key, with a band for the intervals.

    Parameters
    ----------
    figures
        Shape (values of the key,).
    key, values
        The key and its values in order; numbers stand at their place on the axis, words side by side.
    language
        Language of numbers and title.
    """
    shown = figures.scaled()
    places = _places(values)
    with lettering("wide"):
        figure = new_figure("wide", (10.0, 5.6), (1, 1), "constrained")
        axes = figure.subplots()
        axes.fill_between(places, shown.low, shown.high, color=BLUE, alpha=0.2, linewidth=0)
        axes.plot(places, shown.mean, "o-", color=BLUE, lw=2.4, ms=8)
        axes.set_xticks(places, list(values))
        _name_axes(axes, figures.measure, key, language)
    return figure


def draw_intervals(figures: Figures, names: Sequence[str], reference: str, language: Language) -> Figure:
    """Draw the mean of a measure in every scenario, with its interval.

    Parameters
    ----------
    figures
        Shape (scenarios,).
    names
        Names of the scenarios.
    reference
        The one that is drawn in black.
    language
        Language of numbers and title.
    """
    shown = figures.scaled()
    with lettering("wide"):
        figure = new_figure("wide", (10.0, 1.6 + 0.7 * len(names)), (1, 1), "constrained")
        axes = figure.subplots()
        for row, name in enumerate(names):
            colour = BLACK if name == reference else BLUE
            axes.plot([shown.low[row], shown.high[row]], [row, row], color=colour, lw=3.5, solid_capstyle="butt")
            axes.plot(shown.mean[row], row, "o", color=colour, ms=9)
        axes.set_yticks(range(len(names)), list(names))
        axes.set_ylim(len(names) - 0.4, -0.6)
        axes.set_title(title_of(figures.measure, language))
        plain_axis(axes, x=True)
    return figure


def _places(values: Sequence[str]) -> FloatArray:
    """Return where values stand on an axis: numbers in rising order at their size, anything else in a row."""
    try:
        places = np.array([float(value) for value in values])
    except ValueError:
        return np.arange(len(values), dtype=np.float64)
    return places if np.all(np.diff(places) > 0.0) else np.arange(len(values), dtype=np.float64)


def _name_axes(axes: Axes, measure: str, key: str, language: Language) -> None:
    from matplotlib.ticker import FuncFormatter

    digits = measure_of(measure).digits
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: language.number(value, digits)))
    axes.set_xlabel(key)
    axes.spines["bottom"].set_color(GREY)
    plain_axis(axes)
