"""The report of a study: one HTML page, Excel workbooks, CSV files and pictures for slides."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from sim.report.crew import Crew
from sim.report.figures import gallery
from sim.report.in_place import put_in_place
from sim.report.inputs import ReportInput
from sim.report.language import LANGUAGES
from sim.report.page import render
from sim.report.parts import keep_for_others, make, make_there, parts_of, views_of

PAGE = "report.html"


def write_report(folder: Path, study: ReportInput, crew: Crew | None = None) -> Path:
    """Write the report into an output folder: ``report.html``, ``tables_*.xlsx``, ``tables/*/`` and ``figures/*/``.

    Everything is made in a temporary folder first and then put in its place, the page last; if making it fails, an
    earlier report stays as it was.

    Parameters
    ----------
    folder
        Output folder of the study; made when it is not there.
    study
        What the report is made from.
    crew
        Processes that make parts of it; everything is made in this process when None. The files are the same.

    Returns
    -------
    Path
        The page.
    """
    with put_in_place(folder, _parts()) as new:
        _fill(new, study, crew or Crew(0))
    return folder / PAGE


def _parts() -> list[str]:
    return [part for code in LANGUAGES for part in (f"tables/{code}", f"figures/{code}", f"tables_{code}.xlsx")] + [
        PAGE
    ]


def _fill(folder: Path, study: ReportInput, crew: Crew) -> None:
    views = views_of(study)
    if crew.size > 0:
        keep_for_others(study, folder)
    parts = parts_of(views)
    made = crew.share(parts, partial(make, views=views, folder=folder), partial(make_there, folder=folder))
    pictures = {(part.code, drawn.key): drawn for part, drawn in zip(parts, made, strict=True) if drawn is not None}
    drawn = {code: [pictures[code, key] for key in gallery.pictures(view)] for code, view in views.items()}
    (folder / PAGE).write_text(render(views, drawn), encoding="utf-8")
