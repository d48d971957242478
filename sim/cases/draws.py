"""The names of everything that is drawn for a case, and how counts and unit durations are made."""

from __future__ import annotations

import math
from enum import IntEnum

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int32]


class Episode(IntEnum):
    """Columns of uniforms for how a case begins."""

    ONSET = 0
    KIND = 1
    SEVERITY = 2
    STACKED = 3
    SAFETY = 4
    RESIDENCE = 5
    START = 6
    CONVERSATIONS = 7
    STUDY_ONLY = 8
    RECOVERED = 9
    PASSED = 10
    """How much has passed, on day 0, of the conversations or the service that the case is in."""


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
    """Columns of unit-mean durations: first those that are always exponential, from ``GATEWAY`` on services."""

    BASE_CARE = 0
    EDUCATION_CARE = 1
    TRAVEL_TO_GATEWAY = 2
    VEILIG_THUIS = 3
    UNTIL_REPEAT = 4
    LEERPLICHT = 5
    GATEWAY = 6
    YOUTH_CARE = 7
    YOUTH_CARE_AGAIN = 8
    GGZ = 9
    GGZ_AGAIN = 10


FIRST_SERVICE = Duration.GATEWAY


def lognormal_service(normal: FloatArray, cv: float) -> FloatArray:
    """Return service times with mean 1 and coefficient of variation ``cv`` for standard normals, shape (n,)."""
    sigma2 = math.log(1.0 + cv * cv)
    service: FloatArray = np.exp(math.sqrt(sigma2) * normal - 0.5 * sigma2)
    return service


def lognormal_residual(normal: FloatArray, uniform: FloatArray, cv: float) -> FloatArray:
    """Return what is left, on day 0, of services that were going on (mean 1 when new), shape (n,).

    In a stationary process the running service is length-biased and day 0 falls uniformly inside it (Cox 1962,
    Renewal Theory, chapter 5). A length-biased lognormal is a lognormal whose log-mean is higher by its log-variance.
    """
    sigma2 = math.log(1.0 + cv * cv)
    residual: FloatArray = uniform * np.exp(math.sqrt(sigma2) * normal + 0.5 * sigma2)
    return residual


def poisson_inverse(uniform: FloatArray, mean: FloatArray) -> IntArray:
    """Return Poisson counts by inversion, so that each count uses exactly one uniform.

    Parameters
    ----------
    uniform
        Uniforms in [0, 1), shape (n,).
    mean
        Means, shape (n,).
    """
    count: IntArray = np.zeros(uniform.shape, dtype=np.int32)
    none = np.exp(-mean)
    # Most means are small and most counts 0: only what is not settled yet is carried along.
    row = np.flatnonzero(uniform >= none)
    left, rate, probability = uniform[row], mean[row], none[row]
    cumulative, step = probability, 0
    while row.size:
        step += 1
        count[row] += 1
        probability = probability * rate / step
        cumulative = cumulative + probability
        # Rounding can leave the sum of all probabilities below a uniform close to 1.
        above = np.flatnonzero((left >= cumulative) & (step < 50.0 + 10.0 * rate))
        row, left, rate = row[above], left[above], rate[above]
        probability, cumulative = probability[above], cumulative[above]
    return count


def poisson_bounds(mean: float) -> FloatArray:
    """Return the cumulative probabilities of a Poisson distribution as long as they grow: bounds for a search.

    Parameters
    ----------
    mean
        The mean, 0 or more.
    """
    probability = float(np.exp(np.array([-mean]))[0])
    bounds = [probability]
    while len(bounds) <= mean or bounds[-1] + probability > bounds[-1]:
        probability = probability * mean / len(bounds)
        bounds.append(bounds[-1] + probability)
    return np.array(bounds)
