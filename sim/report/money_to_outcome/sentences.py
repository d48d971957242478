"""What follows from money against early leavers avoided, in plain sentences."""

from __future__ import annotations

from collections.abc import Iterable

from sim.report.comparison import Group, Sentence
from sim.report.money_to_outcome.ranges import range_sentences
from sim.report.money_to_outcome.results import EXPECTED, FEWEST, WORTH, MoneyToOutcome, Outcome, results_of
from sim.report.money_to_outcome.words import (
    change_with_range,
    expected_leavers,
    leavers,
    part_of_replications,
    price_with_bounds,
    range_of,
    rough_euros,
    signed_euros,
    sureness,
)
from sim.report.view import View
from sim.statistics.cost_effectiveness import Standing
from sim.statistics.efficient_frontier import Step, price_of_step

OFTEN = 0.005
"""A part of the replications that is worth naming."""
TINY = 0.01
"""A difference in early leavers that is smaller than this part of all of them is called tiny."""
PRICED: dict[Standing, str] = {"better_dearer": "outcome.priced", "worse_cheaper": "outcome.saved"}


def findings(view: View) -> list[Sentence]:
    """Say what an early leaver avoided costs, whether that is worth it, and which scenarios are worth choosing."""
    opening = [Sentence(view.text(f"outcome.{key}"), tone="limit") for key in ("only", "euros")]
    if not any(one.expected.effect.any() for one in results_of(view).outcomes.values()):
        return [*opening, Sentence(view.text("outcome.unmoved", reference=view.reference), tone="limit")]
    return [*opening, *_tiny(view), _against(view), *_worth(view), *_frontier(view)]


def chances(view: View) -> list[Sentence]:
    """Say what kinds of probability there are, and what other assumptions do."""
    results = results_of(view)
    if results.n < FEWEST:
        return []
    most = results.furthest
    unchanged = float((results.outcomes[most].counted.effect == 0.0).mean())
    years = view.study.first.horizon.measure_years
    text = view.text(
        "outcome.chance.text",
        period=view.text("outcome.chance.years", years=years) if years > 1 else view.text("outcome.chance.year"),
    )
    few = view.text(
        "outcome.chance.unchanged",
        unchanged=view.language.percent(unchanged),
        scenario=view.label(most),
        reference=view.reference,
    )
    said = [text, *([few] if unchanged >= OFTEN else []), view.text("outcome.chance.assumptions")]
    return [Sentence(" ".join(said), tone="why"), *range_sentences(view)]


def payers(view: View) -> list[Sentence]:
    """Say that those who pay are not those who gain."""
    return [Sentence(view.text("outcome.payers.text"), title=view.text("outcome.payers.title"), tone="limit")]


def _tiny(view: View) -> list[Sentence]:
    """Warn where all scenarios are nearly the same in early leavers; that is no argument if no price makes it one."""
    known = view.lookup.figure(view.study.reference, EXPECTED).mean
    results = results_of(view)
    largest = abs(results.outcomes[results.furthest].effect.mean)
    if not largest < TINY * known:
        return []
    years = round(1.0 / largest)
    size = view.text(
        f"outcome.tiny.{'one_in' if years > 1 else 'size'}",
        size=leavers(view, largest),
        years=view.language.number(years),
    )
    text = view.text(
        "outcome.tiny.text",
        reference=view.reference,
        value=expected_leavers(view),
        size=size,
        reduction=view.language.percent(1.0 - view.study.first.care.smw.leaving_factor),
    )
    weighs = any(results.outcomes[name].effect.sign for name in _turning(results))
    claim = view.text(f"outcome.tiny.{'weighs' if weighs else 'no_argument'}")
    return [Sentence(f"{claim} {text}", tone="limit")]


def _against(view: View) -> Sentence:
    results = results_of(view)
    heads: dict[str, list[str]] = {view.text(f"outcome.standing.{key}"): [] for key in PRICED}
    for name, one in results.outcomes.items():
        heads.setdefault(_head(view, results, one), []).append(_item(view, name, one))
    text = view.text("outcome.against.text", reference=view.reference)
    groups = _filled((head, tuple(items)) for head, items in heads.items())
    return Sentence(text, groups, title=view.text("outcome.against.title"))


def _head(view: View, results: MoneyToOutcome, one: Outcome) -> str:
    """Name the group of scenarios that one belongs to."""
    if one.expected.missing:
        return view.text("compare.partial")
    if results.n < FEWEST:
        return view.text("compare.one_run")
    return view.text(f"outcome.standing.{one.standing}")


def _filled(groups: Iterable[Group]) -> tuple[Group, ...]:
    return tuple(group for group in groups if group[1])


def _item(view: View, name: str, one: Outcome) -> str:
    scenario, key = view.label(name), PRICED.get(one.standing)
    if one.standing == "same":
        return scenario
    if key is None or one.price is None:
        effect, cost = change_with_range(view, name, EXPECTED), change_with_range(view, name, "cost")
        return view.text("outcome.unpriced", scenario=scenario, effect=effect, cost=cost)
    price, low, high = price_with_bounds(view, one)
    return view.text(key, scenario=scenario, price=price, low=low, high=high)


def _worth(view: View) -> list[Sentence]:
    results = results_of(view)
    if results.n < FEWEST:
        return []
    worth = results.worth
    groups: dict[str, list[str]] = {key: [] for key in ("yes", "cheaper", "no", "costly", "unclear")}
    for name, one in results.outcomes.items():
        if one.standing != "same":
            groups[_verdict(one, worth.value)].append(_benefit(view, name, one, worth.value))
    text = view.text("outcome.worth.text", worth=view.language.euros(worth.value), setting=WORTH, grade=worth.grade)
    listed = _filled((view.text(f"outcome.worth.{key}"), tuple(items)) for key, items in groups.items())
    return [Sentence(text, listed, title=view.text("outcome.worth.title")), _over_range(view, results)]


def _verdict(one: Outcome, worth: float) -> str:
    sign, cheaper = one.benefit(worth).sign, one.cost.sign < 0
    if one.expected.missing or not sign:
        return "unclear"
    if sign > 0:
        return "cheaper" if cheaper else "yes"
    return "costly" if cheaper else "no"


def _benefit(view: View, name: str, one: Outcome, worth: float) -> str:
    found = one.benefit(worth)
    fields = {"scenario": view.label(name), "amount": signed_euros(view, found.mean)}
    interval = range_of(view, found)
    return view.text(f"outcome.worth.item{'' if interval else '_exact'}", **fields, interval=interval)


def _over_range(view: View, results: MoneyToOutcome) -> Sentence:
    """Say whether another price within the range gives another answer; the benefit is a line in the price."""
    worth, turning = results.worth, _turning(results)
    low, high = view.language.euros(worth.low), view.language.euros(worth.high)
    key = "turns" if turning else "holds"
    groups = _filled([("", tuple(view.label(name) for name in turning))])
    return Sentence(view.text(f"outcome.worth.{key}", low=low, high=high), groups, tone="limit")


def _turning(results: MoneyToOutcome) -> list[str]:
    """List the scenarios of which the answer changes within the range of the price."""
    marks = (results.worth.low, results.worth.value, results.worth.high)
    return [name for name, one in results.outcomes.items() if len({_verdict(one, mark) for mark in marks}) > 1]


def _frontier(view: View) -> list[Sentence]:
    results = results_of(view)
    best = results.best
    if results.n < FEWEST or best is None or len(results.frontier.places) < 3:
        return []
    frontier, title = results.frontier, view.text("outcome.frontier.title")
    dropped = _filled(
        (
            view.text(f"outcome.frontier.{why}"),
            tuple(view.label(name) for name, place in frontier.places.items() if place == why),
        )
        for why in ("dominated", "extendedly_dominated")
    )
    if not frontier.steps:
        (only,) = frontier.options
        return [Sentence(view.text("outcome.frontier.alone", scenario=view.label(only)), dropped, title=title)]
    steps = tuple(_step(view, results, step) for step in frontier.steps)
    return [Sentence(view.text("outcome.frontier.text"), (("", steps), *dropped), title=title), _best(view, results)]


def _step(view: View, results: MoneyToOutcome, step: Step) -> str:
    before, after = view.label(step.before), view.label(step.after)
    price = price_of_step(step, results.pairs)
    if price is None:
        return view.text("outcome.frontier.step_open", before=before, after=after)
    value, low, high = (rough_euros(view, number) for number in (price.value, price.low, price.high))
    return view.text("outcome.frontier.step", before=before, after=after, price=value, low=low, high=high)


def _best(view: View, results: MoneyToOutcome) -> Sentence:
    name, sure, chance = results.leader(view.study.run.seed)
    text = view.text(
        "outcome.frontier.best",
        worth=view.language.euros(results.worth.value),
        scenario=view.label(name),
        sure=sureness(view, sure),
        chance=part_of_replications(view, chance),
    )
    return Sentence(text)
