"""The page about a sweep."""

from __future__ import annotations

from collections.abc import Callable

from sim.questions.sweeping.effects import effects_table
from sim.questions.sweeping.frontiers import Frontier
from sim.questions.sweeping.sweep import COSTS, Sweep
from sim.report.blocks import Block, Section
from sim.report.comparison import Sentence
from sim.report.document import Document
from sim.report.grid import Grid
from sim.report.language import Language
from sim.report.sweeping import sentences
from sim.report.sweeping.grids import MOST_POINTS, effects_grid, frontier_grid, points_grid, varied_grid
from sim.report.sweeping.pictures import frontier_pictures, measure_pictures
from sim.report.sweeping.view import SweepView
from sim.scenario import Scenario

MAIN = (COSTS[0], "smw_wait.median")
"""The frontier that goes into the description of an experiment."""


def documents(
    sweep: Sweep, found: list[Frontier], scenario: Scenario, seed: int, command: str
) -> Callable[[Language], Document]:
    """Return what makes the page in a language.

    Parameters
    ----------
    sweep
        What was run.
    found
        Its frontiers.
    scenario
        The scenario of its first point.
    seed, command
        How it was run.
    """
    effects = effects_table(sweep)

    def document(language: Language) -> Document:
        return _document(SweepView(sweep, tuple(found), effects, language, scenario), seed, command)

    return document


def _document(view: SweepView, seed: int, command: str) -> Document:
    blocks = {
        "brief": _brief(view),
        "frontier": _frontier(view),
        "pictures": _pictures(view),
        "effects": _effects(view),
        "points": _points(view),
        "varied": [Block("table", _if_rows(varied_grid(view)))],
        "limits": [Block("prose", sentences.limits(view))],
        "method": [Block("prose", [Sentence(view.text("method.text"))]), Block("facts", _facts(view, seed, command))],
    }
    sections = tuple(
        Section(key, view.text(f"section.{key}"), tuple(block for block in own if block.content))
        for key, own in blocks.items()
        if any(block.content for block in own)
    )
    first, last = (view.language.day(day) for day in view.period)
    count = view.language.number(len(view.sweep.design.points))
    replications = view.sweep.outcomes.replications
    return Document(
        title=view.text("title", region=view.region),
        subtitle=view.text("subtitle", points=count, replications=replications, first=first, last=last),
        sections=sections,
        findings=(*sentences.best(view), *sentences.effects(view), *sentences.load(view)),
        main=_main(view),
    )


def _brief(view: SweepView) -> list[Block]:
    return [
        Block("prose", [*sentences.best(view), *sentences.load(view)]),
        Block("cautions", sentences.cautions(view)),
    ]


def _frontier(view: SweepView) -> list[Block]:
    if not view.frontiers:
        return [Block("prose", [Sentence(view.text("frontier.none"), tone="limit")])]
    return [
        Block("prose", [Sentence(view.text("frontier.intro"))]),
        Block("picture", frontier_pictures(view)),
        Block("folded", [frontier_grid(view, one) for one in view.frontiers]),
    ]


def _pictures(view: SweepView) -> list[Block]:
    choosers = measure_pictures(view)
    if not choosers:
        return [Block("prose", [Sentence(view.text("pictures.too_many"))])]
    return [Block("chooser", chooser) for chooser in choosers]


def _effects(view: SweepView) -> list[Block]:
    told = sentences.effects(view)
    if not told:
        return []
    return [
        Block("prose", [Sentence(view.text("effects.intro")), *told]),
        Block("folded", _if_rows(effects_grid(view))),
    ]


def _points(view: SweepView) -> list[Block]:
    shown = [Sentence(view.text("points.files"))]
    if len(view.sweep.design.points) > MOST_POINTS:
        shown.insert(0, Sentence(view.text("points.elsewhere", count=MOST_POINTS)))
    return [Block("folded", [points_grid(view)]), Block("prose", shown)]


def _if_rows(grid: Grid) -> list[Grid]:
    return [grid] if grid.rows else []


def _facts(view: SweepView, seed: int, command: str) -> list[tuple[str, str]]:
    sweep = view.sweep
    facts = {
        "scenario": view.scenario_name,
        "design": view.text(f"kind.{sweep.design.kind}"),
        "replications": str(sweep.outcomes.replications),
        "seed": str(seed),
        "reference": view.point(sweep.reference_number),
        "command": command,
        "failures": str(len(sweep.failures)) if sweep.failures else "",
    }
    return [(view.text(f"method.{key}"), value) for key, value in facts.items() if value]


def _main(view: SweepView) -> Grid | None:
    def wanted(one: Frontier) -> bool:
        return (one.cost, one.outcome) != MAIN

    chosen = sorted(view.frontiers, key=wanted)
    return frontier_grid(view, chosen[0]) if chosen else None
