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
    import numpy as np
    import pandas as pd
    import pyarrow as pa

    from sim.runs.parquet import to_frame

    tasks = [Task(scenario, replication) for scenario in scenarios for replication in replications]
    if not tasks:
        return pd.DataFrame(columns=["scenario", "replication"])
    parts = [store.load(task, table) for task in tasks]
    rows = [part.num_rows for part in parts]
    code = np.repeat(np.repeat(np.arange(len(scenarios), dtype=np.int32), len(replications)), rows)
    replication = np.repeat([task.replication for task in tasks], rows)
    return to_frame(
        parts,
        {
            "scenario": pa.DictionaryArray.from_arrays(code, pa.array(scenarios)),
            "replication": pa.array(replication),
        },
    )


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
    import numpy as np

    from sim.statistics.intervals import number_groups

    keys = KEYS[name]
    number = next(column for column in table.columns if column not in {*keys, "replication"})
    group, means = number_groups(table, keys)
    values = table[number].to_numpy(dtype=np.float64)
    known = ~np.isnan(values)
    count = np.bincount(group[known], minlength=len(means))
    total = np.bincount(group[known], values[known], minlength=len(means))
    # A share beyond the longest wait that was observed is unknown; leaving such replications out would bias the mean.
    enough = count >= {"weekly": 1, "curves": replications, "flows": 0}[name]
    divisor = count if name == "weekly" else np.full(count.shape, replications)
    means[number] = np.divide(total, divisor, out=np.full(count.shape, np.nan), where=enough)
    return means


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
