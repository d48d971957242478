"""Several options at once: which of them are worth considering, and which is the best at what worth of the effect."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np

from sim.statistics.cost_effectiveness import Pairs, icer
from sim.statistics.intervals import FloatArray
from sim.statistics.ratio import Ratio

Place = Literal["on_frontier", "dominated", "extendedly_dominated"]
PURPOSE = 6_803
RESAMPLES = 2_000
ROUNDING = 1e-9
Point = tuple[float, float]


@dataclass(frozen=True)
class Step:
    """From one option on the efficient frontier to the next one with more effect.

    Attributes
    ----------
    before, after
        Names of the two options.
    effect, cost
        What the step gains, and what it costs more.
    price
        Euros a unit of effect.
    """

    before: str
    after: str
    effect: float
    cost: float

    @property
    def price(self) -> float:
        """Euros a unit of effect."""
        return self.cost / self.effect


@dataclass(frozen=True)
class Frontier:
    """The options that are the best at some worth of the effect.

    Attributes
    ----------
    steps
        From the cheapest option on, with rising prices.
    places
        For every option whether it is on the frontier, dominated by another one, or by a mixture of two others.
    """

    steps: tuple[Step, ...]
    places: Mapping[str, Place]

    @property
    def options(self) -> tuple[str, ...]:
        """Options on the frontier, from the cheapest to the one with the most effect."""
        return tuple(name for name, place in self.places.items() if place == "on_frontier")


def efficient_frontier(points: Mapping[str, Point]) -> Frontier:
    """Find the options on the frontier by dominance and extended dominance.

    Parameters
    ----------
    points
        Mean effect and mean cost of every option.

    Returns
    -------
    Frontier
        With the options by rising effect, the frontier among them.

    Notes
    -----
    Karlsson and Johannesson (1996), Pharmacoeconomics 9:113-120: an option is dominated if another one has no less
    effect at no more cost, and extendedly dominated if the price of its step is above that of the next step. Of
    options with the same point the first stays.
    """
    kept: list[str] = []
    places: dict[str, Place] = {}
    for name in sorted(points, key=lambda name: (points[name][1], -points[name][0])):
        if kept and points[name][0] <= points[kept[-1]][0]:
            places[name] = "dominated"
            continue
        while len(kept) > 1 and _price(points, kept[-1], name) < _price(points, kept[-2], kept[-1]):
            places[kept.pop()] = "extendedly_dominated"
        kept.append(name)
    places |= dict.fromkeys(kept, "on_frontier")
    steps = tuple(_step(points, before, after) for before, after in pairwise(kept))
    return Frontier(steps, {name: places[name] for name in sorted(points, key=lambda name: points[name])})


def _step(points: Mapping[str, Point], before: str, after: str) -> Step:
    (effect, cost), (more_effect, more_cost) = points[before], points[after]
    return Step(before, after, more_effect - effect, more_cost - cost)


def _price(points: Mapping[str, Point], before: str, after: str) -> float:
    return _step(points, before, after).price


def price_of_step(step: Step, pairs: Mapping[str, Pairs]) -> Ratio | None:
    """Return the price of a step with its 95% interval, on the same replications.

    Parameters
    ----------
    step
        A step of the frontier.
    pairs
        Effect and cost of every option against one reference, which has zeros itself.

    Returns
    -------
    Ratio or None
        None where the effect of the step cannot be told from zero.
    """
    return icer(pairs[step.after].over(pairs[step.before]))


@dataclass(frozen=True)
class Best:
    """How likely each option is the best, by what a unit of effect is worth.

    Attributes
    ----------
    worths
        What a unit of effect may be worth, shape (k,).
    on_average
        Probability that the option has the highest expected net benefit, by resampling the replications; shape
        (options, k).
    for_one
        Share of the replications in which it has the highest net benefit; options that tie share it.
    leader
        Index of the option with the highest mean net benefit, shape (k,): the acceptability frontier goes along it.
    """

    names: tuple[str, ...]
    worths: FloatArray
    on_average: FloatArray
    for_one: FloatArray
    leader: np.ndarray[tuple[int, ...], np.dtype[np.int64]]


def best_options(pairs: Mapping[str, Pairs], worths: FloatArray, seed: int) -> Best:
    """Find out which option is the best, and how sure that is.

    Parameters
    ----------
    pairs
        Effect and cost of every option against one reference, the reference with zeros; the same replications.
    worths
        What a unit of effect may be worth, shape (k,).
    seed
        Seed of the resampling.

    Notes
    -----
    Fenwick, Claxton and Sculpher (2001), Health Economics 10:779-787, tell why the option with the highest expected
    net benefit need not be the one that is most often the best. The means are resampled by the bootstrap: with the
    same weights for all options, so that pairs stay together.
    """
    effects = np.stack([one.effect for one in pairs.values()])
    costs = np.stack([one.cost for one in pairs.values()])
    means = (effects.mean(axis=1, keepdims=True), costs.mean(axis=1, keepdims=True))
    resampled = _resampled(effects, costs, seed)
    leader = np.array([int(_winners(*means, worth)[:, 0].argmax()) for worth in worths], dtype=np.int64)
    average, one = (
        np.stack([_winners(effect, cost, worth).mean(axis=1) for worth in worths], axis=1)
        for effect, cost in (resampled, (effects, costs))
    )
    return Best(tuple(pairs), worths, average, one, leader)


def _resampled(effects: FloatArray, costs: FloatArray, seed: int) -> tuple[FloatArray, FloatArray]:
    """Return the means of each option in samples of the replications, shape (options, samples)."""
    n = effects.shape[1]
    generator = np.random.Generator(np.random.PCG64DXSM(np.random.SeedSequence([seed, PURPOSE])))
    weights = generator.multinomial(n, np.full(n, 1.0 / n), size=RESAMPLES) / n
    return effects @ weights.T, costs @ weights.T


def _winners(effects: FloatArray, costs: FloatArray, worth: float) -> FloatArray:
    """Return 1 for the option with the highest net benefit in each column, shared by those that tie."""
    benefit = worth * effects - costs
    # Options that differ by rounding alone tie.
    slack = ROUNDING * np.abs(benefit).max(axis=0)
    wins = benefit >= benefit.max(axis=0) - slack
    winners: FloatArray = wins / wins.sum(axis=0)
    return winners
