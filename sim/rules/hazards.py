"""Competing hazards with thresholds: which fires first, and what is left of the others."""

from __future__ import annotations

from collections.abc import Sequence

INFINITE = float("inf")

TIMER = 6
END_OF_SCHOOL = 7
CALLED = 8


def first_own_event(
    now: float,
    until: float,
    leaves: float,
    left: Sequence[float],
    rate: Sequence[float],
) -> tuple[float, int]:
    """Return when the next event of a case comes that nobody else causes, and which it is.

    Noticing runs in school time and is handled by the caller. Ties go to the end of school, then to the timer, then
    to the hazards in order.

    Parameters
    ----------
    now
        Time now (days).
    until
        End of the current service (days; infinite if there is none).
    leaves
        Day on which the student leaves school (infinite if not at school).
    left
        What is left of the thresholds, by ``Hazard``.
    rate
        Daily rates, by ``Hazard``.
    """
    time = leaves
    what = END_OF_SCHOOL
    if until < time:
        time = until
        what = TIMER
    for hazard in range(5):
        if rate[hazard] > 0.0:
            fires = now + left[hazard] / rate[hazard]
            if fires < time:
                time = fires
                what = hazard
    return time, what


def used_up(left: float, rate: float, elapsed: float) -> float:
    """Return what is left of a threshold after ``elapsed`` days at ``rate``, never below zero."""
    rest = left - rate * elapsed
    return rest if rest > 0.0 else 0.0
