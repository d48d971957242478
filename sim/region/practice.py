"""Which schools follow a practice, when only the share of schools that do is known."""

from __future__ import annotations

import math
from hashlib import sha256

import numpy as np
import numpy.typing as npt

from sim.region.region import IntArray, Region
from sim.scenario.base import ByType

BoolArray = npt.NDArray[np.bool_]


def schools_with(share_by_type: ByType[float], region: Region, name: str) -> BoolArray:
    """Choose the schools that follow a practice, such as a maximum or an age limit.

    Sources say how many schools of a type do so, not which. They are chosen by a fixed shuffle of the identifiers:
    the same schools in every scenario and replication, other schools for another practice, and with a larger share
    the same schools and more.

    Parameters
    ----------
    share_by_type
        Share of the schools of each type.
    region
        The schools.
    name
        Name of the practice.

    Returns
    -------
    BoolArray
        Whether each school follows it, shape (s,): within each type the share times the number of schools, rounded
        (half upwards).
    """
    follows = np.zeros(len(region.school_ids), dtype=np.bool_)
    for kind, share in enumerate(share_by_type.values()):
        schools = _shuffled(region, kind, name)
        follows[schools[: _rounded(share * len(schools))]] = True
    return follows


def _shuffled(region: Region, kind: int, name: str) -> IntArray:
    # A strong hash, as a checksum orders alike identifiers alike for every name.
    def place(school: int) -> bytes:
        return sha256(f"{name}/{region.school_ids[school]}".encode()).digest()

    schools = np.flatnonzero(region.school_type == kind).tolist()
    return np.array(sorted(schools, key=place), dtype=np.int64)


def _rounded(number: float) -> int:
    """Round half upwards; what floating point leaves below a half counts as a half."""
    return math.floor(number + 0.5 + 1e-9)
