"""The page of ``smw prevention``: which sentences, tables and pictures stand in which section."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sim.questions.prevention.answer import Prevention
from sim.questions.prevention.boxes import Discovery
from sim.questions.prevention.sign_map import SignMap
from sim.report.blocks import Block, Section
from sim.report.comparison import Sentence
from sim.report.document import Document, Picture
from sim.report.figures.style import Shape
from sim.report.language import Language
from sim.report.prevention import answer_sentences, conclusion, sign_sentences, tables
from sim.report.prevention.draw_assumptions import draw_assumptions
from sim.report.prevention.draw_forest import draw_forest
from sim.report.prevention.draw_groups import draw_groups
from sim.report.prevention.draw_mechanisms import draw_mechanisms
from sim.report.prevention.draw_signs import draw_signs
from sim.report.prevention.draw_years import draw_years
from sim.report.prevention.view import PLACES, PreventionView

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def document(found: Prevention, signs: SignMap | None, discovery: Discovery | None, language: Language) -> Document:
    """Lay out the page in one language.

    Parameters
    ----------
    found
        What the comparison of worlds with and without SMW came to.
    signs
        The sign map; None leaves that section out.
    discovery
        The boxes of assumptions; None leaves that section out.
    language
        The language.
    """
    view = PreventionView(found, signs, discovery, language)
    names = view.text("and").join(view.region(region) for region in view.regions)
    return Document(
        title=view.text("title"),
        subtitle=view.text("subtitle", regions=names),
        sections=tuple(section for section in _sections(view) if section.blocks),
        findings=(*answer_sentences.answers(view), *conclusion.conclusion(view)),
        main=tables.net_table(view, view.regions[0]),
    )


def _sections(view: PreventionView) -> list[Section]:
    blocks: dict[str, list[Block]] = {
        "brief": [_prose(answer_sentences.answers(view))],
        "net": _each(view, _net),
        "years": _each(view, _years),
        "mechanisms": _each(view, _mechanisms),
        "groups": _each(view, _groups),
        "signs": _each(view, _signs) if view.signs is not None else [],
        "boxes": _each(view, _boxes) if view.discovery is not None else [],
        "price": [_prose(tables.prices(view)), *(_table(tables.price_table(view, one)) for one in view.regions)],
        "literature": [_prose(conclusion.about_studies(view)), _forest(view), _table(tables.study_table(view))],
        "conclusion": [_prose(conclusion.conclusion(view))],
        "method": _method(view),
    }
    return [Section(key, view.text(f"section.{key}"), tuple(parts)) for key, parts in blocks.items()]


def _prose(sentences: list[Sentence]) -> Block:
    return Block("prose", sentences)


def _table(grid: object) -> Block:
    return Block("table", [grid])


def _each(view: PreventionView, of_region: Callable[[PreventionView, str], list[Block]]) -> list[Block]:
    return [block for region in view.regions for block in of_region(view, region)]


def _net(view: PreventionView, region: str) -> list[Block]:
    return [_table(tables.net_table(view, region)), _table(tables.wait_table(view, region))]


def _years(view: PreventionView, region: str) -> list[Block]:
    picture = _picture(view, "years", region, lambda shape: draw_years(view, region, shape))
    return [_prose(answer_sentences.over_time(view, region)), picture]


def _mechanisms(view: PreventionView, region: str) -> list[Block]:
    picture = _picture(view, "mechanisms", region, lambda shape: draw_mechanisms(view, region, shape))
    return [picture, _prose(answer_sentences.mechanisms(view, region))]


def _groups(view: PreventionView, region: str) -> list[Block]:
    picture = _picture(view, "groups", region, lambda shape: draw_groups(view, region, shape))
    grids = [tables.group_table(view, region, place) for place in PLACES]
    return [_prose(answer_sentences.who(view, region)), picture, Block("folded", grids)]


def _signs(view: PreventionView, region: str) -> list[Block]:
    return [_prose(sign_sentences.turning(view, region)), *(_sign_map(view, region, place) for place in PLACES)]


def _sign_map(view: PreventionView, region: str, place: str) -> Block:
    def draw(shape: Shape) -> Figure:
        return draw_signs(view, region, place, shape)

    return _picture(view, "signs", region, draw, of=place)


def _boxes(view: PreventionView, region: str) -> list[Block]:
    picture = _picture(view, "assumptions", region, lambda shape: draw_assumptions(view, region, shape))
    told = [*sign_sentences.boxes(view, region), *sign_sentences.effects(view, region)]
    return [_prose(told), picture]


def _picture(
    view: PreventionView, key: str, region: str, draw: Callable[[Shape], Figure], of: str | None = None
) -> Block:
    names = {"region": view.region(region)}
    words = names | ({"of": view.text(f"of.{of}")} if of else {})
    parts = [key, *([of] if of else []), *([region] if len(view.regions) > 1 else [])]
    title, note, alt = (view.text(f"figure.{key}.{part}", **words) for part in ("title", "note", "alt"))
    return Block("picture", [Picture("_".join(parts), title, note, alt, draw)])


def _forest(view: PreventionView) -> Block:
    words = {part: view.text(f"figure.forest.{part}") for part in ("title", "note", "alt")}
    return Block("picture", [Picture("forest", draw=lambda shape: draw_forest(view, shape), **words)])


def _method(view: PreventionView) -> list[Block]:
    row = view.found.places.iloc[0]
    compared = view.text("method.compared", before=int(row["before"]), years=int(row["years"]))
    told = [Sentence(compared), Sentence(view.text("method.not_there"), tone="limit")]
    return [_prose(told), Block("facts", tables.place_facts(view))]
