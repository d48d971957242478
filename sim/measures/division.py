"""Loops that find the units of cases and divide tallies over units, at several levels at once.

Both go by a table of the unit of each place, shape (levels, places), -1 where it does not count, and by which levels
have towns for places and not groups, as ``Origins`` numbers them.
"""

from __future__ import annotations

import numpy as np

from sim.compiling import compiled
from sim.measures.arrays import BoolArray, FloatArray, IntArray


@compiled()
def divide(
    unit_of: IntArray, of_town: BoolArray, by_group: FloatArray, by_town: FloatArray, units: int
) -> FloatArray:
    """Add up the numbers of a tally by unit, shape (units,)."""
    result = np.zeros(units)
    for level in range(of_town.size):
        number = by_town if of_town[level] else by_group
        for place in range(number.size):
            unit = unit_of[level, place]
            if unit >= 0:
                result[unit] += number[place]
    return result


@compiled()
def find_units(unit_of: IntArray, of_town: BoolArray, cases: IntArray, group: IntArray, town: IntArray) -> IntArray:
    """Return the unit of each of ``cases``, shape (levels, cases), from group and town of all cases."""
    units = np.empty((of_town.size, cases.size), dtype=np.int32)
    for level in range(of_town.size):
        place = town if of_town[level] else group
        for number in range(cases.size):
            units[level, number] = unit_of[level, place[cases[number]]]
    return units
