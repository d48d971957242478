"""The region as the model sees it: municipalities and schools as arrays, in a fixed order."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.scenario.base import SECTORS

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]

GATEWAY_TYPES = ("wijkteam", "toegang")
SCHOOL_TYPES = ("", "a", "b", "c")


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
    pupils
        Pupils of the municipality's schools, shape (m,).
    school_ids, school_names
        Identifiers and names, shape (s,).
    sector
        Index into ``SECTORS``, shape (s,).
    school_type
        Index into ``SCHOOL_TYPES`` (empty for PO), shape (s,).
    municipality
        Municipality index of the school, shape (s,).
    students
        Number of students, shape (s,).
    residence
        Share of a school's students that lives in each municipality, shape (s, m); rows add up to 1.
    own_weight
        Weight of each school in the user's own table of hours, shape (s,); None without a table.
    """

    name: str
    municipality_ids: tuple[str, ...]
    municipality_names: tuple[str, ...]
    gateway_type: IntArray
    pupils: IntArray
    school_ids: tuple[str, ...]
    school_names: tuple[str, ...]
    sector: IntArray
    school_type: IntArray
    municipality: IntArray
    students: IntArray
    residence: FloatArray
    own_weight: FloatArray | None = None

    @property
    def sector_names(self) -> tuple[str, ...]:
        """Sector name of each school, shape (s,)."""
        return tuple(SECTORS[index] for index in self.sector)
