"""The folded tables stay readable: nothing twice, and of many schools or places the first and the last."""

from __future__ import annotations

from report_views import mbo, some_scenarios, view_of

from sim.report.grid import Grid
from sim.report.level_tables import SHOWN, full_tables


def captions(tables: list[Grid]) -> list[str]:
    return [table.caption for table in tables]


def test_few_municipalities_stand_in_full_and_many_by_the_ends() -> None:
    few, many = captions(full_tables(view_of(some_scenarios()))), captions(full_tables(view_of(mbo())))
    assert "All measures: Municipality" in few
    assert "Municipality: the 5 with the lowest and the highest figures" in many
    assert "All measures: Municipality" not in many


def test_the_only_sector_is_not_shown_beside_the_total() -> None:
    assert "All measures: Sector" in captions(full_tables(view_of(some_scenarios())))
    assert "All measures: Sector" not in captions(full_tables(view_of(mbo())))
    assert "All measures: Level of the mbo" in captions(full_tables(view_of(mbo())))


def test_the_ends_are_those_of_the_reference_in_order() -> None:
    view = view_of(mbo())
    (table,) = [table for table in full_tables(view) if table.caption.startswith("School: ")]
    reach = {
        view.unit("school", unit): view.lookup.figure(view.study.reference, "reach", "school", unit).mean
        for unit in view.region.school_ids
    }
    order = sorted(reach, key=lambda name: reach[name])
    shown = [row.head for row in table.rows[: 2 * SHOWN]]
    assert [row.group for row in table.rows[: 2 * SHOWN : SHOWN]] == ["Reach: lowest", "Reach: highest"]
    assert [reach[name] for name in shown[:SHOWN]] == [reach[name] for name in order[:SHOWN]]
    assert [reach[name] for name in shown[SHOWN:]] == [reach[name] for name in order[: -SHOWN - 1 : -1]]
    assert "All 65 are in the Excel and CSV files" in table.note


def test_a_whole_country_does_not_make_the_page_long() -> None:
    rows = {table.caption: len(table.rows) for table in full_tables(view_of(mbo()))}
    assert max(rows.values()) < 150
    assert sum(rows.values()) < 600
