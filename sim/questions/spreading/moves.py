"""Tries moves of hours, and confirms the best of each kind on replications that had no part in choosing it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.questions.spreading.candidates import Kind, Move
from sim.questions.spreading.observed import Observed
from sim.questions.spreading.options import OWN
from sim.questions.spreading.question import Question
from sim.scenario import Scenario
from sim.statistics.marginal import Estimates, estimates

if TYPE_CHECKING:
    import pandas as pd

KINDS: tuple[Kind, ...] = ("rule", "schools", "sectors", "tasks", "together")
CHECKS = ("hours_funded", "cost.smw")
"""Measures that say whether a move left hours and euros as they were."""


@dataclass(frozen=True)
class Tried:
    """A move with what it did.

    Attributes
    ----------
    move
        The move.
    found
        Mean gain of the objective while searching; NaN of the best ones together, which are not searched for.
    confirmed
        Whether it was the best of its kind, and was simulated again.
    gain, low, high
        Mean gain and 95% interval on fresh replications; NaN if it was not simulated again.
    """

    move: Move
    found: float
    confirmed: bool
    gain: float
    low: float
    high: float

    @property
    def verdict(self) -> str:
        """``better``, ``worse`` or ``cannot tell`` on fresh replications, or ``not confirmed``."""
        if not self.confirmed:
            return "not confirmed"
        return "better" if self.low > 0.0 else "worse" if self.high < 0.0 else "cannot tell"


@dataclass(frozen=True)
class Moves:
    """All moves that were tried.

    Attributes
    ----------
    tried
        The moves, in order.
    table
        One row for each move, stage (``search`` or ``fresh``) and measure.
    """

    tried: tuple[Tried, ...]
    table: pd.DataFrame

    def best(self, kind: Kind) -> Tried | None:
        """Return the move of a kind that was simulated again, if there is one."""
        return next((one for one in self.tried if one.confirmed and one.move.kind == kind), None)


def try_moves(
    scenario: Scenario,
    moves: Sequence[Move],
    combine: Callable[[Sequence[Move]], Move | None],
    question: Question,
    seen: Observed,
) -> Moves:
    """Compare moves, and simulate the best of each kind again if it seems to help, apart and together.

    Parameters
    ----------
    scenario
        The world as it is.
    moves
        What is tried.
    combine
        Puts the best of each kind together, the one that gained most first.
    question
        What is measured.
    seen
        What points came to.
    """
    seen.see({OWN: scenario} | {move.name: move.scenario for move in moves}, question.search)
    found = [_gain(seen, question, move, question.search) for move in moves]
    chosen = {best for kind in KINDS if (best := _best(moves, found, kind)) is not None}
    gaining = sorted((number for number in chosen if found[number] > 0.0), key=lambda number: -found[number])
    combined = combine([moves[number] for number in gaining])
    both = [] if combined is None else [combined]
    again = {move.name: move.scenario for move in (*(moves[number] for number in sorted(chosen)), *both)}
    if again:
        seen.see({OWN: scenario} | again, question.fresh)
    tried = (
        *(_tried(seen, question, move, found[number], number in chosen) for number, move in enumerate(moves)),
        *(_tried(seen, question, move, np.nan, True) for move in both),
    )
    return Moves(tried, _table(tried, question, seen))


def _best(moves: Sequence[Move], found: Sequence[float], kind: Kind) -> int | None:
    """Return the move of a kind with the largest gain; none if none gained, but a rule is always confirmed."""
    numbers = [number for number, move in enumerate(moves) if move.kind == kind and np.isfinite(found[number])]
    best = max(numbers, key=lambda number: found[number], default=None)
    if best is None or (found[best] <= 0.0 and kind != "rule"):
        return None
    return best


def _gain(seen: Observed, question: Question, move: Move, numbers: Sequence[int]) -> float:
    seen.demand_values(question.objective.measure, [OWN, move.name], numbers)
    change = seen.change(question.objective.measure, move.name, OWN, numbers)
    return question.objective.sign * float(estimates([change]).mean[0])


def _tried(seen: Observed, question: Question, move: Move, found: float, confirmed: bool) -> Tried:
    if not confirmed:
        return Tried(move, found, False, np.nan, np.nan, np.nan)
    seen.demand_values(question.objective.measure, [OWN, move.name], question.fresh)
    change = seen.change(question.objective.measure, move.name, OWN, question.fresh)
    fresh = estimates([question.objective.sign * change])
    return Tried(move, found, True, float(fresh.mean[0]), float(fresh.low[0]), float(fresh.high[0]))


def _table(tried: Sequence[Tried], question: Question, seen: Observed) -> pd.DataFrame:
    import pandas as pd

    rows: list[dict[str, object]] = []
    for one in tried:
        searched = {} if one.move.kind == "together" else {"search": question.search}
        stages = searched | ({"fresh": question.fresh} if one.confirmed else {})
        for stage, numbers in stages.items():
            for measure in dict.fromkeys((*question.measures, *CHECKS)):
                change = estimates([seen.change(measure, one.move.name, OWN, numbers)])
                rows.append(_about(one, stage) | {"measure": measure, "n": int(change.n[0])} | _figures(change))
    return pd.DataFrame(rows, columns=[*_about_columns(), "measure", "n", "change", "low", "high"])


def _about_columns() -> list[str]:
    return ["kind", "givers", "takers", "amount", "stage", "verdict"]


def _about(one: Tried, stage: str) -> dict[str, object]:
    move = one.move
    told = (move.kind, " ".join(move.givers), " ".join(move.takers), move.amount, stage)
    return dict(zip(_about_columns(), (*told, one.verdict if stage == "fresh" else ""), strict=True))


def _figures(change: Estimates) -> dict[str, object]:
    return {"change": change.mean[0], "low": change.low[0], "high": change.high[0]}
