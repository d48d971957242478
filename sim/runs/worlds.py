"""The worlds of a study, each built once and shared by all threads of a process."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from sim.scenario import Scenario

if TYPE_CHECKING:
    from sim.world import World


class Worlds:
    """Worlds by the name of their scenario; another process builds its own.

    Parameters
    ----------
    most
        Number of worlds to keep, the last that were used; all when None.
    """

    def __init__(self, most: int | None = None) -> None:
        self.most = most
        self._built: OrderedDict[str, World] = OrderedDict()
        self._lock = Lock()

    def get(self, name: str, scenario: Scenario, root: Path) -> World:
        """Return the world of a scenario, whose region's folder is relative to ``root``."""
        from sim.region.reader import read_region
        from sim.world import build_world

        with self._lock:
            if name not in self._built:
                self._built[name] = build_world(scenario, read_region(scenario, root))
            self._built.move_to_end(name)
            if self.most is not None and len(self._built) > self.most:
                self._built.popitem(last=False)
            return self._built[name]

    def __reduce__(self) -> tuple[type[Worlds], tuple[int | None]]:
        """Arrive in another process without worlds."""
        return Worlds, (self.most,)
