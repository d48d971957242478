"""The page of ``smw prevention``: what it says follows from signs and intervals, in both languages."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import fake_prevention as fake
import pytest
from noting_texts import Noting

from sim.parameters.parameter import GRADES
from sim.questions.prevention.answer import Prevention
from sim.report.comparison import Sentence
from sim.report.document import Document, Picture
from sim.report.figures.drawn import render
from sim.report.grid import Grid
from sim.report.language import Language, load_language, read_texts
from sim.report.prevention import answer_sentences, conclusion, document, sign_sentences, tables
from sim.report.prevention.draw_forest import per_case_lines, ratio_lines
from sim.report.prevention.literature import studies
from sim.report.prevention.view import Estimate, PreventionView

CODES = ("en", "nl")


def view_of(
    found: Prevention | None = None, slope: float = 1.0, kind: Literal["below", "between", "chance"] = "below"
) -> PreventionView:
    return PreventionView(found or fake.found(), fake.sign_map(slope), fake.discovery(kind), load_language("en"))


def words(sentences: list[Sentence]) -> str:
    parts = [
        text
        for one in sentences
        for text in (one.title, one.text, *(text for head, items in one.groups for text in (head, *items)))
    ]
    return " ".join(parts)


# --- the answer ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("net", "said"), [(-0.5, "brings fewer"), (0.5, "brings more"), (0.05, "cannot tell whether")]
)
def test_the_answer_follows_the_interval(net: float, said: str) -> None:
    assert said in answer_sentences.answers(view_of(fake.found(net=net)))[1].text


def test_without_a_direction_the_answer_names_none() -> None:
    text = answer_sentences.answers(view_of(fake.found(net=-0.05)))[1].text
    assert "brings fewer" not in text
    assert "0.15 to +0.05" in text


@pytest.mark.parametrize(
    ("by_share", "said"),
    [
        ((0.5, -0.2, -0.9), "hangs on what schools do"),
        ((-0.3, -0.5, -0.9), "the same whatever"),
        ((0.0, -0.5, -0.9), "not at every"),
    ],
)
def test_what_schools_do_without_smw_stands_beside_the_answer(by_share: tuple[float, ...], said: str) -> None:
    assert said in words(answer_sentences.answers(view_of(fake.found(by_share=by_share))))


@pytest.mark.parametrize(
    ("by_share", "said"),
    [
        ((-0.3, -0.5, -0.9), "it does, whatever"),
        ((0.3, 0.5, 0.9), "it does not"),
        ((0.05, -0.5, -0.9), "cannot be said"),
        ((0.5, -0.5, -0.9), "the answer hangs on what schools do"),
        ((0.05, -0.05, -0.06), "cannot be said: whatever schools do"),
    ],
)
def test_yes_or_no_is_said_only_if_it_holds_whatever_schools_do(by_share: tuple[float, ...], said: str) -> None:
    assert said in answer_sentences.answers(view_of(fake.found(by_share=by_share)))[0].text


def test_the_largest_difference_is_told_as_a_part_of_all_requests() -> None:
    text = answer_sentences.answers(view_of(fake.found(by_share=(-0.3, -0.5, -2.9))))[1].text
    assert "at most 10.0% of all requests" in text


@pytest.mark.parametrize(("background", "told"), [(0.5, True), (0.05, False)])
def test_places_are_passed_on_only_if_both_sides_can_be_told(background: float, told: bool) -> None:
    said = words(conclusion.conclusion(view_of(fake.found(background=background))))
    assert ("places that students leave free" in said) == told


@pytest.mark.parametrize(
    ("by_year", "said"),
    [
        ((0.5, 0.0, -0.5), "first rise and then fall: more in year 1, fewer in year 3"),
        ((-0.5, 0.0, 0.5), "first fall and then rise: fewer in year 1, more in year 3"),
        ((-0.5, -0.5, -0.5), "fewer in every year"),
        ((0.5, 0.5, 0.5), "more in every year"),
        ((0.0, 0.05, -0.05), "in no year can the difference be told from zero"),
        ((0.0, -0.5, -0.5), "Fewer year 2, year 3 Cannot be told from zero year 1"),
        ((0.5, -0.5, 0.5), "Fewer year 2 More year 1, year 3"),
    ],
)
def test_the_course_over_the_years_is_told(by_year: tuple[float, ...], said: str) -> None:
    assert said in words(answer_sentences.over_time(view_of(fake.found(by_year=by_year)), fake.REGION))


def test_mechanisms_are_grouped_by_what_can_be_told() -> None:
    view = view_of(fake.found(mechanisms={"helping": -0.4, "linking": 0.3, "case_finding": 0.05}))
    groups = dict(answer_sentences.mechanisms(view, fake.REGION)[0].groups)
    assert [item.partition(":")[0] for item in groups["Lower the number"]] == ["helping"]
    assert [item.partition(":")[0] for item in groups["Raise the number"]] == ["linking"]
    assert any(item.startswith("case-finding") for item in groups["Cannot be told from zero"])


def test_an_assumed_effect_is_said_to_be_assumed() -> None:
    told = words(answer_sentences.mechanisms(view_of(), fake.REGION))
    assert "If it made 10% fewer problems begin at most, it would change requests for youth care by −0.20" in told


def test_waits_are_told_unless_some_replications_are_missing() -> None:
    grid = tables.wait_table(view_of(fake.found(waits_missing=3)), fake.REGION)
    half, nine_in_ten = (row.cells[-1].text for row in grid.rows[:2])
    assert half.startswith("−1")
    assert "not reached" in nine_in_ten


# --- signs and boxes ----------------------------------------------------------------------------------------------


def test_the_zero_line_is_told_where_it_crosses_the_scenario() -> None:
    assert "at a strength of case-finding of 1.0" in words(sign_sentences.turning(view_of(slope=1.0), fake.REGION))


def test_a_map_without_a_zero_line_says_so() -> None:
    assert "turns nowhere on the map" in words(sign_sentences.turning(view_of(slope=5.0), fake.REGION))


def test_a_known_box_is_put_into_words() -> None:
    told = words(sign_sentences.boxes(view_of(), fake.REGION))
    assert "fewer if share that goes straight outside without SMW is at most 0.5" in told
    assert "better than chance" not in told


def test_boxes_that_are_no_better_than_chance_are_not_shown() -> None:
    told = words(sign_sentences.boxes(view_of(kind="chance"), fake.REGION))
    assert "No box of assumptions tells better than chance" in told
    assert "fewer if" not in told


def test_sets_of_assumptions_in_which_chance_decides_are_counted() -> None:
    view = view_of()
    assert "there chance decides" not in words(sign_sentences.boxes(view, fake.REGION))
    told = words(sign_sentences.boxes(replace(view, discovery=fake.discovery(noisy=3)), fake.REGION))
    assert "In 2.5% of the sets the replications do not agree on it: there chance decides." in told


def test_the_assumption_that_decides_is_named_first() -> None:
    told = sign_sentences.effects(view_of(), fake.REGION)[0]
    assert told.groups[0][1][0].startswith("share that goes straight outside without SMW: +")


# --- prices, literature, conclusion -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reason", "own", "said"),
    [
        ("", 5000.0, "does not pay for itself"),
        ("", 50_000.0, "pays for itself by youth care alone"),
        ("", 20_000.0, "cannot be told"),
        ("cannot_tell", 5000.0, "cannot tell whether any is avoided"),
        ("more_demand", 5000.0, "there are more"),
        ("saves_money", 5000.0, "saves money"),
    ],
)
def test_whether_it_pays_follows_the_interval_of_the_price(reason: str, own: float, said: str) -> None:
    assert said in words(tables.prices(view_of(fake.found(reason=reason, own_price=own))))


def test_every_study_has_a_source_and_a_grade() -> None:
    assert len(studies()) >= 12
    assert all(study.grade in GRADES for study in studies())
    assert [study.key for study in studies() if "http" not in study.source] == ["judgement"]
    assert {study.side for study in studies()} == {"for", "against", "neutral"}


def test_ratios_are_on_the_scale_of_a_ratio() -> None:
    ratios = [study for study in studies() if study.scale == "ratio"]
    assert all(0.5 < study.effect < 2.0 for study in ratios)
    closest = next(study for study in ratios if study.key == "school_counselling")
    assert (closest.effect, closest.low, closest.high) == (0.91, 0.67, 1.23)


def test_the_model_stands_beside_the_studies_as_a_ratio() -> None:
    line = ratio_lines(view_of(fake.found(net=-3.0)))[0]
    assert line.side == "model"
    assert (line.found.mean, line.found.low, line.found.high) == pytest.approx((0.9, 0.9 - 0.1 / 30, 0.9 + 0.1 / 30))


def test_the_judgement_is_on_the_scale_of_a_student_helped() -> None:
    lines = per_case_lines(view_of())
    assert lines[-1].found == Estimate(0.0, -0.3, 0.15)
    assert [line.side for line in lines[:-1]] == ["model", "model"]


@pytest.mark.parametrize(("net", "said"), [(-0.5, "lies within it"), (-15.0, "lies outside it")])
def test_the_closest_study_is_compared_with_the_model(net: float, said: str) -> None:
    assert said in words(conclusion.about_studies(view_of(fake.found(net=net))))


def test_the_conclusion_names_the_settings_of_mechanisms_that_matter_and_their_grade() -> None:
    view = view_of(fake.found(mechanisms={"normalising": -0.4}))
    told = words(conclusion.conclusion(view))
    assert "grade D (care.smw.gp_factor)" in told
    assert "care.smw.referral_share" not in told


@pytest.mark.parametrize(
    ("switch", "said"), [(True, "Now yes, plausible yes or no"), (False, "Now no, plausible yes or no")]
)
def test_a_switch_is_told_as_yes_or_no(switch: bool, said: str) -> None:
    view = view_of(fake.found(mechanisms={"warm_handover": 0.4}, switch=switch))
    assert said in words(conclusion.conclusion(view))


def test_a_setting_of_a_task_without_time_decides_nothing() -> None:
    told = words(conclusion.conclusion(view_of(fake.found(mechanisms={"case_finding": 0.4}))))
    assert "(care.smw.presence.consultation_notice_gain)" in told
    assert "(care.smw.presence.class_notice_gain)" not in told


def test_what_settings_are_is_said_once_for_all_regions() -> None:
    both = fake.found(mechanisms={"normalising": -0.4}, regions=(fake.REGION, "there"))
    told = words(conclusion.conclusion(PreventionView(both, None, None, load_language("en"))))
    assert told.count("Direction and size come from these settings") == 1
    assert told.count("grade D (care.smw.gp_factor)") == 2


def test_without_a_mechanism_that_matters_no_setting_is_named() -> None:
    told = words(conclusion.conclusion(view_of(fake.found(mechanisms=0.0))))
    assert "No mechanism has an effect" in told
    assert "grade D" not in told


def test_the_conclusion_has_three_parts() -> None:
    titles = [one.title for one in conclusion.conclusion(view_of())]
    assert titles == ["What follows from structure", "What follows from assumptions", "What nobody knows"]


# --- the page -----------------------------------------------------------------------------------------------------


def pictures(page: Document) -> list[Picture]:
    blocks = [block for section in page.sections for block in section.blocks if block.kind == "picture"]
    return [one for block in blocks for one in block.content if isinstance(one, Picture)]


@pytest.mark.parametrize("code", CODES)
def test_the_page_is_complete_and_every_table_has_cells_under_its_heads(code: str) -> None:
    page = document(fake.found(), fake.sign_map(), fake.discovery(), load_language(code))
    assert len(page.sections) == 11
    grids = [
        one for section in page.sections for block in section.blocks for one in block.content if isinstance(one, Grid)
    ]
    assert len(grids) == 6
    assert all(len(row.cells) == len(grid.heads) for grid in grids for row in grid.rows)


def test_what_was_not_run_is_left_out() -> None:
    page = document(fake.found(), None, None, load_language("en"))
    assert {"signs", "boxes"}.isdisjoint({section.key for section in page.sections})
    assert {"signs_youth_care", "assumptions"}.isdisjoint({one.key for one in pictures(page)})


def test_two_regions_have_pictures_of_their_own() -> None:
    both = (fake.REGION, "there")
    page = document(
        fake.found(regions=both), fake.sign_map(regions=both), fake.discovery(regions=both), load_language("en")
    )
    keys = [one.key for one in pictures(page)]
    assert len(keys) == len(set(keys)) == 13


def test_every_picture_is_drawn_in_both_shapes() -> None:
    for one in pictures(document(fake.found(), fake.sign_map(), fake.discovery(), load_language("nl"))):
        svg, png = render(one.title, one.draw)
        assert set(svg) == {"wide", "narrow"}
        assert png


def asked_texts(language: Language) -> None:
    """Ask for everything that the page can say."""
    worlds = (
        fake.found(net=-0.5, mechanisms={"helping": -0.4, "linking": 0.4}, structure=-0.4, background=0.5),
        fake.found(net=0.5, by_share=(0.5, -0.5, -0.9), structure=0.4, reason="cannot_tell"),
        fake.found(net=-15.0, by_share=(0.0, -0.5, -0.9)),
        fake.found(net=0.0, by_share=(0.5, 0.4, 0.3), mechanisms=0.0),
        fake.found(by_share=(0.0, 0.0, 0.0), waits_missing=1, switch=False),
    )
    kinds: tuple[Literal["below", "between", "chance"], ...] = ("below", "between", "chance", "below", "below")
    for found, slope, kind in zip(worlds, (1.0, 5.0, 2.01, 1.0, 1.0), kinds, strict=True):
        page = document(found, fake.sign_map(slope), fake.discovery(kind, noisy=3), language)
    for one in pictures(page):
        one.draw("wide")
    tables.net_table(PreventionView(fake.found(net=0.05), None, None, language), fake.REGION)
    courses = ((0.5, -0.5, 0.5), (0.5, -0.5), (-0.5, 0.5), (-0.5, -0.5), (0.5, 0.5), (0.0, 0.0), (0.0, -0.5))
    for by_year in courses:
        answer_sentences.over_time(PreventionView(fake.found(by_year=by_year), None, None, language), fake.REGION)
    for reason in ("cannot_tell", "more_demand", "saves_money"):
        tables.price_table(PreventionView(fake.found(reason=reason), None, None, language), fake.REGION)
    for own in (5000.0, 20_000.0, 50_000.0):
        tables.prices(PreventionView(fake.found(own_price=own), None, None, language))


def test_every_text_of_the_page_is_used() -> None:
    noting = Noting(read_texts()["nl"])
    asked_texts(Language("nl", noting))
    mine = {key for key in noting if key.startswith(("prevention.", "literature."))}
    assert sorted(mine - noting.asked) == []
