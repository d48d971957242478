"""The conclusions of every section in plain sentences, with their limits where the number stands."""

from __future__ import annotations

import math

from sim.parameters.register import load_register
from sim.report.comparison import TOPICS, Sentence, compare
from sim.report.lookup import Figure
from sim.report.view import View

BRIEF_TOPICS = ("reach", "smw_wait", "gateway_requests", "youth_care_requests", "early_leavers", "cost")
FEW_REPLICATIONS = 10
QUEUE_SHARE = 0.01
RARE_LEAVING = 0.01
STATIONS = ("youth_care", "ggz")
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


def outside(view: View) -> list[Sentence]:
    """Say what changes outside school, and what that hangs on."""
    found = [compare(view, key) for key in ("gateway_requests", "youth_care_requests", "youth_care_starts")]
    return [*found, *full_places(view), *without_smw(view)]


def full_places(view: View) -> list[Sentence]:
    """Warn that full places fix the number of starts."""
    told = [(place, _known_waiting(view, place)) for place in STATIONS]
    care = view.study.first.care
    slots = {"youth_care": care.youth_care.slots, "ggz": care.ggz.slots}
    full = any(waiting > QUEUE_SHARE * slots[place] for place, waiting in told)
    places = view.text("outside.and").join(
        view.text(
            f"outside.places.{place}",
            slots=view.language.number(slots[place]),
            waiting=view.language.number(waiting),
        )
        for place, waiting in told
    )
    return [Sentence(view.text("outside.full" if full else "outside.open", places=places), tone="limit")]


def _known_waiting(view: View, place: str) -> float:
    """Return the mean number on a list: students and others where both are known."""
    measure, name = f"waiting.{place}", view.study.reference
    people = view.lookup.units(measure, "people")
    if not people:
        return _known(view.lookup.figure(name, measure))
    return sum(_known(view.lookup.figure(name, measure, "people", unit)) for unit in people)


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
    """Say what is known about early leaving."""
    found = [compare(view, "early_leavers")]
    rate = view.lookup.figure(view.study.reference, "early_leaving_rate")
    unclear = any(not view.lookup.difference(name, "early_leavers_total").told for name in view.study.others)
    if unclear and not rate.mean > RARE_LEAVING:
        found.append(Sentence(view.text("leaving.few"), tone="limit"))
    reduction = 1.0 - view.study.first.care.smw.leaving_factor
    found.append(Sentence(view.text("leaving.assumption", reduction=view.language.percent(reduction)), tone="limit"))
    return found


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
    youth_care, ggz, whole = (
        view.lookup.figure(view.study.reference, key).mean for key in ("cost.youth_care", "cost.ggz", "cost")
    )
    share = view.language.percent((youth_care + ggz) / whole)
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
