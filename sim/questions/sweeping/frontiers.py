"""The frontiers of a sweep: cost against early leavers and waits, and which points are as good as the best."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.questions.sweeping.sweep import COSTS, OUTCOMES, Sweep
from sim.questions.sweeping.tables import key_columns
from sim.statistics.intervals import Intervals
from sim.statistics.paired import ROUNDING
from sim.statistics.pareto import ParetoFrontier, Place, lowest, pareto_frontier, steps

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Frontier:
    """One frontier: what it costs, what it gains, and where each point stands.

    Attributes
    ----------
    cost, outcome
        Names of the two measures; lower is better for both.
    found
        The points on it, and the place of every point.
    costs, outcomes
        Means and intervals of every point.
    costs_apart, outcomes_apart
        Paired differences of every point with the first one on the frontier.
    step
        Paired difference of the outcome between each point on the frontier and the cheaper one before it.
    """

    cost: str
    outcome: str
    found: ParetoFrontier
    costs: Intervals
    outcomes: Intervals
    costs_apart: Intervals
    outcomes_apart: Intervals
    step: Intervals

    def count(self, place: Place) -> int:
        """Return how many points have a place."""
        return self.found.places.count(place)


@dataclass(frozen=True)
class Cheapest:
    """The best point for an outcome, and the cheapest of those that cannot be told from it.

    Attributes
    ----------
    outcome
        Name of the outcome.
    best, cheapest
        Numbers of the points.
    tied
        How many points cannot be told from the best, itself included.
    """

    outcome: str
    best: int
    cheapest: int
    tied: int


def frontiers(sweep: Sweep) -> list[Frontier]:
    """Return the frontier of every cost against every outcome that is known at two points or more."""
    found = [_frontier(sweep, cost, outcome) for cost in COSTS for outcome in OUTCOMES]
    return [one for one in found if len(sweep.design.points) - one.count("unknown") > 1]


def _frontier(sweep: Sweep, cost: str, outcome: str) -> Frontier:
    outcomes = sweep.outcomes
    values = outcomes.of(outcome)
    found = pareto_frontier(outcomes.of(cost), values, outcomes.done)
    first = found.order[0] if found.order else 0
    return Frontier(
        cost,
        outcome,
        found,
        costs=outcomes.summary(cost),
        outcomes=outcomes.summary(outcome),
        costs_apart=outcomes.differences(cost, first)[0],
        outcomes_apart=outcomes.differences(outcome, first)[0],
        step=steps(values, found.order),
    )


def cheapest_of_the_best(sweep: Sweep, cost: str = COSTS[0]) -> list[Cheapest]:
    """Return for each outcome the best point, and the cheapest of those that cannot be told from it."""
    found = []
    means = sweep.outcomes.summary(cost).mean
    for outcome in OUTCOMES:
        best = lowest(sweep.outcomes.of(outcome), sweep.outcomes.done)
        if best is not None:
            saving = np.where(best.tied & np.isfinite(means), means[best.best] - means, 0.0)
            clear = saving.max() > ROUNDING * abs(means[best.best])
            cheapest = int(np.argmax(saving)) if clear else best.best
            found.append(Cheapest(outcome, best.best, cheapest, int(best.tied.sum())))
    return found


def frontier_table(sweep: Sweep, found: list[Frontier]) -> pd.DataFrame:
    """Return the points on or near every frontier.

    Returns
    -------
    pandas.DataFrame
        Columns cost, outcome, place (``frontier``, ``equal`` or ``near``), number (1 for the cheapest point on the
        frontier), point and keys; mean and 95% interval of cost and outcome; and the paired difference of the outcome
        with the point before it on the frontier, with its interval.
    """
    import pandas as pd

    keys = pd.DataFrame(key_columns(sweep.design))
    parts = [_rows(one, keys) for one in found]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()


def _rows(one: Frontier, keys: pd.DataFrame) -> pd.DataFrame:
    places = one.found.places
    others = [n for place in ("equal", "near") for n in range(len(places)) if places[n] == place]
    chosen = [*one.found.order, *others]
    on, spare = len(one.found.order), [np.nan] * len(others)
    rows = keys.iloc[chosen].reset_index(drop=True)
    rows.insert(0, "number", [float(n) for n in range(1, on + 1)] + spare)
    rows.insert(0, "place", [places[n] for n in chosen])
    rows.insert(0, "outcome", one.outcome)
    rows.insert(0, "cost", one.cost)
    for name, figures in (("cost", one.costs), ("outcome", one.outcomes)):
        rows[f"{name}_mean"] = figures.mean[chosen]
        rows[f"{name}_low"] = (figures.mean - figures.half_width)[chosen]
        rows[f"{name}_high"] = (figures.mean + figures.half_width)[chosen]
    rows["step"] = [*one.step.mean, *spare]
    rows["step_low"] = [*(one.step.mean - one.step.half_width), *spare]
    rows["step_high"] = [*(one.step.mean + one.step.half_width), *spare]
    return rows
