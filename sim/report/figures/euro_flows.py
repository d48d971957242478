"""From payer to what is paid for: what changes in euros, as bands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.report.figures.style import BLACK, BLUE, GREY, ORANGE, Shape, in_lines, new_figure
from sim.report.money_to_outcome.results import results_of
from sim.report.payers import paying
from sim.report.view import View

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

THOUSAND = 1e3
COLUMNS = 3
PAID_BY = {
    "base_care": "school",
    "leerplicht": "municipality",
    "gateway": "municipality",
    "youth_care": "municipality",
    "ggz": "municipality",
}
"""Who pays for what has one payer (``sim.measures.cost``)."""
SHARED = ("smw", "education_care")
"""What several payers may pay for: education care is paid by partnerships, in the mbo by the school itself."""
SOCIETY, LEAVING = "society", "early_leaving"
LABEL, TITLE = 0.41, 0.5
"""Height in inches of the label of a bar, and of the title of a panel."""
FEWEST_BARS = 4
BANDS = 1.0
"""Height in inches of all bands of the largest panel together."""
BAR = 0.03
LEFT, RIGHT = 0.455, 0.655
TOP, EDGE = 0.96, 0.007


@dataclass(frozen=True)
class Flow:
    """What one payer pays more for something, in thousand euros a year; below zero if it pays less."""

    payer: str
    item: str
    euros: float


def flows_of(view: View, name: str) -> list[Flow]:
    """Return the changes of a scenario that the model can tell from zero.

    Society is put beside the payers: early leaving that is avoided counts as paid less.

    Parameters
    ----------
    view
        The study and the language.
    name
        The scenario.
    """
    shared = [
        (payer, item, view.lookup.difference(name, f"cost.{item}", "payer", payer))
        for item in SHARED
        for payer in paying(view)
    ]
    other = [(payer, item, view.lookup.difference(name, f"cost.{item}")) for item, payer in PAID_BY.items()]
    flows = [Flow(payer, item, found.mean / THOUSAND) for payer, item, found in (*shared, *other) if found.told]
    one, worth = results_of(view).outcomes[name], results_of(view).worth.value
    if one.effect.sign and not one.expected.missing and worth > 0.0:
        flows.append(Flow(SOCIETY, LEAVING, -worth * one.effect.mean / THOUSAND))
    return flows


def draw_euro_flows(view: View, shape: Shape) -> Figure:
    """Draw a panel for each scenario with a band for each change.

    Parameters
    ----------
    view
        The study and the language.
    shape
        For a projector or a phone.
    """
    flows = {name: flows_of(view, name) for name in view.study.others}
    columns = min(COLUMNS if shape == "wide" else 1, len(flows))
    rows = -(-len(flows) // columns)
    # All panels have one scale: the largest sum fills the height that the most labels leave.
    most = max(FEWEST_BARS, *(len({flow.item for flow in found}) for found in flows.values()))
    largest = max(sum(abs(flow.euros) for flow in found) for found in flows.values())
    high = LABEL * most + BANDS
    figure = new_figure(shape, (14.5, (high + TITLE) * rows), (5.4, (high + TITLE) * rows))
    share = high / (high + TITLE)
    for place, (name, found) in enumerate(flows.items()):
        row, column = divmod(place, columns)
        axes = figure.add_axes(
            (column / columns + EDGE, TOP * (1.0 - (row + 1) / rows), 0.99 / columns - EDGE, TOP * share / rows)
        )
        axes.set_axis_off()
        axes.set(xlim=(0.0, 1.0), ylim=(1.0, 0.0))
        axes.set_title(in_lines(view.label(name), 36), fontsize=12)
        _draw_panel(axes, view, found, BANDS / high / largest if largest > 0.0 else 0.0)
    return figure


def _draw_panel(axes: Axes, view: View, flows: Sequence[Flow], scale: float) -> None:
    if not flows:
        axes.text(0.5, 0.5, view.text("figure.euro_flows.nothing"), ha="center", va="center", color=GREY)
        return
    payers, items = (_totals(flows, side) for side in ("payer", "item"))
    tops = [_tops(payers, scale), _tops(items, scale)]
    names = [{payer: _payer(view, payer) for payer in payers}, {i: view.text(f"outcome.item.{i}") for i in items}]
    _name(axes, view, tops[0], payers, names[0], scale, left=True)
    _name(axes, view, tops[1], items, names[1], scale, left=False)
    begin, end = dict(tops[0]), dict(tops[1])
    for flow in flows:
        size = scale * abs(flow.euros)
        _draw_band(axes, begin[flow.payer], end[flow.item], size, ORANGE if flow.euros > 0.0 else BLUE)
        begin[flow.payer] += size
        end[flow.item] += size


def _payer(view: View, payer: str) -> str:
    return view.text("outcome.item.society") if payer == SOCIETY else view.language.name("payer", payer)


def _totals(flows: Iterable[Flow], side: str) -> dict[str, list[float]]:
    """Return what is paid more or less by payer or item, in the order of the flows."""
    found: dict[str, list[float]] = {}
    for flow in flows:
        found.setdefault(str(getattr(flow, side)), []).append(flow.euros)
    return found


def _tops(totals: Mapping[str, Sequence[float]], scale: float) -> dict[str, float]:
    """Return where each bar begins, with the same room between all of them."""
    heights = {key: scale * sum(map(abs, euros)) for key, euros in totals.items()}
    gap = (1.0 - sum(heights.values())) / len(heights)
    tops, top = {}, gap / 2
    for key, height in heights.items():
        tops[key] = top
        top += height + gap
    return tops


def _name(
    axes: Axes,
    view: View,
    tops: Mapping[str, float],
    totals: Mapping[str, Sequence[float]],
    names: Mapping[str, str],
    scale: float,
    left: bool,
) -> None:
    from matplotlib.patches import Rectangle

    at = LEFT - BAR if left else RIGHT
    for key, top in tops.items():
        height, net = scale * sum(map(abs, totals[key])), sum(totals[key])
        axes.add_patch(Rectangle((at, top), BAR, height, facecolor=BLACK, lw=0, zorder=3))
        words = f"{in_lines(names[key], 22)}\n{_signed(view, net)}"
        x, side = (at - 0.015, "right") if left else (at + BAR + 0.015, "left")
        axes.text(x, top + height / 2, words, ha=side, va="center", fontsize=10, linespacing=1.15)


def _signed(view: View, euros: float) -> str:
    """Write thousands of euros with a decimal where they are few."""
    return ("+" if euros > 0.0 else "") + view.language.number(euros, 1 if abs(euros) < 10.0 else 0)


def _draw_band(axes: Axes, begin: float, end: float, size: float, colour: str) -> None:
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    middle = (LEFT + RIGHT) / 2
    points = [
        (LEFT, begin),
        (middle, begin),
        (middle, end),
        (RIGHT, end),
        (RIGHT, end + size),
        (middle, end + size),
        (middle, begin + size),
        (LEFT, begin + size),
        (LEFT, begin),
    ]
    codes = [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY]
    axes.add_patch(PathPatch(Path(points, codes), facecolor=colour, edgecolor=colour, alpha=0.6, lw=0.8))
