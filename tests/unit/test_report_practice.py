"""The table of how SMW works tells every lever, and only sectors that have students."""

from __future__ import annotations

from dataclasses import replace

from report_views import mbo, one_scenario, some_scenarios, view_of, with_levers

from sim.region.practice import schools_with
from sim.report.grid import Grid
from sim.report.practice import practice_table
from sim.report.settings_tables import compared, other_settings


def told(table: Grid, head: str) -> dict[str, str]:
    (row,) = [row for row in table.rows if row.head.startswith(head)]
    return dict(zip(table.heads, (cell.text for cell in row.cells), strict=True))


def test_scenarios_that_work_alike_share_a_column() -> None:
    table = practice_table(view_of(some_scenarios()))
    assert table.heads == ("All scenarios",)
    assert told(table, "Hours are spread over primary")["All scenarios"] == (
        "a fixed base for every school, the rest where the wait is longest: 55% is fixed, the rest is given again "
        "every 8 school weeks, at most 8 hours a week for a school"
    )


def test_a_lever_that_nobody_pulls_has_no_row() -> None:
    heads = [row.head for row in practice_table(view_of(one_scenario())).rows]
    assert not any(head.startswith(("Keeping", "Age", "Presence", "Running", "Hours change")) for head in heads)


def test_the_reference_is_written_out_and_others_only_where_they_differ() -> None:
    table = practice_table(view_of(with_levers()))
    touch = told(table, "Keeping in touch")
    assert touch["Before 2016"] == "no"
    assert touch["Keeping in touch"] == "every 21 days, 20 minutes"
    assert touch["From today"] == "="
    assert table.note == "= means: as in “Before 2016”. Nothing differs in: No school social work."


def test_dated_changes_of_hours_stand_with_their_dates_and_schools() -> None:
    table = practice_table(view_of(with_levers(), "nl"))
    changes = told(table, "Uren veranderen")
    assert changes["Acht weken ziek"].startswith("vanaf 9 januari 2017 tot 6 maart 2017, ")
    assert changes["Acht weken ziek"].endswith(": geen uren; lopende gevallen: wachten tot er weer uren zijn")
    assert changes["Bezuiniging in januari"] == "vanaf 1 januari 2017, alle scholen: 80% van de uren"
    assert changes["Uren in het po stoppen"] == (
        "vanaf 1 januari 2017, basisscholen (po): geen uren; lopende gevallen: wachten tot er weer uren zijn"
    )
    assert "6,0 uur per schoolweek meer" in changes["Tweede kracht vanaf maart"]


def test_a_start_from_today_names_its_table() -> None:
    start = told(practice_table(view_of(with_levers())), "Where the run starts")
    assert start["From today"].endswith("in configs/start/today_example.csv (86 numbers)")
    assert start["Before 2016"] == "with the lists and caseloads of a settled system"


def test_limits_say_at_how_many_schools_they_hold() -> None:
    study = mbo()
    table = practice_table(view_of(study))
    heads = [row.head for row in table.rows]
    assert not any("primary" in head or "secondary" in head for head in heads)
    limits, region = study.scenarios["with_limits"].care.smw.limits, study.regions["with_limits"]
    at = {
        name: int(schools_with(share, region, name).sum())
        for name, share in (("max", limits.max_at), ("age", limits.age_at))
    }
    assert 0 < at["age"] < at["max"] < 65
    maximum = told(table, "Maximum of the help")["with_limits"]
    assert maximum == f"at most 4 conversations, at most 6.5 hours, at {at['max']} of the 65 schools"
    assert (
        told(table, "Age limit")["with_limits"]
        == f"no students older than 21 years, at {at['age']} of the 65 schools"
    )


def test_linking_is_told_by_level_where_levels_differ() -> None:
    table = practice_table(view_of(mbo()))
    (row,) = [row for row in table.rows if row.head == "Referred to"]
    assert row.cells[1].text.startswith("mbo level 1, mbo level 2: a jeugdteam inside the school; mbo level 3")


def test_what_the_table_tells_is_not_told_again_as_a_setting() -> None:
    said = " ".join(other_settings(view_of(with_levers())))
    assert "bridging.every_days" not in said
    assert "capacity" not in said
    assert "horizon.warm_up_years = 0 (1)" in said


def test_only_sectors_with_students_have_a_column_of_hours() -> None:
    assert compared(view_of(mbo())).heads[-1] == "Hours a year, MBO"
    heads = compared(view_of(some_scenarios())).heads
    assert [head for head in heads if head.startswith("Hours")] == [
        "Hours a year, PO",
        "Hours a year, VO",
    ]


def test_a_study_of_regions_with_other_sectors_shows_all_of_them() -> None:
    study, other = some_scenarios(), mbo()
    regions = {**study.regions, "no_smw": other.regions["mbo_no_smw"]}
    assert replace(study, regions=regions).sectors == ("po", "vo", "mbo")
