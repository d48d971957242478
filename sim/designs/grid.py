"""A grid: every combination of the values of some factors."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

from sim.designs.design import Design, Point, name_of, unique
from sim.designs.factor import Levels
from sim.errors import InputError

MOST_POINTS = 100_000


def grid(factors: Sequence[Levels], most: int = MOST_POINTS) -> Design:
    """Return every combination; the last factor runs fastest.

    Parameters
    ----------
    factors
        One or more, each with a list of values.
    most
        The largest number of points.

    Raises
    ------
    InputError
        If there are more points.
    """
    count = math.prod(len(factor.values) for factor in factors)
    if count > most:
        raise InputError(f"the grid has {count:,} points; allowed: at most {most:,}")
    keys = [factor.key for factor in factors]
    rows = [dict(zip(keys, row, strict=True)) for row in itertools.product(*(factor.values for factor in factors))]
    names = unique(name_of(row) for row in rows)
    return Design("grid", tuple(keys), tuple(Point(name, row) for name, row in zip(names, rows, strict=True)))
