"""The sign map: where SMW brings fewer requests and where more, with the zero line between them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.report.figures.style import BLACK, Shape, new_figure, panels
from sim.report.figures.ticks import name_ticks
from sim.report.prevention.view import MAIN_WHAT, PreventionView, pick

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# From blue (fewer) over white to orange (more): told apart with all common forms of colour blindness.
COLOURS = ("#0072B2", "#FFFFFF", "#E69F00")
STRENGTHS = (0.0, 1.0, 2.0)
MOST_WORDS = 5
INSET = 6
WIDE = 9.995
"""From here on numbers have two figures before the point, and no room for two behind it."""
ACROSS, UP = {1: "left", 0: "center", -1: "right"}, {1: "bottom", 0: "center", -1: "top"}
BEHIND = {"facecolor": "white", "edgecolor": "none", "alpha": 0.75, "pad": 1.5}


def draw_signs(view: PreventionView, region: str, place: str, shape: Shape) -> Figure:
    """Draw a map for each answer to what schools do without SMW.

    Numbers in the map are differences; the thick line is where they are zero, and hatched is what cannot be told from
    zero.

    Parameters
    ----------
    view
        The tables and the language; the map has been made.
    region, place
        Which region, and which place outside school.
    shape
        For a projector or a phone.
    """
    assert view.signs is not None
    surface = pick(view.signs.surface, region=region, place=place, what=MAIN_WHAT)
    cells = pick(view.signs.cells, region=region, place=place, what=MAIN_WHAT)
    shares = sorted(set(surface["outside_share"]))
    figure = new_figure(shape, (14.5, 1.0 + 14.0 / len(shares)), (5.4, 5.0 * len(shares)))
    axes = panels(figure, len(shares), shape, len(shares))
    reach = float(surface["mean"].abs().max())
    for index, (panel, share) in enumerate(zip(axes, shares, strict=True)):
        _draw(panel, pick(surface, outside_share=share), reach)
        _write(panel, view, pick(cells, outside_share=share))
        panel.set_title(view.text("figure.signs.panel", share=view.language.percent(share)))
        _name_axes(panel, view, beside=shape == "narrow" or index == 0)
    return figure


def _draw(axes: Axes, surface: pd.DataFrame, reach: float) -> None:
    from matplotlib.colors import LinearSegmentedColormap

    grids: dict[str, Any] = {
        name: surface.pivot_table(index="case_finding", columns="prevention", values=name, dropna=False)
        for name in ("mean", "low", "high")
    }
    x, y = grids["mean"].columns.to_numpy(), grids["mean"].index.to_numpy()
    mean, low, high = (grids[name].to_numpy() for name in ("mean", "low", "high"))
    colours = LinearSegmentedColormap.from_list("signs", COLOURS)
    bound = reach if reach > 0.0 else 1.0
    axes.pcolormesh(x, y, mean, cmap=colours, vmin=-bound, vmax=bound, shading="gouraud", rasterized=True)
    unclear = ((low <= 0.0) & (high >= 0.0)).astype(np.float64)
    if unclear.any():
        axes.contourf(x, y, unclear, levels=[0.5, 1.5], colors="none", hatches=["//"])
    if mean.min() < 0.0 < mean.max():
        axes.contour(x, y, mean, levels=[0.0], colors=BLACK, linewidths=3.0)
    for edge in (low, high):
        if edge.min() < 0.0 < edge.max():
            axes.contour(x, y, edge, levels=[0.0], colors=BLACK, linewidths=1.4, linestyles="dashed")
    axes.plot(1.0, 1.0, marker="s", ms=44, mfc="none", mec=BLACK, mew=2.0)


def _write(axes: Axes, view: PreventionView, cells: pd.DataFrame) -> None:
    """Write the differences of the cells into the map, of every other cell where there are many."""
    kept = [sorted(set(cells[name])) for name in ("prevention", "case_finding")]
    shown = [places[:: max(1, -(-len(places) // MOST_WORDS))] for places in kept]
    top = max(kept[0])
    most = 1 if cells["mean"].abs().max() >= WIDE else 2
    for _, cell in cells.iterrows():
        if cell["prevention"] in shown[0] and cell["case_finding"] in shown[1]:
            across, up = (_from_edge(float(cell[name]), top) for name in ("prevention", "case_finding"))
            place: dict[str, Any] = {"ha": ACROSS[across], "va": UP[up], "bbox": BEHIND}
            place |= {"xytext": (INSET * across, INSET * up), "textcoords": "offset points"}
            axes.annotate(
                view.tick(float(cell["mean"]), most=most), (cell["prevention"], cell["case_finding"]), **place
            )


def _from_edge(strength: float, top: float) -> int:
    """Return the way into the map: 1 from its low edge, -1 from its high edge, 0 inside."""
    return 1 if strength == 0.0 else -1 if strength == top else 0


def _name_axes(axes: Axes, view: PreventionView, beside: bool) -> None:
    names = [view.text(f"figure.signs.strength_{strength:g}") for strength in STRENGTHS]
    name_ticks(axes.xaxis, STRENGTHS, names)
    name_ticks(axes.yaxis, STRENGTHS, names if beside else [""] * len(names))
    axes.set_xlabel(view.text("figure.signs.prevention"))
    if beside:
        axes.set_ylabel(view.text("figure.signs.case_finding"))
    axes.grid(visible=False)
