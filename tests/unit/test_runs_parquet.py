"""Tables of a replication on disk: the same numbers and texts come back, and others can read the files."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from fake_runs import tables

from sim.measures.arrays import Columns, texts
from sim.runs.parquet import read, to_frame, write
from sim.runs.store import Store
from sim.runs.tables import collect
from sim.runs.tasks import Task

MIXED: Columns = {
    "name": texts(["é", "b", "é"]),
    "number": np.array([1, 2, 3]),
    "value": np.array([0.1, np.nan, -np.inf]),
    "yes": np.array([True, False, True]),
}


def test_columns_of_every_kind_come_back_to_the_last_bit(tmp_path: Path) -> None:
    write(MIXED, tmp_path / "mixed.parquet")
    back = to_frame([read(tmp_path / "mixed.parquet")], {})
    pd.testing.assert_frame_equal(back, pd.DataFrame(MIXED), check_exact=True)


def test_others_can_read_the_files(tmp_path: Path) -> None:
    write(MIXED, tmp_path / "mixed.parquet")
    shown = pd.read_parquet(tmp_path / "mixed.parquet")
    assert shown["name"].tolist() == ["é", "b", "é"]
    assert shown["value"].tolist()[0] == 0.1


def test_a_data_frame_is_written_without_its_index(tmp_path: Path) -> None:
    frame = pd.DataFrame({"resource_id": pd.array([1, None], dtype="Int32"), "pool": ["a", "b"]}, index=[5, 7])
    write(frame, tmp_path / "events.parquet")
    pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / "events.parquet"), frame.reset_index(drop=True))


def test_each_text_is_written_once(tmp_path: Path) -> None:
    long = "x" * 1000
    write({"name": texts([long] * 1000)}, tmp_path / "long.parquet")
    assert (tmp_path / "long.parquet").stat().st_size < 10_000
    assert pa.types.is_dictionary(read(tmp_path / "long.parquet").schema.field("name").type)


def test_a_table_without_rows_keeps_its_columns(tmp_path: Path) -> None:
    write({"name": texts([]), "value": np.empty(0)}, tmp_path / "empty.parquet")
    back = to_frame([read(tmp_path / "empty.parquet")], {})
    assert list(back.columns) == ["name", "value"]
    assert len(back) == 0


def test_tables_are_stacked_in_the_order_asked_for(tmp_path: Path) -> None:
    store = Store(tmp_path, {"a": "one", "b": "two"})
    for number, task in enumerate([Task("b", 2), Task("a", 2), Task("b", 1), Task("a", 1)]):
        store.save(task, tables(float(number)))
    found = collect(store, "values", ["b", "a"], (1, 2))
    expected = [
        pd.DataFrame({"scenario": task.scenario, "replication": task.replication, **tables(float(number))["values"]})
        for number, task in [(2, Task("b", 1)), (0, Task("b", 2)), (3, Task("a", 1)), (1, Task("a", 2))]
    ]
    pd.testing.assert_frame_equal(found, pd.concat(expected, ignore_index=True), check_exact=True)


@pytest.mark.parametrize(("scenarios", "replications"), [([], (1, 2)), (["a"], ())])
def test_nothing_to_stack_is_an_empty_table(
    tmp_path: Path, scenarios: list[str], replications: tuple[int, ...]
) -> None:
    found = collect(Store(tmp_path, {"a": "one"}), "values", scenarios, replications)
    assert found.empty
    assert list(found.columns) == ["scenario", "replication"]
