"""The screening as a picture: how much each assumption does, and how much that differs from place to place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.questions.sensitivity.stages import EFFECT
from sim.report.figures.style import BLACK, BLUE, GREY, LABEL_WIDTH, Shape, in_lines, new_figure
from sim.report.sensitivity.axis import name_values
from sim.report.sensitivity.words import Words, scaled

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_NAMED = 8


def draw_effects(words: Words, of: str, measure: str, shape: Shape) -> Figure:
    """Draw a dot for each assumption, open if it does not stand out from chance, the largest with a number.

    Parameters
    ----------
    words
        The answer and the language.
    of, measure
        The output.
    shape
        For a projector or a phone.
    """
    effects = words.found.screening.effects
    mine = effects[(effects["of"] == of) & (effects["measure"] == measure) & effects["sigma"].notna()]
    clear = mine[mine["verdict"] == EFFECT]
    figure = new_figure(shape, (13.0, 6.4), (5.4, 8.6), "constrained")
    axes = figure.subplots()
    _dots(axes, measure, mine[mine["verdict"] != EFFECT], words, open_ones=True)
    _dots(axes, measure, clear, words, open_ones=False)
    floor = scaled(measure, float(mine.loc[mine["mu_star"] > 0.0, "floor"].median()))
    if floor == floor:
        axes.axvline(floor, color=GREY, lw=1.4, ls=(0, (4, 3)), label=words.text("screening.floor"))
    _name(axes, measure, clear.head(MOST_NAMED), words, shape)
    axes.set_xlim(left=0.0)
    axes.set_ylim(bottom=-0.02 * axes.get_ylim()[1])
    name_values(axes.xaxis, words, words.text("screening.across"), measure=False)
    name_values(axes.yaxis, words, words.text("screening.up"), measure=False)
    figure.legend(loc="outside right upper" if shape == "wide" else "outside lower center")
    return figure


def _dots(axes: Axes, measure: str, rows: pd.DataFrame, words: Words, *, open_ones: bool) -> None:
    across, up = (scaled(measure, 1.0) * rows[column] for column in ("mu_star", "sigma"))
    colour, face = (GREY, "white") if open_ones else (BLUE, BLUE)
    label = words.text("screening.unclear" if open_ones else "screening.clear")
    axes.plot(across, up, "o", color=colour, mfc=face, ms=7, label=label)


def _name(axes: Axes, measure: str, rows: pd.DataFrame, words: Words, shape: Shape) -> None:
    """Put numbers at the largest effects, and say in the legend what they are."""
    for number, (_, row) in enumerate(rows.iterrows(), start=1):
        place = (scaled(measure, float(row["mu_star"])), scaled(measure, float(row["sigma"])))
        axes.annotate(str(number), place, xytext=(6, 5), textcoords="offset points", color=BLACK, weight="bold")
        name = in_lines(words.by_key(str(row["assumption"])), LABEL_WIDTH[shape] if shape == "wide" else 34)
        axes.plot([], [], " ", marker=f"${number}$", color=BLACK, ms=8, label=name)
