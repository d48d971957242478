"""The section from money to outcome: what is said, drawn and tabled, in both languages."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from factories import PO_A, YEAR_1, Story, shares, value
from money_views import (
    MONEY_STUDIES,
    every_standing,
    missing,
    one_best,
    ranged,
    unmoved,
    use_money,
    with_points,
    words_of,
)
from report_views import mbo, one_scenario, some_scenarios, two_scenarios_run_once, view_of

from experiments.money_to_outcome import refresh
from sim.records import State
from sim.report import page
from sim.report.csv_files import write_csv_files
from sim.report.exports import sheets
from sim.report.figures import gallery
from sim.report.figures.acceptability import place_of
from sim.report.figures.euro_flows import PAID_BY, flows_of
from sim.report.figures.payers import bar_of
from sim.report.money_to_outcome.grids import outcome_grid, payers_grid
from sim.report.money_to_outcome.results import results_of, worths_for


def said(study_name: str, code: str = "en") -> str:
    return " ".join(words_of(view_of({make.__name__: make for make in MONEY_STUDIES}[study_name](), code)))


@pytest.mark.parametrize("code", ["nl", "en"])
@pytest.mark.parametrize("study", [make.__name__ for make in MONEY_STUDIES])
def test_the_section_is_made_whatever_the_study_holds(study: str, code: str) -> None:
    view = view_of({make.__name__: make for make in MONEY_STUDIES}[study](), code)
    assert len(use_money(view)) > 400


def test_scenarios_stand_under_what_the_model_can_tell_of_them() -> None:
    words = said("every_standing")
    for head, name in (
        ("Fewer early leavers and cheaper: better on both, so no price is needed", "dominates"),
        ("More early leavers and dearer: worse on both, so there is no price", "dominated"),
        ("The model cannot tell the difference in early leavers from zero, so there is no price", "not_told"),
        ("Exactly the same cost and early leavers", "same"),
    ):
        assert f"{head} {name}" in words
    assert "worth_it: €6,010 for each early leaver avoided (95% interval €5,850 to €6,170)" in words
    assert "cheaper: €102,000 saved for each extra early leaver" in words


def test_what_it_is_worth_is_judged_at_the_cost_to_society_and_over_its_range() -> None:
    words = said("every_standing")
    assert "On early leaving alone worth its cost worth_it: +€75,088" in words
    assert "Cheaper by more than the extra early leavers cost society dominates: +€47,088" in words
    assert "Cheaper, but by less than the extra early leavers cost society too_cheap: −€57,912" in words
    assert "not the same throughout for:  worth_it_if_dear cheaper" in words
    assert "Over that whole range the answer is the same" in said("one_best")


def test_the_frontier_names_what_falls_out_and_why() -> None:
    words = said("every_standing")
    assert "from “cheaper” to “worth_it”: €14,500 for each further early leaver avoided" in words
    assert "a mixture of two others avoids as many for less dominates better_cost_not_told mixture" in words
    assert "“best”, which is the cheapest and avoids the most" in said("one_best")


def test_differences_that_are_tiny_are_no_argument() -> None:
    assert "Voortijdig schoolverlaten is geen argument" in said("ranged", "nl")
    assert "no argument" not in said("every_standing")
    assert "nothing to put against the cost" in said("unmoved")


def test_a_tiny_difference_is_an_argument_where_some_price_makes_it_worth_its_cost() -> None:
    words = said("weighing")
    assert "no argument" not in words
    assert "enough to weigh if an early leaver costs society much" in words
    assert "the largest difference from that is 0.82 students a year." in words
    dear = " ".join(words_of(view_of(with_points({"better": (0.5, 900e3)}))))
    assert "Early leaving is no argument for or against any of these scenarios." in dear
    assert "of a student a year, which is one early leaver in 2 years." in dear


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("en", ("not brought to the prices of one year", "Nothing is discounted")),
        ("nl", ("prijspeil", "niet verdisconteerd")),
    ],
)
def test_the_year_of_prices_and_discounting_are_named(code: str, words: tuple[str, str]) -> None:
    assert all(word in said("every_standing", code) for word in words)


def test_all_of_the_replications_are_counted_and_not_estimated() -> None:
    shown = {row.head: [cell.text for cell in row.cells] for row in outcome_grid(view_of(one_best())).rows}
    assert shown["Part of the replications in which it paid, at €13,500"] == ["100%", "0%"]
    assert shown["How sure that it pays on average, at €13,500"] == ["more than 99%", "less than 1%"]


def test_replications_that_count_as_many_leavers_are_named_only_if_there_are_any() -> None:
    assert "counted exactly as many" in said("ranged")
    assert "counted exactly as many" not in said("one_best")


def test_missing_replications_give_no_verdict_and_no_price() -> None:
    view = view_of(missing())
    assert "No verdict, as some replications had no figure gap" in use_money(view)
    price = outcome_grid(view).rows[2]
    assert [cell.text for cell in price.cells] == ["–", "–"]
    assert results_of(view).best is None


def test_an_answer_that_hangs_on_what_schools_do_without_smw_is_named() -> None:
    words = said("ranged")
    assert "Changes side: here the assumption decides turning: +€18,738 at 0%, −€31,262 at 100%" in words
    assert "The same side of zero throughout steady" in words


def test_ends_that_chance_alone_may_put_on_two_sides_change_no_side() -> None:
    words = said("ranged_by_chance")
    assert "here the assumption decides" not in words
    assert "Not at every share can it be told from zero steady" in words


def test_one_replication_has_no_curves_and_one_scenario_has_no_section() -> None:
    once = view_of(two_scenarios_run_once())
    assert "With one replication nothing can be told from chance" in use_money(once)
    assert [key for key in gallery.pictures(once) if key in gallery.OUTCOME] == ["ce_plane", "payers", "euro_flows"]
    alone = view_of(one_scenario())
    assert not set(gallery.OUTCOME) & set(gallery.pictures(alone))
    assert "outcome" not in {section.key for section in page.sections(alone, [])}
    assert "cost_effectiveness" not in {sheet.key for sheet in sheets(alone)}


def test_the_section_stands_beside_money_in_a_study_of_the_mbo_too() -> None:
    for study in (some_scenarios(), mbo()):
        keys = [section.key for section in page.sections(view_of(study, "nl"), [])]
        assert keys.index("outcome") == keys.index("spread") - 1
    assert len(use_money(view_of(mbo(), "nl"))) > 400


def test_society_gains_what_is_avoided_at_the_cost_of_an_early_leaver() -> None:
    view = view_of(with_points({"better": (2.0, 50e3)}))
    rows = {row.head: row for row in payers_grid(view).rows}
    assert rows["Society, by early leaving avoided, at €13,500 each"].cells[0].text == "+€27,338"
    assert rows["All payers together"].cells[0].text == "+€50,250"


def test_bars_of_payers_are_smw_and_other_help_together() -> None:
    view = view_of(some_scenarios())
    bar = bar_of(view, "no_smw", "samenwerkingsverband")
    whole = view.lookup.difference("no_smw", "cost", "payer", "samenwerkingsverband")
    assert bar.smw == pytest.approx(250.0)
    assert 1000.0 * (bar.smw + bar.other) == pytest.approx(-whole.mean)
    assert (bar.total.low, bar.total.high) == pytest.approx((-whole.high / 1000.0, -whole.low / 1000.0))


def test_flows_of_euros_hold_every_change_that_can_be_told() -> None:
    flows = {(flow.payer, flow.item): flow.euros for flow in flows_of(view_of(every_standing()), "worth_it")}
    assert {item for _, item in flows} == {*PAID_BY, "education_care", "early_leaving"}
    assert flows["municipality", "gateway"] == pytest.approx(20.025)
    assert flows["society", "early_leaving"] == pytest.approx(-13.5 * 10.025)
    assert flows_of(view_of(unmoved()), "same") == []


def test_flows_of_euros_name_the_payer_of_everything_that_is_in_the_cost() -> None:
    story = Story()
    stays = (State.BASE_CARE, State.EDUCATION_CARE, State.LEERPLICHT, State.GATEWAY_HELP, State.YOUTH_CARE, State.GGZ)
    for place, state in enumerate(stays):
        story.enter(story.student(PO_A), (YEAR_1 + 20 * place, state), (YEAR_1 + 20 * place + 10, State.MONITORED))
    measured = story.measured()
    by_payer = shares(measured, "cost.smw", "payer")
    for payer, euros in shares(measured, "cost.education_care", "payer").items():
        by_payer[payer] += euros
    for item, payer in PAID_BY.items():
        assert value(measured, f"cost.{item}") > 0.0
        by_payer[payer] += value(measured, f"cost.{item}")
    assert shares(measured, "cost", "payer") == pytest.approx(by_payer)


def test_the_axis_of_worth_reaches_beyond_every_price_and_begins_at_zero() -> None:
    assert worths_for([])[[0, 1, -1]].tolist() == [0.0, 1000.0, pytest.approx(1e6)]
    assert worths_for([3.5e6, -200.0])[-1] == pytest.approx(1e7)
    assert worths_for([1e12])[-1] == pytest.approx(1e8)
    assert place_of(np.array([0.0, 9_000.0, 99_000.0])) == pytest.approx([0.0, 1.0, 2.0])


@pytest.mark.parametrize(
    ("code", "name", "decimal"), [("en", "cost_effectiveness", "."), ("nl", "kosteneffectiviteit", ",")]
)
def test_the_table_has_a_row_for_each_scenario_and_each_end_of_the_range(
    code: str, name: str, decimal: str, tmp_path: Path
) -> None:
    view = view_of(ranged(), code)
    write_csv_files(view, tmp_path)
    with (tmp_path / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter="," if code == "en" else ";"))
    assert [row[1] for row in rows] == [rows[0][1], *["steady"] * 3, *["turning"] * 3]
    assert [row[4] for row in rows[1:4]] == [f"0{decimal}3", "0", "1"]
    assert float(rows[1][5].replace(",", ".")) == pytest.approx(results_of(view).outcomes["steady"].effect.mean)


def test_findings_of_a_folder_without_a_run_are_refused_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["refresh.py", str(tmp_path)])
    with pytest.raises(SystemExit, match="no run here"):
        refresh.main()


def test_the_sheets_hold_the_table_and_the_curves() -> None:
    view = view_of(one_best(), "nl")
    found = {sheet.key: sheet for sheet in sheets(view)}
    assert len(found["cost_effectiveness"].rows) == 2
    curves = found["acceptability"]
    assert len(curves.rows) == results_of(view).worths.size
    assert {len(row) for row in curves.rows} == {len(curves.heads)} == {1 + 2 * 2 + 2 * 3}
