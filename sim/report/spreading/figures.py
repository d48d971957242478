"""The pictures of the page about the spreading of hours."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from sim.questions.spreading.decide import Decided
from sim.report.figures.style import (
    BLACK,
    BLUE,
    GREEN,
    GREY,
    LABEL_WIDTH,
    MARKERS,
    ORANGE,
    PALE,
    PURPLE,
    SKY,
    VERMILION,
    Shape,
    in_lines,
    name_rows,
    new_figure,
    panels,
    plain_axis,
)
from sim.report.spreading.sentences import move_name
from sim.report.spreading.words import Words, ranges_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FloatArray = npt.NDArray[np.float64]

COLOURS = {
    "po": BLUE,
    "a": ORANGE,
    "b": GREEN,
    "c": VERMILION,
    "roc_small": SKY,
    "roc_large": PURPLE,
    "aoc": GREEN,
    "vakinstelling": VERMILION,
}
NAMED_ENDS = 3
APART = 0.02
"""How far signs with the same hours stand apart, as a part of these hours."""
WIDE_RANGE = 4.0
"""From this ratio of most to fewest hours on the axis has equal steps for equal ratios."""
MOST_TICKS = 6


def draw_rules(words: Words, one: Decided, shape: Shape) -> Figure:
    """Draw how far every way of spreading is from the best, with the band of differences that do not matter.

    Parameters
    ----------
    words
        What was found, and the language.
    one
        The contest.
    shape
        For a projector or a phone.
    """
    rows = one.table[one.table["measure"] == words.objective]
    order = np.argsort(-words.found.question.objective.sign * rows["difference"].to_numpy(), kind="stable")
    rows, scale = rows.iloc[order], words.scale(words.objective)
    figure = new_figure(shape, (12.5, 1.8 + 0.75 * len(rows)), (5.4, 1.8 + 1.2 * len(rows)), "constrained")
    axes = figure.subplots()
    delta = scale * words.found.matters.delta
    axes.axvspan(-delta, delta, color=PALE, zorder=0)
    axes.axvline(0.0, color=BLACK, lw=1.4, zorder=1)
    names = []
    for place, (_, row) in enumerate(rows.iterrows()):
        low, mean, high = (scale * float(row[f"difference{end}"]) for end in ("_low", "", "_high"))
        colour = BLACK if row["verdict"] == "best" else BLUE if row["verdict"] in ("worse", "perhaps") else GREY
        _interval(axes, (low, mean, high), place, colour)
        value = words.value(words.objective, float(row["mean"]))
        names.append(f"{in_lines(words.option(str(row['option'])), LABEL_WIDTH[shape])} ({value})")
    _finish_rows(axes, names, words)
    axes.set_xlabel(in_lines(words.text("figure.rules.axis", measure=words.measure(words.objective)), _width(shape)))
    return figure


def draw_places(words: Words, shape: Shape) -> Figure:
    """Draw the value of an hour at each place against the hours it has.

    Parameters
    ----------
    words
        What was found, and the language.
    shape
        For a projector or a phone.
    """
    schools, scale = words.found.schools, words.found.question.objective.sign * words.scale(words.objective)
    figure = new_figure(shape, (13.0, 7.2), (5.4, 6.5), "constrained")
    axes = figure.subplots()
    kinds = list(dict.fromkeys((place.sector, place.kind) for place in schools.places))
    across = _apart(np.array([place.hours_per_100 for place in schools.places]))
    up, half = scale * schools.gains.mean, abs(scale) * schools.gains.half_width
    for number, kind in enumerate(kinds):
        here = np.array([(place.sector, place.kind) == kind for place in schools.places])
        first = next(place for place in schools.places if (place.sector, place.kind) == kind)
        marker, colour = MARKERS[number % len(MARKERS)], COLOURS.get(first.kind or first.sector, GREY)
        axes.errorbar(
            across[here],
            up[here],
            half[here],
            label=words.kind(first),
            fmt=marker,
            color=colour,
            ms=7,
            lw=0,
            elinewidth=1.2,
            alpha=0.75,
        )
    axes.axhline(
        scale * schools.compared.average, color=BLACK, lw=1.4, ls="--", label=words.text("figure.places.average")
    )
    axes.axhline(0.0, color=GREY, lw=1.0)
    _name_places(axes, words, across, up)
    axes.set_xlabel(words.text("figure.places.x"))
    axes.set_ylabel(in_lines(words.text("figure.places.y", measure=words.measure(words.objective)), 46))
    _numbers(axes, words, "both")
    _hours_axis(axes, words, across)
    axes.grid(visible=True)
    axes.legend(loc="best", fontsize="small")
    return figure


def _apart(across: FloatArray) -> FloatArray:
    """Move signs with the same hours a little apart, so that they do not hide each other."""
    moved = across.copy()
    for value in np.unique(np.round(across, 4)):
        same = np.flatnonzero(np.round(across, 4) == value)
        moved[same] *= 1.0 + APART * (np.arange(same.size) - (same.size - 1) / 2.0)
    return moved


def _name_places(axes: Axes, words: Words, across: FloatArray, up: FloatArray) -> None:
    """Name the places at either end."""
    order = words.found.schools.by_value()
    middle = float(np.median(across))
    for number in dict.fromkeys([*order[:NAMED_ENDS], *order[-NAMED_ENDS:]]):
        right = bool(across[number] <= middle)
        axes.annotate(
            words.place(words.found.schools.places[number]),
            (float(across[number]), float(up[number])),
            xytext=(7 if right else -7, 4),
            textcoords="offset points",
            ha="left" if right else "right",
            fontsize="small",
            color="#444444",
        )


def draw_values(words: Words, shape: Shape) -> Figure:
    """Draw the value of an hour by sector and by task, in two panels.

    Parameters
    ----------
    words
        What was found, and the language.
    shape
        For a projector or a phone.
    """
    parts: list[tuple[str, Callable[[str], str]]] = [("sectors", words.sector), ("tasks", words.task)]
    rows = max(len(words.found.sectors.gains), len(words.found.tasks.gains))
    figure = new_figure(shape, (14.0, 2.0 + 0.6 * rows), (5.4, 3.0 + 1.1 * rows), "constrained")
    for axes, (which, name) in zip(panels(figure, len(parts), shape, 2), parts, strict=True):
        values = words.found.sectors if which == "sectors" else words.found.tasks
        found = ranges_of(values, words.objective)
        keys, scale = values.best_first(), words.scale(words.objective)
        for place, key in enumerate(keys):
            mean, low, high = (scale * end for end in (found[key].mean, found[key].low, found[key].high))
            axes.barh(place, mean, color=COLOURS.get(key, BLUE if which == "tasks" else SKY), height=0.62, alpha=0.8)
            axes.plot([low, high], [place, place], color=BLACK, lw=2.2)
        axes.axvline(0.0, color=BLACK, lw=1.2)
        _finish_rows(axes, [in_lines(name(key), LABEL_WIDTH[shape]) for key in keys], words)
        axes.set_title(words.text(f"figure.values.{which}"))
        axes.set_xlabel(
            in_lines(
                words.text("figure.values.axis", measure=words.measure(words.objective)),
                44 if shape == "wide" else 34,
            )
        )
    return figure


def draw_moves(words: Words, shape: Shape) -> Figure:
    """Draw what the best move of each kind does, on fresh replications.

    Parameters
    ----------
    words
        What was found, and the language.
    shape
        For a projector or a phone.
    """
    tried = [one for one in words.found.moves.tried if one.confirmed]
    scale = words.found.question.objective.sign * words.scale(words.objective)
    figure = new_figure(shape, (12.5, 1.8 + 0.95 * len(tried)), (5.4, 1.8 + 1.4 * len(tried)), "constrained")
    axes = figure.subplots()
    for place, one in enumerate(tried):
        low, mean, high = sorted(scale * value for value in (one.low, one.gain, one.high))
        colour = {"better": GREEN, "worse": VERMILION}.get(one.verdict, GREY)
        _interval(axes, (low, mean, high), place, colour)
    axes.axvline(0.0, color=BLACK, lw=1.4, zorder=1)
    _finish_rows(axes, [in_lines(move_name(words, one.move), _width(shape) // 2) for one in tried], words)
    axes.set_xlabel(in_lines(words.text("figure.moves.axis", measure=words.measure(words.objective)), _width(shape)))
    return figure


def _interval(axes: Axes, ends: tuple[float, float, float], row: int, colour: str) -> None:
    low, mean, high = ends
    axes.plot([low, high], [row, row], color=colour, lw=3.5, solid_capstyle="butt")
    axes.plot(mean, row, "o", color=colour, ms=10)


def _finish_rows(axes: Axes, names: Sequence[str], words: Words) -> None:
    name_rows(axes, names)
    axes.set_ylim(len(names) - 0.4, -0.6)
    _numbers(axes, words, "x")
    plain_axis(axes, x=True)


def _numbers(axes: Axes, words: Words, which: str) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    for axis in (axes.xaxis, axes.yaxis) if which == "both" else (axes.xaxis,):
        axis.set_major_locator(MaxNLocator(MOST_TICKS, steps=[1, 2, 5, 10]))
        axis.set_major_formatter(FuncFormatter(lambda value, _: words.language.number(value, _decimals(value))))


def _hours_axis(axes: Axes, words: Words, across: FloatArray) -> None:
    """Begin the axis of hours at zero, or let it go by ratios where hours are very different and none are zero."""
    from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

    if not 0.0 < WIDE_RANGE * across.min() < across.max():
        axes.set_xlim(left=0.0)
        return
    axes.set_xscale("log")
    axes.xaxis.set_major_locator(FixedLocator([step * 10.0**power for power in range(-4, 4) for step in (1, 2, 5)]))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: words.language.number(value, _decimals(value))))


def _decimals(value: float) -> int:
    return next((digits for digits in range(3) if abs(value - round(value, digits)) < 1e-9), 3)


def _width(shape: Shape) -> int:
    return 90 if shape == "wide" else 40
