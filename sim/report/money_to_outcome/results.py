"""What a study says of money against early leavers avoided, worked out once for all languages and pictures."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sim.parameters.register import load_register
from sim.report.inputs import ReportInput
from sim.report.view import View
from sim.statistics.cost_effectiveness import (
    Estimate,
    Pairs,
    Standing,
    chance_for_one,
    estimate,
    icer,
    net_benefit,
    read_pairs,
    standing,
    sureness_of_mean,
)
from sim.statistics.efficient_frontier import Best, Frontier, best_options, efficient_frontier
from sim.statistics.intervals import FloatArray
from sim.statistics.ratio import Ratio

EXPECTED, COUNTED = "early_leavers_total", "early_leavers"
"""Early leavers to be expected by the risk that all students run, and those who were counted."""
WORTH = "costs.early_leaver"
FEWEST = 2
LEAST_WORTH = 1_000.0
LEAST_TOP, HIGHEST_TOP = 6, 8
POINTS_A_DECADE = 24


@dataclass(frozen=True)
class Worth:
    """What an early leaver costs society: the setting and its plausible range, in euros."""

    value: float
    low: float
    high: float
    grade: str

    @property
    def marked(self) -> tuple[float, ...]:
        """The setting and the upper end of its range, for tables."""
        return (self.value, self.high) if self.high > self.value else (self.value,)


@dataclass(frozen=True)
class Outcome:
    """One scenario against the reference.

    Attributes
    ----------
    expected, counted
        Early leavers avoided and extra cost by replication: as the risk of all students, and as they were counted.
    standing
        Where it stands on the plane.
    effect, cost
        Early leavers avoided and euros more a year.
    price
        Euros for each early leaver avoided; None where the effect cannot be told from zero.
    sure, chance
        By what an early leaver is worth: how sure it is that it pays on average, and in which part of the
        replications it paid; shape (worths,).
    """

    expected: Pairs
    counted: Pairs
    standing: Standing
    effect: Estimate
    cost: Estimate
    price: Ratio | None
    sure: FloatArray
    chance: FloatArray

    def benefit(self, worth: float) -> Estimate:
        """Return what the early leavers avoided are worth less the extra cost, in euros a year."""
        return estimate(net_benefit(self.expected, worth))

    def sureness(self, worth: float) -> float:
        """Return how sure it is that it pays on average."""
        return float(sureness_of_mean(self.expected, np.array([worth]))[0])

    def chance_at(self, worth: float) -> float:
        """Return the part of the replications in which it paid."""
        return float(chance_for_one(self.counted, np.array([worth]))[0])


@dataclass(frozen=True)
class MoneyToOutcome:
    """Every scenario against the reference, and all of them together.

    Attributes
    ----------
    worth
        What an early leaver costs society.
    outcomes
        By scenario, without the reference.
    worths
        Where the curves are worked out, from 0 on, shape (worths,).
    frontier
        Options worth considering, the reference among them; by the means.
    best
        Which option is the best at what worth; None where pairs are missing or there is only one.
    pairs
        Expected effect and cost of every option, the reference with zeros.
    """

    worth: Worth
    outcomes: Mapping[str, Outcome]
    worths: FloatArray
    frontier: Frontier
    best: Best | None
    pairs: Mapping[str, Pairs]

    @property
    def n(self) -> int:
        """The most pairs of any scenario."""
        return max((one.expected.n for one in self.outcomes.values()), default=0)

    @property
    def furthest(self) -> str:
        """The scenario with the largest difference in early leavers, either way."""
        return max(self.outcomes, key=lambda name: np.nan_to_num(abs(self.outcomes[name].effect.mean), nan=-1.0))

    def leader(self, seed: int) -> tuple[str, float, float]:
        """Return the best option at the worth of the setting, how sure that is, and in what part of replications."""
        best = best_options(self.pairs, np.array([self.worth.value]), seed)
        place = int(best.leader[0])
        return best.names[place], float(best.on_average[place, 0]), float(best.for_one[place, 0])


def is_shown(view: View) -> bool:
    """Tell whether there is anything to put side by side: scenarios with a cost and early leavers."""
    known = all(view.lookup.figure(view.study.reference, measure).known for measure in ("cost", EXPECTED, COUNTED))
    return bool(view.study.others) and known


def has_intervals(view: View) -> bool:
    """Tell whether there are replications enough to tell anything from chance."""
    return is_shown(view) and results_of(view).n >= FEWEST


def results_of(view: View) -> MoneyToOutcome:
    """Work out cost-effectiveness; once a study.

    Parameters
    ----------
    view
        A study with at least two scenarios, in any language.
    """
    return view.study.once("money to outcome", lambda: _work_out(view.study))


def worth_of(study: ReportInput) -> Worth:
    """Return what an early leaver costs society in the reference scenario, and the range of that figure."""
    value, parameter = study.first.costs.early_leaver, load_register().lookup(WORTH)
    return Worth(value, float(parameter.low or 0.0), float(parameter.high or value), parameter.grade)


def _work_out(study: ReportInput) -> MoneyToOutcome:
    expected, counted = (read_pairs(study.values, study.reference, measure) for measure in (EXPECTED, COUNTED))
    worths = worths_for([price.value for pairs in expected.values() if (price := icer(pairs)) is not None])
    outcomes = {name: _outcome(expected[name], counted[name], worths) for name in study.others}
    pairs = _with_reference(study, expected)
    points = {name: (_mean(one.effect), _mean(one.cost)) for name, one in pairs.items() if one.n}
    complete = all(one.n and not one.missing for one in expected.values())
    best = best_options(pairs, worths, study.run.seed) if complete else None
    return MoneyToOutcome(worth_of(study), outcomes, worths, efficient_frontier(points), best, pairs)


def _with_reference(study: ReportInput, pairs: Mapping[str, Pairs]) -> dict[str, Pairs]:
    zeros = np.zeros(max(one.n for one in pairs.values()))
    every = {**pairs, study.reference: Pairs(zeros, zeros)}
    return {name: every[name] for name in study.scenarios}


def _mean(values: FloatArray) -> float:
    return float(values.mean())


def _outcome(expected: Pairs, counted: Pairs, worths: FloatArray) -> Outcome:
    return Outcome(
        expected=expected,
        counted=counted,
        standing=standing(expected),
        effect=estimate(expected.effect),
        cost=estimate(expected.cost),
        price=icer(expected),
        sure=sureness_of_mean(expected, worths),
        chance=chance_for_one(counted, worths),
    )


def worths_for(prices: list[float]) -> FloatArray:
    """Return what an early leaver may be worth: 0, and equal ratios up to a power of ten beyond all prices.

    Parameters
    ----------
    prices
        Euros for each early leaver avoided; below zero where money is saved.
    """
    largest = max((2.0 * abs(price) for price in prices), default=0.0)
    top = math.ceil(math.log10(largest)) if largest > 1.0 else LEAST_TOP
    decades = min(max(top, LEAST_TOP), HIGHEST_TOP) - round(math.log10(LEAST_WORTH))
    return np.append(0.0, LEAST_WORTH * 10.0 ** np.linspace(0.0, decades, POINTS_A_DECADE * decades + 1))
