"""What the search came to for one unit: the answer, how sure it is, and why there may be none."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from sim.questions.sizing.levers import halfway
from sim.questions.sizing.position import Position
from sim.questions.sizing.search import Sized
from sim.statistics.attainment import Observed, Rule, mean_interval, share_met

Status = Literal["found", "lowest", "none"]
Effect = Literal["helps", "nothing", "harms", "unknown"]
SMALL = 0.1
"""A change that closes less than this part of the gap does not help."""


@dataclass(frozen=True)
class Met:
    """How often and how well a target was met at one amount.

    Attributes
    ----------
    n, nobody
        Replications that count, and those in which nobody asked.
    share, low, high
        Share in which the target is met, with its 95% interval.
    mean, mean_low, mean_high
        Mean of the measure over replications with a value, with its 95% interval.
    missing
        Replications that count and have no value: it was not reached in the time that is measured.
    """

    n: int
    nobody: int
    share: float
    low: float
    high: float
    mean: float
    mean_low: float
    mean_high: float
    missing: int


@dataclass(frozen=True)
class Top:
    """What the upper half of the amounts still changes, where no amount is enough.

    Attributes
    ----------
    half, most
        The amounts that are compared, in the unit of the lever: the most, and half of it.
    change, low, high
        Paired difference of the measure, most less half, with its 95% interval; NaN where a value is not known.
    gap
        How much the mean of the measure misses of its bound at the most, in its unit; below 0 where the mean meets
        it, though not surely enough; NaN where it is not known.
    effect
        Whether more ``helps``, ``harms``, or does ``nothing``: the change cannot be told from zero, or closes hardly
        any of the gap; ``unknown`` where the measure is not reached in every replication.
    """

    half: float
    most: float
    change: float
    low: float
    high: float
    gap: float
    effect: Effect


@dataclass(frozen=True)
class Outcome:
    """The answer for one unit.

    Attributes
    ----------
    unit
        Name of the unit.
    status
        ``found``; ``lowest`` where the least amount that was tried is enough; ``none`` where no amount is.
    amount, early, late
        The answer, and the amounts between which it lies as far as these replications can tell, in the unit of the
        lever; NaN where there is none.
    place, place_early, place_late
        The same in hours, euros and load.
    place_now, now
        What is there now, and what it does.
    met
        What the answer does in the replications of the search; where there is none, what the most does.
    confirmed
        What it does in fresh replications; None where there is no answer.
    falls_short
        Whether those meet the target less often, or less well on average, than was asked for.
    top
        What the upper half of the amounts still changes; None where there is an answer.
    last_met, place_last_met, there
        Where there is no answer because more makes it worse: the largest amount that was tried at which the target
        is met, and what it does; NaN and None otherwise.
    falls
        Pairs of amounts of which the larger meets the target less well.
    """

    unit: str
    status: Status
    amount: float
    early: float
    late: float
    place: Position | None
    place_early: Position | None
    place_late: Position | None
    place_now: Position
    now: Met
    met: Met
    confirmed: Met | None
    falls_short: bool
    top: Top | None
    last_met: float
    place_last_met: Position | None
    there: Met | None
    falls: tuple[tuple[float, float], ...]


def outcomes(sized: Sized) -> Iterator[Outcome]:
    """Yield what the search came to, by unit."""
    for unit in sized.lever.units:
        yield _outcome(sized, unit)


def met_at(sized: Sized, seen: Observed) -> Met:
    """Return how often and how well the target was met in some replications."""
    said = seen.said
    share, low, high = share_met(sized.target.bound, seen)
    mean, mean_low, mean_high = mean_interval(said)
    missing = int(np.isnan(said).sum())
    return Met(said.size, int((~seen.counts).sum()), share, low, high, mean, mean_low, mean_high, missing)


def _outcome(sized: Sized, unit: str) -> Outcome:
    answer, ladder = sized.answers[unit], sized.ladders[unit]
    rung = ladder.size - 1 if answer.rung is None else answer.rung
    confirmed = sized.confirmed.get(unit)
    return Outcome(
        unit=unit,
        status="none" if answer.rung is None else "lowest" if answer.lowest_meets else "found",
        amount=_amount(sized, answer.rung),
        early=_amount(sized, answer.early),
        late=_amount(sized, answer.late),
        place=_place(sized, unit, answer.rung),
        place_early=_place(sized, unit, answer.early),
        place_late=_place(sized, unit, answer.late),
        place_now=sized.position_now[unit],
        now=met_at(sized, sized.now[unit]),
        met=met_at(sized, ladder.looks[rung]),
        confirmed=None if confirmed is None else met_at(sized, confirmed),
        falls_short=confirmed is not None and _falls_short(sized.rule, confirmed),
        top=_top(sized, unit) if answer.rung is None else None,
        last_met=_amount(sized, answer.last_met),
        place_last_met=_place(sized, unit, answer.last_met),
        there=None if answer.last_met is None else met_at(sized, ladder.looks[answer.last_met]),
        falls=tuple((float(sized.lever.amounts[a]), float(sized.lever.amounts[b])) for a, b in answer.falls),
    )


def _amount(sized: Sized, rung: int | None) -> float:
    return math.nan if rung is None else float(sized.lever.amounts[rung])


def _place(sized: Sized, unit: str, rung: int | None) -> Position | None:
    return None if rung is None else sized.positions[unit, rung]


def _falls_short(rule: Rule, confirmed: Observed) -> bool:
    score = rule.score(confirmed)
    return bool(score.estimate < score.goal)


def _top(sized: Sized, unit: str) -> Top:
    """Compare the most with about half of it, replication by replication."""
    ladder, amounts, bound = sized.ladders[unit], sized.lever.amounts, sized.target.bound
    most = ladder.size - 1
    half = halfway(amounts)
    first, second = ladder.looks[half], ladder.looks[most]
    n = min(len(first.values), len(second.values))
    both = first.counts[:n] & second.counts[:n]
    difference = second.values[:n][both] - first.values[:n][both]
    known = difference.size > 1 and bool(np.isfinite(difference).all())
    change, low, high = mean_interval(difference) if known else (math.nan, math.nan, math.nan)
    gap = -float(bound.slack(second.said).mean()) if known else math.nan
    effect = (
        _effect(change if bound.sense == "at_least" else -change, low <= 0.0 <= high, gap) if known else "unknown"
    )
    return Top(float(amounts[half]), float(amounts[most]), change, low, high, gap, effect)


def _effect(better: float, perhaps_zero: bool, gap: float) -> Effect:
    if perhaps_zero or 0.0 < better < SMALL * gap:
        return "nothing"
    return "helps" if better > 0.0 else "harms"
