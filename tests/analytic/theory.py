"""Closed forms of queueing theory that the stations of the care chain must reproduce.

Rates are per unit of time, in any unit. Textbook notation: ``arrivals`` is lambda, ``service`` is mu, ``patience``
is theta, ``servers`` is c.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]


def erlang_c(arrivals: float, service: float, servers: int) -> float:
    """Return the probability of having to wait in M/M/c (Erlang 1917; Gross et al. 2008, section 2.4)."""
    load = arrivals / service
    blocked = 1.0
    for number in range(1, servers + 1):
        blocked = load * blocked / (number + load * blocked)
    occupation = load / servers
    return blocked / (1.0 - occupation * (1.0 - blocked))


def mean_wait(arrivals: float, service: float, servers: int = 1) -> float:
    """Return the mean time in the queue of M/M/c: Erlang C over the spare capacity."""
    return erlang_c(arrivals, service, servers) / (servers * service - arrivals)


def number_distribution(arrivals: float, service: float, servers: int, patience: float = 0.0) -> FloatArray:
    """Return the stationary distribution of the number in M/M/c+M, cut off where nothing is left.

    Birth-death balance (Palm 1957; Garnett, Mandelbaum and Reiman 2002, M&SOM 4:208): births at ``arrivals``, deaths
    at ``min(n, c) service + max(n - c, 0) patience``. Without patience it is M/M/c.
    """
    weights = [1.0]
    while weights[-1] > 1e-16 * sum(weights) or len(weights) <= servers:
        number = len(weights)
        deaths = min(number, servers) * service + max(number - servers, 0) * patience
        weights.append(weights[-1] * arrivals / deaths)
    distribution: FloatArray = np.array(weights) / sum(weights)
    return distribution


def mean_number(arrivals: float, service: float, servers: int, patience: float = 0.0) -> float:
    """Return the mean number in the system of M/M/c+M."""
    distribution = number_distribution(arrivals, service, servers, patience)
    return float(distribution @ np.arange(distribution.size))


def mean_wait_with_patience(arrivals: float, service: float, servers: int, patience: float) -> float:
    """Return the mean time in the queue of everyone who comes to M/M/c+M, those who leave it included."""
    distribution = number_distribution(arrivals, service, servers, patience)
    queue = np.maximum(np.arange(distribution.size) - servers, 0)
    return float(distribution @ queue) / arrivals


def abandonment(arrivals: float, service: float, servers: int, patience: float) -> float:
    """Return the share that leaves the queue of M/M/c+M: leaving at ``patience`` each, over arrivals."""
    return patience * mean_wait_with_patience(arrivals, service, servers, patience)


def priority_waits(arrivals: tuple[float, ...], service: float) -> tuple[float, ...]:
    """Return mean times in the queue of a non-preemptive priority M/M/1, most urgent class first (Cobham 1954).

    One exponential service rate for all classes.
    """
    residual = sum(arrivals) / service**2
    waits = []
    before = 0.0
    for rate in arrivals:
        upto = before + rate / service
        waits.append(residual / ((1.0 - before) * (1.0 - upto)))
        before = upto
    return tuple(waits)


def mean_wait_general_service(arrivals: float, mean: float, cv: float) -> float:
    """Return the mean time in the queue of M/G/1 (Pollaczek 1930, Khinchine 1932)."""
    second_moment = mean**2 * (1.0 + cv**2)
    return arrivals * second_moment / (2.0 * (1.0 - arrivals * mean))


def mean_wait_weekly_slot(arrivals: float) -> float:
    """Return the mean wait, in intervals, for one slot an interval of which an unused one is kept for the next.

    Arrivals are Poisson, ``arrivals`` an interval. With Z the number waiting after a slot, less the slots kept, plus
    one: Z' = max(Z + A - 1, 0), whose mean is ``arrivals**2 / (2 (1 - arrivals))`` (the discrete-time queue of Bailey
    1954, J. R. Stat. Soc. B 16:80, with slots of size one), and whose drift vanishes, so that
    P(Z + A = 0) = 1 - arrivals and P(Z = 0) = (1 - arrivals) exp(arrivals). The number waiting is max(Z - 1, 0), with
    mean E Z - 1 + P(Z = 0). Little's law, and half an interval before the first slot, give the wait.
    """
    shifted = arrivals**2 / (2.0 * (1.0 - arrivals))
    none_left = (1.0 - arrivals) * math.exp(arrivals)
    return (shifted - 1.0 + none_left) / arrivals + 0.5


def seasonal_number(times: FloatArray, arrivals: float, swing: float, pulse: float, service: float) -> FloatArray:
    """Return the mean number in M_t/M/infinity when arrivals are ``arrivals (1 + swing sin(pulse t))``.

    Long after the start (Eick, Massey and Whitt 1993, Management Science 39:241).
    """
    lag = pulse / service
    wave = np.sin(pulse * times) - lag * np.cos(pulse * times)
    return (arrivals / service) * (1.0 + swing * wave / (1.0 + lag**2))
