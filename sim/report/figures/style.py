"""How pictures look: colours, sizes, lettering, and how they become SVG and PNG."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from sim.report.figures.compact_svg import compact_svg
from sim.report.figures.ticks import name_ticks

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Okabe and Ito (2008), Color Universal Design: distinct for all common forms of colour blindness.
BLACK, BLUE, ORANGE, GREEN, VERMILION, PURPLE, SKY, YELLOW = (
    "#222222",
    "#0072B2",
    "#E69F00",
    "#009E73",
    "#D55E00",
    "#CC79A7",
    "#56B4E9",
    "#F0E442",
)
GREY, PALE, GRID = "#8A8A8A", "#E4E4E4", "#D9D9D9"
LINE_COLOURS = (BLUE, ORANGE, GREEN, VERMILION, PURPLE, SKY)
LINE_STYLES: tuple[str | tuple[int, tuple[int, ...]], ...] = ("-", (0, (6, 2)), (0, (1, 1)))
MARKERS = ("o", "s", "^", "D", "v", "P", "X")
PNG_DOTS_PER_INCH = 130
PNG_COMPRESSION = 1
POINTS = 72.0
TITLE_SIZE = 17
TITLE_EDGE = 5.0
TITLE_STRIP = 24.0
"""Height in points that a title takes above a picture for slides."""
LABEL_WIDTH = {"wide": 30, "narrow": 15}
_SALT = "smw"

Shape = Literal["wide", "narrow"]


@dataclass(frozen=True)
class Look:
    """How a scenario is drawn: colour, line style and marker, so that colour is never the only sign."""

    colour: str
    line: str | tuple[int, tuple[int, ...]]
    marker: str
    width: float


def looks(names: tuple[str, ...], reference: str) -> dict[str, Look]:
    """Choose the look of every scenario; the reference is black and thick.

    Parameters
    ----------
    names
        Scenarios in order.
    reference
        The reference scenario.
    """
    others = [name for name in names if name != reference]
    chosen = {reference: Look(BLACK, "-", MARKERS[0], 2.6)}
    for index, name in enumerate(others):
        turn = index // len(LINE_COLOURS)
        chosen[name] = Look(
            LINE_COLOURS[index % len(LINE_COLOURS)],
            LINE_STYLES[(index + turn) % len(LINE_STYLES)],
            MARKERS[1 + index % (len(MARKERS) - 1)],
            2.0,
        )
    return {name: chosen[name] for name in names}


@contextmanager
def lettering(shape: Shape) -> Iterator[None]:
    """Draw with the report's lettering and grid."""
    import matplotlib as mpl

    size = 13.0 if shape == "wide" else 12.0
    with mpl.rc_context(
        {
            "font.family": "DejaVu Sans",
            "font.size": size,
            "axes.titlesize": size + 1,
            "axes.titleweight": "bold",
            "axes.titlelocation": "left",
            # A fixed height: matplotlib measures every label at each drawing to find it otherwise.
            "axes.titley": 1.0,
            "axes.labelsize": size,
            "axes.grid": True,
            "axes.axisbelow": True,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.edgecolor": GREY,
            "grid.color": GRID,
            "grid.linewidth": 0.8,
            "legend.frameon": False,
            "legend.fontsize": size,
            "xtick.labelsize": size - 1,
            "ytick.labelsize": size - 1,
            "hatch.linewidth": 1.2,
            "svg.hashsalt": _SALT,
            "svg.fonttype": "path",
        }
    ):
        yield


def new_figure(
    shape: Shape,
    wide: tuple[float, float],
    narrow: tuple[float, float],
    layout: Literal["constrained"] | None = None,
) -> Figure:
    """Make an empty figure.

    Parameters
    ----------
    shape
        For a projector (wide) or a phone (narrow).
    wide, narrow
        Width and height in inches of each shape.
    layout
        Whether matplotlib makes room for labels, or the panels are placed otherwise.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure as PlainFigure

    figure = PlainFigure(figsize=wide if shape == "wide" else narrow, layout=layout)
    FigureCanvasAgg(figure)
    return figure


def panels(figure: Figure, count: int, shape: Shape, columns: int) -> list[Axes]:
    """Divide a figure into panels: so many columns when wide, one below the other when narrow."""
    across = columns if shape == "wide" else 1
    grid = figure.subplots(-(-count // across), across, squeeze=False)
    every = [axes for row in grid for axes in row]
    for spare in every[count:]:
        spare.remove()
    return every[:count]


def to_svg(figure: Figure) -> str:
    """Write a figure as SVG text, the same text each time, and no longer than it has to be."""
    buffer = io.StringIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None})
    return compact_svg(buffer.getvalue())


def to_png(figure: Figure, title: str) -> bytes:
    """Write a figure with its title above it as PNG for slides.

    Parameters
    ----------
    figure
        The figure; room for ``TITLE_STRIP`` has been left above its panels, or matplotlib makes it.
    title
        Words above it.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from PIL import Image

    words = figure.suptitle(title, x=0.01, ha="left", va="top", fontweight="bold", fontsize=TITLE_SIZE)
    if figure.get_layout_engine() is None:
        words.set_y(1.0 - TITLE_EDGE / (POINTS * figure.get_figheight()))
    figure.set_dpi(PNG_DOTS_PER_INCH)
    canvas: Any = FigureCanvasAgg(figure)
    canvas.draw()
    buffer = io.BytesIO()
    # Nothing shines through a picture on white: without that channel it is smaller, and sooner written.
    Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB").save(
        buffer, format="png", compress_level=PNG_COMPRESSION, dpi=(PNG_DOTS_PER_INCH, PNG_DOTS_PER_INCH)
    )
    return buffer.getvalue()


def legend_below(figure: Figure, axes: Axes, shape: Shape, columns: int = 3) -> None:
    """Put one legend for all panels below the figure."""
    handles, names = axes.get_legend_handles_labels()
    if handles:
        figure.legend(handles, names, loc="lower center", ncols=min(columns, len(names)) if shape == "wide" else 1)


def plain_axis(axes: Axes, x: bool = False) -> None:
    """Keep grid lines in one direction only: along the values."""
    axes.grid(visible=x, axis="x")
    axes.grid(visible=not x, axis="y")
    axes.tick_params(axis="y" if x else "x", length=0)


def name_rows(axes: Axes, labels: Sequence[str]) -> None:
    """Put a label beside each row of a panel; rows are 1 apart, the first at 0."""
    name_ticks(axes.yaxis, range(len(labels)), labels)


def name_rows_of_panel(axes: Axes, labels: Sequence[str], panel: int, shape: Shape) -> None:
    """Name the rows of one of several panels with the same rows: those beside the first need no names."""
    name_rows(axes, [""] * len(labels) if shape == "wide" and panel else labels)


def in_lines(words: str, width: int) -> str:
    """Break a label into lines of at most so many characters."""
    return textwrap.fill(words, width, break_long_words=False)
