"""Case tables that several scenarios share: the same students and the same luck are drawn once.

What is drawn follows from the region, the calendar, the demand and a few settings of care, never from the policy. Two
worlds in which all of that is equal have the same case table in the same replication.
"""

from __future__ import annotations

import hashlib
import pickle
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from functools import reduce
from threading import Lock
from typing import Any

from sim.cases.draw import draw_cases
from sim.cases.per_world import PerWorld
from sim.cases.table import CaseTable
from sim.world import World

CARE_IN_DRAWS = ("smw.conversations_mean", "gateway.service_cv", "youth_care.service_cv", "ggz.service_cv")
"""Settings of care that shape the draws; ``draw_cases`` reads these, the demand, and nothing else of a scenario."""

WORLDS_KEPT = 8
"""Worlds to remember besides the tables; more of them differ in what is drawn only in a sweep over the demand."""


def digest_of_draws(world: World) -> str:
    """Return a digest of everything in a world that shapes its case tables: equal digest, equal tables."""
    scenario = world.scenario
    care = [reduce(getattr, key.split("."), scenario.care) for key in CARE_IN_DRAWS]
    settings = (scenario.demand.model_dump_json(), *map(repr, care))
    region = replace(world.region, own_weight=None)
    return hashlib.sha256(pickle.dumps((settings, region, world.calendar, world.horizon))).hexdigest()


@dataclass
class _Drawn:
    lock: Lock = field(default_factory=Lock)
    table: CaseTable | None = None


class SharedCases:
    """The last few case tables, each drawn once for all worlds that it fits; many threads may ask at once.

    Nobody may change a table: others are reading it.

    Parameters
    ----------
    kept
        How many tables to keep; 0 draws anew every time.
    """

    def __init__(self, kept: int) -> None:
        self._kept = kept
        self._digest = PerWorld(digest_of_draws)
        self._tables: OrderedDict[tuple[str, int, int], _Drawn] = OrderedDict()
        self._first: OrderedDict[str, World] = OrderedDict()
        self._lock = Lock()

    def draw(self, world: World, seed: int, replication: int) -> CaseTable:
        """Return the case table of a replication, as ``draw_cases`` does."""
        if self._kept == 0:
            return draw_cases(world, seed, replication)
        digest = self._digest(world)
        with self._lock:
            drawn = self._tables.setdefault((digest, seed, replication), _Drawn())
            # What drawing works out once for a world is then worked out once for all of them.
            first = self._first.setdefault(digest, world)
            self._first.move_to_end(digest)
            _drop_first(self._first, max(self._kept, WORLDS_KEPT))
            _drop_first(self._tables, self._kept)
        with drawn.lock:
            if drawn.table is None:
                drawn.table = draw_cases(first, seed, replication)
            return drawn.table

    def __reduce__(self) -> tuple[type[SharedCases], tuple[int]]:
        """Arrive in another process without tables."""
        return SharedCases, (self._kept,)


def _drop_first(items: OrderedDict[Any, Any], most: int) -> None:
    while len(items) > most:
        items.popitem(last=False)
