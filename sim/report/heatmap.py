"""One measure: its name for people with its unit, and a picture of it in several scenarios."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from sim.report.catalogue import WAIT_STATISTICS, measure_of
from sim.report.figures.style import BLACK, BLUE, lettering, new_figure, plain_axis
from sim.report.language import Language

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Figures:
    """Means of one measure with their 95% intervals; NaN where a value is not known.

    Attributes
    ----------
    measure
        Name of the measure.
    mean, low, high
        Shape (scenarios,).
    """

    measure: str
    mean: FloatArray
    low: FloatArray
    high: FloatArray

    def scaled(self) -> Figures:
        """Return shares in percent, other measures as they are."""
        factor = 100.0 if measure_of(self.measure).kind == "share" else 1.0
        return Figures(self.measure, factor * self.mean, factor * self.low, factor * self.high)


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
