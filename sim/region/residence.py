"""Where students live: in the municipality of their school, elsewhere in the area around it, or beyond that."""

from __future__ import annotations

import numpy as np

from sim.region.region import FloatArray, IntArray


def residence_shares(
    own_share: FloatArray, beyond_share: FloatArray, municipality: IntArray, area: IntArray, weight: FloatArray
) -> FloatArray:
    """Share of each school's students that lives in each municipality.

    Students live in the municipality of the school, in the other municipalities of its area, or beyond the area;
    within each of the last two in proportion to the weights.

    Parameters
    ----------
    own_share
        Share that lives in the municipality of the school, shape (s,).
    beyond_share
        Share that lives outside the area of the school, shape (s,).
    municipality
        Municipality index of the school, shape (s,).
    area
        Number of the area of each municipality, shape (m,).
    weight
        Weight of each municipality as a place to live, shape (m,).

    Returns
    -------
    FloatArray
        Shares, shape (s, m), rows adding up to 1. Where nobody lives beyond the area, that share goes to the other
        municipalities of the area; where nobody lives there either, all live in the municipality of the school.
    """
    school = np.arange(len(municipality))
    same_area = area[np.newaxis, :] == area[municipality][:, np.newaxis]
    near = np.where(same_area, weight, 0.0)
    near[school, municipality] = 0.0
    far = np.where(same_area, 0.0, weight)
    in_area, beyond = near.sum(axis=1), far.sum(axis=1)
    beyond_share = np.where(beyond > 0.0, beyond_share, 0.0)
    own = np.where(in_area > 0.0, own_share, 1.0 - beyond_share)
    shares = near * _each((1.0 - own - beyond_share), in_area) + far * _each(beyond_share, beyond)
    shares[school, municipality] = own
    return shares


def _each(share: FloatArray, total: FloatArray) -> FloatArray:
    """Return the share per unit of weight, as a column; 0 where there is no weight."""
    each: FloatArray = (share / np.where(total > 0.0, total, 1.0))[:, np.newaxis]
    return each
