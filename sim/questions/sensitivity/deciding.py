"""Which assumptions decide the answer: those that turn a difference round, or may make it vanish."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from sim.designs.assumption import Assumptions
from sim.questions.sensitivity.ends import BASE
from sim.questions.sensitivity.stages import EFFECT, Outputs, StandingOut, counted
from sim.questions.sensitivity.varied_worlds import DIFFERENCE

if TYPE_CHECKING:
    import pandas as pd

JUDGEMENT = "D"
TURNS, VANISHES, APPEARS, KEEPS, UNSURE = "turns", "may vanish", "may appear", "keeps", "cannot tell"
DECIDES = (TURNS, VANISHES, APPEARS)
OPPOSITE = ("more", "less")


def deciding(effects: pd.DataFrame, ends: pd.DataFrame, assumptions: Assumptions) -> pd.DataFrame:
    """Say of each assumption that does something to a difference what its ends do to it.

    Parameters
    ----------
    effects
        Table of the screening.
    ends
        Table of ``both_ends``.
    assumptions
        What was varied.

    Returns
    -------
    pandas.DataFrame
        Columns measure, assumption, grade, is_judgement (grade D), says, decides, as_it_is, as_it_is_verdict, and for
        the low and the high end the mean difference, its interval and verdict, and replications without one.

        ``says`` is ``turns`` (the ends, or an end and the scenarios as they are, lie on different sides of zero),
        ``may vanish`` (a difference that was there clearly changes, and cannot be told from zero at an end),
        ``may appear`` (one that could not be told from zero clearly changes, and can at an end), ``keeps`` (the same
        side of zero at both ends, or nothing to be told anywhere) or ``cannot tell`` (an end differs in this from the
        scenarios as they are, by no clear change). Only assumptions that were tried at both ends, and whose effect on
        that difference stands out from noise in the screening or at an end; in the order of the measures, then of the
        size of the effect.
    """
    import pandas as pd

    grades = {one.key: one.grade for one in assumptions.varied}
    found = {
        (str(row["measure"]), str(row["assumption"]), str(row["end"])): row
        for _, row in ends[ends["of"] == DIFFERENCE].iterrows()
    }
    mine = effects[effects["of"] == DIFFERENCE]
    rows = []
    for measure, assumption, seen in zip(mine["measure"], mine["assumption"], mine["verdict"], strict=True):
        if (measure, assumption, "low") not in found:
            continue
        base = found[measure, "", BASE]
        low, high = (found[measure, assumption, end] for end in ("low", "high"))
        if seen == EFFECT or low["change_verdict"] in OPPOSITE or high["change_verdict"] in OPPOSITE:
            says = _says(base, low, high)
            start = (measure, assumption, grades[assumption], grades[assumption] == JUDGEMENT, says, says in DECIDES)
            rows.append((*start, base["mean"], base["verdict"], *_end(low), *_end(high)))
    return pd.DataFrame(rows, columns=list(_COLUMNS))


SIDE = ("", "_from", "_to", "_verdict", "_missing")
"""What is told of an end: mean, interval, verdict, and replications without a value."""
_COLUMNS = (
    *("measure", "assumption", "grade", "is_judgement", "says", "decides", "as_it_is", "as_it_is_verdict"),
    *(f"at_{end}{side}" for end in ("low", "high") for side in SIDE),
)


def _end(row: pd.Series) -> tuple[object, ...]:
    return (row["mean"], row["low"], row["high"], row["verdict"], row["n_missing"])


def _says(base: pd.Series, *ends: pd.Series) -> str:
    sides = {str(row["verdict"]) for row in (base, *ends)}
    if sides.issuperset(OPPOSITE):
        return TURNS
    others = [row for row in ends if row["verdict"] != base["verdict"]]
    if not others:
        return KEEPS
    if not any(row["change_verdict"] in OPPOSITE for row in others):
        return UNSURE
    return VANISHES if base["verdict"] in OPPOSITE else APPEARS


def clear_changes(ends: pd.DataFrame) -> StandingOut:
    """Count the ends at which a difference is clearly another than with everything as it is, on all measures.

    Parameters
    ----------
    ends
        Table of ``both_ends``.
    """
    tried = ends[(ends["of"] == DIFFERENCE) & (ends["end"] != BASE)]
    # What changes in no replication, or is not known, cannot seem to change by chance.
    return counted(tried.loc[tried["change"].abs() > 0.0, "change_verdict"], OPPOSITE)


def signs(outputs: Outputs, paths: int) -> pd.DataFrame:
    """Count in how many of the sampled worlds each difference is above and below zero.

    Neighbours on a path differ in one assumption only: how much the paths differ says how rough the shares are.

    Parameters
    ----------
    outputs
        Outputs at the points of the screening: all assumptions anywhere in their ranges.
    paths
        How many paths (trajectories) those points make, one after the other and of equal length.

    Returns
    -------
    pandas.DataFrame
        Columns measure, points, paths, lower, higher, equal and unknown: shares of the points whose mean difference
        over replications is below zero, above it, exactly zero, or not known; and lower_least, lower_most,
        higher_least and higher_most: the least and the greatest share on one path.
    """
    import pandas as pd

    rows = []
    for (of, measure), values in outputs.items():
        if of == DIFFERENCE:
            mean = values.mean(axis=1)
            which = {"lower": mean < 0, "higher": mean > 0, "equal": mean == 0, "unknown": np.isnan(mean)}
            shares = {name: float(there.mean()) for name, there in which.items()}
            rows.append({"measure": measure, "points": len(mean), "paths": paths, **shares, **_by_path(which, paths)})
    return pd.DataFrame(rows)


def _by_path(which: Mapping[str, npt.NDArray[np.bool_]], paths: int) -> dict[str, float]:
    shares = {side: which[side].reshape(paths, -1).mean(axis=1) for side in ("lower", "higher")}
    return {
        f"{side}_{end}": float(found)
        for side, values in shares.items()
        for end, found in (("least", values.min()), ("most", values.max()))
    }
