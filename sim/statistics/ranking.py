"""Which of several systems is best, with a stated confidence: the fully sequential procedure of Kim and Nelson.

Source: Kim and Nelson (2001), A fully sequential procedure for indifference-zone selection in simulation, ACM
Transactions on Modeling and Computer Simulation 11:251, with ``c = 1``. It allows common random numbers: what counts
is the variance of the differences between systems in the same replication.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

FEWEST = 2


@dataclass(frozen=True)
class Ranking:
    """Where the procedure stands after some replications.

    Attributes
    ----------
    best
        The system with the best mean of those that are left.
    left
        Systems that are left, in rising order.
    dropped_at
        Replications after which each system was dropped, 0 for those that are left, shape (systems,).
    replications
        Replications that were looked at.
    settled
        Whether the best is known with the stated confidence: one system is left, or those that are left can only
        differ by less than what matters.
    most
        Replications after which the procedure is settled at the latest.
    """

    best: int
    left: tuple[int, ...]
    dropped_at: IntArray
    replications: int
    settled: bool
    most: int


def kim_nelson(values: FloatArray, delta: float, confidence: float, first_stage: int, higher: bool) -> Ranking:
    """Drop systems that cannot be the best, replication by replication.

    With probability ``confidence`` at least, the system that is left is the best one or less than ``delta`` worse, if
    values are normally distributed and ``delta`` and ``first_stage`` were chosen beforehand.

    Parameters
    ----------
    values
        Values by system and replication, in the order of the replications; what was not done after a system was
        dropped may be NaN. Shape (systems, n).
    delta
        The smallest difference in means that matters, above 0.
    confidence
        Probability of a correct choice, from above 1 / systems to below 1.
    first_stage
        Replications from which variances are estimated before anything is dropped, at least 2.
    higher
        Whether higher values are better.

    Returns
    -------
    Ranking
        Where the procedure stands; ask for more replications of those that are left until it is settled.

    Raises
    ------
    ValueError
        If a setting is out of range, there are fewer than ``first_stage`` replications, or a value is missing that
        is needed.
    """
    systems, n = values.shape
    if not delta > 0.0 or first_stage < FEWEST or not 1.0 / max(systems, 2) < confidence < 1.0 or n < first_stage:
        raise ValueError(f"no ranking with delta {delta}, confidence {confidence}, {first_stage} of {n} replications")
    if not np.isfinite(values[:, :first_stage]).all():
        raise ValueError("a value of the first stage is missing")
    gains = values if higher else -values
    spread = elimination_spread(gains[:, :first_stage], confidence)
    return _sequence(gains, spread, delta, first_stage)


def elimination_spread(first: FloatArray, confidence: float) -> FloatArray:
    """Return h² S² for each pair of systems: the variance of their difference times a factor of the confidence.

    Parameters
    ----------
    first
        Values of the first stage, shape (systems, n0).
    confidence
        Probability of a correct choice.
    """
    systems, n0 = first.shape
    difference = first[:, np.newaxis, :] - first[np.newaxis, :, :]
    wrong = 2.0 * (1.0 - confidence) / max(systems - 1, 1)
    eta = 0.5 * (wrong ** (-2.0 / (n0 - 1)) - 1.0)
    spread: FloatArray = 2.0 * eta * (n0 - 1) * difference.var(axis=2, ddof=1)
    return spread


def _sequence(gains: FloatArray, spread: FloatArray, delta: float, first_stage: int) -> Ranking:
    systems, n = gains.shape
    left = np.ones(systems, dtype=np.bool_)
    dropped_at = np.zeros(systems, dtype=np.int64)
    settled, looked = False, first_stage
    for looked in range(first_stage, n + 1):
        means = np.where(left, gains[:, :looked].mean(axis=1), -np.inf)
        if not np.isfinite(means[left]).all():
            raise ValueError(f"a value of a system that is left is missing in the first {looked} replications")
        dropped = left & _beaten(means, spread, left, delta, looked)
        dropped_at[dropped] = looked
        left[dropped] = False
        settled = bool(left.sum() == 1 or (spread[np.ix_(left, left)] <= delta**2 * looked).all())
        if settled:
            break
    best = int(np.argmax(np.where(left, gains[:, :looked].mean(axis=1), -np.inf)))
    most = int(np.ceil(spread.max() / delta**2))
    return Ranking(best, tuple(np.flatnonzero(left).tolist()), dropped_at, looked, settled, max(most, first_stage))


def _beaten(means: FloatArray, spread: FloatArray, left: BoolArray, delta: float, n: int) -> BoolArray:
    """Tell which means fall so far below another that is left that they cannot be the best, shape (systems,)."""
    distance = np.maximum(delta / (2.0 * n) * (spread / delta**2 - n), 0.0)
    limit = np.where(left, means, -np.inf)[np.newaxis, :] - distance
    beaten: BoolArray = np.logical_or.reduce(means[:, np.newaxis] < limit, axis=1)
    return beaten
