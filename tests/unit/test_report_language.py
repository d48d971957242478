"""Words and numbers of the report: complete in both languages, and written as readers of each expect."""

from __future__ import annotations

import string
import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import get_args

import pytest
from babel.numbers import format_decimal, format_percent
from hypothesis import given
from hypothesis import strategies as st
from money_views import MONEY_STUDIES, use_money
from noting_texts import Noting
from report_views import (
    known_elsewhere,
    mbo,
    measured_for_a_year,
    one_scenario,
    outside_variants,
    some_scenarios,
    two_scenarios_run_once,
    view_of,
    with_gaps,
    with_levers,
    with_range,
)

from sim.measures.counts import CAUSES, ROUTES, WAYS
from sim.measures.levels import MBO_LEVELS, PEOPLE, SCHOOL_TYPES
from sim.measures.time_series import GROUPS, LISTS_OF, STATES_OF
from sim.parameters.leaves import leaves
from sim.records import TASKS, State
from sim.report import page
from sim.report.catalogue import MEASURES
from sim.report.csv_files import write_csv_files
from sim.report.exports import sheets
from sim.report.figures import gallery
from sim.report.language import TEXTS, digits_for, load_language, read_texts
from sim.report.units import LEVELS
from sim.report.view import View
from sim.scenario.base import SEVERITIES
from sim.scenario.care import LinkingModel
from sim.scenario.money import Payer, Rule
from sim.scenario.smw import WhenHoursStop

CLOSED_LISTS = {
    "payer": set(get_args(Payer)),
    "rule": set(get_args(Rule)),
    "task": set(TASKS),
    "route": set(ROUTES),
    "cause": set(CAUSES),
    "severity": set(SEVERITIES),
    "people": {*PEOPLE, "all"},
    "sector": {*GROUPS, "all"},
    "level": set(LEVELS),
    "type": set(SCHOOL_TYPES),
    "group": set(MBO_LEVELS),
    "way": set(WAYS),
    "linking": set(get_args(LinkingModel)),
    "when_hours_stop": set(get_args(WhenHoursStop)),
    "state": {*(state.name.lower() for state in State), "onset"},
    "series": {*STATES_OF, *LISTS_OF, "open_problems", "conversations", "school_week"},
}


QUESTIONS = ("sweep", "sizing", "spreading", "sensitivity", "sensitivity_assumptions", "prevention", "tidy")


def texts_of_questions() -> set[str]:
    """Texts of pages about a question, and headings of tidy tables: each page has a test of its own like this one."""
    files = [tomllib.loads((TEXTS / f"{name}.toml").read_text(encoding="utf-8")) for name in QUESTIONS]
    return {key.removesuffix(".en") for file in files for key, _ in leaves(file) if key.endswith(".en")}


def use_everything(view: View, folder: Path) -> None:
    drawn = [gallery.draw(view, key) for key in gallery.pictures(view)]
    page.render({view.language.code: view}, {view.language.code: drawn})
    for sheet in sheets(view):
        view.text(f"export.sheet.{sheet.key}")
    write_csv_files(view, folder)


def test_every_text_is_used_and_none_is_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def without_rendering(title: str, draw: Callable[[str], object]) -> tuple[dict[str, str], bytes]:
        draw("wide")
        return {"wide": "", "narrow": ""}, b""

    monkeypatch.setattr(gallery, "render", without_rendering)
    noting = Noting(read_texts()["nl"])
    studies = (
        some_scenarios(),
        one_scenario(),
        two_scenarios_run_once(),
        outside_variants(),
        with_gaps(),
        with_range(),
        with_levers(),
        mbo(),
        known_elsewhere(),
        measured_for_a_year(),
    )
    for study in studies:
        use_everything(view_of(study, "nl", noting), tmp_path)
    for make in MONEY_STUDIES:
        use_money(view_of(make(), "nl", noting))
    used = noting.asked | {key for key in noting if key.split(".")[0] in CLOSED_LISTS}
    assert sorted(set(noting) - used - texts_of_questions()) == []


@pytest.mark.parametrize("group", CLOSED_LISTS)
def test_every_name_of_the_model_has_a_word_and_no_word_is_left_over(group: str) -> None:
    found = {key.removeprefix(f"{group}.") for key in read_texts()["en"] if key.startswith(f"{group}.")}
    assert found == CLOSED_LISTS[group]


def test_every_measure_has_a_name_and_an_explanation() -> None:
    view = view_of(some_scenarios())
    measured = set(view.study.summary["measure"]) | set(MEASURES)
    assert [name for name in measured if view.measure(name) == name or not view.about(name)] == []


def test_both_languages_have_the_same_fields_to_fill() -> None:
    texts = read_texts()
    fields = {
        code: {
            key: sorted(name for _, name, _, _ in string.Formatter().parse(text) if name) for key, text in own.items()
        }
        for code, own in texts.items()
    }
    assert {key for key in texts["en"] if fields["en"][key] != fields["nl"][key]} == set()


def test_a_text_in_one_language_only_is_refused(tmp_path: Path) -> None:
    (tmp_path / "page.toml").write_text('[page]\ntitle.en = "Only English"\n', encoding="utf-8")
    with pytest.raises(ValueError, match="both en and nl"):
        read_texts(tmp_path)


def test_numbers_are_written_as_dutch_readers_expect() -> None:
    dutch = load_language("nl")
    assert dutch.number(1234.56, 1) == "1.234,6"
    assert dutch.number(-0.04, 1) == "0,0"
    assert dutch.euros(-1234.4) == "\u2212€\u00a01.234"
    assert dutch.percent(0.1234, 1) == "12,3%"
    assert dutch.day(date(2016, 8, 1)) == "1 augustus 2016"


def test_numbers_are_written_as_english_readers_expect() -> None:
    english = load_language("en")
    assert english.number(1234.56, 1) == "1,234.6"
    assert english.euros(1234.4) == "€1,234"
    assert english.percent(0.0127, 2) == "1.27%"
    assert english.day(date(2016, 8, 1)) == "1 August 2016"
    assert english.number(float("nan")) == "–"


@pytest.mark.parametrize("code", ["nl", "en"])
@given(value=st.floats(-1e9, 1e9), digits=st.integers(0, 4))
def test_numbers_are_written_as_the_locale_has_them(code: str, value: float, digits: int) -> None:
    language = load_language(code)
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    number = format_decimal(round(value, digits) + 0.0, format=pattern, locale=language.locale)
    assert language.number(value, digits) == number.replace("-", "\u2212")
    share = format_percent(round(value, digits + 2) + 0.0, format=f"{pattern}%", locale=language.locale)
    assert language.percent(value, digits) == share.replace("-", "\u2212")


@pytest.mark.parametrize(
    ("mean", "half_width", "digits"),
    [(12.34, 1.2, 1), (12.34, 0.04, 2), (910.7, 0.0, 0), (0.0, 0.5, 2), (120.0, 35.0, 0), (0.18, float("nan"), 3)],
)
def test_decimals_follow_the_interval(mean: float, half_width: float, digits: int) -> None:
    assert digits_for(mean, half_width) == digits
