"""Memory of runs that are over, kept for the next: fetching as much anew from the system costs a tenth of a run."""

from __future__ import annotations

import threading
from collections.abc import Mapping

import numpy as np

from sim.compiled.layout import CACHE_LINE, Array

MOST_BYTES = 64 * 2**20
MOST_OF_A_KIND = 4


class Spare:
    """Blocks of memory by name; many threads may take and give at once, and each block has one owner."""

    def __init__(self) -> None:
        self._blocks: dict[str, list[Array]] = {}
        self._lock = threading.Lock()

    def take(self, name: str, number: int, dtype: np.dtype[np.void]) -> Array:
        """Return so many records with any contents, beginning where a line of the processor's cache begins."""
        size = number * dtype.itemsize
        with self._lock:
            blocks = self._blocks.get(name, [])
            fitting = next((place for place, block in enumerate(blocks) if block.size >= size + CACHE_LINE), None)
            block = None if fitting is None else blocks.pop(fitting)
        if block is None:
            block = np.empty(size + CACHE_LINE, dtype=np.uint8)
        skip = -block.ctypes.data % CACHE_LINE
        return block[skip : skip + size].view(dtype)

    def give(self, records: Mapping[str, Array]) -> None:
        """Take back records that nobody will use any more, if they are not too large to keep."""
        with self._lock:
            for name, array in records.items():
                block = _whole(array)
                blocks = self._blocks.setdefault(name, [])
                if block.nbytes <= MOST_BYTES and len(blocks) < MOST_OF_A_KIND:
                    blocks.append(block)


def _whole(array: Array) -> Array:
    """Return the block that an array is a part of."""
    while isinstance(array.base, np.ndarray):
        array = array.base
    return array.view(np.uint8)


SPARE = Spare()
