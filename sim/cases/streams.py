"""Random streams: one generator for every (seed, replication, purpose, unit), independent of any order."""

from __future__ import annotations

from enum import IntEnum
from zlib import crc32

import numpy as np


class Purpose(IntEnum):
    """What a stream is used for; the numbers are part of every result and never reused."""

    STUDENT = 1
    EPISODE = 2
    COURSE = 3
    CHOICE = 4
    DURATION = 5
    PHASE = 6
    BACKGROUND_ARRIVAL = 7
    BACKGROUND_EPISODE = 8
    BACKGROUND_COURSE = 9
    BACKGROUND_CHOICE = 10
    BACKGROUND_DURATION = 11
    COUNT = 12
    AGE = 13
    PRESENT = 14


def stream(seed: int, replication: int, purpose: Purpose, unit: str) -> np.random.Generator:
    """Return the generator of one purpose and one unit (a school or a group of background people).

    The key holds the unit's name, not its position, so a school keeps its luck when others are added.

    Parameters
    ----------
    seed
        Seed of the study.
    replication
        Number of the replication, from 0.
    purpose
        What the numbers are for.
    unit
        Name of the unit, such as a school id.
    """
    key = np.random.SeedSequence(seed, spawn_key=(replication, int(purpose), crc32(unit.encode())))
    return np.random.Generator(np.random.PCG64DXSM(key))
