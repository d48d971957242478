"""What follows from a world alone, worked out once for each world and forgotten with it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar
from weakref import ref

from sim.world import World

T = TypeVar("T")


class PerWorld(Generic[T]):
    """A function of a world that keeps its answer as long as the world lives; many threads may call it at once.

    Worlds hold arrays and cannot be compared or hashed by their contents, so an answer belongs to one object. It must
    not hold the world itself, which would then live for ever.

    Parameters
    ----------
    make
        The function.
    """

    def __init__(self, make: Callable[[World], T]) -> None:
        self._make = make
        self._kept: dict[int, tuple[ref[World], T]] = {}
        self._lock = threading.Lock()

    def __call__(self, world: World) -> T:
        """Return the answer for a world."""
        key = id(world)
        with self._lock:
            found = self._kept.get(key)
            if found is None or found[0]() is not world:
                found = ref(world, lambda _: self._kept.pop(key, None)), self._make(world)
                self._kept[key] = found
        return found[1]
