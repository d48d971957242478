"""Case tables from columns, for tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields

import numpy as np
import numpy.typing as npt

from sim.cases.numbers import NUMBERS
from sim.cases.table import CaseTable

IN_NUMBERS = ("recover", "escalate", "gp", "leave_early", "give_up", "notice", "choice", "duration")
BESIDE_NUMBERS = tuple(field.name for field in fields(CaseTable) if field.name != "numbers")
"""Columns of a case table, in and beside its matrix of numbers."""
_FLAGS = ("stacked", "safety", "study_only", "stock", "recovered")
_TIMES = ("age", "onset", "leaves_school", "frailty")
_TYPES: dict[str, type[np.generic]] = {**dict.fromkeys(_FLAGS, np.bool_), **dict.fromkeys(_TIMES, np.float64)}


def table_of_columns(columns: Mapping[str, npt.ArrayLike]) -> CaseTable:
    """Return a case table; every column beside the numbers has to be there, numbers that are not given are 0."""
    given = {name: np.array(columns[name], dtype=_TYPES.get(name, np.int32)) for name in BESIDE_NUMBERS}
    table = CaseTable(**given, numbers=np.zeros((given["student"].size, NUMBERS)))
    for name in columns.keys() - set(BESIDE_NUMBERS):
        assert name in IN_NUMBERS, name
        getattr(table, name)[:] = columns[name]
    return table
