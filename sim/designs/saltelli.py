"""Points for Sobol indices: two independent samples, and between them one in which a single factor was exchanged."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sim.designs.salib import require_salib
from sim.designs.samples import generator_of
from sim.errors import InputError

FloatArray = npt.NDArray[np.float64]

PURPOSE = "Saltelli's sample"


def unit_saltelli(dimensions: int, samples: int, seed: int) -> FloatArray:
    """Return Saltelli's sample: for each row of A the point itself, those with one factor from B, and that of B.

    Parameters
    ----------
    dimensions
        Number of factors.
    samples
        Rows of A and of B, a power of two.
    seed
        Seed of the experiment.

    Returns
    -------
    numpy.ndarray
        Places in [0, 1), shape (samples * (dimensions + 2), dimensions): blocks of ``dimensions + 2`` rows A, AB_1 to
        AB_k, B, on a scrambled Sobol sequence. Source: Saltelli et al. (2010), Computer Physics Communications
        181:259.

    Raises
    ------
    InputError
        If SALib is not installed, or ``samples`` is no power of two.
    """
    if samples < 1 or samples & (samples - 1):
        raise InputError(f"samples: found {samples}; allowed: a power of two, such as 64 or 128")
    require_salib("an analysis by Sobol indices")
    from SALib.sample import sobol

    names = [f"x{number}" for number in range(dimensions)]
    problem = {"num_vars": dimensions, "names": names, "bounds": [[0.0, 1.0]] * dimensions}
    points = sobol.sample(problem, samples, calc_second_order=False, seed=generator_of(seed, PURPOSE))
    return np.asarray(points, dtype=np.float64)
