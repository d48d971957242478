"""The worlds of a study, each built once and shared by all threads of a process."""

from __future__ import annotations

from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from sim.scenario import Scenario

if TYPE_CHECKING:
    from sim.world import World


class Worlds:
    """Worlds by the name of their scenario; another process builds its own."""

    def __init__(self) -> None:
        self._built: dict[str, World] = {}
        self._lock = Lock()

    def get(self, name: str, scenario: Scenario, root: Path) -> World:
        """Return the world of a scenario, whose region's folder is relative to ``root``."""
        from sim.region.reader import read_region
        from sim.world import build_world

        with self._lock:
            if name not in self._built:
                self._built[name] = build_world(scenario, read_region(scenario, root))
            return self._built[name]

    def __reduce__(self) -> tuple[type[Worlds], tuple[()]]:
        """Arrive in another process without worlds."""
        return Worlds, ()
