"""The page about the spreading of hours: every word is used, in both languages, and it says what was found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from test_report_language import Noting
from toy_spreading import RULES, MemoryRunner, Toy, tiny

from sim.questions.spreading import Objective, Question, SpreadingAnswer, answer
from sim.questions.spreading.options import LeftOut
from sim.questions.spreading.places import SIZES
from sim.report.blocks import Block
from sim.report.comparison import Sentence
from sim.report.document import Document, Picture
from sim.report.figures.style import lettering
from sim.report.findings import findings_text
from sim.report.language import LANGUAGES, Language, read_texts
from sim.report.spreading.page import spreading_page
from sim.report.spreading.words import Words
from sim.runs.points import PointSettings
from sim.scenario import Scenario

SMALL = Question(Objective("good", True), also=("bad", "smw_wait.within_norm"), delta=1.0, replications=12)


def ask(question: Question = SMALL, toy: Toy | None = None, scenario: Scenario | None = None) -> SpreadingAnswer:
    return answer(scenario or tiny(), question, MemoryRunner(toy or Toy()))


@pytest.fixture(scope="module")
def answers() -> list[SpreadingAnswer]:
    """Answers that differ in everything that the page says in other words."""
    first = ask()
    (decided,) = first.decided
    alone = replace(decided.ranking, best=0, left=(0,))
    only = replace(decided, contest=replace(decided.contest, options=decided.contest.options[:1]), ranking=alone)
    own_best = replace(decided.ranking, best=0, left=(0, 1))
    close = decided.table.assign(
        verdict=["best", "same", "perhaps", "cannot tell", *["worse"] * (len(decided.table) - 4)]
    )
    left_out = tuple(LeftOut("equal", why, "own") for why in ("impossible", "same", "unspread"))
    told = replace(decided, contest=replace(decided.contest, left_out=left_out), table=close)
    tried = first.moves.tried
    cannot = tuple(replace(one, low=-1.0, high=1.0) for one in tried)
    worse = tuple(replace(one, low=-2.0, gain=-1.0, high=-0.5) for one in tried)
    none = tuple(replace(one, confirmed=False) for one in tried if one.move.kind != "together")
    full = ask(replace(SMALL, by_sector=True, marginal="group", delta=None), scenario=busy())
    sizes = tuple(
        replace(place, name=f"a.{size}") for place, size in zip(full.schools.places, SIZES * 2, strict=False)
    )
    full = replace(full, schools=replace(full.schools, places=sizes))
    one_place = replace(first.schools, places=first.schools.places[:1])
    hours_do = replace(first.matters, origin="hours", per_percent=1.5)
    return [
        replace(first, matters=hours_do),
        replace(first, decided=(only,), matters=replace(first.matters, origin="mean")),
        replace(first, decided=(replace(told, ranking=own_best),), moves=replace(first.moves, tried=cannot)),
        replace(first, decided=(replace(told, ranking=replace(own_best, settled=False)),), schools=one_place),
        replace(first, decided=(replace(told, ranking=replace(decided.ranking, settled=False, left=(0, 1))),)),
        replace(first, moves=replace(first.moves, tried=worse)),
        replace(first, moves=replace(first.moves, tried=none)),
        at_a_price(first),
        full,
        ask(replace(SMALL, rules=("by_school_type",))),
    ]


def at_a_price(found: SpreadingAnswer) -> SpreadingAnswer:
    """Return an answer in which every move makes a wait worse."""
    table = found.moves.table.copy()
    fresh = (table["measure"] == "smw_wait.within_norm") & (table["stage"] == "fresh")
    table.loc[fresh, ["change", "low", "high"]] = [-0.02, -0.03, -0.01]
    return replace(found, moves=replace(found.moves, table=table))


def busy() -> Scenario:
    """Return the scenario with no time left to move to other tasks."""
    return tiny(**{"care.smw.shares.class_presence": 0.65})


def pages(found: SpreadingAnswer, texts: object) -> Iterator[Document]:
    for code in LANGUAGES:
        language = Language(code, texts if code == "nl" and texts is not None else read_texts()[code])
        yield spreading_page(found, PointSettings(), language)


def blocks(document: Document) -> Iterator[Block]:
    yield from (block for section in document.sections for block in section.blocks)


def pictures(document: Document) -> Iterator[Picture]:
    yield from (one for block in blocks(document) if block.kind == "picture" for one in block.content)


def test_every_text_of_the_page_is_used(answers: list[SpreadingAnswer]) -> None:
    noting = Noting(read_texts()["nl"])
    for found in answers:
        nl, _ = pages(found, noting)
        for picture in pictures(nl):
            picture.draw("wide")
        findings_text(nl)
    own = {key for key in noting if key.startswith("where_hours.")}
    assert sorted(own - noting.asked) == []


def test_both_languages_say_the_same_in_the_same_places(answers: list[SpreadingAnswer]) -> None:
    for found in answers:
        nl, en = pages(found, None)
        assert [(section.key, [block.kind for block in section.blocks]) for section in nl.sections] == [
            (section.key, [block.kind for block in section.blocks]) for section in en.sections
        ]
        assert nl.sections[-2].key == "limits"
        assert len(nl.sections[-2].blocks[0].content) >= 7


def test_pictures_can_be_drawn_wide_and_narrow(answers: list[SpreadingAnswer]) -> None:
    _, english = pages(answers[0], None)
    assert [one.key for one in pictures(english)] == ["rules", "places", "values", "moves"]
    for picture in pictures(english):
        for shape in ("wide", "narrow"):
            with lettering(shape):
                picture.draw(shape).canvas.draw()


def test_findings_name_the_winner_with_its_confidence(answers: list[SpreadingAnswer]) -> None:
    _, english = pages(answers[0], None)
    text = findings_text(english)
    best = {"per_student": "per student", "pooled": "one team that goes every week where the wait is longest"}
    assert set(best) < set(RULES)
    assert f"“{best[answers[0].decided[0].best.name]}” is best" in text
    assert "at least 95% probability" in text
    assert "an improvement" in text
    assert "That is worth as much as about" in text


def test_page_tells_of_what_gets_worse(answers: list[SpreadingAnswer]) -> None:
    _, english = pages(at_a_price(answers[0]), None)
    heads = [head for sentence in english.findings for head, _ in sentence.groups]
    assert "What it makes worse" in heads
    items = [
        item
        for sentence in english.findings
        for head, told in sentence.groups
        if head.startswith("What")
        for item in told
    ]
    assert items[0].startswith("Wait for SMW, within the norm: −2.00 percentage points (−3.00 to −1.00)")


def test_places_that_were_looked_at_once_are_not_named_as_the_highest(answers: list[SpreadingAnswer]) -> None:
    first = answers[0]
    top, *rest = first.schools.by_value()
    again = tuple(number != top for number in range(len(first.schools.places)))
    for found, named in ((first, True), (replace(first, schools=replace(first.schools, again=again)), False)):
        _, english = pages(found, None)
        (told,) = [one for one in english.findings if one.title == "Where an hour more is worth most"]
        names = [item.partition(":")[0] for _, items in told.groups for item in items]
        words = Words(found, Language("en", read_texts()["en"]))
        assert (words.place(first.schools.places[top]) in names) is named
        assert words.place(first.schools.places[rest[0]]) in names or named


def test_moves_together_are_told_with_what_their_parts_add_up_to(answers: list[SpreadingAnswer]) -> None:
    _, english = pages(answers[0], None)
    (told,) = [one for one in english.findings if one.title == "All of these together"]
    assert "another way of spreading, hours between sectors, time between tasks" in told.text
    assert "One by one they add up to" in told.text
    assert "exclude each other" in told.text


def test_numbers_of_the_table_are_those_that_were_found(answers: list[SpreadingAnswer]) -> None:
    _, english = pages(answers[0], None)
    grid = english.main
    assert grid is not None
    rows = answers[0].decided[0].table.query("measure == 'good'")
    assert len(grid.rows) == len(rows)
    best = rows.loc[rows["verdict"] == "best", "mean"].iloc[0]
    assert grid.rows[0].cells[1].text == f"{best:.2f}"
    differences = [row.cells[0].text for row in grid.rows[1:]]
    assert all(text.startswith("−") for text in differences)


def test_places_grid_has_the_highest_first(answers: list[SpreadingAnswer]) -> None:
    _, english = pages(answers[0], None)
    where = next(section for section in english.sections if section.key == "where")
    (grid,) = next(block for block in where.blocks if block.kind == "folded").content
    values = [float(row.cells[0].text.replace("−", "-")) for row in grid.rows]
    assert values == sorted(values, reverse=True)
    assert np.isclose(values[0], answers[0].schools.gains.mean.max(), atol=0.05)
    told = [one for block in where.blocks if block.kind == "prose" for one in block.content]
    assert all(isinstance(one, Sentence) for one in told)
