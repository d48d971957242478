"""What the points of a run came to, read from disk when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sim.runs.points.reader import PointReader
from sim.runs.tasks import Task
from sim.runs.workers import Failure
from sim.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa


@dataclass(frozen=True)
class PointRun:
    """Finished tasks of some points.

    Attributes
    ----------
    scenarios
        The points by name, in order.
    replications
        The finished replications of each point, in rising order.
    failures
        Tasks that could not be done, and why.
    """

    scenarios: Mapping[str, Scenario]
    replications: Mapping[str, tuple[int, ...]]
    failures: Mapping[Task, Failure]
    _reader: PointReader = field(repr=False)
    _digests: Mapping[str, str] = field(repr=False)

    def values(self, measures: Sequence[str] | None = None, levels: Sequence[str] = ("total",)) -> pd.DataFrame:
        """Return measures of every finished task.

        Parameters
        ----------
        measures
            Names of measures; all when None.
        levels
            Levels at which they are wanted, such as ``total`` or ``sector``.

        Returns
        -------
        pandas.DataFrame
            Columns scenario, replication, measure, level, unit and value.

        Raises
        ------
        InputError
            If the tables of a task were lost or damaged meanwhile.
        """
        if measures is None:
            return self._stacked(lambda digest, r: self._reader.values(digest, r, tuple(levels)))
        return self._stacked(lambda digest, r: self._reader.some_values(digest, r, tuple(measures), tuple(levels)))

    def table(self, name: str, only: int | None = None) -> pd.DataFrame:
        """Return a table of every finished task, with the columns scenario and replication in front.

        Parameters
        ----------
        name
            Name of the table, as the replicate made it.
        only
            The one replication that has it; every replication has it when None.

        Raises
        ------
        InputError
            If there is no such table, or the tables of a task were lost or damaged meanwhile.
        """
        return self._stacked(lambda digest, r: self._reader.table(digest, r, name), only)

    def _stacked(self, read: Callable[[str, int], pa.Table], only: int | None = None) -> pd.DataFrame:
        import numpy as np
        import pandas as pd
        import pyarrow as pa

        from sim.runs.parquet import to_frame

        finished = [(place, r) for place, done in enumerate(self.replications.values()) for r in done]
        tasks = [(place, r) for place, r in finished if only is None or r == only]
        if not tasks:
            return pd.DataFrame({"scenario": pd.Series(dtype="str"), "replication": pd.Series(dtype="int64")})
        digests = [self._digests[point] for point in self.replications]
        parts = [read(digests[place], replication) for place, replication in tasks]
        place, replication = np.repeat(np.array(tasks), [len(part) for part in parts], axis=0).T
        names = pa.DictionaryArray.from_arrays(pa.array(place.astype(np.int32)), pa.array(list(self.replications)))
        return to_frame(parts, {"scenario": names, "replication": pa.array(replication)})
