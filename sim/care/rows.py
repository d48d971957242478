"""The case table in the form that the engine reads fast: plain lists, and one row of numbers for each case."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.cases.table import CaseTable


@dataclass(frozen=True, slots=True)
class Rows:
    """Columns of ``CaseTable`` by the same names as lists; thresholds, choices and durations are in ``numbers``.

    Attributes
    ----------
    numbers
        Everything that is drawn as a number, shape (n, numbers), in the order that ``sim.cases.numbers`` tells.
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
    return Rows(**columns, numbers=table.numbers)
