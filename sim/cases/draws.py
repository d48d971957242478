"""The names of everything that is drawn for a case, and how unit durations are made."""

from __future__ import annotations

import math
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from sim.cases.table import FloatArray

CountArray = npt.NDArray[np.int64]


class Choice(IntEnum):
    """Columns of uniforms, one for each yes/no decision or choice in the life of a case."""

    DIRECT = 0
    PASS_ON = 1
    ROUTE = 2
    BALK = 3
    WITHOUT_SMW = 4
    HELP_BASE_CARE = 5
    HELP_SMW = 6
    HELP_EDUCATION = 7
    HELP_GATEWAY = 8
    HELP_YOUTH_CARE = 9
    REFER = 10
    ARRIVE = 11
    ONWARD = 12
    REPEAT = 13
    VEILIG_THUIS = 14
    ONSET_MARK = 15
    ABSENCE = 16
    LEERPLICHT = 17
    RMC = 18
    GGZ = 19


class Duration(IntEnum):
    """Columns of unit-mean durations."""

    BASE_CARE = 0
    EDUCATION_CARE = 1
    TRAVEL_TO_GATEWAY = 2
    VEILIG_THUIS = 3
    GATEWAY = 4
    YOUTH_CARE = 5
    YOUTH_CARE_AGAIN = 6
    UNTIL_REPEAT = 7
    GGZ = 8
    GGZ_AGAIN = 9
    LEERPLICHT = 10


def unit_service(normal: FloatArray, exponential: FloatArray, cv: float | None) -> FloatArray:
    """Return service times with mean 1.

    Parameters
    ----------
    normal, exponential
        Standard normal and standard exponential draws, shape (n,).
    cv
        Coefficient of variation of a lognormal distribution; None for exponential times, 0 for fixed ones.
    """
    if cv is None:
        return exponential
    sigma2 = math.log(1.0 + cv * cv)
    return np.exp(math.sqrt(sigma2) * normal - 0.5 * sigma2)


def unit_residual(normal: FloatArray, exponential: FloatArray, uniform: FloatArray, cv: float | None) -> FloatArray:
    """Return what is left, on day 0, of services that were going on (mean 1 when new).

    In a stationary process the running service is length-biased and day 0 falls uniformly inside it (Cox 1962,
    Renewal Theory, chapter 5). A length-biased lognormal is a lognormal whose log-mean is higher by its log-variance;
    a residual exponential is exponential.
    """
    if cv is None:
        return exponential
    sigma2 = math.log(1.0 + cv * cv)
    return uniform * np.exp(math.sqrt(sigma2) * normal + 0.5 * sigma2)


def poisson_inverse(uniform: FloatArray, mean: FloatArray) -> CountArray:
    """Return Poisson counts by inversion, so that each count uses exactly one uniform.

    Parameters
    ----------
    uniform
        Uniforms in [0, 1), shape (n,).
    mean
        Means, shape (n,).
    """
    count: CountArray = np.zeros(uniform.shape, dtype=np.int64)
    probability = np.exp(-mean)
    cumulative = probability.copy()
    above = uniform >= cumulative
    step = 0
    limit = 50 + 10 * int(mean.max(initial=0.0))
    while above.any() and step < limit:
        step += 1
        count[above] += 1
        probability = probability * mean / step
        cumulative = cumulative + probability
        above = uniform >= cumulative
    return count
