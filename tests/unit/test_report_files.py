"""The files of the report: a page that needs nothing else, and tables that open with the right numbers."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import openpyxl
import pytest
from report_views import one_scenario, some_scenarios, view_of

from sim.report import build
from sim.report.build import write_report
from sim.report.figures import gallery
from sim.report.html import Terms

MEGABYTE = 1_000_000


class Page(HTMLParser):
    """What a page contains, as far as the tests ask."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def all(self, *names: str) -> Iterator[dict[str, str]]:
        return (attributes for tag, attributes in self.tags if tag in names)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("study")
    write_report(place, some_scenarios())
    return place


@pytest.fixture(scope="module")
def page(folder: Path) -> Page:
    return Page((folder / "report.html").read_text(encoding="utf-8"))


def test_the_page_asks_nothing_of_the_network(folder: Path, page: Page) -> None:
    addresses = [
        value
        for _, attributes in page.tags
        for name, value in attributes.items()
        if name in ("src", "srcset", "href")
    ]
    assert addresses
    assert [address for address in addresses if not address.startswith(("data:", "#"))] == []
    style = (folder / "report.html").read_text(encoding="utf-8").split("<style>")[1].split("</style>")[0]
    assert "url(" not in style
    assert "@import" not in style


def test_the_page_is_small_enough_to_send(folder: Path) -> None:
    assert (folder / "report.html").stat().st_size < 8 * MEGABYTE


def test_the_page_holds_both_languages_and_one_is_shown_without_script(page: Page) -> None:
    shown = [
        (attributes["lang"], attributes["class"])
        for attributes in page.all("div")
        if "page" in attributes.get("class", "").split()
    ]
    assert shown == [("nl", "page shown"), ("en", "page")]


def test_every_picture_has_words_and_every_place_its_own_name(page: Page) -> None:
    assert all(len(attributes["alt"]) > 40 for attributes in page.all("img"))
    names = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(names) == len(set(names))
    targets = [attributes["href"][1:] for attributes in page.all("a")]
    assert set(targets) <= set(names)


def test_headings_follow_each_other_without_a_gap(folder: Path) -> None:
    text = (folder / "report.html").read_text(encoding="utf-8")
    levels = [int(level) for level in re.findall(r"<h([1-6])", text)]
    assert levels[0] == 1
    assert max(after - before for before, after in pairwise(levels)) <= 1


def test_text_from_settings_cannot_become_markup() -> None:
    marked = Terms(view_of(some_scenarios()).language).mark('<b>SMW</b> & "SMW"')
    assert str(marked).startswith("&lt;b&gt;<dfn")
    assert str(marked).count("<dfn") == 1
    assert str(marked).endswith("&amp; &#34;SMW&#34;")


def test_excel_opens_with_the_right_numbers_as_numbers(folder: Path) -> None:
    study = some_scenarios()
    wanted = view_of(study).lookup.figure("s1_proposal_2016", "reach", "municipality", "hilversum")
    book = openpyxl.load_workbook(folder / "tables_nl.xlsx", read_only=True)
    assert book.sheetnames[:5] == ["Over", "Scenario's", "Hoe het SMW werkt", "Maten", "Verschillen"]
    rows = list(book["Maten"].iter_rows())
    heads = [cell.value for cell in rows[0]]
    row = next(row for row in rows if [cell.value for cell in row[:3]] == ["Bereik", "Gemeente", "Hilversum"])
    cell = row[heads.index("Voorstel 2016: Gemiddelde")]
    assert cell.value == pytest.approx(wanted.mean)
    assert cell.number_format == "0.00%"
    assert row[heads.index("Voorstel 2016: Onder")].value == pytest.approx(wanted.low)


def test_excel_keeps_headings_in_sight_and_columns_readable(folder: Path) -> None:
    sheet = openpyxl.load_workbook(folder / "tables_en.xlsx")["Differences"]
    assert sheet.freeze_panes == "B2"
    assert sheet.column_dimensions["A"].width > 30
    verdicts = next(column for column in sheet.columns if column[0].value == "No school social work: Verdict")
    assert {cell.value for cell in verdicts} >= {"lower", "cannot tell", "no figure"}


def test_csv_for_dutch_excel_has_semicolons_decimal_commas_and_a_mark(folder: Path) -> None:
    path = folder / "tables" / "nl" / "maten.csv"
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    row = next(r for r in rows if (r["scenario"], r["maat"], r["niveau"]) == ("s1_proposal_2016", "reach", "total"))
    wanted = view_of(some_scenarios()).lookup.figure("s1_proposal_2016", "reach")
    assert re.fullmatch(r"0,0\d+", row["gemiddelde"])
    assert float(row["gemiddelde"].replace(",", ".")) == pytest.approx(wanted.mean, rel=1e-6)
    assert row["naam_maat"] == "Bereik"


def test_csv_for_everybody_else_has_commas_and_points(folder: Path) -> None:
    with (folder / "tables" / "en" / "differences.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    row = next(r for r in rows if (r["scenario"], r["measure"], r["level"]) == ("no_smw", "reach", "total"))
    wanted = view_of(some_scenarios()).lookup.difference("no_smw", "reach")
    assert float(row["mean"]) == pytest.approx(wanted.mean, rel=1e-6)
    assert row["verdict"] == "lower"


def test_slides_have_their_pictures_in_both_languages(folder: Path) -> None:
    for code in ("nl", "en"):
        found = sorted(path.name for path in (folder / "figures" / code).glob("*.png"))
        assert {"ce_plane.png", "cost.png", "payers.png"} <= set(found)
        assert len(found) == 14
        assert all((folder / "figures" / code / name).read_bytes().startswith(b"\x89PNG") for name in found)


def test_a_report_that_fails_leaves_the_earlier_one_as_it_was(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    def fail(*_: object) -> str:
        raise RuntimeError("out of paper")

    monkeypatch.setattr(build, "render", fail)
    monkeypatch.setattr(gallery, "pictures", lambda view: [])
    with pytest.raises(RuntimeError, match="out of paper"):
        write_report(folder, one_scenario())
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
