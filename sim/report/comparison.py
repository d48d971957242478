"""One measure compared between scenarios, in words: where the reference stands, and who differs by how much."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from sim.report.catalogue import measure_of
from sim.report.lookup import Difference
from sim.report.view import View

Tone = Literal["finding", "why", "limit"]
FEWEST_REPLICATIONS = 2
Group = tuple[str, tuple[str, ...]]


@dataclass(frozen=True)
class Sentence:
    """A conclusion.

    Attributes
    ----------
    text
        The sentence, or the opening of the list.
    groups
        Lists below it, each with a heading; the heading may be empty.
    tone
        What the model found, why it is so, or a limit to keep in mind.
    title
        Short heading, if the conclusion has one.
    """

    text: str
    groups: tuple[Group, ...] = ()
    tone: Tone = "finding"
    title: str = ""


@dataclass(frozen=True)
class Topic:
    """A question that is answered by one measure."""

    key: str
    measure: str


TOPICS = {
    topic.key: topic
    for topic in (
        Topic("reach", "reach"),
        Topic("smw_wait", "smw_wait.median"),
        Topic("smw_norm", "smw_wait.within_norm"),
        Topic("outside_norm", "outside_wait.within_norm"),
        Topic("never_noticed", "never_noticed_moderate_severe"),
        Topic("gateway_requests", "gateway_requests"),
        Topic("youth_care_requests", "youth_care_requests"),
        Topic("youth_care_starts", "youth_care_starts"),
        Topic("early_leavers", "early_leavers_total"),
        Topic("cost", "cost"),
        Topic("spread", "spread.reach"),
    )
}


def compare(view: View, key: str) -> Sentence:
    """Compare all scenarios with the reference on one topic.

    Parameters
    ----------
    view
        The study and the language.
    key
        Key of the topic.
    """
    topic = TOPICS[key]
    return Sentence(_opening(view, topic), tuple(_groups(view, topic.measure)), title=view.text(f"topic.{key}"))


def _opening(view: View, topic: Topic) -> str:
    figure = view.lookup.figure(view.study.reference, topic.measure)
    if not figure.known:
        return view.text("conclusion.no_value", reference=view.reference)
    norms = view.study.first.norms
    norm = norms.smw_wait_school_days if topic.key == "smw_norm" else norms.outside_wait_days
    interval = view.named_range(topic.measure, figure) if math.isfinite(figure.half_width) else ""
    opening = view.text(
        f"conclusion.{topic.key}",
        reference=view.reference,
        value=view.value_words(topic.measure, figure),
        interval=interval or view.text("conclusion.no_interval"),
        norm=norm,
    )
    return f"{opening} {view.text('conclusion.compared')}" if view.study.others else opening


def _groups(view: View, measure: str) -> list[Group]:
    found = {name: view.lookup.difference(name, measure) for name in view.study.others}
    kind = measure_of(measure).kind
    groups = []
    for verdict in ("less", "more"):
        told = [_item(view, measure, name, one) for name, one in found.items() if one.verdict == verdict]
        groups.append((view.text(f"compare.{verdict}.{kind}"), tuple(told)))
    groups += [*_unclear(view, measure, found), *_without_figure(view, found)]
    return [group for group in groups if group[1]]


def _item(view: View, measure: str, scenario: str, found: Difference) -> str:
    signed = not found.told
    return view.text(
        "compare.item" if found.spread else "compare.exact",
        scenario=view.label(scenario),
        amount=view.change(measure, found, signed=signed),
        interval=view.change_range(measure, found, signed=signed),
    )


def _unclear(view: View, measure: str, found: dict[str, Difference]) -> list[Group]:
    unclear = {name: difference for name, difference in found.items() if difference.known and not difference.told}
    if any(difference.n < FEWEST_REPLICATIONS for difference in unclear.values()):
        return [(view.text("compare.one_run"), tuple(view.label(name) for name in unclear))]
    same = [name for name, difference in unclear.items() if difference.low == difference.high == 0.0]
    partial = [name for name, difference in unclear.items() if difference.n_missing and name not in same]
    zero = [name for name in unclear if name not in (*same, *partial)]
    key = "unclear_all" if len(zero) == len(found) > 1 else "unclear"
    return [
        (view.text(f"compare.{key}"), tuple(_item(view, measure, name, unclear[name]) for name in zero)),
        *(
            (view.text(f"compare.{key}"), tuple(view.label(name) for name in names))
            for key, names in (("same", same), ("partial", partial))
        ),
    ]


def _without_figure(view: View, found: dict[str, Difference]) -> list[Group]:
    without = [name for name, difference in found.items() if not difference.known]
    groups = []
    for key, wanted in (("no_smw", False), ("no_value", True)):
        names = tuple(view.label(name) for name in without if has_smw(view, name) == wanted)
        groups.append((view.text(f"compare.{key}"), names))
    return groups


def has_smw(view: View, scenario: str) -> bool:
    """Tell whether a scenario has any hours of SMW."""
    return bool(view.lookup.figure(scenario, "hours_funded").mean > 0)
