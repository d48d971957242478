"""Reads finished tasks, and remembers the few numbers that a stepwise search asks for again and again."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from sim.runs.points.store import PointStore

if TYPE_CHECKING:
    import pyarrow as pa

VALUES = "values"
REMEMBERED = 20_000
"""Tasks whose numbers are remembered; some kilobytes each."""


class PointReader:
    """Reads tables of finished tasks; texts are written out, so that a few rows do not hold a whole dictionary.

    Parameters
    ----------
    store
        Where they are.
    """

    def __init__(self, store: PointStore) -> None:
        self._store = store
        self.some_values = lru_cache(maxsize=REMEMBERED)(self._some_values)

    def table(self, digest: str, replication: int, name: str) -> pa.Table:
        """Return a table of a task."""
        return self._store.load(digest, replication, name)

    def values(self, digest: str, replication: int, levels: tuple[str, ...]) -> pa.Table:
        """Return the measures of a task at some levels."""
        table = self._store.load(digest, replication, VALUES)
        return _plain(_rows(table, "level", levels))

    def _some_values(
        self, digest: str, replication: int, measures: tuple[str, ...], levels: tuple[str, ...]
    ) -> pa.Table:
        """Return some measures of a task at some levels."""
        table = self._store.load(digest, replication, VALUES)
        return _plain(_rows(_rows(table, "level", levels), "measure", measures))


def _rows(table: pa.Table, column: str, wanted: tuple[str, ...]) -> pa.Table:
    import pyarrow as pa
    import pyarrow.compute as pc

    return table.filter(pc.is_in(table[column].cast(pa.string()), pa.array(wanted, pa.string())))


def _plain(table: pa.Table) -> pa.Table:
    from sim.runs.parquet import plain

    return plain(table)
