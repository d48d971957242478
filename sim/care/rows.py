"""The case table in the form that the engine reads fast: plain lists, and one row of numbers for each case."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.cases.draws import Choice
from sim.cases.table import CaseTable

# Where each column of the table begins in the row of numbers of a case.
RECOVER_AT = 0
ESCALATE_AT = 2
GP_AT = 5
LEAVE_EARLY_AT = 7
GIVE_UP_AT = 8
NOTICE_AT = 12
CHOICE_AT = 14
DURATION_AT = CHOICE_AT + len(Choice)
# Thresholds of each hazard in the row of numbers, by hazard; giving up has one for each waiting list.
FIRST_THRESHOLD = (RECOVER_AT, ESCALATE_AT, GP_AT, LEAVE_EARLY_AT, GIVE_UP_AT, NOTICE_AT)
END_OF_THRESHOLDS = (ESCALATE_AT, GP_AT, LEAVE_EARLY_AT, GIVE_UP_AT, GIVE_UP_AT, CHOICE_AT)


@dataclass(frozen=True, slots=True)
class Rows:
    """Columns of ``CaseTable`` by the same names as lists; thresholds, choices and durations are in ``numbers``.

    Attributes
    ----------
    numbers
        Everything that is drawn as a number, shape (n, numbers), in the order of the ``..._AT`` constants.
        A case takes its row when it comes in, since a million Python floats would be slow to make and to reach.
    """

    student: list[int]
    school: list[int]
    sector: list[int]
    level: list[int]
    kind: list[int]
    severity: list[int]
    safety: list[bool]
    study_only: list[bool]
    age: list[float]
    municipality: list[int]
    onset: list[float]
    start: list[int]
    recovered: list[bool]
    leaves_school: list[float]
    conversations: list[int]
    received: list[int]
    numbers: npt.NDArray[np.float64]


def as_rows(table: CaseTable) -> Rows:
    """Turn a case table into rows."""
    columns: dict[str, Any] = {
        field.name: getattr(table, field.name).tolist() for field in fields(Rows) if field.name != "numbers"
    }
    numbers = np.column_stack(
        [
            table.recover,
            table.escalate,
            table.gp,
            table.leave_early,
            table.give_up,
            table.notice,
            table.choice,
            table.duration,
        ]
    )
    return Rows(**columns, numbers=numbers)
