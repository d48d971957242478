"""What ``smw spread`` prints: the conclusions, and the ways of spreading."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sim.cli.printing import table

if TYPE_CHECKING:
    from sim.report.comparison import Sentence
    from sim.report.document import Document


def document_text(document: Document) -> str:
    """Write the findings and the main table of a page for the terminal.

    Parameters
    ----------
    document
        The page in English.
    """
    lines = [line for sentence in document.findings for line in _lines(sentence)]
    grid = document.main
    if grid is None:
        return "\n".join(lines)
    rows = [[grid.corner, *grid.heads]]
    rows += [
        [row.head, *(" ".join(part for part in (c.text, _bounds(c.below)) if part) for c in row.cells)]
        for row in grid.rows
    ]
    return "\n".join([table(rows), "", *lines])


def _bounds(below: str) -> str:
    return f"({below})" if below else ""


def _lines(sentence: Sentence) -> Iterator[str]:
    yield f"{sentence.title}: {sentence.text}" if sentence.title else sentence.text
    for head, items in sentence.groups:
        if head:
            yield f"  {head}:"
        yield from (f"    {item}" for item in items)
