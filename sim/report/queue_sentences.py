"""Plain sentences about what sets the queue: what the hours go to, who is put off, and the rhythm of the visits."""

from __future__ import annotations

from collections.abc import Mapping

from sim.report.comparison import Sentence
from sim.report.rhythm import Rhythm, rhythms
from sim.report.view import View

OFTEN = 0.75
FEW_HOURS = 10.0
TOLD_TASKS = {"conversations": ("conversations", "registration"), "travel": ("travel",), "lost": ("lost",)}


def queue(view: View) -> list[Sentence]:
    """Say what sets the queue: what the hours go to, who is put off, and the rhythm of the visits."""
    return [*_hours(view), *_balked(view), *_rhythm(view), *_more_hours(view)]


def _hours(view: View) -> list[Sentence]:
    name = view.study.reference
    funded = view.lookup.figure(name, "hours_funded").mean
    if not funded > 0:
        return []
    shares = {
        word: view.language.percent(sum(_known_hours(view, name, task) for task in tasks) / funded)
        for word, tasks in TOLD_TASKS.items()
    }
    text = view.text("queue.hours", reference=view.reference, funded=view.language.number(funded), **shares)
    return [Sentence(text, tone="why")]


def _known_hours(view: View, name: str, task: str) -> float:
    figure = view.lookup.figure(name, "hours_used", "task", task)
    return figure.mean if figure.known else 0.0


def _balked(view: View) -> list[Sentence]:
    name = view.study.reference
    asked, balked = (view.lookup.figure(name, measure).mean for measure in ("asked", "balked"))
    if not balked > 0:
        return []
    text = view.text(
        "queue.balked",
        reference=view.reference,
        share=view.language.percent(balked / (asked + balked)),
        balked=view.language.number(balked),
        asked=view.language.number(asked),
    )
    return [Sentence(text, tone="why")]


def _rhythm(view: View) -> list[Sentence]:
    """Tell of the rhythm in the reference and in the scenario with most hours, sector by sector."""
    most = max(view.names, key=lambda name: view.lookup.figure(name, "hours_funded").mean)
    names = dict.fromkeys((view.study.reference, most))
    found = {name: rhythms(view.study, name) for name in names}
    pairs = [(name, sector) for sector in view.study.sectors for name in names]
    shown = [(name, found[name][sector]) for name, sector in pairs if _has_visits(found[name], sector)]
    if not shown:
        return []
    rare = any(rhythm.is_rare for _, rhythm in shown)
    minimum = view.language.number(view.study.scenarios[most].care.smw.visits.min_hours)
    text = view.text("queue.rhythm_why" if rare else "queue.weekly_why", minimum=minimum)
    items = tuple(_rhythm_item(view, name, rhythm) for name, rhythm in shown)
    return [Sentence(text, (("", items),), tone="why")]


def _has_visits(found: Mapping[str, Rhythm], sector: str) -> bool:
    return sector in found and bool(found[sector].schools)


def _rhythm_item(view: View, name: str, rhythm: Rhythm) -> str:
    sector = view.text(f"sector.{rhythm.sector}")
    fields = {
        "scenario": view.label(name),
        "sector": sector[0].upper() + sector[1:],
        "hours": weekly_hours(view, rhythm),
    }
    if rhythm.weeks_between < OFTEN:
        return view.text("queue.rhythm_often", **fields, visits=view.language.number(1.0 / rhythm.weeks_between, 1))
    weeks, rare = view.language.number(rhythm.weeks_between, 1), view.language.percent(rhythm.rare_share)
    return view.text("queue.rhythm", **fields, weeks=weeks, rare=rare)


def weekly_hours(view: View, rhythm: Rhythm) -> str:
    """Write the hours a school week at a school, with decimals where they are few."""
    return view.language.number(rhythm.hours_per_week, 2 if rhythm.hours_per_week < FEW_HOURS else 0)


def _more_hours(view: View) -> list[Sentence]:
    """Explain for scenarios with more hours why the wait does not fall with them."""
    waits_of = {name: view.lookup.difference(name, "smw_wait.median") for name in view.study.others}
    more = [
        name
        for name, wait in waits_of.items()
        if wait.known and view.lookup.difference(name, "hours_funded").mean > 0
    ]
    if not more:
        return []
    shorter = all(waits_of[name].verdict == "less" for name in more)
    text = view.text("queue.partly" if shorter else "queue.not_shorter", reference=view.reference)
    return [Sentence(text, (("", tuple(_more_hours_item(view, name) for name in more)),), tone="why")]


def _more_hours_item(view: View, name: str) -> str:
    wait = view.lookup.difference(name, "smw_wait.median")
    return view.text(
        "queue.more_hours",
        scenario=view.label(name),
        hours=view.language.number(view.lookup.difference(name, "hours_funded").mean),
        wait=view.change("smw_wait.median", wait),
        interval=view.change_range("smw_wait.median", wait),
        unclear="" if wait.told else view.text("queue.unclear"),
        asked=view.short_change("asked", view.lookup.difference(name, "asked")),
        balked=view.short_change("balked", view.lookup.difference(name, "balked")),
    )
