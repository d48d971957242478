"""The tornado: the outcome at both ends of each assumption, the longest bar on top."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.questions.sensitivity.ends import BASE
from sim.report.figures.style import (
    BLACK,
    BLUE,
    GREY,
    LABEL_WIDTH,
    ORANGE,
    Shape,
    in_lines,
    name_rows,
    new_figure,
    plain_axis,
)
from sim.report.sensitivity.axis import name_values
from sim.report.sensitivity.words import Words, scaled

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_BARS = 12
PALE = 0.3
COLOURS = {"low": ORANGE, "high": BLUE}
PLACES = {"low": -0.2, "high": 0.2}


def draw_tornado(words: Words, of: str, measure: str, shape: Shape) -> Figure:
    """Draw a bar from the base to each end of every assumption, with 95% intervals.

    Parameters
    ----------
    words
        The answer and the language.
    of, measure
        The output.
    shape
        For a projector or a phone.
    """
    ends = words.found.ends
    mine = ends[(ends["of"] == of) & (ends["measure"] == measure)]
    base = mine[mine["end"] == BASE].iloc[0]
    keys = longest_first(mine)[:MOST_BARS]
    height = 1.8 + 0.62 * max(len(keys), 1)
    figure = new_figure(shape, (13.0, height), (5.4, 1.2 * height), "constrained")
    axes = figure.subplots()
    for place, key in enumerate(keys):
        for end, row in mine[mine["assumption"] == key].set_index("end").iterrows():
            _draw_end(axes, measure, base, row, place, str(end))
    middle, low, high = (scaled(measure, float(base[column])) for column in ("mean", "low", "high"))
    axes.axvspan(low, high, color=GREY, alpha=0.18, lw=0, zorder=0)
    axes.axvline(middle, color=BLACK, lw=1.6)
    if words.compared and of == words.found.main:
        axes.axvline(0.0, color=GREY, lw=1.4, ls=(0, (4, 3)))
    name_rows(axes, [in_lines(words.by_key(key), LABEL_WIDTH[shape]) for key in keys])
    axes.set_ylim(len(keys) - 0.4, -0.6)
    name_values(axes.xaxis, words, measure)
    plain_axis(axes, x=True)
    for end in ("low", "high"):
        axes.plot([], [], color=COLOURS[end], lw=8, label=words.text(f"ends.{end}"))
    figure.legend(loc="outside lower center", ncols=2)
    return figure


def longest_first(mine: pd.DataFrame) -> list[str]:
    """Return assumptions by how far their ends are from the base, the farthest first."""
    tried = mine[mine["assumption"] != ""]
    reach = tried["change"].abs().groupby(tried["assumption"], sort=True).max().fillna(-1.0)
    return [str(key) for key in reach.sort_values(ascending=False, kind="stable").index]


def _draw_end(axes: Axes, measure: str, base: pd.Series, row: pd.Series, place: int, end: str) -> None:
    start, stop = (scaled(measure, float(one["mean"])) for one in (base, row))
    if not np.isfinite(stop):
        return
    y = place + PLACES[end]
    alpha = PALE if row["change_verdict"] == "cannot tell" else 1.0
    axes.barh(y, stop - start, 0.36, left=start, color=COLOURS[end], alpha=alpha, lw=0)
    low, high = (scaled(measure, float(row[bound])) for bound in ("low", "high"))
    axes.plot([low, high], [y, y], color=BLACK, lw=1.2, solid_capstyle="butt")
