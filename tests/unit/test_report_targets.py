"""What is known stands next to what the model says, and a typo in it is named."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from fake_study import with_values
from report_views import known_elsewhere, mbo, some_scenarios, view_of

from sim.cli.compose import compose_one, compose_study
from sim.errors import InputError
from sim.report.csv_files import write_csv_files
from sim.report.exports import sheets
from sim.report.inputs import ReportInput
from sim.report.page import sections
from sim.report.target_table import about_targets, compared_targets, contradictions, target_table
from sim.report.workbook import write_workbook
from sim.runs.targets import Target, Targets

LABEL = {"en": "Reach", "nl": "Bereik"}
REACH = {
    "measure": "reach",
    "label": LABEL,
    "value": 0.02,
    "low": 0.015,
    "high": 0.025,
    "unit_text": {"en": "of the students", "nl": "van de leerlingen"},
    "source": "somebody, 2016",
    "grade": "B",
    "fitted": False,
}


def with_reach(values: list[float], **changes: object) -> ReportInput:
    """A study in which the reach of the reference is as given, and one thing is known about it."""
    study = with_values(some_scenarios(), {("s1_before_2016", "reach"): values})
    return replace(study, targets=Targets(known=(Target.model_validate(REACH | changes),)))


@pytest.mark.parametrize(
    ("mean", "spread", "said"),
    [
        (0.02, 0.0001, "yes"),
        (0.0151, 0.0001, "yes"),
        (0.0149, 0.001, "yes"),
        (0.0145, 0.0001, "no"),
        (0.03, 0.001, "no"),
    ],
)
def test_a_range_and_an_interval_meet_where_they_share_a_value(mean: float, spread: float, said: str) -> None:
    study = with_reach([mean + spread * luck for luck in (-1, 1, -1, 1, -1, 1, -1, 1)])
    (row,) = target_table(view_of(study)).rows
    assert row.cells[2].text == said


def test_without_a_range_the_value_itself_has_to_lie_in_the_interval() -> None:
    values = [0.019, 0.021] * 4
    (near,) = compared_targets(view_of(with_reach(values, low=None, high=None)))
    (far,) = compared_targets(view_of(with_reach(values, low=None, high=None, value=0.022)))
    assert (near.meets, far.meets) == (True, False)


def test_the_row_says_what_is_known_what_the_model_says_and_where_it_is_from() -> None:
    table = target_table(view_of(with_reach([0.019, 0.021] * 4, fitted=True), "nl"))
    (row,) = table.rows
    assert row.head == "Bereik"
    assert row.unit == "hierop afgesteld"
    assert (row.cells[0].text, row.cells[0].below) == ("2,00% van de leerlingen", "bereik 1,50% tot 2,50%")
    assert row.cells[1].text == "2,00%"
    assert row.cells[1].below.startswith("1,91% tot 2,09%")
    assert (row.cells[3].text, row.cells[3].below) == ("somebody, 2016", "klasse B")


def test_a_figure_that_was_not_measured_is_said_to_be_missing() -> None:
    table = target_table(view_of(known_elsewhere()))
    assert table.rows[-1].cells[1].text == "–"
    assert table.rows[-1].cells[2].text == "no figure in this study"
    (said,) = contradictions(view_of(known_elsewhere()))
    assert said.groups[0][1] == (
        "The model: no figure for Contacts while waiting outside (secondary schools (VO)) in this study",
    )


def test_a_reference_that_the_figures_are_not_about_is_a_warning() -> None:
    here = " ".join(one.text for one in about_targets(view_of(some_scenarios())))
    elsewhere = " ".join(one.text for one in about_targets(view_of(known_elsewhere())))
    assert "not the reference" not in here
    assert "situation of scenario another, which is not the reference" in elsewhere


def test_contradictions_of_the_sources_stand_beside_the_model() -> None:
    (said,) = contradictions(view_of(mbo(), "nl"))
    shown = dict(said.groups)
    money = next(items for head, items in shown.items() if "28,8 miljoen" in head)
    assert any("SMW-geld per geholpen student" in item and "€" in item for item in money)
    leaving = next(items for head, items in shown.items() if "85%" in head)
    assert any("tegen allen 2,3" in item or "tegen allen 2,4" in item for item in leaving)


def test_the_page_has_the_section_only_where_something_is_known() -> None:
    study = some_scenarios()
    assert "known" in [section.key for section in sections(view_of(study), [])]
    nothing = replace(study, targets=Targets())
    assert "known" not in [section.key for section in sections(view_of(nothing), [])]


def test_excel_and_csv_hold_what_is_known_as_numbers(tmp_path: Path) -> None:
    study = mbo()
    view = view_of(study)
    write_workbook(view, sheets(view), tmp_path / "book.xlsx")
    rows = list(openpyxl.load_workbook(tmp_path / "book.xlsx")["What is known"].iter_rows(values_only=True))
    heads, first = rows[0], dict(zip(rows[0], rows[1], strict=True))
    assert len(rows) == 1 + len(study.targets.known)
    assert first["Name in the model"] == "helped_per_year"
    assert (first["What is known"], first["Low of what is known"]) == (32000, 30000)
    assert "Do they meet?" in heads
    write_csv_files(view, tmp_path)
    with (tmp_path / "known.csv").open(encoding="utf-8", newline="") as file:
        assert [row["Name in the model"] for row in csv.DictReader(file)][:2] == ["helped_per_year", "reach"]


def test_targets_come_with_the_region_of_the_reference() -> None:
    assert compose_study([]).settings.targets.region == "gooi_en_vechtstreek"
    assert compose_study(["scenarios=[mbo_no_smw,mbo_current_mix]"]).settings.targets.region == "mbo_nederland"
    assert compose_one(["scenario=mbo_institution"]).settings.targets.region == "mbo_institution"


def test_targets_of_another_region_are_not_shown() -> None:
    assert compose_one(["scenario=mbo_institution", "targets=mbo_nederland"]).settings.targets == Targets()


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("measure=reech", ["targets.known.0.measure", "'reech'", "'reach'"]),
        ("level=sectr", ["targets.known.0.level", "'sectr'", "'sector'"]),
        ("unit=vwo", ["targets.known.0.unit", "'vwo'", "allowed: mbo, po, vo"]),
        ("grade=E", ["targets.known.0.grade", "found 'E'", "A, B, C, D"]),
        ("value=much", ["targets.known.0.value", "found 'much'", "a number"]),
        ("low=0.9", ["targets.known.0", "not between low (0.9) and high"]),
        ("low=null", ["targets.known.0", "low and high go together"]),
    ],
)
def test_a_mistake_in_what_is_known_is_named(text: str, parts: list[str]) -> None:
    with pytest.raises(InputError) as caught:
        compose_one([f"targets.known.0.{text}"])
    assert all(part in str(caught.value) for part in ["command line", *parts])


def test_a_mistake_in_a_targets_file_names_the_file_and_the_key(tmp_path: Path) -> None:
    (tmp_path / "targets").mkdir()
    file = tmp_path / "targets" / "mine.yaml"
    contradiction = "  - {label: {en: a, nl: a}, shows: [{measure: reach, level: school, unit: vo_01}]}\n"
    file.write_text(f"region: gooi_en_vechtstreek\ncontradictions:\n{contradiction}", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        compose_one(["targets=mine"], tmp_path)
    said = str(caught.value)
    assert said.startswith(f"{file}, targets.contradictions.0.shows.0.unit: unknown unit 'vo_01'")
    assert "'vo-01'" in said
