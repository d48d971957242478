"""The page about which assumptions decide: complete in both languages, and its words are those of its tables."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fake_sensitivity import answered, pair
from test_report_language import Noting

from sim.designs.assumption_choice import NOT_VARIED, Selection, choose_assumptions, group_of
from sim.parameters.register import load_register
from sim.questions.sensitivity.study import Sensitivity
from sim.questions.sensitivity.tables import tables_of
from sim.report.document import Document, Picture
from sim.report.figures.style import lettering
from sim.report.language import Language, load_language, read_texts
from sim.report.sensitivity.page import sensitivity_page
from sim.report.sensitivity.words import Words

PREFIX = "sensitivity."
NAMES = f"{PREFIX}assumption."


@pytest.fixture(scope="module")
def found() -> Sensitivity:
    return answered()


def pictures(document: Document) -> list[Picture]:
    blocks = [block for section in document.sections for block in section.blocks]
    return [one for block in blocks for one in block.content if isinstance(one, Picture)]


def words_in(document: Document) -> str:
    """Return everything that stands on a page, but for what is drawn."""
    blocks = [block for section in document.sections for block in section.blocks]
    shown = [one for block in blocks for one in block.content if not isinstance(one, Picture)]
    titles = [picture.title for picture in pictures(document)]
    return repr((document.title, document.subtitle, shown, titles, document.findings, document.main))


def with_others(found: Sensitivity, selection: Selection, *, same: bool = True) -> Sensitivity:
    """Return an answer in which other things were varied, and none of them did anything."""
    few, many = pair().values()
    other = many if same else many.changed(care__smw__gp_factor=0.9)
    return replace(
        found,
        assumptions=choose_assumptions([few, other], selection, frozenset({"mbo"})),
        ranked=(),
        indices=None,
        ends=found.ends[found.ends["assumption"] == ""],
        screening=replace(found.screening, effects=found.screening.effects.iloc[:0]),
        deciding=None if found.deciding is None else found.deciding.iloc[:0],
    )


def variants(found: Sensitivity) -> list[Sensitivity]:
    """Return answers that together need every word."""
    some = found.deciding
    assert some is not None
    says = [
        some.assign(says=word, decides=word.startswith("may"))
        for word in ("may vanish", "may appear", "keeps", "cannot tell")
    ]
    refused = replace(found.worlds, refused={"screening": ["screening.00001: wrong"]})
    return [
        found,
        answered({"few": pair()["few"]}),
        *(replace(found, deciding=table) for table in says),
        replace(found, worlds=refused),
        replace(found, ends=found.ends.assign(n_missing=1), deciding=some.assign(at_low_missing=1)),
        with_others(found, Selection(together=False, fitted=False)),
        with_others(found, Selection(keys=("care",), exclude=(), choices=True), same=False),
    ]


def test_every_word_is_used_and_none_is_missing(found: Sensitivity) -> None:
    noting = Noting(read_texts()["nl"])
    language = Language("nl", noting)
    for one in variants(found):
        for picture in pictures(sensitivity_page(one, language)):
            if picture.key.endswith("youth_care_requests"):
                with lettering("narrow"):
                    picture.draw("narrow")
    mine = {key for key in noting if key.startswith(PREFIX) and not key.startswith(NAMES)}
    assert sorted(mine - noting.asked) == []


def test_every_assumption_that_can_be_varied_has_a_name_and_no_name_is_left_over() -> None:
    named = {key.removeprefix(NAMES) for key in read_texts()["en"] if key.startswith(NAMES)}
    every = {group_of(key) for key in load_register() if key.startswith(("care.", "demand."))}
    usual = {key for key in every if not any(key.startswith(f"{left}") for left in NOT_VARIED)}
    assert usual <= named <= every


@pytest.mark.parametrize("code", ["en", "nl"])
def test_the_page_says_what_decides(found: Sensitivity, code: str) -> None:
    language = load_language(code)
    text = words_in(sensitivity_page(found, language))
    assert language.text(f"{NAMES}care.smw.referral_share") in text
    assert language.text(f"{PREFIX}says.turns") in text
    assert language.text(f"{PREFIX}limits.independent") in text


def test_there_is_a_picture_of_each_kind_for_the_difference(found: Sensitivity) -> None:
    keys = {picture.key for picture in pictures(sensitivity_page(found, load_language("en")))}
    assert {"ends-youth_care_requests", "ends-few-reach", "screening-youth_care_requests"} <= keys
    assert "indices-youth_care_requests" in keys
    assert "indices-reach" not in keys


def test_an_entry_of_a_table_is_named_with_its_table(found: Sensitivity) -> None:
    apart = Selection(keys=("demand.notice.per_month.light",), together=False)
    (one,) = choose_assumptions([pair()["few"]], apart, frozenset()).varied
    assert Words(found, load_language("nl")).assumption(one) == "hoe snel school een probleem opmerkt (licht)"


def test_numbers_of_settings_are_written_as_the_language_has_them(found: Sensitivity) -> None:
    (one,) = choose_assumptions([pair()["few"]], Selection(keys=("demand.gp_per_month",)), frozenset()).varied
    assert Words(found, load_language("nl")).at(one, 0.0) == "0,001 / 0,005 / 0,02"
    (gain,) = choose_assumptions([pair()["few"]], Selection(keys=("care.smw.gain",)), frozenset()).varied
    assert Words(found, load_language("en")).at(gain, 1.0) == "0.1 / 0.16"


def test_every_table_has_a_sheet_with_a_name_in_both_languages(found: Sensitivity) -> None:
    for code in ("en", "nl"):
        language = load_language(code)
        names = [language.name("sheet", table) for table in tables_of(found)]
        assert len(set(names)) == len(names)
        assert set(names).isdisjoint(tables_of(found))


def test_every_column_has_a_heading_in_both_languages(found: Sensitivity) -> None:
    texts = read_texts()["nl"]
    for name, table in tables_of(found).items():
        assert [column for column in table.columns if f"column.{column}" not in texts] == [], name


def test_a_mean_with_missing_replications_has_a_star_that_is_explained(found: Sensitivity) -> None:
    language = load_language("en")
    assert found.deciding is not None
    some = replace(found, ends=found.ends.assign(n_missing=1), deciding=found.deciding.assign(at_low_missing=1))
    for one, starred in ((found, False), (some, True)):
        document = sensitivity_page(one, language)
        assert (language.text(f"{PREFIX}star") in words_in(document)) == starred
        assert document.main is not None
        assert ("*" in document.main.rows[0].cells[1].text) == starred
