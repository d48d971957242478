"""The page of ``smw size``: every outcome is told, in both languages, and every text is used."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from noting_texts import Noting
from sizing_worlds import KnownWaits, MemoryRunner, small_scenario

from sim.questions.sizing.choose import Wanted, choose_lever
from sim.questions.sizing.outcome import outcomes
from sim.questions.sizing.search import Effort, Sized, size
from sim.questions.sizing.target import Target, read_target
from sim.region.reader import read_region
from sim.report.blocks import Section
from sim.report.catalogue import MEASURES
from sim.report.comparison import Sentence
from sim.report.document import Document, Picture
from sim.report.figures.style import Shape, lettering
from sim.report.language import Language, load_language, read_texts
from sim.report.sizing.page import sizing_document
from sim.statistics.attainment import Bound, Observed, On, Rule

N = 10
ONLY_PO = [{"name": "one", "payer": "school", "sector": "po", "amount": 400.0}]
SHAPES: tuple[Shape, ...] = ("wide", "narrow")
KINDS = {name: measure.kind for name, measure in MEASURES.items()}
WAIT = Target("smw_wait.p90", "", Bound("at_most", 14.0))
GAVE_UP = Target("gave_up", "", Bound("at_most", 1.0))
SETTING = Wanted(key="costs.smw_hour_hired", lowest=0.2, highest=2.0, step=0.1)


def searched(
    folder: Path,
    wanted: Wanted,
    waits: KnownWaits | None = None,
    target: Target = WAIT,
    on: On = "replications",
    n: int = N,
    **changes: object,
) -> Sized:
    scenario = small_scenario(folder / "region", **changes)
    runner: Any = MemoryRunner(waits or KnownWaits())
    lever = choose_lever(wanted, scenario, read_region(scenario, Path("/")), folder / "hours", "here")
    return size(runner, lever, target, Rule(target.bound, on, 0.8), Effort(n))


def fallen_short(sized: Sized) -> Sized:
    """Return a search of which the new replications turned out badly."""
    sized.confirmed = {"all": Observed(np.full(N, 15.0), np.ones(N, dtype=np.bool_))}
    return sized


def coarse(**more: Any) -> Wanted:
    return Wanted(**({"step": 0.3} | more))


@pytest.fixture(scope="module")
def every(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Sized]:
    """A search for each way in which one can end."""
    folder = tmp_path_factory.mktemp("page")
    share = read_target("gave_up <= 15%", KINDS, "here")
    return {
        "total": searched(folder, Wanted(), n=20),
        "sectors": searched(folder, coarse(by="sector"), on="mean"),
        "exact": searched(folder, coarse(), KnownWaits(work=420.0, spread=0.0), n=20),
        "stuck": searched(folder, coarse(), KnownWaits(floor=30.0)),
        "still": searched(folder, coarse(highest=0.7)),
        "unknown": searched(folder, coarse(), KnownWaits(censored=True)),
        "lowest": searched(folder, coarse(lowest=0.5), target=share),
        "nothing": searched(folder, coarse(), target=Target("gave_up", "", Bound("at_most", 3.0))),
        "falls": searched(folder, coarse(), target=GAVE_UP),
        "harms": searched(folder, coarse(), target=Target("cost.smw", "", Bound("at_most", 1500.0))),
        "nearly": searched(folder, coarse(highest=1.09, step=0.02), n=20),
        "short": fallen_short(searched(folder, coarse())),
        "one_sector": searched(folder, coarse(by="sector"), **{"funding.sources": ONLY_PO}),
        "falls_first": searched(folder, coarse(), KnownWaits(gave_up_after=10.0), target=GAVE_UP, n=20),
        "nobody": searched(folder, coarse(by="sector", sector="po"), KnownWaits(quiet_unit="po")),
        "full": searched(
            folder, coarse(), **{"spreading.rule": "base_plus_flexible", "spreading.max_weekly_hours": 9.0}
        ),
        "schools": searched(folder, coarse(by="school"), KnownWaits(work=40.0, floors={"po-a": 30.0})),
        "setting": searched(folder, SETTING, n=30),
        "few_setting": searched(folder, SETTING),
        "no_setting": searched(folder, SETTING, KnownWaits(floor=30.0)),
        "dear": searched(folder, coarse(), target=Target("cost.smw", "", Bound("at_least", 2000.0))),
    }


def document(sized: Sized, language: Language, in_euros: bool = False) -> Document:
    return sizing_document(sized, list(outcomes(sized)), language, in_euros=in_euros)


def sentences(section: Section) -> Iterator[str]:
    for block in section.blocks:
        for one in block.content:
            if isinstance(one, Sentence):
                yield one.text
                yield from (item for _, items in one.groups for item in items)


def told(sized: Sized, code: str = "en", in_euros: bool = False) -> str:
    return "\n".join(sentences(document(sized, load_language(code), in_euros).sections[0]))


def test_every_text_is_used_and_every_page_can_be_made(every: dict[str, Sized]) -> None:
    noting = Noting(read_texts()["nl"])
    for sized in every.values():
        document(sized, Language("nl", noting), in_euros=True)
        for section in document(sized, Language("nl", noting)).sections:
            draw_all(section, SHAPES[:1])
    for section in document(every["total"], Language("nl", noting), in_euros=True).sections:
        draw_all(section, SHAPES[:1])
    unused = {key for key in noting if key.startswith("sizing.")} - noting.asked
    assert sorted(unused) == []


def test_pictures_are_drawn_for_phones_too(every: dict[str, Sized]) -> None:
    for name in ("sectors", "schools"):
        for section in document(every[name], load_language("en"), in_euros=True).sections:
            draw_all(section, SHAPES)


def draw_all(section: Section, shapes: Sequence[Shape]) -> None:
    pictures = [one for block in section.blocks for one in block.content if isinstance(one, Picture)]
    for picture in pictures:
        for shape in shapes:
            with lettering(shape):
                figure = picture.draw(shape)
            assert all(axes.get_xlabel() for axes in figure.axes)


def test_the_answer_stands_in_the_first_sentence_with_what_there_is_now(every: dict[str, Sized]) -> None:
    one = next(outcomes(every["total"]))
    assert one.place is not None
    first = told(every["total"]).splitlines()[0]
    assert first.startswith(f"All schools: {one.place.hours:,.0f} hours a year are enough")
    assert "Now there are 1,200 hours for €1,200" in first
    assert (
        told(every["total"], in_euros=True).splitlines()[0].startswith(f"All schools: €{one.place.euros:,.0f} a year")
    )


def test_where_no_amount_is_enough_it_is_said_and_why(every: dict[str, Sized]) -> None:
    stuck, still = told(every["stuck"]), told(every["still"])
    assert "no amount up to" in stuck
    assert "More no longer helps" in stuck
    assert "school days" in stuck
    assert "no amount up to" in still
    assert "Try a larger amount" in still
    assert "is not known" in told(every["unknown"])


def test_a_target_that_more_takes_away_is_not_said_to_be_met_by_no_amount(every: dict[str, Sized]) -> None:
    text = told(every["harms"])
    assert "no amount" not in text
    assert "It is met with 1,200 hours a year" in text
    assert "More makes it worse" in text
    assert "larger amount" not in text
    grid = document(every["harms"], load_language("en")).main
    assert grid is not None
    assert grid.rows[0].cells[1].text == "only with less"


def test_an_average_that_meets_the_target_is_not_said_to_miss_it(every: dict[str, Sized]) -> None:
    text = told(every["nearly"])
    assert "to spare" in text
    assert "missing" not in text


def test_new_replications_that_fall_short_are_told(every: dict[str, Sized]) -> None:
    assert "fall short" in told(every["short"])
    assert "fall short" not in told(every["total"])


def test_on_the_mean_it_is_the_mean_that_new_replications_confirm(every: dict[str, Sized]) -> None:
    assert "days on average over 10 replications" in told(every["sectors"])
    assert "is met in" not in told(every["sectors"]).splitlines()[1]


def test_ranges_of_schools_are_said_to_be_wide(every: dict[str, Sized]) -> None:
    assert "What one school needs is far from sure" in told(every["schools"])


def test_a_sector_without_hours_is_told(every: dict[str, Sized]) -> None:
    assert "Secondary schools (VO): there are no hours of SMW now" in told(every["one_sector"])


def test_a_curve_that_falls_is_told(every: dict[str, Sized]) -> None:
    for name in ("falls", "falls_first"):
        assert "more is not always better" in told(every[name])
    assert "stays met" in told(every["falls_first"])
    assert "stays met" not in told(every["falls"])


def test_no_hours_at_all_is_not_said_to_be_less_than_something(every: dict[str, Sized]) -> None:
    text = told(every["nothing"])
    assert text.startswith("All schools: 0 hours a year are enough")
    assert "less may be enough" not in text
    assert "to –" not in text


def test_a_target_that_was_read_as_a_share_is_told(every: dict[str, Sized]) -> None:
    assert "share of the requests" in told(every["lowest"])


def test_schools_are_told_together_with_those_that_have_no_answer(every: dict[str, Sized]) -> None:
    text = told(every["schools"])
    assert text.startswith("For 3 of 4 schools")
    assert "not even" in text


def test_where_less_helps_the_range_is_written_from_low_to_high(every: dict[str, Sized]) -> None:
    one = next(outcomes(every["setting"]))
    assert one.early > one.late
    assert f"between costs.smw_hour_hired = {one.late:g} and costs.smw_hour_hired = {one.early:g}" in told(
        every["setting"]
    )
    assert "or less" in told(every["few_setting"])


def test_numbers_are_written_as_the_language_does(every: dict[str, Sized]) -> None:
    assert "Nu is er 1.200 uur" in told(every["total"], "nl")


def test_a_page_ends_with_what_it_cannot_tell_and_how_it_was_done(every: dict[str, Sized]) -> None:
    for sized in every.values():
        keys = [section.key for section in document(sized, load_language("en")).sections]
        assert keys[-2:] == ["limits", "run"]
