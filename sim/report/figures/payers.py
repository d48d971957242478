"""Who pays and who gains: a bar for each payer, and one for what society gains by early leaving avoided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.report.figures.style import (
    BLACK,
    BLUE,
    GREEN,
    GREY,
    LABEL_WIDTH,
    SKY,
    Shape,
    in_lines,
    legend_below,
    name_rows,
    new_figure,
    panels,
    plain_axis,
)
from sim.report.money_to_outcome.results import results_of
from sim.report.payers import paying
from sim.report.view import View
from sim.statistics.cost_effectiveness import Estimate, estimate

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

THOUSAND = 1e3
COLUMNS = 3
MARGIN = 1.12
TITLE_WIDTH = {"wide": 36, "narrow": 26}


@dataclass(frozen=True)
class Bar:
    """What changes for one payer, gains above zero: for SMW, for other help, and the sum with its interval."""

    smw: float
    other: float
    total: Estimate
    told: bool


def draw_payers(view: View, shape: Shape) -> Figure:
    """Draw a panel for each scenario with a bar for each payer and one for society.

    Parameters
    ----------
    view
        The study and the language.
    shape
        For a projector or a phone.
    """
    names = view.study.others
    payers = paying(view)
    columns = min(COLUMNS, len(names))
    rows, high = -(-len(names) // columns), 1.3 + 0.62 * (len(payers) + 1)
    figure = new_figure(shape, (14.5, 0.9 + high * rows), (5.4, 1.4 + (high + 0.6) * len(names)))
    every = panels(figure, len(names), shape, columns)
    for place, (axes, name) in enumerate(zip(every, names, strict=True)):
        _draw_panel(axes, view, name, payers)
        axes.set_title(in_lines(view.label(name), TITLE_WIDTH[shape]), fontsize=12)
        _name(axes, view, payers, first=shape == "narrow" or place % columns == 0)
        axes.set_xlabel(_below(view, shape), fontsize=10.5)
    reach = MARGIN * max(max(abs(bound) for bound in axes.dataLim.intervalx) for axes in every)
    for axes in every:
        axes.set_xlim(-max(reach, 1.0), max(reach, 1.0))
    legend_below(figure, every[0], shape, columns=4)
    return figure


def bar_of(view: View, name: str, payer: str) -> Bar:
    """Return what changes for one payer, in thousand euros a year; what is paid more counts as a loss."""
    whole = view.lookup.difference(name, "cost", "payer", payer)
    smw = view.lookup.difference(name, "cost.smw", "payer", payer)
    own = -smw.mean / THOUSAND if smw.known else 0.0
    total = -whole.mean / THOUSAND if whole.known else 0.0
    bounds = Estimate(total, -whole.high / THOUSAND, -whole.low / THOUSAND, whole.n)
    return Bar(own, total - own, bounds, whole.told)


def _draw_panel(axes: Axes, view: View, name: str, payers: list[str]) -> None:
    bars = [bar_of(view, name, payer) for payer in payers]
    rows = range(len(bars))
    axes.barh(rows, [bar.smw for bar in bars], height=0.62, color=BLUE, label=view.text("figure.payers.smw"))
    # Other help begins where the bar for SMW ends, if both point the same way.
    begin = [bar.smw if bar.smw * bar.other > 0.0 else 0.0 for bar in bars]
    other = view.text("figure.payers.other")
    axes.barh(rows, [bar.other for bar in bars], left=begin, height=0.4, color=SKY, label=other)
    for row, bar in enumerate(bars):
        _draw_sum(axes, view, row, bar)
    _draw_society(axes, view, name, len(bars))
    axes.axvline(0, color=BLACK, lw=1.4)


def _draw_sum(axes: Axes, view: View, row: int, bar: Bar) -> None:
    colour = BLACK if bar.told else GREY
    label = view.text("figure.payers.sum") if row == 0 else None
    axes.plot([bar.total.low, bar.total.high], [row, row], color=colour, lw=2.4, zorder=4)
    face = colour if bar.told else "white"
    axes.plot(bar.total.mean, row, "o", color=colour, mfc=face, ms=7, mew=1.8, zorder=5, label=label)


def _draw_society(axes: Axes, view: View, name: str, row: int) -> None:
    results = results_of(view)
    one, worth = results.outcomes[name], results.worth
    found = estimate(worth.value * one.expected.effect / THOUSAND)
    label = view.text("figure.payers.society")
    axes.barh([row], [found.mean], height=0.62, color=GREEN, label=label)
    told = bool(found.sign) and not one.expected.missing
    _draw_sum(axes, view, row, Bar(0.0, 0.0, found, told))
    axes.plot(worth.high * one.effect.mean / THOUSAND, row, "D", color=GREEN, mfc="white", ms=8, mew=1.8, zorder=3)


def _name(axes: Axes, view: View, payers: list[str], first: bool) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    labels = [*(view.language.name("payer", payer) for payer in payers), view.text("outcome.item.society")]
    name_rows(axes, [in_lines(label, LABEL_WIDTH["narrow"] + 9) if first else "" for label in labels])
    axes.set_ylim(len(labels) - 0.4, -0.6)
    axes.xaxis.set_major_locator(MaxNLocator(4, symmetric=True))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: view.language.signed(value)))
    plain_axis(axes, x=True)


def _below(view: View, shape: Shape) -> str:
    """Say which side is which."""
    sides = (f"← {view.text('figure.payers.less')}", f"{view.text('figure.payers.more')} →")
    return f"{view.text('figure.payers.axis')}\n{('   ·   ' if shape == 'wide' else chr(10)).join(sides)}"
