"""The conclusions of every section in plain sentences, with their limits where the number stands."""

from __future__ import annotations

import math

from sim.parameters.register import load_register
from sim.region.region import FloatArray
from sim.report.comparison import TOPICS, Sentence, compare
from sim.report.lookup import Figure
from sim.report.ratio import fieller
from sim.report.rhythm import Rhythm, rhythms
from sim.report.view import View
from sim.scenario.base import SECTORS
from sim.statistics.paired import paired_values, totals

BRIEF_TOPICS = ("reach", "smw_wait", "gateway_requests", "youth_care_requests", "early_leavers", "cost")
FEW_REPLICATIONS = 10
QUEUE_SHARE = 0.01
OUTSIDE_SHARE = "care.without_smw.outside_share"


def brief(view: View) -> list[Sentence]:
    """Say what the study found on the main questions."""
    return [compare(view, key) for key in BRIEF_TOPICS]


def cautions(view: View) -> list[Sentence]:
    """Say what a reader has to keep in mind with the conclusions in brief."""
    found = [Sentence(view.text("limits.model"), tone="limit"), Sentence(view.text("limits.asked"), tone="limit")]
    return [*found, *without_smw(view), *full_places(view), *_few_replications(view)]


def waits(view: View) -> list[Sentence]:
    """Say how long students wait."""
    found = [compare(view, key) for key in ("smw_wait", "smw_norm", "outside_norm", "never_noticed")]
    return [*found, Sentence(view.text("limits.asked"), tone="limit")]


def queue(view: View) -> list[Sentence]:
    """Say what sets the queue: what the hours go to, who is put off, and the rhythm of the visits."""
    return [*_hours(view), *_balked(view), *_rhythm(view), *_more_hours(view)]


def _hours(view: View) -> list[Sentence]:
    name = view.study.reference
    funded = view.lookup.figure(name, "hours_funded").mean
    if not funded > 0:
        return []
    shares = {
        task: view.language.percent(view.lookup.figure(name, "hours_used", "task", task).mean / funded)
        for task in ("conversations", "travel", "lost")
    }
    text = view.text("queue.hours", reference=view.reference, funded=view.language.number(funded), **shares)
    return [Sentence(text, tone="why")]


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
    most = max(view.names, key=lambda name: _mean(view, name, "hours_funded"))
    names = dict.fromkeys((view.study.reference, most))
    found = {name: rhythms(view.study.scenarios[name], view.study.regions[name]) for name in names}
    shown = [(name, found[name][sector]) for sector in SECTORS for name in names if found[name][sector].schools]
    if not shown:
        return []
    rare = any(rhythm.is_rare for _, rhythm in shown)
    minimum = view.language.number(view.study.scenarios[most].care.smw.visits.min_hours)
    text = view.text("queue.rhythm_why" if rare else "queue.weekly_why", minimum=minimum)
    items = tuple(_rhythm_item(view, name, rhythm) for name, rhythm in shown)
    return [Sentence(text, (("", items),), tone="why")]


def _rhythm_item(view: View, name: str, rhythm: Rhythm) -> str:
    sector = view.text(f"sector.{rhythm.sector}")
    return view.text(
        "queue.rhythm",
        scenario=view.label(name),
        sector=sector[0].upper() + sector[1:],
        hours=view.language.number(rhythm.hours_per_week, 2),
        weeks=view.language.number(rhythm.weeks_between, 1),
        rare=view.language.percent(rhythm.rare_share),
    )


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


def outside(view: View) -> list[Sentence]:
    """Say what changes outside school, and what that hangs on."""
    found = [compare(view, key) for key in ("gateway_requests", "youth_care_requests", "youth_care_starts")]
    return [*found, *full_places(view), *without_smw(view)]


def full_places(view: View) -> list[Sentence]:
    """Warn that full places fix the number of starts."""
    name = view.study.reference
    slots = view.study.scenarios[name].care.youth_care.slots
    waiting = sum(_known(view.lookup.figure(name, "waiting.youth_care", "people", unit)) for unit in _people(view))
    if not _people(view):
        waiting = _known(view.lookup.figure(name, "waiting.youth_care"))
    key = "outside.full" if waiting > QUEUE_SHARE * slots else "outside.open"
    text = view.text(key, slots=view.language.number(slots), waiting=view.language.number(waiting))
    return [Sentence(text, tone="limit")]


def _people(view: View) -> list[str]:
    return view.lookup.units("waiting.youth_care", "people")


def without_smw(view: View) -> list[Sentence]:
    """Show what hangs on what schools do without SMW: the range that was run, or the assumption and its range."""
    shares = {name: scenario.care.without_smw.outside_share for name, scenario in view.study.scenarios.items()}
    if len(set(shares.values())) == 1:
        parameter = load_register().lookup(OUTSIDE_SHARE)
        bounds = [view.language.percent(float(bound or 0.0)) for bound in (parameter.low, parameter.high)]
        text = view.text(
            "outside.assumed" if view.study.range_differences is None else "outside.ranged",
            share=view.language.percent(shares[view.study.reference]),
            low=bounds[0],
            high=bounds[1],
            setting=OUTSIDE_SHARE,
        )
        return [Sentence(text, tone="limit")]
    items = tuple(_variant(view, name, share) for name, share in sorted(shares.items(), key=lambda pair: pair[1]))
    return [Sentence(view.text("outside.varied", reference=view.reference), (("", items),), tone="limit")]


def _variant(view: View, name: str, share: float) -> str:
    found = view.lookup.difference(name, "gateway_requests")
    fields = {"scenario": view.label(name), "share": view.language.percent(share)}
    if name == view.study.reference:
        return view.text("outside.variant_reference", **fields)
    return view.text(
        "outside.variant" if found.told else "outside.variant_unclear",
        **fields,
        amount=view.change("gateway_requests", found),
        interval=view.change_range("gateway_requests", found),
    )


def leaving(view: View) -> list[Sentence]:
    """Say what is known about early leaving, and its price where there is one."""
    found = [compare(view, "early_leavers")]
    if any(not view.lookup.difference(name, "early_leavers_total").told for name in view.study.others):
        found.append(Sentence(view.text("leaving.few"), tone="limit"))
    reduction = 1.0 - view.study.first.care.smw.leaving_factor
    found.append(Sentence(view.text("leaving.assumption", reduction=view.language.percent(reduction)), tone="limit"))
    return [*found, *_prices(view)]


def _prices(view: View) -> list[Sentence]:
    fewer = [
        name for name in view.study.others if view.lookup.difference(name, "early_leavers_total").verdict == "less"
    ]
    if not fewer and view.study.others:
        return [Sentence(view.text("leaving.no_price"), tone="limit")]
    return [_price(view, name) for name in fewer]


def _price(view: View, name: str) -> Sentence:
    fields: dict[str, object] = {"scenario": view.label(name), "reference": view.reference}
    cost = view.lookup.difference(name, "cost")
    ratio = fieller(_paired(view, name, "cost"), -_paired(view, name, "early_leavers_total"))
    if cost.verdict == "less":
        return Sentence(view.text("leaving.saves", **fields))
    if cost.verdict != "more" or ratio is None:
        return Sentence(view.text("leaving.price_open", **fields), tone="limit")
    bounds = {key: view.language.euros(getattr(ratio, key)) for key in ("value", "low", "high")}
    return Sentence(view.text("leaving.price", **fields, **bounds))


def _paired(view: View, name: str, measure: str) -> FloatArray:
    """Return the differences of a total against the reference by replication, shape (n,)."""
    return paired_values(totals(view.study.values, measure), view.study.reference)[name]


def money(view: View) -> list[Sentence]:
    """Say what it costs."""
    found = [compare(view, "cost")]
    helped = view.lookup.figure(view.study.reference, "cost_per_helped")
    if helped.known:
        text = view.text(
            "money.helped",
            reference=view.reference,
            value=view.value_words("cost_per_helped", helped),
            interval=view.named_range("cost_per_helped", helped),
        )
        found.append(Sentence(text))
    part, whole = (view.lookup.figure(view.study.reference, key).mean for key in ("cost.youth_care", "cost"))
    share = view.language.percent(part / whole)
    return [*found, Sentence(view.text("money.prices", reference=view.reference, share=share), tone="limit")]


def spread(view: View) -> list[Sentence]:
    """Say how much municipalities and schools differ."""
    found = [compare(view, "spread"), *_municipalities(view)]
    if view.study.first.region.made_up:
        found.append(Sentence(view.text("spreading.made_up"), tone="limit"))
    return found


def _municipalities(view: View) -> list[Sentence]:
    region = view.region
    reach = {
        name: view.lookup.figure(view.study.reference, "reach", "municipality", unit).mean
        for unit, name in zip(region.municipality_ids, region.municipality_names, strict=True)
    }
    known = {name: share for name, share in reach.items() if math.isfinite(share)}
    if len(known) < 2 or not max(known.values()) > 0:
        return []
    lowest, highest = min(known, key=lambda name: known[name]), max(known, key=lambda name: known[name])
    text = view.text(
        "spreading.municipalities",
        reference=view.reference,
        lowest=lowest,
        highest=highest,
        low=view.language.percent(known[lowest], 2),
        high=view.language.percent(known[highest], 2),
    )
    return [Sentence(text)]


def limits(view: View) -> list[Sentence]:
    """Say what no figure of the study can tell."""
    found = [Sentence(view.text(f"limits.{key}"), tone="limit") for key in ("intervals", "pairs", "many")]
    missing = any(
        view.lookup.figure(name, topic.measure).n_missing and view.lookup.figure(name, topic.measure).known
        for name in view.names
        for topic in TOPICS.values()
    )
    if missing:
        found.append(Sentence(view.text("limits.missing"), tone="limit"))
    return [*found, *_few_replications(view)]


def _few_replications(view: View) -> list[Sentence]:
    count = view.study.run.replications
    if count == 1:
        return [Sentence(view.text("limits.one_run"), tone="limit")]
    if count < FEW_REPLICATIONS:
        return [Sentence(view.text("limits.few_runs", count=view.language.number(count)), tone="limit")]
    return []


def _known(figure: Figure) -> float:
    return figure.mean if figure.known else 0.0


def _mean(view: View, name: str, measure: str) -> float:
    return _known(view.lookup.figure(name, measure))
