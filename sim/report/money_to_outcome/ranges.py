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
    """The mean of a scenario at one value of the assumption: early leavers avoided, and euros more a year.

    Attributes
    ----------
    share
        The value of the assumption.
    effect, cost
        Means.
    effect_half, cost_half
        Half-widths of their 95% intervals.
    """

    share: float
    effect: float
    cost: float
    effect_half: float
    cost_half: float

    def benefit(self, worth: float) -> float:
        """Return what the early leavers avoided are worth less the extra cost."""
        return worth * self.effect - self.cost

    def side(self, worth: float) -> int:
        """Return 1 or -1 if the benefit surely lies above or below zero, else 0.

        Half-widths are added up: however effect and cost go together, their interval is no wider than that.
        """
        benefit, half = self.benefit(worth), worth * self.effect_half + self.cost_half
        return int(benefit > half) - int(benefit < -half)


def ends_of(view: View, name: str) -> list[End]:
    """Return the means of a scenario for every value of the assumption; nothing when none was varied."""
    return [_end(share, lookup, name) for share, lookup in range_lookups(view).items()]


def _end(share: float, lookup: Lookup, name: str) -> End:
    leavers, cost = lookup.difference(name, EXPECTED), lookup.difference(name, "cost")
    return End(share, -leavers.mean, cost.mean, leavers.half_width, cost.half_width)


def range_sentences(view: View) -> list[Sentence]:
    """Say which answers hold over the range of the assumption, and which change with it."""
    ends = {name: ends_of(view, name) for name in view.study.others}
    if not any(ends.values()):
        return []
    worth = results_of(view).worth.value
    groups: dict[str, list[str]] = {"steady": [], "turning": [], "unclear": []}
    for name, found in ends.items():
        groups[_answer(found, worth)].append(_item(view, name, found, worth))
    listed: list[Group] = [
        (view.text(f"outcome.range.{key}"), tuple(items)) for key, items in groups.items() if items
    ]
    text = view.text("outcome.range.text", worth=view.language.euros(worth))
    return [Sentence(text, (*listed, _best(view, ends, worth)), tone="limit")]


def _answer(found: list[End], worth: float) -> str:
    sides = {end.side(worth) for end in found}
    if {-1, 1} <= sides:
        return "turning"
    told = len(sides) == 1 and (0 not in sides or all(end.benefit(worth) == 0.0 for end in found))
    return "steady" if told else "unclear"


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
