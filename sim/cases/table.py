"""The case table: everything random about every case, drawn before the simulation starts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int32]
BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class CaseTable:
    """One row a case; students' cases first (by school, seat, occupant and onset), then background people.

    All hazards are unit-exponential thresholds: a hazard fires when its integrated rate reaches the
    threshold. Thresholds of escalation and early leaving are divided by the student's relative frailty.

    Attributes
    ----------
    student
        Number of the student, -1 for background people, shape (n,). Cases of one student are adjacent.
    school
        School index, -1 for background people.
    sector, level, kind, severity
        Indices into ``SECTORS`` (-1 for background people), ``LEVELS`` (0 outside the mbo), ``KINDS`` and
        ``SEVERITIES`` (at onset, or on day 0).
    stacked
        More kinds of problems at once.
    safety
        A home case with a safety concern (Veilig Thuis).
    study_only
        A problem with studying and nothing else.
    age
        Age of the student in years on the day of onset; 0 for background people.
    municipality
        Municipality where the student lives.
    onset
        Day of onset; 0 for the stock of day 0, the first day at school for problems brought along.
    stock
        Open on day 0.
    start
        ``State`` in which the case starts.
    recovered
        In a trajectory on day 0 that only runs its course: the problem is over.
    leaves_school
        Day on which the student leaves the school in the normal way; 0 for background people.
    frailty
        Frailty of the student relative to the mean of students with a case.
    recover, escalate, gp, leave_early, give_up, notice
        Unit-exponential thresholds: shapes (n, 2), (n, 3), (n, 2), (n,), (n, 4: smw, gateway, youth care,
        ggz), (n, 2).
    choice
        Uniforms for yes/no decisions, shape (n, choices), columns named by ``sim.cases.draws.CHOICES``.
    conversations
        Conversations needed.
    duration
        Unit-mean durations, shape (n, durations), columns named by ``sim.cases.draws.DURATIONS``.
    received
        Conversations already received (stock in SMW contact).
    """

    student: IntArray
    school: IntArray
    sector: IntArray
    level: IntArray
    kind: IntArray
    severity: IntArray
    stacked: BoolArray
    safety: BoolArray
    study_only: BoolArray
    age: FloatArray
    municipality: IntArray
    onset: FloatArray
    stock: BoolArray
    start: IntArray
    recovered: BoolArray
    leaves_school: FloatArray
    frailty: FloatArray
    recover: FloatArray
    escalate: FloatArray
    gp: FloatArray
    leave_early: FloatArray
    give_up: FloatArray
    notice: FloatArray
    choice: FloatArray
    conversations: IntArray
    duration: FloatArray
    received: IntArray

    def __len__(self) -> int:
        """Return the number of cases."""
        return int(self.student.shape[0])


COLUMNS = tuple(field.name for field in fields(CaseTable))


def stack(parts: Sequence[CaseTable]) -> CaseTable:
    """Join the tables of units into one, in the given order."""
    return CaseTable(**{name: np.concatenate([getattr(part, name) for part in parts]) for name in COLUMNS})


def take(table: CaseTable, rows: npt.NDArray[np.integer[Any]]) -> CaseTable:
    """Return some rows of a table, in the given order."""
    return CaseTable(**{name: getattr(table, name)[rows] for name in COLUMNS})
