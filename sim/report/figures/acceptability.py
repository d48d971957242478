"""Acceptability curves: whether a scenario pays, and which one is the best, if an early leaver is worth so much."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from sim.report.figures.style import BLACK, GREY, PALE, Shape, legend_below, looks, new_figure, panels
from sim.report.figures.ticks import name_ticks
from sim.report.money_to_outcome.results import LEAST_WORTH, MoneyToOutcome, results_of
from sim.report.view import View
from sim.statistics.intervals import FloatArray

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MILLION, THOUSAND = 1e6, 1e3
FIRST_TICK = 1e4
SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)


def draw_acceptability(view: View, shape: Shape) -> Figure:
    """Draw how sure it is that each scenario pays, and the probability that each is the best.

    Parameters
    ----------
    view
        The study and the language.
    shape
        For a projector or a phone.
    """
    results = results_of(view)
    figure = new_figure(shape, (14.5, 7.0), (5.4, 9.0 + 0.35 * len(view.names)))
    every = panels(figure, 1 if results.best is None else 2, shape, 2)
    for axes in every:
        _frame(axes, view, results)
    _draw_pays(every[0], view, results)
    if results.best is not None:
        _draw_best(every[1], view, results)
    legend_below(figure, every[-1], shape)
    return figure


def place_of(worth: FloatArray | float) -> FloatArray:
    """Return where a worth stands on the axis: 0 at 0, and each ten times as much about one step further."""
    return np.asarray(np.log10(1.0 + np.asarray(worth) / LEAST_WORTH), dtype=np.float64)


def _draw_pays(axes: Axes, view: View, results: MoneyToOutcome) -> None:
    style, places = looks(view.names, view.study.reference), place_of(results.worths)
    for name, one in results.outcomes.items():
        look, label = style[name], view.label(name)
        axes.plot(places, one.sure, color=look.colour, ls=look.line, lw=3.2, label=label)
        axes.plot(places, one.chance, color=look.colour, lw=1.2, alpha=0.8)
    axes.set_title(view.text("figure.acceptability.pays"))


def _draw_best(axes: Axes, view: View, results: MoneyToOutcome) -> None:
    best = results.best
    if best is None:
        return
    style, places = looks(view.names, view.study.reference), place_of(results.worths)
    for row, name in enumerate(best.names):
        look, leads = style[name], best.leader == row
        axes.plot(places, best.on_average[row], color=look.colour, ls=look.line, lw=1.8, label=view.label(name))
        # Up to where the next one takes over.
        followed = np.where(leads | np.append(False, leads[:-1]), best.on_average[row], np.nan)
        axes.plot(places, followed, color=look.colour, lw=7, alpha=0.35, solid_capstyle="butt")
    axes.set_title(view.text("figure.acceptability.best"))


def _frame(axes: Axes, view: View, results: MoneyToOutcome) -> None:
    worth = results.worth
    axes.axvspan(float(place_of(worth.low)), float(place_of(worth.high)), color=PALE, zorder=0, lw=0)
    at = float(place_of(worth.value))
    axes.axvline(at, color=BLACK, lw=1.2, ls=":", zorder=1)
    axes.annotate(
        view.language.euros(worth.value),
        (at, 0.5),
        xytext=(4, 0),
        textcoords="offset points",
        color="#444444",
        fontsize=10.5,
        va="center",
    )
    top = float(results.worths[-1])
    ticks = [0.0, *(FIRST_TICK * 10.0**step for step in range(round(math.log10(top / FIRST_TICK)) + 1))]
    axes.set_xlim(0.0, float(place_of(top)))
    axes.set_ylim(-0.03, 1.03)
    name_ticks(axes.xaxis, [float(place_of(tick)) for tick in ticks], [_short(view, tick) for tick in ticks])
    name_ticks(axes.yaxis, SHARES, [view.language.percent(share) for share in SHARES])
    axes.set_xlabel(view.text("figure.acceptability.worth"))
    axes.spines["bottom"].set_color(GREY)


def _short(view: View, worth: float) -> str:
    """Write an amount for the axis."""
    if worth >= MILLION:
        return view.text("figure.acceptability.million", value=view.language.number(worth / MILLION))
    if worth >= THOUSAND:
        return view.text("figure.acceptability.thousand", value=view.language.number(worth / THOUSAND))
    return view.language.number(worth)
