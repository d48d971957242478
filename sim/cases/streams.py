"""Random streams: numbers for every (seed, replication, purpose, unit), independent of any order.

A seed, a replication and a purpose give one generator (``SeedSequence``, PCG64DXSM). Every unit begins at a place of
its own in it: as many jumps from the start as the checksum of the unit's name says, each jump the odd number nearest
to the period over the golden ratio, as in ``PCG64DXSM.jumped``. Of up to 2**32 such places no two are closer together
than 2**94 numbers (multiples of the golden ratio keep apart, Hurwitz 1891), so units share no numbers. Going to a
place costs two microseconds, a fifth of seeding a generator anew.
"""

from __future__ import annotations

from enum import IntEnum
from zlib import crc32

import numpy as np

PERIOD = 2**128
JUMP = 0x9E3779B97F4A7C15F39CC0605CEDC835


class Purpose(IntEnum):
    """What a stream is used for; the numbers are part of every result and never reused, so some are missing."""

    STUDENT = 1
    PHASE = 6
    BACKGROUND_ARRIVAL = 7
    STUDENT_UNIFORM = 15
    EPISODE_UNIFORM = 16
    CASE_EXPONENTIAL = 17
    CASE_CHOICE = 18
    SERVICE_NORMAL = 19
    SERVICE_EXPONENTIAL = 20
    BACKGROUND_EPISODE_UNIFORM = 21
    BACKGROUND_CASE_EXPONENTIAL = 22
    BACKGROUND_CASE_CHOICE = 23
    BACKGROUND_SERVICE_NORMAL = 24
    BACKGROUND_SERVICE_EXPONENTIAL = 25
    PRESENT_CASE = 26
    PRESENT_STUDENT = 27


class Streams:
    """The streams of all units for one purpose.

    Parameters
    ----------
    seed
        Seed of the study.
    replication
        Number of the replication, from 0.
    purpose
        What the numbers are for.
    """

    def __init__(self, seed: int, replication: int, purpose: Purpose) -> None:
        self._bits = np.random.PCG64DXSM(np.random.SeedSequence(seed, spawn_key=(replication, int(purpose))))
        self._begin = self._bits.state
        self._generator = np.random.Generator(self._bits)

    def at(self, place: int) -> np.random.Generator:
        """Return the generator at the beginning of a unit's stream; it serves until the next call."""
        self._bits.state = self._begin
        self._bits.advance(place)
        return self._generator


def place_of(unit: str) -> int:
    """Return the place at which the streams of a unit begin.

    It follows from the unit's name, not from its position, so a school keeps its luck when others are added.

    Parameters
    ----------
    unit
        Name of the unit, such as a school id.
    """
    return crc32(unit.encode()) * JUMP % PERIOD


def stream(seed: int, replication: int, purpose: Purpose, unit: str) -> np.random.Generator:
    """Return the generator of one purpose and one unit (a school or a group of background people).

    Parameters
    ----------
    seed
        Seed of the study.
    replication
        Number of the replication, from 0.
    purpose
        What the numbers are for.
    unit
        Name of the unit.
    """
    return Streams(seed, replication, purpose).at(place_of(unit))
