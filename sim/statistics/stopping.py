"""How many replications are enough: go on until the half-width is small, and stays small for a few more.

Source: Hoad, Robinson and Davies (2010), Journal of the Operational Research Society 61:1632.
"""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
from scipy.special import ndtri

from sim.statistics.intervals import CONFIDENCE, FloatArray, t_quantile
from sim.statistics.paired import ROUNDING, paired_values, totals

FEWEST = 3
LOOK_AHEAD = 5
_NORMAL = float(ndtri(0.5 + CONFIDENCE / 2.0))


def replications_needed(half_width: float, n: int, target: float) -> int:
    """Project how many replications in all give the wanted half-width, if the spread stays as it is.

    Parameters
    ----------
    half_width
        Half-width of the 95% interval now.
    n
        Replications now, at least 2.
    target
        Wanted half-width, above 0.

    Returns
    -------
    int
        The smallest number whose half-width is at most ``target``, not below 2.

    Raises
    ------
    ValueError
        If ``n`` is below 2, ``target`` is not above 0 or ``half_width`` is not a finite number from 0.
    """
    if n < 2 or not target > 0.0 or not 0.0 <= half_width < math.inf:
        raise ValueError(f"cannot project from half-width {half_width}, {n} replications and target {target}")
    spread = half_width * math.sqrt(n) / _factor(n)
    needed = max(2, math.ceil((_NORMAL * spread / target) ** 2 * (1.0 - ROUNDING)))
    # Student's t is above the normal quantile, so this is where the search begins, and never far off.
    while _factor(needed) * spread / math.sqrt(needed) > target * (1.0 + ROUNDING):
        needed += 1
    return needed


def _factor(n: int) -> float:
    return float(t_quantile(np.array([float(n)]))[0])


def more_replications(
    values: pd.DataFrame, reference: str, measure: str, target: float, look_ahead: int = LOOK_AHEAD
) -> int:
    """Tell how many more replications to do before looking again; 0 if there are enough.

    Enough is when the half-width of the paired difference of the measure in total is at most ``target`` in every
    scenario, and was so for the last ``look_ahead`` replications too (that many per hundred above 100 replications):
    a half-width that is small only once may be small by chance.

    Parameters
    ----------
    values, reference
        As for ``sim.statistics.paired.differences``; with the reference alone its own mean counts.
    measure
        Name of the measure.
    target
        Wanted half-width, above 0.
    look_ahead
        Replications for which it has to stay small; 0 stops at the first time.

    Returns
    -------
    int
        A projection from the spread so far. Where values are missing it is not known how many are enough: always 1.
    """
    series = paired_values(totals(values, measure), reference)
    n = min((len(differences) for differences in series.values()), default=0)
    if n < FEWEST:
        return FEWEST - n
    widths = np.max([running_half_widths(differences[:n]) for differences in series.values()], axis=0)
    if not math.isfinite(widths[-1]):
        return 1
    steady = _steady(widths, target)
    wanted = 1 + look_ahead * max(100, n) // 100
    if steady:
        return max(0, wanted - steady)
    return max(1, replications_needed(float(widths[-1]), n, target) - n)


def running_half_widths(values: FloatArray) -> FloatArray:
    """Return the half-width of the 95% interval after each value.

    Parameters
    ----------
    values
        Values in the order of the replications, shape (n,).

    Returns
    -------
    numpy.ndarray
        Half-widths, shape (n,); NaN for the first, and from the first missing value on.
    """
    n = np.arange(1.0, values.size + 1.0)
    centred = values - values[:1]
    squares = np.cumsum(centred**2) - np.cumsum(centred) ** 2 / n
    variance = np.maximum(squares, 0.0) / np.maximum(n - 1.0, 1.0)
    result: FloatArray = t_quantile(n) * np.sqrt(variance / n)
    return result


def _steady(widths: FloatArray, target: float) -> int:
    """Count for how many replications up to now the half-width has been small enough."""
    wide = np.flatnonzero(~(widths[FEWEST - 1 :] <= target))
    return widths.size - (FEWEST - 1) - (int(wide[-1]) + 1 if wide.size else 0)
