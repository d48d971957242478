"""What stands on disk: whole or not at all, and only used when it is of the same world."""

from __future__ import annotations

import errno
import os
import pickle
import shutil
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from fake_runs import scenario, tables

from sim.errors import InputError
from sim.runs import manifest
from sim.runs.digest import scenario_digest
from sim.runs.parquet import to_frame
from sim.runs.store import Store, check_name, replace_folder, write_text
from sim.runs.tasks import ROOT, Task

TASK = Task("a", 1)


def _store(folder: Path, digest: str = "one") -> Store:
    return Store(folder, {"a": digest})


def _saved(store: Store, table: str) -> pd.DataFrame:
    return to_frame([store.load(TASK, table)], {})


def test_what_was_saved_is_read_back(tmp_path: Path) -> None:
    store = _store(tmp_path)
    store.save(TASK, tables(0.1))
    assert store.has(TASK, ("values", "flows"))
    assert not store.has(TASK, ("events",))
    for name, table in tables(0.1).items():
        pd.testing.assert_frame_equal(_saved(store, name), pd.DataFrame(table))


def test_a_replication_of_other_settings_does_not_count(tmp_path: Path) -> None:
    _store(tmp_path).save(TASK, tables(1.0))
    assert not _store(tmp_path, "two").has(TASK)


def test_a_failed_save_leaves_nothing_and_spoils_nothing(tmp_path: Path) -> None:
    store = _store(tmp_path)
    broken = {**tables(2.0), "zzz": "not a table"}
    with pytest.raises(AttributeError):
        store.save(TASK, broken)  # type: ignore[arg-type]
    assert not store.has(TASK)
    assert list(tmp_path.rglob("*.parquet")) == []
    store.save(TASK, tables(1.0))
    with pytest.raises(AttributeError):
        store.save(TASK, broken)  # type: ignore[arg-type]
    pd.testing.assert_frame_equal(_saved(store, "values"), pd.DataFrame(tables(1.0)["values"]))


def test_a_folder_is_replaced_as_a_whole(tmp_path: Path) -> None:
    target = tmp_path / "tables"
    replace_folder(target, lambda folder: (folder / "old").touch())
    replace_folder(target, lambda folder: (folder / "new").touch())
    assert [path.name for path in target.iterdir()] == ["new"]
    assert [path.name for path in tmp_path.iterdir()] == ["tables"]


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="finds the name of an open file by /proc")
def test_tables_are_on_the_disk_before_they_are_put_in_their_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    replace, sync = Path.replace, os.fsync

    def replaced(old: Path, new: Path) -> Path:
        told.append("replaced")
        return replace(old, new)

    def synced(handle: int) -> None:
        told.append(Path(f"/proc/self/fd/{handle}").readlink().name)
        sync(handle)

    monkeypatch.setattr(Path, "replace", replaced)
    monkeypatch.setattr(os, "fsync", synced)
    _store(tmp_path).save(TASK, {"values": tables(1.0)["values"]})
    moved = told.index("replaced")
    made, written, (new,) = told[: moved - 3], told[moved - 3 : moved - 1], told[moved - 1 : moved]
    assert made == ["replications", tmp_path.name]
    assert sorted(written) == ["digest", "values.parquet"]
    assert new.startswith(".0001-")
    assert told[moved + 1 :] == ["a"]


def test_tidying_removes_old_half_written_work_and_other_scenarios(tmp_path: Path) -> None:
    store = _store(tmp_path)
    store.save(TASK, tables(1.0))
    half, other = tmp_path / "replications/a/.0002-x", tmp_path / "replications/gone/0001"
    for folder in (half, other):
        folder.mkdir(parents=True)
    os.utime(half, (0, 0))
    store.tidy()
    assert not half.exists()
    assert not other.parent.exists()
    assert store.has(TASK)


def test_replications_that_all_scenarios_have_are_found(tmp_path: Path) -> None:
    store = Store(tmp_path, {"a": "one", "b": "two"})
    for task in (Task("a", 1), Task("a", 2), Task("b", 2), Task("b", 3)):
        store.save(task, tables(1.0))
    assert store.finished() == (2,)


@pytest.mark.parametrize("name", ["../up", "a/b", "", ".hidden", "a b"])
def test_a_name_that_cannot_be_a_folder_is_refused(name: str) -> None:
    with pytest.raises(InputError, match="scenario name"):
        check_name(name)


def test_equal_worlds_have_equal_digests_whatever_they_are_called() -> None:
    one = scenario("scenario=s1_before_2016")
    two = one.changed(**{"name": "other", "label.en": "Other"})
    assert scenario_digest(one, 1, ROOT) == scenario_digest(two, 1, ROOT)


def test_settings_and_seed_change_the_digest() -> None:
    one = scenario()
    digests = {
        scenario_digest(one, 1, ROOT),
        scenario_digest(one, 2, ROOT),
        scenario_digest(one.changed(**{"care.smw.gap_days": 15}), 1, ROOT),
    }
    assert len(digests) == 3


def test_the_files_of_the_region_change_the_digest(tmp_path: Path) -> None:
    one = scenario()
    folder = tmp_path / one.region.folder
    shutil.copytree(ROOT / one.region.folder, folder)
    before = scenario_digest(one, 1, tmp_path)
    assert before == scenario_digest(one, 1, ROOT)
    schools = folder / "schools.csv"
    schools.write_text(schools.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert scenario_digest(one, 1, tmp_path) != before


def test_the_content_of_an_own_table_changes_the_digest_and_its_path_does_not(tmp_path: Path) -> None:
    first, same = tmp_path / "first.csv", tmp_path / "same.csv"
    for path in (first, same):
        path.write_text("school,weight\na,1\n", encoding="utf-8")
    one = scenario().changed(**{"spreading.rule.po": "own_table", "spreading.table": str(first)})
    before = scenario_digest(one, 1, ROOT)
    assert scenario_digest(one.changed(**{"spreading.table": str(same)}), 1, ROOT) == before
    first.write_text("school,weight\na,2\n", encoding="utf-8")
    assert scenario_digest(one, 1, ROOT) != before


def test_a_table_that_no_rule_reads_does_not_change_the_digest(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("school,weight\na,1\n", encoding="utf-8")
    one = scenario()
    assert scenario_digest(one.changed(**{"spreading.table": str(path)}), 1, ROOT) == scenario_digest(one, 1, ROOT)


def test_the_present_lists_change_the_digest_by_their_content_and_not_by_their_path(tmp_path: Path) -> None:
    header = "place,state,number\n"
    first, same, other = (tmp_path / name for name in ("first.csv", "same.csv", "other.csv"))
    first.write_text(f"{header}vo-01,smw_wait,2\n", encoding="utf-8")
    same.write_text(first.read_text(encoding="utf-8"), encoding="utf-8")
    other.write_text(f"{header}vo-01,smw_wait,3\n", encoding="utf-8")
    settled = scenario()
    digests = [
        scenario_digest(settled.changed(**{"start.table": str(path)}), 1, ROOT) for path in (first, same, other)
    ]
    assert digests[0] == digests[1]
    assert len({*digests, scenario_digest(settled, 1, ROOT)}) == 3


def test_dated_changes_of_hours_change_the_digest_and_can_be_written_and_read(tmp_path: Path) -> None:
    ill = scenario("capacity=worker_ill")
    change = ill.capacity.changes[0]
    later = ill.changed(**{"capacity.changes": [{**change.model_dump(), "end": date(2017, 4, 3)}]})
    assert scenario_digest(ill, 1, ROOT) != scenario_digest(later, 1, ROOT)
    described = manifest.make({"ill": ill}, 1, "ill", "smw run", ROOT)
    described.save(tmp_path)
    assert manifest.read(tmp_path).scenarios() == {"ill": ill}
    assert manifest.read(tmp_path).scenarios()["ill"].capacity.changes[0].start == change.start
    assert pickle.loads(pickle.dumps(ill)) == ill


def test_a_disk_that_is_full_leaves_no_half_written_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_text(tmp_path / "manifest.json", "whole")

    def full(path: Path, content: bytes) -> None:
        path.write_bytes(content[:2])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("sim.runs.store.write_bytes", full)
    with pytest.raises(OSError, match="No space left"):
        write_text(tmp_path / "manifest.json", "another")
    assert [path.name for path in tmp_path.iterdir()] == ["manifest.json"]
    assert (tmp_path / "manifest.json").read_text(encoding="utf-8") == "whole"
