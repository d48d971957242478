"""How pictures look: colours, sizes, lettering, and how they become SVG and PNG."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

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
PNG_COMPRESSION = 4
TITLE_SIZE = 17
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
    layout: Literal["constrained"] | None = "constrained",
) -> Figure:
    """Make an empty figure.

    Parameters
    ----------
    shape
        For a projector (wide) or a phone (narrow).
    wide, narrow
        Width and height in inches of each shape.
    layout
        Whether panels make room for their labels, or fill the places they are given.
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


def _settle(figure: Figure) -> None:
    """Make room for labels once and keep that, as each saving would else draw the whole figure twice."""
    engine = figure.get_layout_engine()
    if engine is not None:
        engine.execute(figure)
        figure.set_layout_engine(None)


def to_svg(figure: Figure) -> str:
    """Write a figure as SVG text, the same text each time."""
    _settle(figure)
    buffer = io.StringIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None})
    return buffer.getvalue()


def to_png(figure: Figure, title: str) -> bytes:
    """Write a figure with its title above it as PNG for slides."""
    figure.suptitle(title, x=0.01, ha="left", fontweight="bold", fontsize=TITLE_SIZE)
    _settle(figure)
    buffer = io.BytesIO()
    figure.savefig(
        buffer,
        format="png",
        dpi=PNG_DOTS_PER_INCH,
        facecolor="white",
        pil_kwargs={"compress_level": PNG_COMPRESSION},
    )
    return buffer.getvalue()


def legend_below(figure: Figure, axes: Axes, shape: Shape, columns: int = 3) -> None:
    """Put one legend for all panels below the figure."""
    handles, names = axes.get_legend_handles_labels()
    if handles:
        figure.legend(
            handles, names, loc="outside lower center", ncols=min(columns, len(names)) if shape == "wide" else 1
        )


def plain_axis(axes: Axes, x: bool = False) -> None:
    """Keep grid lines in one direction only: along the values."""
    axes.grid(visible=x, axis="x")
    axes.grid(visible=not x, axis="y")
    axes.tick_params(axis="y" if x else "x", length=0)


def in_lines(words: str, width: int) -> str:
    """Break a label into lines of at most so many characters."""
    return textwrap.fill(words, width, break_long_words=False)
