"""Findings as Markdown, for the description of an experiment."""

from __future__ import annotations

from collections.abc import Iterator

from sim.report.comparison import Sentence
from sim.report.document import Document
from sim.report.grid import Cell, Grid


def findings_text(document: Document) -> str:
    """Write the findings of a page, and its main table."""
    lines = [line for sentence in document.findings for line in _sentence(sentence)]
    if document.main is not None:
        lines += ["", *_table(document.main)]
    return "\n".join(lines).strip() + "\n"


def _sentence(sentence: Sentence) -> Iterator[str]:
    stop = "" if sentence.title.endswith(("?", ".", ":")) else "."
    title = f"**{sentence.title}{stop}** " if sentence.title else ""
    yield f"- {title}{sentence.text}"
    for head, items in sentence.groups:
        if head:
            yield f"  - {head}"
        indent = "    " if head else "  "
        yield from (f"{indent}- {item}" for item in items)


def _table(grid: Grid) -> Iterator[str]:
    if grid.caption:
        yield f"{grid.caption}:"
        yield ""
    yield _line([grid.corner, *grid.heads])
    yield _line(["---", *("---:" for _ in grid.heads)])
    for row in grid.rows:
        if row.group:
            yield _line([f"**{row.group}**", *("" for _ in grid.heads)])
        head = f"{row.head} ({row.unit})" if row.unit else row.head
        yield _line([head, *(_cell(cell) for cell in row.cells)])
    if grid.note:
        yield ""
        yield grid.note


def _cell(cell: Cell) -> str:
    below = f"({cell.below})" if cell.below and not cell.below.startswith("(") else cell.below
    return " ".join(part for part in (cell.text, below, cell.word) if part)


def _line(cells: list[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
