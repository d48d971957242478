"""Which of several intervals between 0 and 1 a uniform falls in, where the intervals differ between rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.cases.draws import FloatArray, IntArray

CELLS = 256


def bounds_of(shares: FloatArray) -> FloatArray:
    """Return the inner bounds of shares that are laid end to end, shape (..., k) to (..., k - 1)."""
    bounds: FloatArray = np.cumsum(shares, axis=-1)[..., :-1]
    return bounds


@dataclass(frozen=True)
class Lookup:
    """A search by table (Chen and Asau 1974, AIIE Transactions 6:163): a coarse cell first, then step by step.

    Attributes
    ----------
    bounds
        Inner bounds of the intervals of all rows after each other; each row ends with one that nothing reaches.
    guide
        For each row and each of ``CELLS`` equal cells the place of the first bound above its lower edge.
    first
        Place of the first bound of each row.
    """

    bounds: FloatArray
    guide: IntArray
    first: IntArray

    @classmethod
    def of(cls, rows: Sequence[FloatArray]) -> Lookup:
        """Make the table.

        Parameters
        ----------
        rows
            Inner bounds of each row in order, each of shape (intervals - 1,).
        """
        edges = np.arange(CELLS) / CELLS
        first = np.cumsum([0, *(row.size + 1 for row in rows)])
        guides = [begin + row.searchsorted(edges, "right") for begin, row in zip(first[:-1], rows, strict=True)]
        return cls(
            bounds=np.concatenate([np.append(row, np.inf) for row in rows]),
            guide=np.concatenate(guides).astype(np.int32),
            first=first[:-1].astype(np.int32),
        )

    def find(self, uniform: FloatArray, row: npt.NDArray[np.integer] | None = None) -> IntArray:
        """Return the number of bounds that each uniform has reached, by binary search in its row, but faster.

        Parameters
        ----------
        uniform
            Uniforms in [0, 1), shape (n,).
        row
            Row of the bounds that each uniform is held against, shape (n,); None for the first.
        """
        # The number of cells is a power of 2, so no rounding takes a uniform into another cell.
        cell = (uniform * CELLS).astype(np.intp)
        if row is not None:
            cell += row.astype(np.intp) * CELLS
        at: IntArray = self.guide.take(cell)
        above = np.flatnonzero(uniform >= self.bounds.take(at))
        while above.size:
            at[above] += 1
            above = above[uniform[above] >= self.bounds.take(at[above])]
        if row is not None:
            at -= self.first.take(row)
        return at
