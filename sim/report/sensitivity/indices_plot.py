"""Sobol indices as a picture: for each assumption the part of the variance it makes alone, and in all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.report.figures.style import (
    BLACK,
    BLUE,
    LABEL_WIDTH,
    SKY,
    Shape,
    in_lines,
    name_rows,
    new_figure,
    plain_axis,
)
from sim.report.sensitivity.words import Words

if TYPE_CHECKING:
    from matplotlib.figure import Figure

PARTS = (("first", BLUE, -0.2), ("total", SKY, 0.2))
LEAST, MOST = -0.1, 1.1
WIDEST = 0.6
"""How far beyond 0 and 1 an interval is shown; wider ones are cut off."""


def draw_indices(words: Words, of: str, measure: str, shape: Shape) -> Figure:
    """Draw two bars for each assumption with 95% intervals, the largest total index on top.

    Parameters
    ----------
    words
        The answer and the language; there are indices.
    of, measure
        The output.
    shape
        For a projector or a phone.
    """
    from matplotlib.ticker import FuncFormatter

    assert words.found.indices is not None
    table = words.found.indices.indices
    mine = table[(table["of"] == of) & (table["measure"] == measure)]
    mine = mine.sort_values("total", ascending=False, kind="stable")
    height = 1.8 + 0.75 * len(mine)
    figure = new_figure(shape, (13.0, height), (5.4, 1.2 * height), "constrained")
    axes = figure.subplots()
    rows = np.arange(len(mine))
    for part, colour, shift in PARTS:
        axes.barh(rows + shift, mine[part], 0.36, color=colour, label=words.text(f"indices.{part}"))
        axes.hlines(rows + shift, mine[f"{part}_low"], mine[f"{part}_high"], color=BLACK, lw=1.4)
    name_rows(axes, [in_lines(words.by_key(str(key)), LABEL_WIDTH[shape]) for key in mine["assumption"]])
    axes.set_ylim(len(mine) - 0.4, -0.6)
    bounds = mine[["first_low", "total_low", "first_high", "total_high"]].to_numpy(dtype=np.float64)
    least, most = np.nanmin(bounds, initial=LEAST), np.nanmax(bounds, initial=MOST)
    axes.set_xlim(max(float(least), LEAST - WIDEST), min(float(most), MOST + WIDEST))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: words.language.percent(value)))
    axes.axvline(0.0, color=BLACK, lw=1.2)
    plain_axis(axes, x=True)
    figure.legend(loc="outside lower center", ncols=2 if shape == "wide" else 1)
    return figure
