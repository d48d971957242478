"""Finds the best way to spread hours, sequentially: rules that cannot be the best are not simulated any further."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.errors import InputError
from sim.questions.spreading.observed import Observed
from sim.questions.spreading.options import Contest, Option
from sim.questions.spreading.question import Question
from sim.statistics.against_best import against, verdicts
from sim.statistics.marginal import estimates
from sim.statistics.ranking import FloatArray, Ranking, kim_nelson

if TYPE_CHECKING:
    import pandas as pd

BATCH = 10
"""Replications of the rules that are left that are asked for at once; what is decided does not hang on it."""


@dataclass(frozen=True)
class Decided:
    """Who won a contest.

    Attributes
    ----------
    contest
        What was compared.
    ranking
        Where the procedure stopped.
    table
        One row for each option and measure; see ``_rows``.
    """

    contest: Contest
    ranking: Ranking
    table: pd.DataFrame

    @property
    def best(self) -> Option:
        """The option with the best mean of those that are left."""
        return self.contest.options[self.ranking.best]


def decide(contest: Contest, question: Question, confidence: float, delta: float, seen: Observed) -> Decided:
    """Run a contest until it is settled or the replications are used up.

    Parameters
    ----------
    contest
        What is compared.
    question
        What is asked.
    confidence
        Probability of a correct choice in this contest.
    delta
        The smallest difference that matters.
    seen
        What points came to.

    Raises
    ------
    InputError
        If the objective has no value somewhere, or too few replications could be done.
    """
    n = min(question.first_stage, question.replications)
    points = {contest.point(option): option.scenario for option in contest.options}
    seen.see(points, range(1, n + 1))
    while True:
        values = _complete(contest, question, seen, n)
        ranking = kim_nelson(values, delta, confidence, question.first_stage, question.objective.higher)
        if ranking.settled or n >= question.replications:
            return Decided(contest, ranking, _table(contest, question, confidence, delta, ranking, seen))
        n = min(n + BATCH, question.replications)
        left = [contest.point(contest.options[place]) for place in ranking.left]
        seen.see({name: points[name] for name in left}, range(1, n + 1))


def _complete(contest: Contest, question: Question, seen: Observed, n: int) -> FloatArray:
    """Return the values of the objective without the replications that failed somewhere."""
    names, numbers = [contest.point(option) for option in contest.options], range(1, n + 1)
    seen.demand_values(question.objective.measure, names, numbers)
    values = seen.matrix(question.objective.measure, names, numbers)
    known = np.isfinite(values)
    # Who was dropped has no later replications; whoever has them all has none that failed.
    last = np.array([row.nonzero()[0].max(initial=-1) for row in known])
    failed = (~known & (np.arange(n) <= last[:, np.newaxis])).any(axis=0)
    kept: FloatArray = values[:, ~failed]
    if kept.shape[1] < question.first_stage:
        raise InputError(
            f"replications={question.replications}: only {kept.shape[1]} could be done of all rules\n"
            f"  allowed: at least {question.first_stage}; the failures are named in the manifest"
        )
    return kept


def _table(
    contest: Contest, question: Question, confidence: float, delta: float, ranking: Ranking, seen: Observed
) -> pd.DataFrame:
    import pandas as pd

    rows = [
        row
        for measure in question.measures
        for row in _rows(contest, question, measure, confidence, delta, ranking, seen)
    ]
    return pd.DataFrame(rows)


def _rows(
    contest: Contest,
    question: Question,
    measure: str,
    confidence: float,
    delta: float,
    ranking: Ranking,
    seen: Observed,
) -> list[dict[str, object]]:
    """Return means with 95% intervals, differences with the best with simultaneous ones, and the verdicts."""
    names, numbers = [contest.point(option) for option in contest.options], range(1, question.replications + 1)
    values = seen.matrix(measure, names, numbers)
    means, found = estimates(list(values)), against(values, ranking.best, confidence)
    is_objective = measure == question.objective.measure
    said = verdicts(found, ranking.best, delta, question.objective.higher) if is_objective else [""] * len(names)
    return [
        {
            "place": contest.place,
            "option": option.name,
            "measure": measure,
            "n": int(means.n[place]),
            "mean": means.mean[place],
            "low": means.low[place],
            "high": means.high[place],
            "difference": found.mean[place],
            "difference_low": found.low[place],
            "difference_high": found.high[place],
            "verdict": said[place],
            "dropped_at": int(ranking.dropped_at[place]),
        }
        for place, option in enumerate(contest.options)
    ]
