"""The case table: everything random about every case, drawn before the simulation starts."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.cases.numbers import (
    CHOICE_AT,
    DURATION_AT,
    ESCALATE_AT,
    GIVE_UP_AT,
    GP_AT,
    LEAVE_EARLY_AT,
    NOTICE_AT,
    RECOVER_AT,
)

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
    conversations
        Conversations needed.
    received
        Conversations already received (stock in SMW contact).
    numbers
        Thresholds, uniforms and durations, shape (n, ``NUMBERS``) and C-contiguous, in the order that
        ``sim.cases.numbers`` tells; the properties are views of it.
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
    conversations: IntArray
    received: IntArray
    numbers: FloatArray

    def __len__(self) -> int:
        """Return the number of cases."""
        return int(self.student.shape[0])

    @property
    def recover(self) -> FloatArray:
        """Thresholds of recovery, shape (n, 2)."""
        return self.numbers[:, RECOVER_AT:ESCALATE_AT]

    @property
    def escalate(self) -> FloatArray:
        """Thresholds of getting worse, shape (n, 3)."""
        return self.numbers[:, ESCALATE_AT:GP_AT]

    @property
    def gp(self) -> FloatArray:
        """Thresholds of going to the GP, shape (n, 2)."""
        return self.numbers[:, GP_AT:LEAVE_EARLY_AT]

    @property
    def leave_early(self) -> FloatArray:
        """Thresholds of leaving school early, shape (n,)."""
        return self.numbers[:, LEAVE_EARLY_AT]

    @property
    def give_up(self) -> FloatArray:
        """Thresholds of giving up waiting, shape (n, 4): for SMW, gateway, youth care and ggz."""
        return self.numbers[:, GIVE_UP_AT:NOTICE_AT]

    @property
    def notice(self) -> FloatArray:
        """Thresholds of being noticed, shape (n, 2)."""
        return self.numbers[:, NOTICE_AT:DURATION_AT]

    @property
    def choice(self) -> FloatArray:
        """Uniforms for yes/no decisions, shape (n, choices), columns named by ``sim.cases.draws.Choice``."""
        return self.numbers[:, CHOICE_AT:]

    @property
    def duration(self) -> FloatArray:
        """Unit-mean durations, shape (n, durations), columns named by ``sim.cases.draws.Duration``."""
        return self.numbers[:, DURATION_AT:CHOICE_AT]


COLUMNS = tuple(field.name for field in fields(CaseTable))


def take(table: CaseTable, rows: npt.NDArray[np.integer[Any]]) -> CaseTable:
    """Return some rows of a table, in the given order."""
    return CaseTable(**{name: getattr(table, name)[rows] for name in COLUMNS})
