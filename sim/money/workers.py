"""Which worker serves which school."""

from __future__ import annotations

import numpy as np

from sim.region.region import FloatArray, IntArray

_ROUNDING = 1e-9


def assign_workers(weekly_hours: FloatArray, sector: IntArray, municipality: IntArray, most: float) -> IntArray:
    """Fill workers one after another with the schools of a sector, in order of municipality and then of the list.

    A worker serves one sector: PO works with parents and is hired, VO works with students and is partly employed by
    the school (Gooi en Vechtstreek, 2015).

    Parameters
    ----------
    weekly_hours
        Hours a school week by school, shape (s,).
    sector, municipality
        Sector and municipality index of each school, shape (s,).
    most
        Most hours a school week of one worker; a school with more than that has one worker all the same.

    Returns
    -------
    IntArray
        Worker index of each school, -1 for a school without hours, shape (s,).
    """
    worker = np.full(len(weekly_hours), -1, dtype=np.int64)
    current, load, last_sector = -1, 0.0, -1
    for school in np.lexsort((municipality, sector)):
        hours = float(weekly_hours[school])
        if hours <= 0.0:
            continue
        if sector[school] != last_sector or load + hours > most + _ROUNDING:
            current, load, last_sector = current + 1, 0.0, int(sector[school])
        load += hours
        worker[school] = current
    return worker
