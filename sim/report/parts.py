"""The parts of a report that can be made side by side: pictures, CSV files and workbooks, each in one language."""

from __future__ import annotations

import gc
import pickle
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from pathlib import Path

from sim.report.csv_files import write_csv_files
from sim.report.exports import sheets
from sim.report.figures import gallery
from sim.report.figures.drawn import Drawn
from sim.report.inputs import ReportInput
from sim.report.language import LANGUAGES, load_language
from sim.report.lookup import Lookup
from sim.report.view import View
from sim.report.workbook import write_workbook

STUDY = "study.pickle"
MANY_OBJECTS = 50_000
LIBRARIES = (
    "babel.numbers",
    "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_svg",
    "matplotlib.figure",
    "pandas",
    "xlsxwriter",
)
CSV, WORKBOOK = "tables", "workbook"
# How long a part takes, compared with the others; those that are not named are small.
LONG = {WORKBOOK: 6, "weeks": 4, "spread": 3, "waits": 2, "euro_flows": 2, CSV: 2}


@dataclass(frozen=True)
class Part:
    """A part of the report: the tables as CSV or as a workbook, or else the picture with this key."""

    code: str
    key: str


def views_of(study: ReportInput) -> dict[str, View]:
    """Show a study in every language."""
    lookup = Lookup(study.summary, study.differences)
    return {code: View(study, lookup, load_language(code, study.only_mbo)) for code in LANGUAGES}


def parts_of(views: Mapping[str, View]) -> list[Part]:
    """Return all parts, the longest at both ends of the list.

    Parameters
    ----------
    views
        The study in each language.
    """
    parts = [Part(code, key) for code, view in views.items() for key in (WORKBOOK, CSV, *gallery.pictures(view))]
    parts.sort(key=lambda part: -LONG.get(part.key, 1))
    return [*parts[0::2], *reversed(parts[1::2])]


def make(part: Part, views: Mapping[str, View], folder: Path) -> Drawn | None:
    """Make a part and write its files.

    Parameters
    ----------
    part
        What to make.
    views
        The study in each language.
    folder
        Folder of the report.

    Returns
    -------
    Drawn or None
        The picture, if it is one.
    """
    view = views[part.code]
    if part.key == CSV:
        tables = folder / "tables" / part.code
        tables.mkdir(parents=True)
        write_csv_files(view, tables)
        return None
    if part.key == WORKBOOK:
        write_workbook(view, sheets(view), folder / f"tables_{part.code}.xlsx")
        return None
    pictures = folder / "figures" / part.code
    pictures.mkdir(parents=True, exist_ok=True)
    drawn = gallery.draw(view, part.key)
    (pictures / f"{part.key}.png").write_bytes(drawn.png)
    return drawn


def keep_for_others(study: ReportInput, folder: Path) -> None:
    """Write a study where other processes find it."""
    (folder / STUDY).write_bytes(pickle.dumps(study, protocol=pickle.HIGHEST_PROTOCOL))


def make_there(part: Part, folder: Path) -> Drawn | None:
    """Make a part in another process than the one that kept the study.

    Parameters
    ----------
    part
        What to make.
    folder
        Folder of the report, in which the study was kept.
    """
    with few_collections():
        return make(part, _kept_views(folder), folder)


@lru_cache(maxsize=1)
def _kept_views(folder: Path) -> dict[str, View]:
    return views_of(pickle.loads((folder / STUDY).read_bytes()))


@contextmanager
def few_collections() -> Iterator[None]:
    """Look for circular garbage seldom: a picture consists of many objects that all live until it is finished."""
    before = gc.get_threshold()
    gc.set_threshold(MANY_OBJECTS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def load_libraries() -> None:
    """Load the libraries that parts are made with, ahead of the first part."""
    for name in LIBRARIES:
        import_module(name)
