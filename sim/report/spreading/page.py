"""The page about the spreading of hours: where they should go, and how sure that is."""

from __future__ import annotations

from functools import partial

from sim.questions.spreading import SpreadingAnswer
from sim.report.blocks import Block, Section
from sim.report.comparison import Sentence
from sim.report.document import Document, Picture
from sim.report.language import Language
from sim.report.spreading import figures, grids, hour_sentences, sentences
from sim.report.spreading.words import Words
from sim.runs.points import PointSettings


def spreading_page(found: SpreadingAnswer, settings: PointSettings, language: Language) -> Document:
    """Lay out the page in one language.

    Parameters
    ----------
    found
        What was found.
    settings
        How the points were run.
    language
        The language.
    """
    words = Words(found, language)
    brief = [*sentences.best_rule(words), *sentences.moved(words)]
    hours = words.hours(sum(place.hours for place in found.schools.places))
    contents = {
        "brief": [Block("prose", [*brief, hour_sentences.caution(words)])],
        "rules": _rules(words),
        "where": _where(words),
        "values": _values(words),
        "moves": _moves(words),
        "limits": [Block("prose", hour_sentences.limits(words))],
        "method": [Block("prose", hour_sentences.method(words)), Block("facts", _facts(words, settings))],
    }
    return Document(
        title=words.text("title"),
        subtitle=words.text("subtitle", region=words.label("region"), scenario=words.label("scenario"), hours=hours),
        sections=tuple(Section(key, words.text(f"section.{key}"), tuple(blocks)) for key, blocks in contents.items()),
        findings=(*brief, *hour_sentences.hour_at_places(words)),
        main=grids.rules_grid(words, found.decided[0]),
    )


def _rules(words: Words) -> list[Block]:
    blocks = [Block("prose", sentences.what_matters(words))]
    for one in words.found.decided:
        if len(one.contest.options) > 1:
            key = "rules" if one.contest.place == "all" else f"rules_{one.contest.place}"
            draw = partial(figures.draw_rules, words, one)
            blocks.append(
                Block("picture", [_picture(words, "rules", key, draw, where=words.sector(one.contest.place))])
            )
        blocks.append(Block("table", [grids.rules_grid(words, one)]))
    left_out = grids.left_out_grid(words)
    return [*blocks, Block("folded", [left_out] if left_out.rows else [])]


def _where(words: Words) -> list[Block]:
    if not hour_sentences.several_places(words):
        return [Block("prose", [Sentence(words.text("hour.one_place"))])]
    return [
        Block("picture", [_picture(words, "places", "places", partial(figures.draw_places, words))]),
        Block(
            "prose",
            [
                *hour_sentences.hour_at_places(words),
                *hour_sentences.first_hours(words),
                *hour_sentences.rhythm(words),
            ],
        ),
        Block("folded", [grids.places_grid(words)]),
    ]


def _values(words: Words) -> list[Block]:
    told = [Block("prose", hour_sentences.values(words))]
    if not words.found.tasks.gains:
        return [*told, Block("table", [grids.values_grid(words, "sectors")])]
    tables = [grids.values_grid(words, which) for which in ("sectors", "tasks")]
    picture = _picture(words, "values", "values", partial(figures.draw_values, words))
    return [Block("picture", [picture]), *told, Block("table", tables)]


def _moves(words: Words) -> list[Block]:
    confirmed = any(one.confirmed for one in words.found.moves.tried)
    picture = [_picture(words, "moves", "moves", partial(figures.draw_moves, words))] if confirmed else []
    return [
        Block("prose", [Sentence(words.text("moves.intro"))]),
        Block("picture", picture),
        Block("table", [grids.moves_grid(words)] if words.found.moves.tried else []),
    ]


def _picture(words: Words, text: str, key: str, draw: object, **fields: object) -> Picture:
    told = {part: words.text(f"figure.{text}.{part}", **_all(words, fields)) for part in ("title", "note", "alt")}
    return Picture(key, told["title"], told["note"], told["alt"], draw)  # type: ignore[arg-type]


def _all(words: Words, fields: dict[str, object]) -> dict[str, object]:
    question = words.found.question
    return {
        "measure": words.plain_measure(words.objective),
        "hours": words.language.number(question.hours, 1),
        "delta": words.unsigned(words.objective, words.found.matters.delta),
        "confidence": words.language.percent(question.confidence),
        **fields,
    }


def _facts(words: Words, settings: PointSettings) -> list[tuple[str, str]]:
    question, scenario = words.found.question, words.found.world.scenario
    ranges = {
        "screening": question.screening,
        "closer": question.closer,
        "few": question.few,
        "search": question.search,
    }
    values = {
        "scenario": f"{words.label('scenario')} ({scenario.name})",
        "measure": words.measure(words.objective),
        "confidence": words.language.percent(question.confidence),
        "delta": words.unsigned(words.objective, words.found.matters.delta),
        "first_stage": str(question.first_stage),
        **{key: f"{one.start}–{one.stop - 1}" for key, one in (ranges | {"fresh": question.fresh}).items()},
        "hours": words.language.number(question.hours, 2),
        "shift": words.language.percent(question.shift),
        "runs": words.language.number(words.found.runs),
        "seed": str(settings.seed),
    }
    return [(words.text(f"fact.{key}"), value) for key, value in values.items()]
