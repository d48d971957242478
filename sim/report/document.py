"""A page about a question, before it is written: sections with pictures still to be drawn, and what was found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.report.blocks import Section
from sim.report.comparison import Sentence
from sim.report.figures.style import Shape
from sim.report.grid import Grid

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class Picture:
    """A picture that is drawn when the page is written; it stands in a block of the kind ``picture``.

    Attributes
    ----------
    key
        Name of its files.
    title, note, alt
        Words above and below it, and for readers who cannot see it.
    draw
        Draws it in a shape.
    label
        What a chooser calls it, if it is one of several.
    """

    key: str
    title: str
    note: str
    alt: str
    draw: Callable[[Shape], Figure]
    label: str = ""


@dataclass(frozen=True)
class Document:
    """A page in one language.

    Attributes
    ----------
    title, subtitle
        Its head.
    sections
        Its sections, in order.
    findings
        The conclusions that go into the description of the experiment.
    main
        The table that goes there, if any.
    """

    title: str
    subtitle: str
    sections: tuple[Section, ...]
    findings: tuple[Sentence, ...] = ()
    main: Grid | None = None
