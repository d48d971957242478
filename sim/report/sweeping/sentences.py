"""The conclusions of a sweep in plain words."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from sim.questions.sweeping.frontiers import Cheapest, cheapest_of_the_best
from sim.questions.sweeping.sweep import COSTS, OUTCOMES
from sim.report.catalogue import measure_of
from sim.report.comparison import Sentence
from sim.report.sweeping.averages import Average, averages
from sim.report.sweeping.view import SweepView

MOST_FAILED = 5
OVERLOAD = 1.0
LIMITS = ("chance", "many", "between", "leaving", "waits", "money")


def best(view: SweepView) -> list[Sentence]:
    """Tell for each outcome which point is the best, what cannot be told from it, and which of those is cheapest."""
    return [_best(view, one) for one in cheapest_of_the_best(view.sweep)]


def _best(view: SweepView, one: Cheapest) -> Sentence:
    text = view.text(
        "best.text",
        point=view.point(one.best),
        value=_with_interval(view, one.outcome, one.best),
        cost=_value(view, COSTS[0], one.best),
    )
    return Sentence(f"{text} {_others(view, one)}", title=view.text(f"best.{one.outcome}"))


def _others(view: SweepView, one: Cheapest) -> str:
    tied = one.tied - 1
    if tied == 0:
        return view.text("best.alone")
    if one.cheapest == one.best:
        key = "best.cheapest_itself_one" if tied == 1 else "best.cheapest_itself"
        return view.text(key, tied=tied)
    fields = {
        "point": view.point(one.cheapest),
        "value": _value(view, one.outcome, one.cheapest),
        "cost": _value(view, COSTS[0], one.cheapest),
    }
    return view.text("best.tied_one", **fields) if tied == 1 else view.text("best.tied", tied=tied, **fields)


def _value(view: SweepView, measure: str, number: int) -> str:
    """Write a mean with its unit."""
    mean = float(view.sweep.outcomes.summary(measure).mean[number])
    kind = measure_of(measure).kind
    words = view.amount(measure, mean)
    key = f"amount.{kind}"
    return view.language.text(key, size=words) if kind in ("days", "per_year") else words


def _with_interval(view: SweepView, measure: str, number: int) -> str:
    _, interval = view.figure(measure, view.sweep.outcomes.summary(measure), number)
    return f"{_value(view, measure, number)} ({interval})" if interval else _value(view, measure, number)


def effects(view: SweepView) -> list[Sentence]:
    """Tell for each key of a grid what going from its first to its last value does, averaged over the others."""
    return [_effect(view, key, found) for key, found in averages(view).items()]


def _effect(view: SweepView, key: str, found: list[Average]) -> Sentence:
    values = [view.value(key, value) for value in view.sweep.design.values(key)]
    ends = (values[0], values[-1])
    told = tuple(_told(view, one, ends) for one in found if one.verdict in ("more", "less"))
    alike = tuple(_compared(view, one, ends) for one in found if one.is_nothing)
    open_ones = (one for one in found if one.verdict not in ("more", "less") and not one.is_nothing)
    untold = tuple(_compared(view, one, ends) for one in open_ones)
    title = view.text("effects.title", setting=view.key(key), first=ends[0], last=ends[1])
    groups = (("", told), (view.text("effects.untold"), untold), (view.text("effects.alike"), alike))
    return Sentence(view.text("effects.text"), tuple(group for group in groups if group[1]), title=title)


def _told(view: SweepView, one: Average, ends: tuple[str, str]) -> str:
    amount, low, high = view.change(one.measure, one.difference, one.half_width)
    measure = _compared(view, one, ends)
    if low == high:
        return view.text("pair", setting=measure, value=amount)
    return view.text("effects.told", measure=measure, amount=amount, low=low, high=high)


def _compared(view: SweepView, one: Average, ends: tuple[str, str]) -> str:
    """Name a measure, and between which values it is compared where it is not known at the ends."""
    name = view.measure(one.measure)
    if (one.first, one.last) == ends:
        return name
    return view.text("effects.between", measure=name, first=one.first, last=one.last)


def load(view: SweepView) -> list[Sentence]:
    """Tell at how many points schools would ask more than the hours allow."""
    loads = list(view.sweep.loads.values())
    sectors = dict.fromkeys(sector for own in loads for sector in own)
    items = []
    for sector in sectors:
        known = [own[sector] for own in loads if sector in own and math.isfinite(own[sector])]
        over = sum(value > OVERLOAD for value in known)
        if over:
            fields = {
                name: view.language.percent(value) for name, value in (("low", min(known)), ("high", max(known)))
            }
            name = view.language.text(f"sector.{sector}")
            name = name[:1].upper() + name[1:]
            items.append(view.text("said.load_item", sector=name, over=over, known=len(known), **fields))
    if not items:
        return []
    text = view.text("said.load")
    return [Sentence(text, (("", tuple(items)),), tone="why", title=view.text("said.load_title"))]


def cautions(view: SweepView) -> list[Sentence]:
    """Tell what has no figure, what cannot be run, and that one replication says nothing."""
    found = [*_unknown(view), *_failed(view)]
    if view.sweep.outcomes.replications == 1:
        found.insert(0, Sentence(view.text("said.one_run"), tone="limit"))
    return found


def _unknown(view: SweepView) -> Iterator[Sentence]:
    outcomes = view.sweep.outcomes
    items = []
    for measure in dict.fromkeys((*view.sweep.measures, *OUTCOMES)):
        count = int(np.count_nonzero(outcomes.missing(measure)))
        if count:
            points = len(outcomes.points)
            items.append(view.text("said.unknown_item", measure=view.measure(measure), count=count, all=points))
    if items:
        title = view.text("said.unknown_title")
        yield Sentence(view.text("said.unknown"), (("", tuple(items)),), tone="limit", title=title)


def _failed(view: SweepView) -> Iterator[Sentence]:
    failed = view.sweep.prepared.failed
    if not failed:
        return
    items = [
        view.text("said.failed_item", point=name, reason=reason.splitlines()[0])
        for name, reason in list(failed.items())[:MOST_FAILED]
    ]
    if len(failed) > MOST_FAILED:
        items.append(view.text("said.failed_more", count=len(failed) - MOST_FAILED))
    title = view.text("said.failed_title")
    text = view.text("said.failed", count=len(failed), all=len(view.sweep.design.points))
    yield Sentence(text, (("", tuple(items)),), tone="limit", title=title)


def limits(view: SweepView) -> list[Sentence]:
    """Tell what the model cannot know about this question."""
    points = view.language.number(len(view.sweep.design.points))
    return [Sentence(view.text(f"limits.{key}", points=points), tone="limit") for key in LIMITS]
