"""Writes a page about a question: HTML in both languages, pictures for slides, a workbook, and the findings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sim.report.blocks import Block, Section
from sim.report.document import Document, Picture
from sim.report.figures.drawn import Drawn, render
from sim.report.findings import findings_text
from sim.report.html import Page, render_pages
from sim.report.in_place import put_in_place
from sim.report.language import LANGUAGES, Language, load_language
from sim.report.tidy_workbook import write_tidy_workbook

if TYPE_CHECKING:
    import pandas as pd

PAGE, FINDINGS = "report.html", "findings.md"
FINDINGS_IN = "en"
PICTURE = "picture"
PICTURES = (PICTURE, "chooser")


def write_document(
    folder: Path,
    document: Callable[[Language], Document],
    tables: Mapping[str, pd.DataFrame],
    *,
    only_mbo: bool = False,
) -> Path:
    """Write a page into an output folder: ``report.html``, ``figures/*/``, ``tables_*.xlsx`` and ``findings.md``.

    Everything is made in a temporary folder first and then put in its place, the page last.

    Parameters
    ----------
    folder
        Output folder.
    document
        Makes the page in a language.
    tables
        Tidy tables by name, for the workbook.
    only_mbo
        Call pupils and teachers as the mbo does.

    Returns
    -------
    Path
        The page.
    """
    pictures, workbooks = ([name.format(code) for code in LANGUAGES] for name in ("figures/{}", "tables_{}.xlsx"))
    with put_in_place(folder, [*pictures, *workbooks, FINDINGS, PAGE]) as new:
        _fill(new, document, tables, only_mbo)
    return folder / PAGE


def _fill(
    folder: Path, document: Callable[[Language], Document], tables: Mapping[str, pd.DataFrame], only_mbo: bool
) -> None:
    pages = []
    for code in LANGUAGES:
        language = load_language(code, only_mbo)
        made = document(language)
        pictures = folder / "figures" / code
        pictures.mkdir(parents=True)
        pages.append(Page(language, made.title, made.subtitle, _drawn(made.sections, pictures)))
        write_tidy_workbook(folder / f"tables_{code}.xlsx", tables, language)
        if code == FINDINGS_IN:
            (folder / FINDINGS).write_text(findings_text(made), encoding="utf-8")
    (folder / PAGE).write_text(render_pages(pages), encoding="utf-8")


def _drawn(sections: Sequence[Section], folder: Path) -> tuple[Section, ...]:
    """Return sections in which every picture is finished; empty blocks and sections are left out."""
    finished = (
        replace(section, blocks=tuple(_finished(block, folder) for block in section.blocks if block.content))
        for section in sections
    )
    return tuple(section for section in finished if section.blocks)


def _finished(block: Block, folder: Path) -> Block:
    if block.kind not in PICTURES:
        return block
    return Block(block.kind, [_draw(one, folder) if isinstance(one, Picture) else one for one in block.content])


def _draw(picture: Picture, folder: Path) -> Drawn:
    svg, png = render(picture.title, picture.draw)
    (folder / f"{picture.key}.png").write_bytes(png)
    return Drawn(picture.key, picture.title, picture.note, picture.alt, picture.label, svg, png)
