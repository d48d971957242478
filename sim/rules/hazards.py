"""Competing hazards with thresholds: which fires first, and what is left of the others."""

from __future__ import annotations

from collections.abc import MutableSequence, Sequence

INFINITE = float("inf")

# What can end a stay. The hazards come first, in the order in which they win a tie; plain integers, since members of
# an enumeration are slow to reach in the inner loop and unknown to a compiler.
RECOVER = 0
ESCALATE = 1
GP = 2
LEAVE_EARLY = 3
GIVE_UP = 4
NOTICE = 5
# Absence has a rate and no threshold: it adds to noticing, and the case's uniform decides which of the two it was.
ABSENCE = 6
N_HAZARDS = 7
TIMER = 7
END_OF_SCHOOL = 8
CALLED = 9
HOURS_STOPPED = 10
# Escalation of a case that is as severe as can be.
CRISIS = 11


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
        What is left of the thresholds, by hazard.
    rate
        Daily rates, by hazard.
    """
    time = leaves
    what = END_OF_SCHOOL
    if until < time:
        time = until
        what = TIMER
    for hazard in range(NOTICE):
        # Before dividing, see whether it fires before what was found so far; without a rate it never does.
        if left[hazard] < rate[hazard] * (time - now):
            time = now + left[hazard] / rate[hazard]
            what = hazard
    return time, what


def use_up(left: MutableSequence[float], rate: Sequence[float], elapsed: float) -> None:
    """Use up the thresholds of all hazards but noticing for ``elapsed`` days at their daily rates."""
    for hazard in range(NOTICE):
        left[hazard] = used_up(left[hazard], rate[hazard], elapsed)


def used_up(left: float, rate: float, elapsed: float) -> float:
    """Return what is left of a threshold after ``elapsed`` days at ``rate``, never below zero."""
    rest = left - rate * elapsed
    return rest if rest > 0.0 else 0.0


def noticing_rate(notice: float, factor: float, absence: float) -> float:
    """Return the rate of coming to notice a school day: by a teacher or mentor, or by absence."""
    return notice * factor + absence
