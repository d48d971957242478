"""The table of differences under other values of what schools do without SMW."""

from __future__ import annotations

from report_views import some_scenarios, view_of, with_range

from sim.report import sentences
from sim.report.range_table import MEASURES, range_table


def test_every_value_is_a_row_under_its_measure() -> None:
    study = with_range()
    grid = range_table(view_of(study, "nl"))
    assert [row.head for row in grid.rows] == ["0% van hen", "100% van hen"] * len(MEASURES)
    assert [bool(row.group) for row in grid.rows] == [True, False] * len(MEASURES)
    assert {cell.text for cell in grid.rows[0].cells} == {"−44"}
    assert {cell.text for cell in grid.rows[1].cells} == {"+82"}
    assert len(grid.rows[0].cells) == len(study.others)


def test_the_warning_points_to_the_table_when_there_is_one() -> None:
    study = some_scenarios()
    without = " ".join(sentence.text for sentence in sentences.without_smw(view_of(study, "en")))
    assert "Run the study with" in without
    (said,) = sentences.without_smw(view_of(with_range(), "en"))
    assert "The table “What if schools without SMW do otherwise?”" in said.text


def test_nothing_is_shown_when_nothing_was_varied() -> None:
    assert range_table(view_of(some_scenarios(), "en")).rows == ()
