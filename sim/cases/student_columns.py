"""What the cases of students are like: the columns of the table, and thresholds that hang on the student."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.cases.draws import Choice, Episode
from sim.cases.episodes import recovered_on_day_0
from sim.cases.numbers import CHOICE_AT, ESCALATE_AT, GP_AT, LEAVE_EARLY_AT, NOTICE_AT
from sim.cases.plan import Plan
from sim.cases.student_cases import StudentCases
from sim.cases.students import Students
from sim.cases.table import BoolArray, FloatArray, IntArray
from sim.records import State
from sim.region.school_time import DAYS_PER_YEAR
from sim.scenario import Scenario
from sim.scenario.base import KINDS, SEVERITIES
from sim.scenario.demand import Demand

HOME = KINDS.index("home")
LIGHT = SEVERITIES.index("light")
NOTICED_BEFORE = (
    State.BASE_CARE,
    State.TEAM_WAIT,
    State.SMW_WAIT,
    State.SMW_CARE,
    State.MONITORED,
    State.EDUCATION_CARE,
    State.LEERPLICHT,
)
"""States on day 0 of those who were noticed at school before."""


def mean_case_frailty(shape: float) -> float:
    """Return the mean frailty of students with a case.

    Cases fall on students in proportion to their frailty, so the frailty of a case is the size-biased gamma with
    mean 1 + 1 / shape (Vaupel, Manton and Stallard 1979, Demography 16:439).
    """
    return 1.0 + 1.0 / shape


def student_columns(
    scenario: Scenario, plan: Plan, students: Students, cases: StudentCases
) -> dict[str, np.ndarray[Any, Any]]:
    """Return the columns of the table but for the numbers, each of shape (n,)."""
    demand, owner, unit, episode = scenario.demand, cases.owner, cases.unit, cases.episode
    sector, term = plan.sector.take(unit), plan.term.take(owner)
    kind = plan.kinds.find(episode[:, Episode.KIND], sector)
    severity = plan.severities.find(episode[:, Episode.SEVERITY], cases.brought.view(np.int8))
    # One, and a Poisson number more by inversion.
    conversations = 1 + plan.conversations.find(episode[:, Episode.CONVERSATIONS], plan.group.take(unit))
    return {
        "student": owner,
        "school": plan.school.take(unit),
        "sector": sector,
        "level": plan.level.take(unit),
        "kind": kind,
        "severity": severity,
        "stacked": episode[:, Episode.STACKED] < np.array(demand.stacked_share.values()).take(severity),
        "safety": (kind == HOME) & (episode[:, Episode.SAFETY] < demand.safety_concern_share),
        "study_only": (severity == LIGHT)
        & (episode[:, Episode.STUDY_ONLY] < np.array(demand.study_only_share.values()).take(sector)),
        "age": _age_on_day_0(plan, students, owner) + cases.onset / DAYS_PER_YEAR,
        "municipality": residence_of(plan, cases),
        "onset": cases.onset,
        "stock": cases.stock,
        "start": cases.start,
        "recovered": recovered_on_day_0(cases.start, episode[:, Episode.RECOVERED], demand.initial_recovered),
        "leaves_school": plan.terms.end.take(term),
        "frailty": students.frailty.take(owner) / mean_case_frailty(demand.frailty_shape),
        "conversations": conversations,
        "received": _received(cases.start, conversations, episode[:, Episode.PASSED]),
    }


def residence_of(plan: Plan, cases: StudentCases) -> IntArray:
    """Return the municipality where the student of each case lives, shape (n,)."""
    return plan.residence.find(cases.episode[:, Episode.RESIDENCE], plan.school.take(cases.unit))


def fit_to_students(
    numbers: FloatArray, demand: Demand, cases: StudentCases, frailty: FloatArray, stacked: BoolArray
) -> None:
    """Let the drawn numbers follow what the cases are like: frailty, stacking, and what was before day 0."""
    for column in range(ESCALATE_AT, GP_AT):
        numbers[:, column] /= frailty
    _leave_sooner(numbers, frailty * np.where(stacked, demand.early_leaving.stacked_ratio, 1.0))
    # Those at a station of the school on day 0 have used up their first threshold of noticing.
    before = np.zeros(len(State), dtype=np.bool_)
    before[list(NOTICED_BEFORE)] = True
    noticed = np.flatnonzero(before.take(cases.start))
    numbers[noticed, NOTICE_AT] = numbers[noticed, NOTICE_AT + 1]
    numbers[noticed, NOTICE_AT + 1] = np.inf
    # No prevention at this school undoes problems that were brought along.
    numbers[np.flatnonzero(cases.brought), CHOICE_AT + Choice.ONSET_MARK] = -1.0


def _leave_sooner(numbers: FloatArray, ratio: FloatArray) -> None:
    """Divide the thresholds of leaving early by a ratio; a ratio of zero means that the hazard never fires."""
    thresholds = numbers[:, LEAVE_EARLY_AT]
    np.divide(thresholds, ratio, out=thresholds, where=ratio > 0.0)
    thresholds[ratio == 0.0] = np.inf


def _age_on_day_0(plan: Plan, students: Students, owner: IntArray) -> FloatArray:
    """Return the ages on day 0, negative before birth; those who are there then entered before it."""
    term, older = plan.term.take(owner), -np.log1p(-students.older.take(owner))
    age: FloatArray = plan.terms.age.take(term) + plan.terms.age_spread.take(term) * older
    return age


def _received(start: IntArray, conversations: IntArray, passed: FloatArray) -> IntArray:
    """Return the conversations had by those in contact on day 0: the first, and part of those before the last."""
    received: IntArray = np.zeros(start.size, dtype=np.int32)
    running = np.flatnonzero(start == State.SMW_CARE)
    received[running] = 1 + np.floor(passed[running] * (conversations[running] - 1))
    return received
