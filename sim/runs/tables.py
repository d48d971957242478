"""From replications to the tables of a run."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sim.runs.store import Store, replace_folder
from sim.runs.tasks import Task

if TYPE_CHECKING:
    import pandas as pd

KEYS = {
    "weekly": ["scenario", "series", "sector", "week"],
    "curves": ["scenario", "curve", "sector", "day"],
    "flows": ["scenario", "source", "target"],
}


def collect(store: Store, table: str, scenarios: Sequence[str], replications: Sequence[int]) -> pd.DataFrame:
    """Stack one table of all replications, with columns ``scenario`` and ``replication`` in front.

    The order is that of ``scenarios`` and ``replications``, whichever was finished first.
    """
    import pandas as pd

    parts = []
    for scenario in scenarios:
        for replication in replications:
            part = store.load(Task(scenario, replication), table)
            part.insert(0, "scenario", scenario)
            part.insert(1, "replication", replication)
            parts.append(part)
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=["scenario", "replication"])


def mean_over_replications(table: pd.DataFrame, name: str, replications: int) -> pd.DataFrame:
    """Average a table over the replications.

    Parameters
    ----------
    table
        Table with a column ``replication`` and one column of numbers.
    name
        ``weekly``, ``curves`` or ``flows``.
    replications
        Number of replications; a flow that is absent from one of them counts as 0 there.
    """
    keys = KEYS[name]
    number = next(column for column in table.columns if column not in {*keys, "replication"})
    groups = table.groupby(keys, sort=False, observed=True)[number]
    # A share beyond the longest wait that was observed is unknown; leaving such replications out would bias the mean.
    known = replications if name == "curves" else 0
    means = groups.mean() if name == "weekly" else groups.sum(min_count=known) / replications
    return means.reset_index()


def write_tables(tables: dict[str, pd.DataFrame], folder: Path) -> None:
    """Write the tables as CSV files into ``folder``, all of them or none."""
    import pyarrow as pa
    from pyarrow import csv

    def fill(new: Path) -> None:
        for name, table in tables.items():
            csv.write_csv(pa.Table.from_pandas(table, preserve_index=False), new / f"{name}.csv")

    replace_folder(folder, fill)


def write_table(table: pd.DataFrame, path: Path) -> None:
    """Write one table as a CSV file, whole or not at all."""
    import pyarrow as pa
    from pyarrow import csv

    part = path.with_suffix(".part")
    csv.write_csv(pa.Table.from_pandas(table, preserve_index=False), part)
    part.replace(path)
