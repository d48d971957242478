"""Which worker serves which school."""

from __future__ import annotations

import numpy as np

from sim.money.grants import BoolArray
from sim.region.region import FloatArray, IntArray

_ROUNDING = 1e-9


def assign_workers(
    weekly_hours: FloatArray, sector: IntArray, municipality: IntArray, most: float, pooled: BoolArray
) -> IntArray:
    """Fill workers one after another with the schools of a sector, in order of municipality and then of the list.

    A worker serves one sector: PO works with parents and is hired, VO works with students and is partly employed by
    the school (Gooi en Vechtstreek, 2015). A school with more hours than one worker has gets a team to itself.

    Parameters
    ----------
    weekly_hours
        Hours a school week by school, shape (s,).
    sector, municipality
        Sector and municipality index of each school, shape (s,).
    most
        Most hours a school week of one worker.
    pooled
        Whether one team serves all schools of the sector of each school, shape (s,).

    Returns
    -------
    IntArray
        Index of the worker, or of the team, of each school, -1 for a school without hours, shape (s,).
    """
    worker = np.full(len(weekly_hours), -1, dtype=np.int64)
    current, load, last_sector = -1, 0.0, -1
    for school in np.lexsort((municipality, sector)):
        hours = float(weekly_hours[school])
        if hours <= 0.0:
            continue
        is_full = load + hours > most + _ROUNDING and not pooled[school]
        if sector[school] != last_sector or is_full:
            current, load, last_sector = current + 1, 0.0, int(sector[school])
        load += hours
        worker[school] = current
    return worker


def workers_at(worker: IntArray, weekly_hours: FloatArray, most: float) -> FloatArray:
    """Return how many workers stand behind the index of each school: a team has its hours over those of one worker.

    Parameters
    ----------
    worker
        Index of the worker or team of each school, -1 for none, shape (s,).
    weekly_hours
        Hours a school week by school, shape (s,).
    most
        Most hours a school week of one worker.

    Returns
    -------
    FloatArray
        At least 1 and not a whole number for a team; 0 for a school without hours, shape (s,).
    """
    served = worker >= 0
    load = np.bincount(worker[served], weekly_hours[served], minlength=1)
    return np.where(served, np.maximum(load / most, 1.0)[worker], 0.0)
