"""The report of a study: one HTML page, Excel workbooks, CSV files and pictures for slides."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from sim.report.csv_files import write_csv_files
from sim.report.exports import sheets
from sim.report.figures.gallery import Drawn, draw_all
from sim.report.inputs import ReportInput
from sim.report.language import LANGUAGES, load_language
from sim.report.lookup import Lookup
from sim.report.page import render
from sim.report.view import View
from sim.report.workbook import write_workbook

PAGE = "report.html"


def write_report(folder: Path, study: ReportInput) -> Path:
    """Write the report into an output folder: ``report.html``, ``tables_*.xlsx``, ``tables/*/`` and ``figures/*/``.

    Everything is made in a temporary folder first and then put in its place, the page last; if making it fails, an
    earlier report stays as it was.

    Parameters
    ----------
    folder
        Output folder of the study; made when it is not there.
    study
        What the report is made from.

    Returns
    -------
    Path
        The page.
    """
    folder.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(prefix=".report-", dir=folder))
    try:
        _fill(new, study)
        for part in _parts():
            _put(new / part, folder / part)
    finally:
        shutil.rmtree(new, ignore_errors=True)
    return folder / PAGE


def _parts() -> list[str]:
    return [part for code in LANGUAGES for part in (f"tables/{code}", f"figures/{code}", f"tables_{code}.xlsx")] + [
        PAGE
    ]


def _fill(folder: Path, study: ReportInput) -> None:
    lookup = Lookup(study.summary, study.differences)
    views = {code: View(study, lookup, load_language(code, study.only_mbo)) for code in LANGUAGES}
    drawn = {code: list(draw_all(view)) for code, view in views.items()}
    for code, view in views.items():
        tables = folder / "tables" / code
        tables.mkdir(parents=True)
        write_csv_files(view, tables)
        write_workbook(view, sheets(view), folder / f"tables_{code}.xlsx")
        _write_pictures(drawn[code], folder / "figures" / code)
    (folder / PAGE).write_text(render(views, drawn), encoding="utf-8")


def _write_pictures(drawn: Sequence[Drawn], folder: Path) -> None:
    folder.mkdir(parents=True)
    for one in drawn:
        (folder / f"{one.key}.png").write_bytes(one.png)


def _put(new: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.is_dir():
        shutil.rmtree(target)
    new.replace(target)
