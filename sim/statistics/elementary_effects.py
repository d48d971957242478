"""Elementary effects (Morris): what one factor does when it moves alone, from many places in the space of all."""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.statistics.intervals import t_quantile
from sim.statistics.noise import variance_of_mean

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

# Two sums of the same terms in another order may differ by this part of their size; that is no effect.
ROUNDING = 1e-9
CHANCE = 0.05
FEWEST = 2


@dataclass(frozen=True)
class Effects:
    """What each factor does; every array has one entry a factor, in units of the output over the whole range.

    Of a choice it is what another option does: between options there is no distance.

    Attributes
    ----------
    mu_star, low, high
        Mean size of the effect, with a 95% t-interval over trajectories.
    mu
        Mean effect with its sign.
    sigma
        How much the effect differs from place to place (not a straight line, or an interaction), without what noise
        adds to it.
    noise
        Standard deviation that noise of replications leaves in one elementary effect; NaN with one replication.
    floor
        What ``mu_star`` would stay below in about 95 of 100 factors that do nothing, were there only noise; NaN with
        one replication.
    n, n_missing
        Elementary effects that count, and those left out since the output is unknown at one end.
    verdict
        ``effect`` (above the floor), ``cannot tell`` (not above it), ``none`` (exactly no effect anywhere) or
        ``unknown`` (fewer than two elementary effects, or one replication).
    """

    mu_star: FloatArray
    low: FloatArray
    high: FloatArray
    mu: FloatArray
    sigma: FloatArray
    noise: FloatArray
    floor: FloatArray
    n: IntArray
    n_missing: IntArray
    verdict: npt.NDArray[np.object_]


def elementary_effects(points: FloatArray, output: FloatArray, choices: BoolArray | None = None) -> Effects:
    """Analyse a Morris design whose outputs were simulated in several replications.

    Parameters
    ----------
    points
        Trajectories in the unit cube, shape (t * (k + 1), k): from each point to the next one factor moves.
    output
        Shape (t * (k + 1), r): r replications, the same ones at all points. An elementary effect of which an end is
        not finite in some replication is left out of everything.
    choices
        Which factors are a choice between options, shape (k,); none when left out. A step is another option, so its
        effect is not brought to the whole range.

    Notes
    -----
    Morris (1991), Technometrics 33:161; ``mu_star`` after Campolongo, Cariboni and Saltelli (2007), Environmental
    Modelling and Software 22:1509. The noise of an effect is taken from how much it differs between replications:
    differences between neighbours keep only the luck that the step itself changes. The floor is that of an F-test of
    the mean square of the effects against that noise, brought to the scale of ``mu_star`` by the ratio of mean size
    and root mean square of a normal variable.
    """
    effects = single_effects(points, output, choices)
    mean = effects.mean(axis=2)
    n = np.isfinite(mean).sum(axis=0)
    size = np.abs(mean)
    mu_star, mu = _mean(size), _mean(mean)
    half_width = t_quantile(n.astype(np.float64)) * np.sqrt(_variance(size) / np.maximum(n, 1))
    noise = _mean(variance_of_mean(effects))
    floor = _floor(noise, n, effects.shape[2])
    sigma = np.sqrt(np.maximum(_variance(mean) - np.nan_to_num(noise), 0.0))
    return Effects(
        mu_star=mu_star,
        low=np.maximum(mu_star - half_width, 0.0),
        high=mu_star + half_width,
        mu=mu,
        sigma=sigma,
        noise=np.sqrt(noise),
        floor=floor,
        n=n.astype(np.int64),
        n_missing=(len(mean) - n).astype(np.int64),
        verdict=_verdicts(mu_star, floor, n),
    )


def single_effects(points: FloatArray, output: FloatArray, choices: BoolArray | None = None) -> FloatArray:
    """Return every elementary effect, shape (trajectories, factors, replications); NaN where an end is unknown."""
    factors = points.shape[1]
    trajectories = len(points) // (factors + 1)
    steps = np.diff(points.reshape(trajectories, factors + 1, factors), axis=1)
    if choices is not None:
        steps = np.where(choices, np.sign(steps), steps)
    values = output.reshape(trajectories, factors + 1, -1)
    change = _without_rounding(values[:, :-1], values[:, 1:])
    which = np.abs(steps).argmax(axis=2)
    size = np.take_along_axis(steps, which[:, :, None], axis=2)
    effects = np.full(change.shape, np.nan)
    np.put_along_axis(effects, np.broadcast_to(which[:, :, None], change.shape), change / size, axis=1)
    return effects


def _without_rounding(before: FloatArray, after: FloatArray) -> FloatArray:
    change = np.where(np.isfinite(before) & np.isfinite(after), after - before, np.nan)
    tiny = np.abs(change) <= ROUNDING * np.maximum(np.abs(before), np.abs(after))
    return np.where(tiny, 0.0, change)


def _floor(noise: FloatArray, n: IntArray, replications: int) -> FloatArray:
    from scipy.stats import f

    if replications == 1:
        return np.full(noise.shape, np.nan)
    enough = n >= FEWEST
    counted = np.where(enough, n, FEWEST).astype(np.float64)
    ratio = f.ppf(1.0 - CHANCE, counted, counted * (replications - 1))
    return np.where(enough, np.sqrt(2.0 / np.pi * noise * ratio), np.nan)


def _verdicts(mu_star: FloatArray, floor: FloatArray, n: IntArray) -> npt.NDArray[np.object_]:
    said = np.full(mu_star.shape, "cannot tell", dtype=object)
    said[mu_star > floor] = "effect"
    said[~np.isfinite(floor)] = "unknown"
    said[mu_star == 0.0] = "none"
    said[n < FEWEST] = "unknown"
    return said


def _mean(values: FloatArray) -> FloatArray:
    """Return means of the finite values along the first axis; NaN without any."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        return np.asarray(np.nanmean(values, axis=0), dtype=np.float64)


def _variance(values: FloatArray) -> FloatArray:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        return np.asarray(np.nanvar(values, axis=0, ddof=1), dtype=np.float64)
