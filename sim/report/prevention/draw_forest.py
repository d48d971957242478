"""What studies found beside what the model says: ratios of demand with help to demand without, never pooled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.report.figures.style import (
    BLACK,
    BLUE,
    GREY,
    ORANGE,
    Shape,
    in_lines,
    name_rows,
    new_figure,
    panels,
    plain_axis,
)
from sim.report.prevention.literature import Scale, studies
from sim.report.prevention.view import Estimate, PreventionView, estimate, pick, ratio_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SIDES = {"for": (BLUE, "v"), "against": (ORANGE, "^"), "neutral": (GREY, "o"), "model": (BLACK, "D")}
MODEL_ROWS = (("as_is", "youth_care", "requests"), ("open", "youth_care", "starts"), ("as_is", "gateway", "requests"))
WIDTH = {"wide": 46, "narrow": 24}
RATIO_TICKS = (0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.3)


@dataclass(frozen=True)
class Line:
    """A line of the picture."""

    label: str
    side: str
    found: Estimate


def draw_forest(view: PreventionView, shape: Shape) -> Figure:
    """Draw ratios above, and starts of youth care for each student helped below, the model's first.

    Parameters
    ----------
    view
        The tables and the language.
    shape
        For a projector or a phone.
    """
    parts = [(ratio_lines(view), 1.0, "ratio"), (per_case_lines(view), 0.0, "per_case")]
    parts = [part for part in parts if len(part[0]) > 0]
    rows = sum(len(lines) for lines, _, _ in parts)
    figure = new_figure(shape, (14.5, 2.2 + 0.62 * rows), (5.4, 2.6 + 1.15 * rows))
    for panel, (lines, neutral, name) in zip(panels(figure, len(parts), shape, 1), parts, strict=True):
        panel.set_title(in_lines(view.text(f"figure.forest.{name}"), 96 if shape == "wide" else 34))
        _draw(panel, view, lines, neutral)
        name_rows(panel, [in_lines(line.label, WIDTH[shape]) for line in lines])
    return figure


def ratio_lines(view: PreventionView) -> list[Line]:
    """Return the model's ratios, then those of studies."""
    lines = []
    for region in view.regions:
        for capacity, place, what in MODEL_ROWS:
            net = pick(view.found.net, region=region, people="students", capacity=capacity, place=place, what=what)
            words = view.text(f"model.{capacity}_{place}_{what}", region=view.region(region))
            lines += [Line(words, "model", ratio_of(row)) for _, row in net.iterrows()]
    return [*lines, *_of_studies(view, "ratio")]


def per_case_lines(view: PreventionView) -> list[Line]:
    """Return what the model says of each student helped, by what schools do without SMW, then the judgement."""
    lines = []
    if view.signs is not None:
        table = pick(view.signs.per_case, place="youth_care", what="requests")
        for _, row in table.iterrows():
            share = view.language.percent(float(row["outside_share"]))
            words = view.text("model.per_case", region=view.region(str(row["region"])), share=share)
            lines.append(Line(words, "model", estimate(row)))
    return [*lines, *_of_studies(view, "per_case")]


def _of_studies(view: PreventionView, scale: Scale) -> list[Line]:
    return [
        Line(view.language.text(f"literature.{one.key}.short"), one.side, Estimate(one.effect, one.low, one.high))
        for one in studies()
        if one.scale == scale
    ]


def _draw(axes: Axes, view: PreventionView, lines: list[Line], neutral: float) -> None:
    from matplotlib.ticker import FuncFormatter

    for row, line in enumerate(lines):
        colour, marker = SIDES[line.side]
        one = line.found
        axes.plot([one.low, one.high], [row, row], color=colour, lw=3.2, solid_capstyle="butt")
        axes.plot(one.mean, row, marker, color=colour, ms=10, mfc="white" if one.low != one.low else colour, mew=2.2)
    axes.axvline(neutral, color=BLACK, lw=1.4, zorder=1)
    axes.set_ylim(len(lines) - 0.4, -0.6)
    if neutral == 1.0:
        axes.set_xscale("log")
        axes.set_xticks(RATIO_TICKS)
        axes.minorticks_off()
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: view.language.number(value, 1)))
    else:
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: view.tick(value)))
    plain_axis(axes, x=True)
