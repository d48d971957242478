"""The tidy tables of a sensitivity analysis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.designs.assumption import written
from sim.questions.sensitivity.study import Sensitivity

if TYPE_CHECKING:
    import pandas as pd


def tables_of(found: Sensitivity) -> dict[str, pd.DataFrame]:
    """Return all tables by name.

    Parameters
    ----------
    found
        The answer.

    Returns
    -------
    dict
        ``assumptions`` (what was varied: key, settings, own values, values at both ends, unit, grade, source),
        ``left_out``, ``worlds`` (points by stage, refused, scaled), ``screening``, ``ends`` and, where there is
        something to tell, ``indices``, ``variances``, ``deciding`` and ``signs``. What is counted in ``screening``
        and ``variances`` is named: moves, and blocks of the design.
    """
    tables = {
        "assumptions": _assumptions(found),
        "left_out": _left_out(found),
        "worlds": _worlds(found),
        "screening": found.screening.effects.rename(columns=_counted("moves")),
        "ends": found.ends,
    }
    if found.indices is not None:
        variances = found.indices.variances.rename(columns=_counted("blocks"))
        tables |= {"indices": found.indices.indices, "variances": variances}
    if found.deciding is not None and found.signs is not None:
        tables |= {"deciding": found.deciding, "signs": found.signs}
    return tables


def _counted(what: str) -> dict[str, str]:
    return {"n": what, "n_missing": f"{what}_missing"}


def _assumptions(found: Sensitivity) -> pd.DataFrame:
    import pandas as pd

    rank = {key: number for number, key in enumerate(found.ranked, start=1)}
    rows = [
        {
            "assumption": one.key,
            "rank": rank.get(one.key),
            "settings": " ".join(setting.key for setting in one.moved),
            "own": written(one.own),
            "low_end": written(one.ends_at(0.0)),
            "high_end": written(one.ends_at(1.0)),
            "unit": one.unit,
            "grade": one.grade,
            "source": one.sources,
        }
        for one in found.assumptions.varied
    ]
    return pd.DataFrame(rows).astype({"rank": "Int64"})


def _left_out(found: Sensitivity) -> pd.DataFrame:
    import pandas as pd

    rows = [(one.key, one.reason) for one in found.assumptions.left_out]
    return pd.DataFrame(rows, columns=["setting", "reason"])


def _worlds(found: Sensitivity) -> pd.DataFrame:
    """Return the points of each stage, and how many of them were refused or had shares scaled."""
    import pandas as pd

    rows = []
    for stage, points in found.worlds.points.items():
        rows.append((stage, "points", points))
        rows.append((stage, "refused", len(found.worlds.refused.get(stage, []))))
        rows += [(stage, f"scaled: {name}", times) for name, times in sorted(found.worlds.scaled[stage].items())]
    return pd.DataFrame(rows, columns=["stage", "what", "number"])
