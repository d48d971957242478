"""Every number of a lever that the compiled engine holds, to be made wrong one by one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.compiled.layout import FORM, GATEWAY
from sim.compiled.layout_run import KINDS_OF_RECORDS, LEVERS
from sim.rules.hazards import N_HAZARDS

Array = npt.NDArray[Any]

NO_LEVERS = ("slots", "waiting", "treating", "request", "cause", "first", "again")
"""Fields of gateways and forms of specialised care that say which of several, not how much."""

LEVERS_OF_SCHOOLS = (
    "minutes",
    "registration_share",
    "limit_minutes",
    "limit_age",
    "meeting_minutes",
    "limit_conversations",
    "team_cases",
    "refuses_study_only",
)
FLEXIBLE_HOURS = ("visit_minutes", "for_cases", "most_weekly_hours", "only_for_work")


@dataclass(frozen=True)
class Wrong:
    """One number that is wrong wherever it stands.

    Attributes
    ----------
    kind, field
        Kind of record (``KINDS_OF_RECORDS``) and field.
    element
        Place in the field, None where it holds one number.
    rows
        Records in which it is wrong, as a slice.
    name
        What the rows are, where they are not all.
    """

    kind: str
    field: str
    element: int | None = None
    rows: tuple[int | None, ...] = (None,)
    name: str = ""

    def __str__(self) -> str:
        """Name the number."""
        parts = (self.kind, self.name, self.field, None if self.element is None else str(self.element))
        return ".".join(part for part in parts if part)

    def put_into(self, records: Mapping[str, Array]) -> dict[str, Array]:
        """Return the records of a run with the number wrong, and nothing else."""
        wrong = records[self.kind].copy()
        column = wrong[self.field] if self.element is None else wrong[self.field][:, self.element]
        rows = slice(*self.rows)
        column[rows] = _other(column[rows])
        return {**records, self.kind: wrong}


def _other(values: Array) -> Array:
    """Return other numbers: half of what they are, and 1 for those without a half."""
    if values.dtype == np.bool_:
        return ~values
    if values.dtype.kind == "i":
        return np.where((values > 1) & (values < 1 << 30), values // 2, 1 - values % 2)
    return np.where((values == 0.0) | np.isinf(values), 1.0, 0.5 * values)


def wrong_numbers() -> Iterator[Wrong]:
    """Return all of them."""
    yield from _fields("levers", LEVERS.names or ())
    yield from _fields("gateways", [name for name in GATEWAY.names or () if name not in NO_LEVERS])
    for place, form in enumerate(("youth_care", "ggz")):
        for wrong in _fields("forms", [name for name in FORM.names or () if name not in NO_LEVERS]):
            yield replace(wrong, rows=(place, place + 1), name=form)
    yield from _fields("schools", LEVERS_OF_SCHOOLS)
    yield from _fields("pools", FLEXIBLE_HOURS)
    yield from _fields("presence", ("notice", "base_care", "onset"))
    yield from _fields("changes", ("day", "weekly_hours", "visits", "minutes", "is_open"))
    yield Wrong("workers", "number")
    yield Wrong("slots", "slots")
    yield Wrong("towns", "area")
    yield Wrong("lists", "by_severity", rows=(0, 18, 3), name="team")
    yield Wrong("lists", "by_severity", rows=(1, 18, 3), name="smw")
    yield Wrong("lists", "by_severity", rows=(18, None), name="slots")
    for hazard in range(N_HAZARDS):
        yield Wrong("rates", "of", hazard)


def _fields(kind: str, names: tuple[str, ...] | list[str]) -> Iterator[Wrong]:
    for name in names:
        shape = KINDS_OF_RECORDS[kind][name].shape
        yield from (Wrong(kind, name, element) for element in (range(shape[0]) if shape else (None,)))
