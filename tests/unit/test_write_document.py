"""A page about a question: both languages, pictures, workbook, findings, written whole or not at all."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from experiments.refresh_findings import fill
from sim.report.blocks import Block, Section
from sim.report.comparison import Sentence
from sim.report.document import Document, Picture
from sim.report.figures.style import new_figure
from sim.report.grid import Cell, Grid, Row
from sim.report.language import Language
from sim.report.write_document import write_document

TABLES = {"found": pd.DataFrame({"measure": ["reach", "cost"], "mean": [0.25, float("nan")], "n": [3, 4]})}


def draw(shape):
    figure = new_figure(shape, (6, 3), (4, 3), "constrained")
    figure.subplots().plot([0, 1], [0, 1])
    return figure


def grid() -> Grid:
    return Grid("Amounts", "what", ("mean",), (Row("reach", (Cell("25%", "20 to 30"),), unit="%"),), note="A note.")


def document(language: Language) -> Document:
    title = {"en": "How much?", "nl": "Hoeveel?"}[language.code]
    blocks = (
        Block("prose", [Sentence(f"{title} This much.", groups=(("", ("one",)),))]),
        Block("picture", [Picture("curve", "Curve", "A note", "A curve that rises", draw)]),
        Block("table", [grid()]),
    )
    empty = Section("nothing", "Nothing here", (Block("prose", []),))
    sections = (Section("answer", "Answer", blocks), empty)
    return Document(title, "small", sections, findings=(Sentence("This much."),), main=grid())


def test_everything_is_written_in_both_languages(tmp_path: Path):
    page = write_document(tmp_path / "out", document, TABLES).read_text(encoding="utf-8")
    assert "Hoeveel? This much." in page
    assert "How much? This much." in page
    assert "Nothing here" not in page
    assert page.count('alt="A curve that rises"') == 2
    for code in ("nl", "en"):
        assert (tmp_path / "out" / "figures" / code / "curve.png").read_bytes().startswith(b"\x89PNG")
    book = openpyxl.load_workbook(tmp_path / "out" / "tables_en.xlsx")
    rows = list(book["found"].iter_rows(values_only=True))
    assert [row[1] for row in rows[1:]] == [0.25, None]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "figures",
        "findings.md",
        "report.html",
        "tables_en.xlsx",
        "tables_nl.xlsx",
    ]


def test_the_same_answer_gives_the_same_bytes(tmp_path: Path):
    pages = [write_document(tmp_path / name, document, TABLES) for name in ("a", "b")]
    for name in ("report.html", "findings.md", "tables_nl.xlsx", "figures/nl/curve.png"):
        one, other = ((page.parent / name).read_bytes() for page in pages)
        assert one == other, name


def test_a_page_that_cannot_be_made_leaves_the_earlier_one(tmp_path: Path):
    write_document(tmp_path, document, TABLES)
    before = (tmp_path / "report.html").read_bytes()

    def broken(language: Language) -> Document:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_document(tmp_path, broken, TABLES)
    assert (tmp_path / "report.html").read_bytes() == before
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_findings_go_between_the_marks_of_an_experiment(tmp_path: Path):
    write_document(tmp_path, document, TABLES)
    page = tmp_path / "README.md"
    page.write_text("# Question\n<!-- findings -->\nold\n<!-- end of findings -->\nend\n")
    fill(page, tmp_path / "findings.md")
    text = page.read_text()
    assert "- This much." in text
    assert "| reach (%) | 25% (20 to 30) |" in text
    assert "old" not in text
    assert text.endswith("end\n")
    page.write_text("no marks")
    with pytest.raises(SystemExit, match="expected one place"):
        fill(page, tmp_path / "findings.md")
