"""How much each mechanism contributes to what SMW changes outside school: Shapley values over all sets of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.questions.prevention.mechanisms import NAMES
from sim.questions.prevention.outside_counts import STUDENTS, USES, OutsideCounts, described
from sim.questions.prevention.points import pairs_of_all
from sim.statistics.intervals import FloatArray
from sim.statistics.shapley import interactions, number_of, shapley_values

if TYPE_CHECKING:
    import pandas as pd

STRUCTURE, TOTAL = "structure", "total"
SHARES = (*NAMES, STRUCTURE, TOTAL)


def changes_of_sets(counts: OutsideCounts, students: float) -> FloatArray:
    """Return the net change for students with every set of mechanisms on.

    Parameters
    ----------
    counts
        Numbers of the points of ``sim.questions.prevention.points.mechanism_points``.
    students
        Students of the region.

    Returns
    -------
    FloatArray
        With SMW less without, per 1,000 students a year, shape (replications, uses, sets).
    """
    rates = {point: counts.per_1000(point, students)[:, :, STUDENTS] for point in counts.numbers}
    return np.stack([rates[with_smw] - rates[without_smw] for with_smw, without_smw in pairs_of_all()], axis=-1)


def shapley_table(changes: FloatArray) -> pd.DataFrame:
    """Return what each mechanism contributes.

    Parameters
    ----------
    changes
        As ``changes_of_sets`` gives it.

    Returns
    -------
    pandas.DataFrame
        Place, what, mechanism, mean, low, high, verdict and n. Mechanisms are those of ``NAMES``, then ``structure``
        (what SMW changes with all of them off) and ``total`` (with all on); in every replication the total is the
        sum of the others.
    """
    nothing, everything = changes[..., :1], changes[..., -1:]
    shares = np.concatenate([shapley_values(changes), nothing, everything], axis=-1)
    return described(_keys(SHARES), _flat(shares))


def with_off(changes: FloatArray, mechanism: str) -> FloatArray:
    """Return the net changes if a mechanism did nothing when it is on; it then contributes exactly 0."""
    bit = number_of((mechanism,), NAMES)
    without: FloatArray = changes[..., np.arange(changes.shape[-1]) & ~bit]
    return without


def switches_table(changes: FloatArray) -> pd.DataFrame:
    """Return what SMW changes with one mechanism only, and with all but one.

    Returns
    -------
    pandas.DataFrame
        Place, what, mechanism, n, and for ``alone`` (only this one is on) and ``without`` (all but this one are on)
        the net change with its bounds, as in ``alone``, ``alone_low``, ``alone_high`` and ``alone_verdict``.
    """
    alone = [number_of((name,), NAMES) for name in NAMES]
    without = [number_of(set(NAMES) - {name}, NAMES) for name in NAMES]
    parts = {"alone": described(_keys(NAMES), _flat(changes[..., alone]))}
    parts["without"] = described(_keys(NAMES), _flat(changes[..., without]))
    table = parts["alone"][["place", "what", "mechanism", "n"]]
    for name, part in parts.items():
        columns = {"mean": name, **{column: f"{name}_{column}" for column in ("low", "high", "verdict")}}
        table = table.join(part[list(columns)].rename(columns=columns))
    return table


def interactions_table(changes: FloatArray) -> pd.DataFrame:
    """Return what pairs of mechanisms add together beyond what each of them adds.

    Returns
    -------
    pandas.DataFrame
        Place, what, first, second (mechanisms), mean, low, high, verdict and n.
    """
    pairs = [(one, other) for one in range(len(NAMES)) for other in range(one + 1, len(NAMES))]
    found = interactions(changes)
    samples = np.stack([found[..., one, other] for one, other in pairs], axis=-1)
    names = [(NAMES[one], NAMES[other]) for one, other in pairs]
    rows = [(place, what, first, second) for place, what in USES for first, second in names]
    keys = dict(zip(("place", "what", "first", "second"), map(list, zip(*rows, strict=True)), strict=True))
    return described(keys, _flat(samples))


def _keys(names: tuple[str, ...]) -> dict[str, list[str]]:
    rows = [(place, what, name) for place, what in USES for name in names]
    return {key: [row[column] for row in rows] for column, key in enumerate(("place", "what", "mechanism"))}


def _flat(samples: FloatArray) -> FloatArray:
    flat: FloatArray = samples.reshape(len(samples), -1)
    return flat
