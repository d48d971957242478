"""Plain sentences about single levers and systems, each only where it applies."""

from __future__ import annotations

from collections.abc import Iterator

from sim.report.comparison import Sentence
from sim.report.lookup import Figure
from sim.report.rhythm import Rhythm, rhythms
from sim.report.view import View
from sim.scenario.base import SECTORS


def flexible(view: View) -> list[Sentence]:
    """Say which hours are not tied to a school: for the reference, and for scenarios that differ from it."""
    items: dict[str, str] = {}
    known: set[tuple[object, ...]] = set()
    for name in (view.study.reference, *view.study.others):
        for rhythm in rhythms(view.study, name).values():
            facts = (rhythm, _rule(view, name, rhythm.sector))
            if rhythm.flexible_share > 0.0 and facts not in known:
                known.add(facts)
                items[f"{name} {rhythm.sector}"] = _flexible_item(view, name, rhythm)
    text = view.text("lever.flexible")
    return [Sentence(text, (("", tuple(items.values())),), tone="why")] if items else []


def _rule(view: View, name: str, sector: str) -> str:
    return view.study.scenarios[name].spreading.rule.values()[SECTORS.index(sector)]


def _flexible_item(view: View, name: str, rhythm: Rhythm) -> str:
    pooled = _rule(view, name, rhythm.sector) == "pooled"
    return view.text(
        "lever.pooled_item" if pooled else "lever.flexible_item",
        scenario=view.label(name),
        sector=view.text(f"sector.{rhythm.sector}"),
        share=view.language.percent(rhythm.flexible_share),
        hours=view.language.number(rhythm.hours),
        weeks=view.study.scenarios[name].spreading.reassign_weeks,
    )


def hours_stopped(view: View) -> list[Sentence]:
    """Say how many running cases the end of hours found, and what was done with them."""
    found = []
    for name in view.names:
        scenario = view.study.scenarios[name]
        a_year = view.lookup.figure(name, "hours_stopped").mean
        if not a_year > 0.0:
            continue
        years = scenario.horizon.measure_years
        text = view.text(
            "lever.hours_stopped",
            scenario=view.label(name),
            count=view.language.number(a_year * years, 0 if a_year * years >= 10 else 1),
            done=view.text(f"lever.stopped.{scenario.care.smw.when_hours_stop}"),
        )
        found.append(Sentence(text, tone="why"))
    return found


def helped_leavers(view: View) -> list[Sentence]:
    """Say how many of those who are helped leave early, and that staying is no effect."""
    share, ratio = (_figure(view, name) for name in ("early_leaving_helped", "early_leaving_ratio"))
    if not ratio.known:
        return []
    fields: dict[str, object] = {
        "reference": view.reference,
        "ratio": view.language.number(ratio.mean, 1),
        "interval": _interval(view, "early_leaving_ratio", ratio),
    }
    if not share.known:
        return [Sentence(view.text("lever.helped_ratio", **fields), tone="limit")]
    fields["share"] = view.language.percent(share.mean, 1)
    fields["kept"] = view.language.percent(1.0 - share.mean, 1)
    return [Sentence(view.text("lever.helped", **fields), tone="limit")]


def ggz(view: View) -> list[Sentence]:
    """Say what part of the demand for youth care is mental-health care, which has a list of its own."""
    part, whole = (_figure(view, name).mean for name in ("ggz_requests", "youth_care_requests"))
    wait = _figure(view, "ggz_wait.median")
    if not part > 0.0 or not wait.known:
        return []
    text = view.text(
        "lever.ggz",
        reference=view.reference,
        share=view.language.percent(part / whole),
        wait=view.value_words("ggz_wait.median", wait),
        interval=_interval(view, "ggz_wait.median", wait),
    )
    return [Sentence(text)]


def leerplicht(view: View) -> list[Sentence]:
    """Say what leerplicht and RMC bring to light."""
    absent, reached = (_figure(view, name).mean for name in ("reported_absent", "rmc_reached"))
    if not absent > 0.0 and not reached > 0.0:
        return []
    number = view.language.number
    text = view.text("lever.leerplicht", reference=view.reference, absent=number(absent), reached=number(reached))
    return [Sentence(text)]


def in_touch(view: View) -> list[Sentence]:
    """Say what keeping in touch with students who wait outside takes."""
    items = tuple(_in_touch_items(view))
    return [Sentence(view.text("lever.in_touch"), (("", items),), tone="why")] if items else []


def _in_touch_items(view: View) -> Iterator[str]:
    for name in view.names:
        contacts = view.lookup.figure(name, "in_touch").mean
        if contacts > 0.0:
            hours = view.lookup.figure(name, "hours_used", "task", "bridging").mean
            yield view.text(
                "lever.in_touch_item",
                scenario=view.label(name),
                contacts=view.language.number(contacts),
                hours=view.language.number(hours),
            )


def _figure(view: View, measure: str) -> Figure:
    return view.lookup.figure(view.study.reference, measure)


def _interval(view: View, measure: str, figure: Figure) -> str:
    return view.named_range(measure, figure) if figure.spread else view.text("conclusion.no_interval")
