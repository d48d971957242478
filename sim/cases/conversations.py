"""How many conversations a case needs."""

from __future__ import annotations

import numpy as np

from sim.cases.draws import poisson_inverse
from sim.cases.table import FloatArray, IntArray


def needed_conversations(uniform: FloatArray, mean: float) -> IntArray:
    """Return the conversations needed: one, and a Poisson number more so that the mean holds.

    Parameters
    ----------
    uniform
        Uniforms in [0, 1), shape (n,).
    mean
        Mean number of conversations; below 1 it counts as 1.
    """
    more = poisson_inverse(uniform, np.full(uniform.shape, max(mean - 1.0, 0.0)))
    return (1 + more).astype(np.int32)
