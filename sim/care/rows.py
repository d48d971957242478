"""The case table as plain Python lists, since reading single numbers from arrays is slow."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from sim.cases.table import CaseTable


@dataclass(frozen=True, slots=True)
class Rows:
    """Columns of ``CaseTable`` by the same names; a column with several numbers a case is a list of lists."""

    student: list[int]
    school: list[int]
    sector: list[int]
    kind: list[int]
    severity: list[int]
    safety: list[bool]
    municipality: list[int]
    onset: list[float]
    stock: list[bool]
    start: list[int]
    leaves_school: list[float]
    recover: list[list[float]]
    escalate: list[list[float]]
    gp: list[list[float]]
    leave_early: list[float]
    give_up: list[list[float]]
    notice: list[list[float]]
    choice: list[list[float]]
    conversations: list[int]
    duration: list[list[float]]
    received: list[int]


def as_rows(table: CaseTable) -> Rows:
    """Turn the arrays of a case table into lists."""
    columns: dict[str, Any] = {field.name: getattr(table, field.name).tolist() for field in fields(Rows)}
    return Rows(**columns)
