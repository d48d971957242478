"""The region as the model sees it: municipalities and schools as arrays, in a fixed order."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.scenario.base import SECTORS, TYPES

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]

GATEWAY_TYPES = ("wijkteam", "toegang")
SCHOOL_TYPES = ("", *TYPES[1:])
TYPES_OF_SECTOR = {"po": ("",), "vo": ("a", "b", "c"), "mbo": ("roc_small", "roc_large", "aoc", "vakinstelling")}

PRESENT_STATES = {
    "team_wait": "school",
    "smw_wait": "school",
    "smw_care": "school",
    "gateway_wait": "municipality",
    "gateway_help": "municipality",
    "youth_care_wait": "region",
    "youth_care": "region",
    "ggz_wait": "region",
    "ggz": "region",
}
"""States whose present number can be given, with the kind of place that each stands for."""


@dataclass(frozen=True)
class Present:
    """Present waiting lists and caseloads, as far as they were given; row ``i`` is one number.

    Attributes
    ----------
    state
        Name of the state, a key of ``PRESENT_STATES``, shape (i,).
    kind
        Kind of the place, ``school``, ``municipality`` or ``region``, shape (i,).
    place
        Index of the school or the municipality, 0 for the region, shape (i,).
    number
        Students and, for the states outside school, other people too, shape (i,); 0 or more.
    """

    state: tuple[str, ...]
    kind: tuple[str, ...]
    place: IntArray
    number: IntArray

    def given(self, state: str) -> dict[int, int]:
        """Return the number by place of a state, for the places that were given."""
        rows = [row for row, name in enumerate(self.state) if name == state]
        return {int(self.place[row]): int(self.number[row]) for row in rows}


@dataclass(frozen=True)
class Region:
    """Municipalities and schools; index ``m`` is a municipality, index ``s`` a school.

    Attributes
    ----------
    name
        Name of the region.
    municipality_ids, municipality_names
        Identifiers (lower case, used in configs and CSV files) and names for people, shape (m,).
    gateway_type
        Index into ``GATEWAY_TYPES``, shape (m,).
    area
        Number of the area (of an mbo: the region around its town) that the municipality belongs to, shape (m,).
    pupils
        Pupils of the municipality's schools, shape (m,).
    school_ids, school_names
        Identifiers and names, shape (s,).
    sector
        Index into ``SECTORS``, shape (s,).
    school_type
        Index into ``SCHOOL_TYPES`` (empty for PO) and into ``TYPES``, shape (s,).
    municipality
        Municipality index of the school, shape (s,).
    students
        Number of students, shape (s,).
    level_students
        Students by level of the mbo, shape (s, levels); all at level index 0 at other schools.
    residence
        Share of a school's students that lives in each municipality, shape (s, m); rows add up to 1.
    own_weight
        Weight of each school in the user's own table of hours, shape (s,); None without a table.
    present
        Today's waiting lists and caseloads, from the user's own table; None without a table.
    """

    name: str
    municipality_ids: tuple[str, ...]
    municipality_names: tuple[str, ...]
    gateway_type: IntArray
    area: IntArray
    pupils: IntArray
    school_ids: tuple[str, ...]
    school_names: tuple[str, ...]
    sector: IntArray
    school_type: IntArray
    municipality: IntArray
    students: IntArray
    level_students: IntArray
    residence: FloatArray
    own_weight: FloatArray | None = None
    present: Present | None = None

    @property
    def sector_names(self) -> tuple[str, ...]:
        """Sector name of each school, shape (s,)."""
        return tuple(SECTORS[index] for index in self.sector)

    @property
    def residents(self) -> FloatArray:
        """Students of the region's schools who live in each municipality (expected number), shape (m,)."""
        return self.students @ self.residence

    @property
    def low_level_students(self) -> IntArray:
        """Students at levels 1 and 2 of the mbo, shape (s,); 0 at other schools."""
        low = self.level_students[:, :2].sum(axis=1)
        return np.where(self.sector == SECTORS.index("mbo"), low, 0)
