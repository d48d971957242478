"""The search for the smallest amount that meets a target, on the same replications at every amount.

Amounts are the rungs of a ladder, numbered from 0. What is known of a rung is how well the target is met there, with
an interval (``attainment``). The fit through the rungs that were looked at never falls (isotonic regression; Barlow
and others 1972, Statistical Inference under Order Restrictions), and the answer is the first rung at which it reaches
the goal, found by bisection and then checked rung by rung. The same students and luck at all rungs make the search
steady: chance moves neighbouring rungs together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from sim.statistics.attainment import Observed, Rule, Score
from sim.statistics.intervals import FloatArray

Side = Literal["estimate", "low", "high"]
SIDES: tuple[Side, ...] = ("estimate", "low", "high")
FAR_BELOW = 1e9
"""Stands for minus infinity in a fit."""


@dataclass(frozen=True)
class Crossing:
    """Between which rungs a fit reaches the goal.

    Attributes
    ----------
    below
        Last rung looked at before it does; None where the first one does.
    reached
        First rung looked at at which it does; None where none does.
    """

    below: int | None
    reached: int | None


@dataclass
class Ladder:
    """What is known of one unit (a region, a sector, a school) on the rungs that were looked at.

    Attributes
    ----------
    size
        Number of rungs.
    start
        Rung of what is there now.
    rule
        When the target counts as met.
    looks
        What was seen, by rung.
    """

    size: int
    start: int
    rule: Rule
    looks: dict[int, Observed] = field(default_factory=dict)
    _scores: dict[int, Score] = field(default_factory=dict, repr=False)
    _falls: dict[tuple[int, int], bool] = field(default_factory=dict, repr=False)

    def add(self, rung: int, seen: Observed) -> None:
        """Add what was seen at a rung; a look with more replications takes the place of one with fewer."""
        if rung in self.looks and len(seen.values) < len(self.looks[rung].values):
            return
        self.looks[rung], self._scores[rung] = seen, self.rule.score(seen)
        self._falls = {pair: falls for pair, falls in self._falls.items() if rung not in pair}

    def score(self, rung: int) -> Score:
        """Return how well the target is met at a rung that was looked at."""
        return self._scores[rung]

    def reaches(self, rung: int) -> bool:
        """Tell whether the target is met at a rung that was looked at, as far as this rung alone can tell."""
        score = self._scores[rung]
        return bool(getattr(score, self.main) >= score.goal)

    @property
    def main(self) -> Side:
        """Which line of the fit gives the answer."""
        return "low" if self.rule.confident else "estimate"

    def rungs(self, replications: int = 1) -> list[int]:
        """Return the rungs that were looked at with at least so many replications, in order."""
        return sorted(rung for rung, seen in self.looks.items() if len(seen.values) >= replications)

    def falls(self, replications: int = 1) -> list[tuple[int, int]]:
        """Return pairs of rungs, the lower first, where the higher one meets the target less well beyond chance."""
        rungs = self.rungs(replications)
        pairs = [(low, high) for number, low in enumerate(rungs) for high in rungs[number + 1 :]]
        return [pair for pair in pairs if self._is_fall(*pair)]

    def _is_fall(self, low: int, high: int) -> bool:
        if (low, high) not in self._falls:
            self._falls[low, high] = self.rule.falls(self.looks[low], self.looks[high])
        return self._falls[low, high]

    def crossing(self, side: Side, replications: int) -> Crossing:
        """Return where one line of the fit reaches the goal.

        Parameters
        ----------
        side
            The estimate, or the lower or upper bound of its interval.
        replications
            Only looks with at least so many count.
        """
        rungs = self._kept(replications)
        fitted, goal = self._fit(rungs, side)
        reached = np.flatnonzero(fitted >= goal)
        if reached.size == 0:
            return Crossing(rungs[-1] if rungs else None, None)
        first = int(reached[0])
        return Crossing(rungs[first - 1] if first else None, rungs[first])

    def fitted(self, side: Side, replications: int) -> dict[int, float]:
        """Return one line of the fit by rung; where the curve has fallen, only of the rungs from there on."""
        rungs = self._kept(replications)
        return dict(zip(rungs, self._fit(rungs, side)[0].tolist(), strict=True))

    def next_rung(self, replications: int, sides: Sequence[Side]) -> int | None:
        """Return the rung to look at next with so many replications; None where all lines are settled.

        A line is settled when the rungs on both sides of its crossing are neighbours and both were looked at, when
        the lowest rung reaches the goal, or when the highest one does not.
        """
        if not self.rungs(replications):
            return self._guess(replications)
        for side in sides:
            rung = self._between(self.crossing(side, replications), replications)
            if rung is not None:
                return rung
        return None

    def _guess(self, replications: int) -> int:
        """Return where to begin: the answer of the looks with fewer replications."""
        crossing = self.crossing(self.main, 1)
        if not self.looks:
            return self.start
        return self.size - 1 if crossing.reached is None else crossing.reached

    def _between(self, crossing: Crossing, replications: int) -> int | None:
        rungs = self.rungs(replications)
        below, reached = crossing.below, crossing.reached
        if reached is None:
            top = rungs[-1]
            return None if top == self.size - 1 else min(top + _stride(rungs), self.size - 1)
        if below is None:
            below = max((rung for rung in rungs if rung < reached), default=None)
        if below is None:
            return None if reached == 0 else max(reached - _stride(rungs), 0)
        return None if reached - below <= 1 else (below + reached) // 2

    def _kept(self, replications: int) -> list[int]:
        """Return the rungs on which the fit rests: those from the last one that misses what a lower one reached.

        So the answer is the smallest amount *from which on* the target is met, also where it is met at a lower amount
        too: without any hours nobody gives up, since nobody is waiting.
        """
        rungs = self.rungs(replications)
        lost = [high for low, high in self.falls(replications) if self.reaches(low) and not self.reaches(high)]
        return [rung for rung in rungs if rung >= max(lost, default=0)]

    def _fit(self, rungs: Sequence[int], side: Side) -> tuple[FloatArray, float]:
        """Return the isotonic fit of one line through rungs, and the goal."""
        if not rungs:
            return np.array([]), 0.0
        from scipy.optimize import isotonic_regression

        scores = [self._scores[rung] for rung in rungs]
        goal = scores[0].goal
        line = np.clip([getattr(score, side) for score in scores], goal - FAR_BELOW, goal + FAR_BELOW)
        weights = np.array([max(int(self.looks[rung].counts.sum()), 1) for rung in rungs], dtype=np.float64)
        fit: FloatArray = np.asarray(isotonic_regression(line, weights=weights).x, dtype=np.float64)
        # Pooling equal values may move them by rounding; what reaches the goal does so after it too.
        return np.where(np.abs(fit - goal) <= 1e-9, goal, fit), goal


def _stride(rungs: Sequence[int]) -> int:
    """Return how far to go beyond what was looked at: each time twice as far."""
    return max(1, rungs[-1] - rungs[0])


@dataclass(frozen=True)
class Found:
    """Where the target is met on a ladder.

    Attributes
    ----------
    rung
        The answer: the smallest amount from which on the target is met; None where no amount meets it.
    early, late
        Rungs at which the upper and the lower bound of the interval reach the goal: between them lies the amount, as
        far as these replications can tell. None where that bound does not reach it.
    lowest_meets
        Whether the lowest rung looked at meets the target already, so that a smaller amount might.
    last_met
        Where no amount meets the target from there on: the largest at which it is met, beyond chance better than at
        a larger one; None where there is none.
    falls
        Pairs of rungs of which the higher one meets the target less well.
    """

    rung: int | None
    early: int | None
    late: int | None
    lowest_meets: bool
    last_met: int | None
    falls: tuple[tuple[int, int], ...]


def found(ladder: Ladder, replications: int) -> Found:
    """Read the answer from a ladder.

    Parameters
    ----------
    ladder
        The ladder, looked at.
    replications
        Looks with at least so many count; where there is none, all do.
    """
    enough = replications if ladder.rungs(replications) else 1
    rung = ladder.crossing(ladder.main, enough).reached
    falls = ladder.falls(1)
    met_before = [low for low, _ in falls if ladder.reaches(low)]
    return Found(
        rung=rung,
        early=ladder.crossing("high", enough).reached,
        late=ladder.crossing("low", enough).reached,
        lowest_meets=rung is not None and rung == 0,
        last_met=max(met_before, default=None) if rung is None else None,
        falls=tuple(falls),
    )
