"""All tables of a sweep by the names of their files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.questions.sweeping.effects import effects_table
from sim.questions.sweeping.frontiers import Frontier, frontier_table
from sim.questions.sweeping.sweep import Sweep
from sim.questions.sweeping.tables import failed_table, tidy_table, wide_table

if TYPE_CHECKING:
    import pandas as pd


def tables_of(sweep: Sweep, found: list[Frontier]) -> dict[str, pd.DataFrame]:
    """Return the tidy table, the wide one, the frontiers, what each key does by itself, and points that cannot run.

    Tables without rows are left out.

    Parameters
    ----------
    sweep
        What was run.
    found
        Its frontiers.
    """
    effects = effects_table(sweep)
    tables = {
        "sweep": tidy_table(sweep),
        "points": wide_table(sweep),
        "frontier": frontier_table(sweep, found),
        "failed_points": failed_table(sweep),
    }
    if effects is not None:
        tables["effects"] = effects
    return {name: table for name, table in tables.items() if len(table)}
