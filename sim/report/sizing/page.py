"""The page of ``smw size``: answer, pictures, tables, what it cannot tell, and how it was done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from sim.questions.sizing.levers import MoneyLever, SettingLever
from sim.questions.sizing.outcome import Outcome
from sim.questions.sizing.school_hours import SchoolLever
from sim.questions.sizing.search import Sized
from sim.report.blocks import Block, Section
from sim.report.document import Document, Picture
from sim.report.figures.style import Shape
from sim.report.language import Language
from sim.report.sizing.figures import draw_chance, draw_measure, draw_schools
from sim.report.sizing.grids import answer_grid, school_grid, tried_grid
from sim.report.sizing.sentences import answer, limits, remarks
from sim.report.sizing.words import Words

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def sizing_document(
    sized: Sized, found: Sequence[Outcome], language: Language, *, in_euros: bool = False
) -> Document:
    """Return the page in one language.

    Parameters
    ----------
    sized
        The search.
    found
        What it came to, by unit.
    language
        The language.
    in_euros
        Whether amounts are told in euros rather than hours.
    """
    words = Words(sized, language, in_euros)
    base = sized.lever.base
    region, scenario = (getattr(label, language.code) for label in (base.region.label, base.label))
    body = _of_schools(words, found) if isinstance(sized.lever, SchoolLever) else _of_units(words, found)
    conclusions = answer(words, found)
    return Document(
        title=words.text("title", region=region),
        subtitle=words.text("subtitle", target=words.target, scenario=scenario),
        sections=(
            _section(words, "answer", Block("prose", [*conclusions, *remarks(words, found)])),
            *body,
            _section(words, "limits", Block("prose", limits(words))),
            _section(words, "run", Block("facts", _facts(words))),
        ),
        findings=tuple(conclusions),
        main=None if isinstance(sized.lever, SchoolLever) else answer_grid(words, found),
    )


def _section(words: Words, key: str, *blocks: Block) -> Section:
    return Section(key, words.text(f"section.{key}"), blocks)


def _of_units(words: Words, found: Sequence[Outcome]) -> list[Section]:
    chance = _picture(words, "chance", partial(draw_chance, words, found))
    measure = _picture(words, "measure", partial(draw_measure, words, found))
    folded = [tried_grid(words, one.unit) for one in found]
    return [
        _section(words, "chance", chance, Block("table", [answer_grid(words, found)])),
        _section(words, "measure", measure),
        _section(words, "tried", Block("folded", folded)),
    ]


def _of_schools(words: Words, found: Sequence[Outcome]) -> list[Section]:
    lever = words.sized.lever
    assert isinstance(lever, SchoolLever)
    sector = dict(zip(lever.region.school_ids, lever.region.sector_names, strict=True))
    picture = _picture(words, "schools", partial(draw_schools, words, found, [sector[one.unit] for one in found]))
    return [_section(words, "schools", picture, Block("folded", [school_grid(words, found)]))]


def _picture(words: Words, key: str, draw: Callable[[Shape], Figure]) -> Block:
    title, note, alt = (words.text(f"figure.{key}{end}") for end in ("", "_note", "_alt"))
    return Block("picture", [Picture(f"sizing_{key}", title, note, alt, draw)])


def _facts(words: Words) -> list[tuple[str, str]]:
    sized, number = words.sized, words.language.number
    n, years = number(sized.effort.replications), sized.lever.base.horizon.measure_years
    return [
        (words.text("fact.target"), sized.target.text),
        (words.text("fact.rule"), _rule(words)),
        (words.text("fact.range"), _range(words)),
        (words.text("fact.replications"), words.text("fact.replications_value", n=n)),
        (words.text("fact.years"), number(years)),
        (words.text("fact.seed"), str(sized.seed)),
        (words.text("fact.method"), words.text("fact.method_value")),
    ]


def _rule(words: Words) -> str:
    share = words.language.percent(words.sized.rule.probability)
    return words.text("fact.mean") if words.on_mean else words.text("fact.probability", share=share)


def _range(words: Words) -> str:
    lever, amounts = words.sized.lever, words.sized.lever.amounts
    low, high = sorted((float(amounts[0]), float(amounts[-1])))
    fields = {"low": words.plain(low), "high": words.plain(high), "count": words.language.number(len(amounts))}
    if isinstance(lever, SettingLever):
        return words.text("fact.value", setting=lever.key, **fields)
    return words.text("fact.factor" if isinstance(lever, MoneyLever) else "fact.weekly", **fields)
