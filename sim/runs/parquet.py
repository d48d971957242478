"""Tables of one replication as Parquet files: written straight from the columns, each text once."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from pyarrow import parquet

from sim.runs.tasks import Table

if TYPE_CHECKING:
    import pandas as pd

MAGIC = b"PAR1"


def encoded(table: Table) -> bytes:
    """Return a table as the bytes of a Parquet file: the same bytes for the same table."""
    sink = pa.BufferOutputStream()
    parquet.write_table(_arrow(table), sink, write_statistics=False)
    content: bytes = sink.getvalue().to_pybytes()
    return content


def looks_whole(path: Path) -> bool:
    """Tell at a glance whether a file is a Parquet file with both ends."""
    try:
        with path.open("rb", buffering=0) as file:
            first = file.read(len(MAGIC))
            file.seek(-len(MAGIC), os.SEEK_END)
            return first == MAGIC == file.read(len(MAGIC))
    except OSError:
        return False


def plain(table: pa.Table) -> pa.Table:
    """Return a table whose texts are written out, without a dictionary."""
    return pa.table({name: _plain(table.column(name)) for name in table.column_names})


def write(table: Table, path: Path) -> None:
    """Write a table of columns, or a DataFrame without its index, as a Parquet file."""
    parquet.write_table(_arrow(table), path, write_statistics=False)


def read(path: Path) -> pa.Table:
    """Read a table; texts come as codes with a dictionary."""
    with parquet.ParquetFile(path) as file:
        return file.read(use_threads=False)


def to_frame(parts: list[pa.Table], first: dict[str, pa.Array]) -> pd.DataFrame:
    """Stack tables with the same columns into a DataFrame.

    Parameters
    ----------
    parts
        The tables, in order.
    first
        More columns to stand in front, for all rows of the stack.
    """
    # A column without any known value in one of the tables fits any type.
    stacked = pa.concat_tables(parts, promote_options="default")
    columns = {**first, **{name: stacked.column(name) for name in stacked.column_names}}
    frame: pd.DataFrame = pa.table({name: _plain(column) for name, column in columns.items()}).to_pandas()
    return frame


def _arrow(table: Table) -> pa.Table:
    if not isinstance(table, dict):
        return pa.Table.from_pandas(table, preserve_index=False)
    return pa.table({name: _encoded(column) for name, column in table.items()})


def _encoded(column: npt.NDArray[np.generic]) -> pa.Array:
    if column.dtype != np.object_:
        return pa.array(column)
    return pa.array(column, type=pa.string()).dictionary_encode()


def _plain(column: pa.Array | pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
    return column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column
