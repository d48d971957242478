"""A table as a reader sees it: words in cells, ready for the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Shade = Literal["", "better", "worse", "unclear", "neutral"]


@dataclass(frozen=True)
class Cell:
    """One cell.

    Attributes
    ----------
    text
        What stands in it.
    below
        Small print under it, such as the interval.
    word
        A word under that, such as a verdict.
    shade
        What its background says.
    """

    text: str
    below: str = ""
    word: str = ""
    shade: Shade = ""


@dataclass(frozen=True)
class Row:
    """One row: a head with an explanation, its cells, and the group it begins, if any."""

    head: str
    cells: tuple[Cell, ...]
    about: str = ""
    group: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Grid:
    """One table.

    Attributes
    ----------
    caption
        Its name.
    corner
        Head of the first column.
    heads
        Heads of the other columns.
    rows
        Its rows.
    note
        What a reader has to know.
    prose
        Whether its cells are running text rather than figures.
    """

    caption: str
    corner: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    note: str = ""
    prose: bool = False
