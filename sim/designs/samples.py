"""Points spread over the ranges of factors: Latin hypercube, Sobol sequence and Morris trajectories.

All are drawn in the unit cube and then put on the values of the factors. The numbers follow from a seed and the kind
of the design alone, not from the factors.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from zlib import crc32

import numpy as np
import numpy.typing as npt

from sim.designs.design import Design, Kind, Point, numbered
from sim.designs.factor import Factor
from sim.errors import InputError

FloatArray = npt.NDArray[np.float64]

MORRIS_LEVELS = 4
MORRIS_TRAJECTORIES = 10
POINTS = 64
MOST_DIMENSIONS = 1000


def generator_of(seed: int, purpose: str) -> np.random.Generator:
    """Return the random numbers of one purpose.

    Parameters
    ----------
    seed
        Seed of the experiment.
    purpose
        What they are for; another purpose has other numbers.
    """
    return np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(crc32(purpose.encode()),)))


def sample(kind: Kind, factors: Sequence[Factor], points: int | None, seed: int) -> Design:
    """Draw a design of some kind.

    Parameters
    ----------
    kind
        ``lhs``, ``sobol`` or ``morris``.
    factors
        What is varied.
    points
        How many points are asked for; a default when None. A Sobol design has the next power of two and a Morris
        design the next number of whole trajectories, each of which has one point more than there are factors.
    seed
        Seed of the experiment.

    Raises
    ------
    InputError
        If nothing is varied, or too much.
    """
    if not 1 <= len(factors) <= MOST_DIMENSIONS:
        raise InputError(f"design={kind}: found {len(factors)} factors; allowed: 1 to {MOST_DIMENSIONS}")
    dimensions = len(factors)
    if kind == "lhs":
        return _design(kind, factors, unit_latin_hypercube(dimensions, points or POINTS, seed))
    if kind == "sobol":
        return _design(kind, factors, unit_sobol(dimensions, points or POINTS, seed))
    trajectories = MORRIS_TRAJECTORIES if points is None else max(2, math.ceil(points / (dimensions + 1)))
    return _design("morris", factors, unit_morris(dimensions, trajectories, seed))


def unit_latin_hypercube(dimensions: int, points: int, seed: int) -> FloatArray:
    """Return a Latin hypercube: each of ``points`` equal parts of every dimension holds one point.

    Returns
    -------
    numpy.ndarray
        Places in [0, 1), shape (points, dimensions). Source: McKay, Beckman and Conover (1979), Technometrics 21:239.
    """
    from scipy.stats import qmc

    engine = qmc.LatinHypercube(d=dimensions, seed=generator_of(seed, "latin hypercube"))
    return np.asarray(engine.random(points), dtype=np.float64)


def unit_sobol(dimensions: int, points: int, seed: int) -> FloatArray:
    """Return the first points of a scrambled Sobol sequence: a power of two, ``points`` or the next above.

    Returns
    -------
    numpy.ndarray
        Places in [0, 1), shape (power of two, dimensions). Source: Owen (1998), Journal of Complexity 14:466.
    """
    from scipy.stats import qmc

    engine = qmc.Sobol(d=dimensions, seed=generator_of(seed, "Sobol sequence"))
    return np.asarray(engine.random_base2(max(0, math.ceil(math.log2(points)))), dtype=np.float64)


def unit_morris(dimensions: int, trajectories: int, seed: int) -> FloatArray:
    """Return Morris trajectories: from each point to the next one dimension moves, each once a trajectory.

    Returns
    -------
    numpy.ndarray
        Places at 0, 1/3, 2/3 and 1, shape (trajectories * (dimensions + 1), dimensions). Source: Morris (1991),
        Technometrics 33:161.

    Raises
    ------
    InputError
        If SALib is not installed.
    """
    try:
        from SALib.sample import morris
    except ImportError:
        raise InputError("design=morris needs SALib; install it with: pip install 'smw-sim[experiments]'") from None
    names = [f"x{number}" for number in range(dimensions)]
    problem = {"num_vars": dimensions, "names": names, "bounds": [[0.0, 1.0]] * dimensions}
    generator = generator_of(seed, "Morris trajectories")
    return np.asarray(
        morris.sample(problem, trajectories, num_levels=MORRIS_LEVELS, seed=generator), dtype=np.float64
    )


def _design(kind: Kind, factors: Sequence[Factor], places: FloatArray) -> Design:
    names = numbered(kind, len(places))
    rows = [
        {factor.key: factor.at(float(share)) for factor, share in zip(factors, row, strict=True)} for row in places
    ]
    keys = tuple(factor.key for factor in factors)
    return Design(kind, keys, tuple(Point(name, row) for name, row in zip(names, rows, strict=True)))
