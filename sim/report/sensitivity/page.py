"""The page: which sentences, pictures and tables stand in which section."""

from __future__ import annotations

from collections.abc import Sequence

from sim.questions.sensitivity.study import Sensitivity
from sim.report.blocks import Block, Section
from sim.report.comparison import Sentence
from sim.report.document import Document, Picture
from sim.report.grid import Grid
from sim.report.language import Language
from sim.report.sensitivity import grids, pictures, sentences
from sim.report.sensitivity.words import Words


def sensitivity_page(found: Sensitivity, language: Language) -> Document:
    """Lay out the page in one language.

    Parameters
    ----------
    found
        The answer.
    language
        The language.
    """
    words = Words(found, language)
    key = "subtitle_pair" if words.compared else "subtitle_one"
    fields = {"other": words.other, "reference": words.reference, "scenario": words.reference}
    brief = sentences.brief(words)
    return Document(
        title=words.text("title"),
        subtitle=words.text(key, **fields),
        sections=_sections(words, brief),
        findings=tuple(brief),
        main=grids.deciding_grid(words, decides=True),
    )


def _sections(words: Words, brief: Sequence[Sentence]) -> tuple[Section, ...]:
    found = words.found
    blocks = {
        "brief": [Block("prose", brief)],
        "deciding": _deciding(words),
        "ends": _ends(words),
        "screening": [
            Block("prose", sentences.screening(words)),
            _chooser(pictures.effects(words)),
            _tables("folded", [grids.effects_grid(words, of, m) for of in _told(words) for m in found.measures]),
        ],
        "indices": [
            Block("prose", sentences.indices(words)),
            _chooser(pictures.indices(words)),
            _tables("folded", [grids.indices_grid(words, of) for of in _told(words)]),
        ],
        "varied": [Block("prose", sentences.varied(words)), _tables("folded", [grids.varied_grid(words)])],
        "limits": [Block("prose", sentences.limits(words))],
        "method": [Block("facts", facts(words))],
    }
    return tuple(
        Section(key, words.text(f"section.{key}"), tuple(block for block in found_blocks if block.content))
        for key, found_blocks in blocks.items()
        if any(block.content for block in found_blocks)
    )


def _told(words: Words) -> tuple[str, ...]:
    """Return what has tables on the page: the question, and the reference; all else is in the workbook."""
    return tuple(dict.fromkeys((words.found.main, next(iter(words.found.scenarios)))))


def _chooser(drawn: Sequence[Picture]) -> Block:
    return Block("chooser", drawn)


def _tables(kind: str, found: Sequence[Grid | None]) -> Block:
    return Block(kind, [grid for grid in found if grid is not None and grid.rows])


def _deciding(words: Words) -> list[Block]:
    if not words.compared:
        return []
    decides, kept = (grids.deciding_grid(words, decides=which) for which in (True, False))
    if decides is None and kept is None:
        return []
    told = [Sentence(words.text("deciding.intro"))]
    return [Block("prose", told), _tables("table", [decides]), _tables("folded", [grids.sources_grid(words), kept])]


def _ends(words: Words) -> list[Block]:
    main = pictures.tornadoes(words, words.found.main)
    blocks = [Block("prose", [Sentence(words.text("ends.intro"))]), _chooser(main)]
    if words.compared:
        reference = next(iter(words.found.scenarios))
        blocks.append(Block("prose", [Sentence(words.text("ends.values", scenario=words.reference))]))
        blocks.append(_chooser(pictures.tornadoes(words, reference)))
    return blocks if main else []


def facts(words: Words) -> list[tuple[str, str]]:
    """List how the question was answered: name and value."""
    found, number = words.found, words.language.number
    effort, points = found.effort, {stage: number(count) for stage, count in found.worlds.points.items()}
    values = {
        "region": getattr(next(iter(found.scenarios.values())).region.label, words.language.code),
        "scenarios": ", ".join(f"{words.of(name)} ({name})" for name in found.scenarios),
        "screening": words.text(
            "method.screening_value",
            trajectories=effort.trajectories,
            points=points["screening"],
            replications=effort.replications,
        ),
        "ends": words.text("method.ends_value", points=points["ends"], replications=effort.end_replications),
    }
    if "indices" in points:
        values["indices"] = words.text(
            "method.indices_value", samples=effort.samples, points=points["indices"], replications=effort.replications
        )
    values["seed"] = str(found.seed)
    return [(words.text(f"method.{key}"), value) for key, value in values.items()]
