"""The pictures of the page: the chance of meeting the target, the measure and the load, and school by school."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.questions.sizing.outcome import Met, Outcome, met_at
from sim.report.figures.style import (
    BLUE,
    GREEN,
    GREY,
    LINE_COLOURS,
    MARKERS,
    VERMILION,
    Shape,
    in_lines,
    legend_below,
    new_figure,
    panels,
    plain_axis,
)
from sim.report.sizing.words import Words
from sim.statistics.intervals import FloatArray

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

DASHED = (0, (4, 2))
WIDE, HIGH, NARROW = 7.2, 4.6, 5.4
BEYOND = 2.0
"""How far beyond the answer an axis goes, as a multiple of it."""
SMALL, LARGE = 5.0, 8.0
LEGEND = 0.9
TITLE_WIDTH = 44


@dataclass(frozen=True)
class Tried:
    """What was tried for one unit, in rising order along the axis.

    Attributes
    ----------
    x, load
        Amount on the axis, and offered load, shape (n,).
    met
        What was seen there.
    full
        Whether all replications were done there, shape (n,).
    """

    x: FloatArray
    load: FloatArray
    met: tuple[Met, ...]
    full: tuple[bool, ...]

    def of(self, name: str) -> FloatArray:
        """Return one figure of what was seen, shape (n,)."""
        return np.array([getattr(one, name) for one in self.met], dtype=np.float64)


def tried(words: Words, unit: str) -> Tried:
    """Return what was tried for a unit."""
    sized, ladder = words.sized, words.sized.ladders[unit]
    points = []
    for rung in ladder.rungs():
        place, seen = sized.positions[unit, rung], ladder.looks[rung]
        x = words.axis(place, float(sized.lever.amounts[rung]))
        points.append((x, place.load, met_at(sized, seen), len(seen.values) >= sized.effort.replications))
    points.sort(key=lambda point: point[0])
    return Tried(
        x=np.array([point[0] for point in points]),
        load=np.array([point[1] for point in points]),
        met=tuple(point[2] for point in points),
        full=tuple(point[3] for point in points),
    )


def draw_chance(words: Words, found: Sequence[Outcome], shape: Shape) -> Figure:
    """Draw the share of replications that meet the target against the amount, a panel for each unit."""
    figure = new_figure(shape, (WIDE * max(len(found), 2), HIGH + LEGEND), (NARROW, LEGEND + HIGH * len(found)))
    axes = panels(figure, len(found), shape, len(found))
    for panel, one in zip(axes, found, strict=True):
        _draw_chance(panel, words, one)
        if len(found) > 1:
            panel.set_title(words.unit(one.unit))
    legend_below(figure, axes[0], shape, columns=4)
    return figure


def _draw_chance(axes: Axes, words: Words, one: Outcome) -> None:
    from matplotlib.ticker import FuncFormatter

    points = tried(words, one.unit)
    share, low, high = points.of("share"), points.of("low"), points.of("high")
    _draw_answer(axes, words, one, points)
    axes.vlines(points.x, low, high, color=BLUE, lw=1.6, alpha=0.6)
    axes.plot(points.x, share, color=BLUE, lw=1.2, alpha=0.5)
    for full, size in ((False, SMALL), (True, LARGE)):
        chosen = np.array(points.full) == full
        label = words.text("figure.tried") if full else None
        axes.plot(points.x[chosen], share[chosen], "o", color=BLUE, ms=size, label=label)
    if words.sized.rule.on == "replications":
        axes.axhline(words.sized.rule.probability, color=VERMILION, lw=1.6, ls=DASHED)
    axes.set_ylim(-0.03, 1.03)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: words.language.percent(value)))
    _finish(axes, words, one, points)


def draw_measure(words: Words, found: Sequence[Outcome], shape: Shape) -> Figure:
    """Draw the measure, and beside it the offered load, against the amount, a row of panels for each unit."""
    columns = 1 if words.of_setting else 2
    count = columns * len(found)
    figure = new_figure(shape, (WIDE * 2, LEGEND + HIGH * len(found)), (NARROW, LEGEND + HIGH * count))
    axes = panels(figure, count, shape, columns)
    for row, one in enumerate(found):
        points = tried(words, one.unit)
        title = f"{words.unit(one.unit)}: " if len(found) > 1 else ""
        _draw_mean(axes[columns * row], words, one, points)
        axes[columns * row].set_title(in_lines(f"{title}{words.measure}", TITLE_WIDTH))
        if columns > 1:
            _draw_load(axes[columns * row + 1], words, one, points)
            axes[columns * row + 1].set_title(in_lines(f"{title}{words.text('figure.load')}", TITLE_WIDTH))
    legend_below(figure, axes[0], shape, columns=3)
    return figure


def _draw_mean(axes: Axes, words: Words, one: Outcome, points: Tried) -> None:
    from matplotlib.ticker import FuncFormatter

    known = (points.of("missing") == 0.0) & (points.of("n") > 0.0)
    x = points.x[known]
    scale = 100.0 if words.kind == "share" else 1.0
    mean, low, high = (scale * points.of(name)[known] for name in ("mean", "mean_low", "mean_high"))
    _draw_answer(axes, words, one, points)
    axes.fill_between(x, low, high, color=BLUE, alpha=0.2, lw=0)
    axes.plot(x, mean, "o-", color=BLUE, lw=2, ms=LARGE)
    axes.axhline(scale * words.sized.target.bound.value, color=VERMILION, lw=1.6, ls=DASHED)
    right = _right(words, one, points)
    inside = mean[x <= right]
    top = max([1.0e-9, scale * words.sized.target.bound.value, *inside[np.isfinite(inside)].tolist()])
    axes.set_ylim(0.0, 1.08 * top)
    sign = "%" if words.kind == "share" else ""
    digits = 0 if top >= 10.0 else 1
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: words.language.number(value, digits) + sign))
    _finish(axes, words, one, points)


def _draw_load(axes: Axes, words: Words, one: Outcome, points: Tried) -> None:
    from matplotlib.ticker import FuncFormatter

    known = np.isfinite(points.load)
    _draw_answer(axes, words, one, points)
    axes.plot(points.x[known], points.load[known], "o-", color=BLUE, lw=2, ms=LARGE)
    axes.axhline(1.0, color=VERMILION, lw=1.6, ls=DASHED)
    axes.set_ylim(bottom=0.0)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: words.language.number(value, 1)))
    _finish(axes, words, one, points)


def _draw_answer(axes: Axes, words: Words, one: Outcome, points: Tried) -> None:
    """Mark the answer, the band in which it lies, and what there is now."""
    if one.place is not None:
        at = words.axis(one.place, one.amount)
        low = at if one.place_early is None else words.axis(one.place_early, one.early)
        high = _right(words, one, points) if one.place_late is None else words.axis(one.place_late, one.late)
        axes.axvspan(low, high, color=GREEN, alpha=0.15, lw=0, label=words.text("figure.band"))
        axes.axvline(at, color=GREEN, lw=2.4, label=words.text("figure.answer"))
    if not words.of_setting:
        axes.axvline(words.axis(one.place_now, math.nan), color=GREY, lw=1.6, label=words.text("figure.now"))


def _right(words: Words, one: Outcome, points: Tried) -> float:
    """Return where the axis ends: well beyond the answer, or with the most that was tried."""
    most = float(points.x[-1])
    if one.place is None or words.of_setting:
        return most
    reached = words.axis(one.place if one.place_late is None else one.place_late, one.amount)
    return min(most, BEYOND * max(reached, words.axis(one.place_now, math.nan)))


def _finish(axes: Axes, words: Words, one: Outcome, points: Tried) -> None:
    from matplotlib.ticker import FuncFormatter

    right = _right(words, one, points)
    left = float(points.x[0]) if words.of_setting else 0.0
    axes.set_xlim(left - 0.02 * (right - left), right + 0.02 * (right - left))
    axes.set_xlabel(words.axis_name)
    digits = 0 if right - left >= 8.0 else 1
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: words.language.number(value, digits)))
    plain_axis(axes)


def draw_schools(words: Words, found: Sequence[Outcome], sectors: Sequence[str], shape: Shape) -> Figure:
    """Draw hours a school week needed against those of now, a point for each school.

    Parameters
    ----------
    words
        The search and the language.
    found
        What it came to, by school.
    sectors
        Sector of each school.
    shape
        For a projector or a phone.
    """
    figure = new_figure(shape, (10.0, 6.6), (NARROW, 6.6))
    axes = panels(figure, 1, shape, 1)[0]
    now = np.array([one.place_now.weekly for one in found])
    needed = np.array([math.nan if one.place is None else one.place.weekly for one in found])
    top = 1.1 * float(np.nanmax([*now, *needed], initial=1.0))
    for number, sector in enumerate(dict.fromkeys(sectors)):
        mine = np.array(sectors) == sector
        axes.plot(
            now[mine],
            needed[mine],
            MARKERS[number],
            color=LINE_COLOURS[number],
            alpha=0.75,
            ms=LARGE,
            label=words.language.name("sector", sector),
        )
    without = np.isnan(needed)
    if without.any():
        none = words.text("figure.none")
        axes.plot(now[without], np.full(int(without.sum()), top), "x", color=VERMILION, ms=LARGE, label=none)
    axes.plot([0.0, top], [0.0, top], color=GREY, lw=1.4, ls=DASHED, label=words.text("figure.as_now"))
    axes.set_xlim(0.0, 1.1 * max(float(now.max()), 1.0))
    axes.set_ylim(0.0, 1.04 * top)
    axes.set_xlabel(words.text("figure.weekly_now"))
    axes.set_ylabel(words.text("figure.weekly_needed"))
    _number_axes(axes, words)
    legend_below(figure, axes, shape, columns=3)
    return figure


def _number_axes(axes: Axes, words: Words) -> None:
    from matplotlib.ticker import FuncFormatter

    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(FuncFormatter(lambda value, _: words.plain(round(value, 2))))
