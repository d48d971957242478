"""The same under other values of what schools do without SMW, which moves both cost and early leavers."""

from __future__ import annotations

from dataclasses import dataclass

from sim.report.comparison import Group, Sentence
from sim.report.lookup import Lookup
from sim.report.money_to_outcome.results import EXPECTED, results_of
from sim.report.money_to_outcome.words import signed_euros
from sim.report.range_table import range_lookups
from sim.report.view import View


@dataclass(frozen=True)
class End:
    """The mean of a scenario at one value of the assumption: early leavers avoided, and euros more a year."""

    share: float
    effect: float
    cost: float

    def benefit(self, worth: float) -> float:
        """Return what the early leavers avoided are worth less the extra cost."""
        return worth * self.effect - self.cost


def ends_of(view: View, name: str) -> list[End]:
    """Return the means of a scenario for every value of the assumption; nothing when none was varied."""
    return [_end(share, lookup, name) for share, lookup in range_lookups(view).items()]


def _end(share: float, lookup: Lookup, name: str) -> End:
    return End(share, -lookup.difference(name, EXPECTED).mean, lookup.difference(name, "cost").mean)


def range_sentences(view: View) -> list[Sentence]:
    """Say which answers hold over the range of the assumption, and which change with it."""
    ends = {name: ends_of(view, name) for name in view.study.others}
    if not any(ends.values()):
        return []
    worth = results_of(view).worth.value
    groups: dict[str, list[str]] = {"steady": [], "turning": []}
    for name, found in ends.items():
        turning = len({end.benefit(worth) > 0.0 for end in found}) > 1
        groups["turning" if turning else "steady"].append(_item(view, name, found, worth))
    listed: list[Group] = [
        (view.text(f"outcome.range.{key}"), tuple(items)) for key, items in groups.items() if items
    ]
    text = view.text("outcome.range.text", worth=view.language.euros(worth))
    return [Sentence(text, (*listed, _best(view, ends, worth)), tone="limit")]


def _item(view: View, name: str, found: list[End], worth: float) -> str:
    shown = (
        view.text(
            "outcome.range.value",
            amount=signed_euros(view, end.benefit(worth)),
            share=view.language.percent(end.share),
        )
        for end in found
    )
    return view.text("outcome.range.item", scenario=view.label(name), values=", ".join(shown))


def _best(view: View, ends: dict[str, list[End]], worth: float) -> Group:
    """Name the scenario with the highest mean net benefit at each value; the reference has none."""
    items = []
    for at in zip(*ends.values(), strict=True):
        benefits = {view.study.reference: 0.0} | {
            name: end.benefit(worth) for name, end in zip(ends, at, strict=True)
        }
        best = max(benefits, key=lambda name: benefits[name])
        share = view.language.percent(at[0].share)
        items.append(view.text("outcome.range.best_item", share=share, scenario=view.label(best)))
    return view.text("outcome.range.best"), tuple(items)
