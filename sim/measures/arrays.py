"""Array types of the measures, tables that are columns of arrays, and where each of a few codes stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.compiling import compiled, has_numba

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.signedinteger[Any]]
BoolArray = npt.NDArray[np.bool_]
TextArray = npt.NDArray[np.object_]
Columns = dict[str, npt.NDArray[Any]]
"""A table: columns by name, all of the same length. Texts are object arrays of ``str``."""


@dataclass(frozen=True)
class Index:
    """Where each of a few codes stands in a column.

    Attributes
    ----------
    order
        Positions by code, and for a code from the first on, shape (n,).
    bounds
        Where each code begins in ``order``, shape (codes + 1,).
    """

    order: IntArray
    bounds: IntArray

    def of(self, *codes: int) -> IntArray:
        """Return the positions of ``codes`` in increasing order."""
        parts = [self.order[self.bounds[code] : self.bounds[code + 1]] for code in codes]
        return parts[0] if len(parts) == 1 else merged(*parts)


def index_of(column: IntArray, codes: int) -> Index:
    """Index a column of codes from 0 to below ``codes``."""
    return Index(*(order_by_counting if has_numba() else order_by_sorting)(column, codes))


def merged(*parts: IntArray) -> IntArray:
    """Put positions together that each stand in increasing order; the stable sort of numpy merges such runs."""
    return np.sort(np.concatenate(parts), kind="stable")


@compiled()
def order_by_counting(column: IntArray, codes: int) -> tuple[IntArray, IntArray]:
    """Return the stable order of codes from 0 to below ``codes``, and where each of them begins in it."""
    bounds = np.zeros(codes + 1, dtype=np.int64)
    for code in column:
        bounds[code + 1] += 1
    for number in range(codes):
        bounds[number + 1] += bounds[number]
    place, order = bounds[:-1].copy(), np.empty(column.size, dtype=np.int32)
    for position in range(column.size):
        code = column[position]
        order[place[code]] = position
        place[code] += 1
    return order, bounds


def order_by_sorting(column: IntArray, codes: int) -> tuple[IntArray, IntArray]:
    """Return what ``order_by_counting`` does, soonest in plain numpy."""
    counts = np.bincount(column, minlength=codes)
    return np.argsort(column, kind="stable").astype(np.int32), np.append(0, np.cumsum(counts))


@compiled()
def positions_in(numbers: IntArray, wanted: IntArray) -> IntArray:
    """Return the position of the last of ``numbers`` up to each of ``wanted``, -1 if there is none; both in order."""
    found, place = np.empty(wanted.size, dtype=np.int64), -1
    for number in range(wanted.size):
        while place + 1 < numbers.size and numbers[place + 1] <= wanted[number]:
            place += 1
        found[number] = place
    return found


def is_one_of(codes: IntArray, wanted: Iterable[int], limit: int) -> BoolArray:
    """Tell which codes from 0 to below ``limit`` are one of ``wanted``; faster than ``np.isin`` by a table."""
    table = np.zeros(limit, dtype=np.bool_)
    table[list(wanted)] = True
    return table[codes]


def ratio(part: FloatArray, whole: FloatArray) -> FloatArray:
    """Return ``part / whole``, NaN where ``whole`` is zero."""
    result: FloatArray = np.full(part.shape, np.nan)
    np.divide(part, whole, out=result, where=whole > 0.0)
    return result


def texts(names: Sequence[str], sizes: Sequence[int] | int = 1) -> TextArray:
    """Return a column of texts, each ``sizes`` times, that many tables can share."""
    column = np.empty(len(names), dtype=np.object_)
    column[:] = names
    return shared(np.repeat(column, sizes))


def shared(column: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Let nobody write in a column that several tables share."""
    column.flags.writeable = False
    return column
