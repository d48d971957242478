"""The page: which sentences, pictures and tables stand in which section, and how they become one HTML file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sim.report import lever_sentences, sentences, settings_tables, tables
from sim.report.blocks import Block, Section
from sim.report.comparison import Sentence
from sim.report.figures.drawn import Drawn
from sim.report.figures.gallery import FLOWS
from sim.report.grid import Grid
from sim.report.html import Page, render_pages, words_of
from sim.report.level_tables import full_tables
from sim.report.money_to_outcome import grids as outcome_grids
from sim.report.money_to_outcome import sentences as outcome_sentences
from sim.report.money_to_outcome.results import is_shown
from sim.report.practice import practice_table
from sim.report.queue_sentences import queue
from sim.report.range_table import range_table
from sim.report.target_table import about_targets, contradictions, target_table
from sim.report.view import View


def sections(view: View, drawn: Sequence[Drawn]) -> list[Section]:
    """Lay out the whole report in one language.

    Parameters
    ----------
    view
        The study and the language.
    drawn
        Its pictures.
    """
    found = {
        "brief": _brief(view),
        "compared": _compared(view),
        "waits": [_prose(sentences.waits(view)), _picture(drawn, "waits")],
        "weeks": [_picture(drawn, "weeks")],
        "queue": _queue(view, drawn),
        "paths": [Block("chooser", [one for one in drawn if one.key.startswith(FLOWS)])],
        "effects": [
            _picture(drawn, "effects"),
            _prose([*sentences.leaving(view), *lever_sentences.helped_leavers(view)]),
            _prose([*sentences.outside(view), *lever_sentences.ggz(view), *lever_sentences.leerplicht(view)]),
            *_range(view),
        ],
        "money": [_prose(sentences.money(view)), _picture(drawn, "cost")],
        "outcome": _outcome(view, drawn),
        "spread": [_prose(sentences.spread(view)), _picture(drawn, "spread")],
        "known": _known(view),
        "tables": _tables(view),
        "assumptions": _assumptions(view),
        "method": _method(view),
        "words": [Block("words", words_of(view.language))],
    }
    return [
        Section(key, view.text(f"section.{key}"), tuple(block for block in blocks if block.content))
        for key, blocks in found.items()
        if any(block.content for block in blocks)
    ]


def _prose(content: Sequence[Sentence]) -> Block:
    return Block("prose", content)


def _table(grid: Grid) -> Block:
    return Block("table", [grid] if grid.rows and grid.heads else [])


def _picture(drawn: Sequence[Drawn], key: str) -> Block:
    return Block("picture", [one for one in drawn if one.key == key])


def _brief(view: View) -> list[Block]:
    blocks = [Block("cards", sentences.brief(view)), _table(tables.glance(view))]
    if not view.study.others:
        blocks.insert(0, _prose([Sentence(view.text("page.no_reference"), tone="limit")]))
    return [*blocks, Block("cautions", sentences.cautions(view))]


def _compared(view: View) -> list[Block]:
    also = settings_tables.other_settings(view)
    told = [Sentence(view.text("compared.also"), (("", tuple(also)),), tone="limit")] if also else []
    return [
        _prose([Sentence(view.text("compared.intro"))]),
        _table(settings_tables.compared(view)),
        _table(practice_table(view)),
        _prose(told),
    ]


def _queue(view: View, drawn: Sequence[Drawn]) -> list[Block]:
    levers = [
        *lever_sentences.flexible(view),
        *lever_sentences.hours_stopped(view),
        *lever_sentences.in_touch(view),
    ]
    return [
        _prose(queue(view)),
        _table(settings_tables.rhythm(view)),
        _prose(levers),
        _picture(drawn, "capacity"),
        _picture(drawn, "hours"),
    ]


def _outcome(view: View, drawn: Sequence[Drawn]) -> list[Block]:
    if not is_shown(view):
        return []
    return [
        _prose(outcome_sentences.findings(view)),
        _picture(drawn, "ce_plane"),
        _table(outcome_grids.outcome_grid(view)),
        _picture(drawn, "acceptability"),
        _prose(outcome_sentences.chances(view)),
        _prose(outcome_sentences.payers(view)),
        _picture(drawn, "payers"),
        _picture(drawn, "euro_flows"),
        _table(outcome_grids.payers_grid(view)),
    ]


def _range(view: View) -> list[Block]:
    grid = range_table(view)
    return [_table(grid)] if grid.rows else []


def _known(view: View) -> list[Block]:
    return [_prose(about_targets(view)), _table(target_table(view)), _prose(contradictions(view))]


def _tables(view: View) -> list[Block]:
    return [
        _table(tables.headline(view)),
        _table(tables.differences(view)),
        _prose([Sentence(view.text("tables.open_hint")), Sentence(view.text("tables.schools_elsewhere"))]),
        Block("folded", full_tables(view)),
        _prose([Sentence(view.text("page.files"))]),
    ]


def _assumptions(view: View) -> list[Block]:
    main, others = settings_tables.assumptions(view)
    return [
        _prose([Sentence(view.text("assumptions.intro"))]),
        _table(main),
        Block("folded", [others] if others.rows else []),
    ]


def _method(view: View) -> list[Block]:
    horizon = view.study.first.horizon
    first, last = (view.language.day(day) for day in view.period)
    years, warm_up = horizon.measure_years, horizon.warm_up_years
    text = view.text("method.text", years=years, warm_up=warm_up, first=first, last=last)
    told = [Sentence(text), Sentence(view.text("method.waiting")), *sentences.limits(view)]
    return [_prose(told), Block("facts", settings_tables.run_facts(view))]


def render(views: Mapping[str, View], drawn: Mapping[str, Sequence[Drawn]]) -> str:
    """Render the report in all languages as one HTML page that needs nothing else.

    Parameters
    ----------
    views
        The study in each language.
    drawn
        Its pictures in each language.
    """
    return render_pages([_language_page(view, drawn[code]) for code, view in views.items()])


def _language_page(view: View, drawn: Sequence[Drawn]) -> Page:
    first, last = view.period
    count = len(view.names)
    subtitle = view.text(
        "page.subtitle" if count > 1 else "page.subtitle_one",
        scenarios=count,
        first=f"{first.year}/{(first.year + 1) % 100:02d}",
        last=f"{last.year - 1}/{last.year % 100:02d}",
        day=view.language.day(view.study.run.created),
    )
    title = view.text("page.title", region=view.region_name)
    return Page(view.language, title, subtitle, tuple(sections(view, drawn)))
