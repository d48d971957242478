"""The case table: everything random about every case, drawn before the simulation starts."""

from __future__ import annotations

from dataclasses import dataclass

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
    sector, kind, severity
        Indices into ``SECTORS`` (-1 for background people), ``KINDS`` and ``SEVERITIES`` (at onset, or on day 0).
    stacked
        More kinds of problems at once.
    safety
        A home case with a safety concern (Veilig Thuis).
    municipality
        Municipality where the student lives, whose gateway is used.
    onset
        Day of onset; 0 for the stock of day 0, the first day at school for problems brought along.
    stock
        Open on day 0.
    start
        ``State`` in which the case starts.
    leaves_school
        Day on which the student leaves the school in the normal way; 0 for background people.
    frailty
        Frailty of the student relative to the mean of students with a case.
    recover, escalate, gp, leave_early, give_up, notice
        Unit-exponential thresholds: shapes (n, 2), (n, 3), (n, 2), (n,), (n, 3: smw, gateway, youth care), (n, 2).
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
    kind: IntArray
    severity: IntArray
    stacked: BoolArray
    safety: BoolArray
    municipality: IntArray
    onset: FloatArray
    stock: BoolArray
    start: IntArray
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
