"""A finished picture, and how a figure becomes one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.report.figures.arrange import arrange
from sim.report.figures.style import TITLE_STRIP, Shape, lettering, to_png, to_svg

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SHAPES: tuple[Shape, ...] = ("wide", "narrow")


@dataclass(frozen=True)
class Drawn:
    """A finished picture.

    Attributes
    ----------
    key
        Name of the picture, and of its files.
    title, note, alt
        Words above and below it, and for readers who cannot see it.
    label
        What a chooser calls it, if it is one of several.
    svg
        The picture for the page, by shape.
    png
        The picture for slides.
    """

    key: str
    title: str
    note: str
    alt: str
    label: str
    svg: dict[Shape, str]
    png: bytes


def render(title: str, draw: Callable[[Shape], Figure]) -> tuple[dict[Shape, str], bytes]:
    """Render a picture for the page in both shapes, and with its title for slides.

    Parameters
    ----------
    title
        Words above the picture for slides.
    draw
        Draws it in a shape; panels find their places here unless the figure has a layout of its own.

    Returns
    -------
    tuple
        SVG by shape, and the PNG.
    """
    svg: dict[Shape, str] = {}
    png = b""
    for shape in SHAPES:
        with lettering(shape):
            figure = draw(shape)
            arrangement = arrange(figure) if figure.get_layout_engine() is None else None
            svg[shape] = to_svg(figure)
            if shape == "wide":
                if arrangement is not None:
                    arrangement.place(above=TITLE_STRIP)
                png = to_png(figure, title)
    return svg, png
