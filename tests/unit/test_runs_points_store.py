"""Finished tasks on disk: whole or not at all, whatever happens to the disk, the power or another run."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from fake_points import FakePoints, called, points
from fake_runs import tables

from sim.errors import CannotGoOnError, InputError
from sim.runs import durable
from sim.runs.parquet import encoded, read
from sim.runs.points import PointRunner, PointSettings
from sim.runs.points import store as point_store
from sim.runs.points.store import PointStore

SERIAL = PointSettings(engine="simpy", workers=1)
DIGEST = "d" * 64
FILES = {name: encoded(table) for name, table in tables(1.5).items()}


@pytest.fixture
def store(tmp_path: Path) -> PointStore:
    return PointStore(tmp_path / "out", "fake")


def left_over(store: PointStore) -> list[Path]:
    return list(store.output.rglob(".*"))


def test_what_was_kept_is_read_back(store: PointStore) -> None:
    store.keep(DIGEST, 7, FILES)
    assert store.finished(DIGEST) == {7}
    assert store.finished("e" * 64) == set()
    assert store.load(DIGEST, 7, "values").to_pydict()["value"] == pytest.approx([1.5, 0.5, 1.5 / 7.0], rel=1e-15)
    assert left_over(store) == []


def test_the_same_table_gives_the_same_bytes() -> None:
    assert {name: encoded(table) for name, table in tables(1.5).items()} == FILES


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="finds the name of an open file by /proc")
def test_everything_is_on_the_disk_before_a_task_counts_as_finished(
    store: PointStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    rename, sync = Path.rename, os.fsync

    def renamed(old: Path, new: Path) -> Path:
        told.append("renamed")
        return rename(old, new)

    def synced(handle: int) -> None:
        told.append(Path(f"/proc/self/fd/{handle}").readlink().name)
        sync(handle)

    monkeypatch.setattr(Path, "rename", renamed)
    monkeypatch.setattr(durable.os, "fsync", synced)
    store.keep(DIGEST, 1, {"values": FILES["values"]})
    moved = told.index("renamed")
    assert told[moved - 2] == "values.parquet"
    assert told[moved - 1].startswith(".0001-")
    assert told[moved + 1 :] == [DIGEST[:32]]
    # The folders that had to be made: each is in the list of the one above it.
    assert told[: moved - 2] == ["fake", store.folder.parent.name, "tasks", "out", tmp_path.name]


def test_a_task_that_another_run_kept_first_is_left_alone(store: PointStore) -> None:
    store.keep(DIGEST, 1, FILES)
    before = store.place(DIGEST, 1).stat().st_mtime_ns
    store.keep(DIGEST, 1, FILES)
    assert store.place(DIGEST, 1).stat().st_mtime_ns == before
    assert left_over(store) == []


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(path.read_bytes()[:-20]),
        lambda path: path.write_bytes(bytes(path.stat().st_size)),
        lambda path: path.unlink(),
    ],
    ids=["empty", "cut off", "zeros", "gone"],
)
def test_a_damaged_task_counts_as_not_finished_and_is_done_again(
    tmp_path: Path, damage: Callable[[Path], object]
) -> None:
    fake = FakePoints(tmp_path / "calls")

    def run() -> list[float]:
        fake.forget()
        with PointRunner(tmp_path / "out", SERIAL, replicate=fake) as runner:
            values: list[float] = runner.run(points(1.0), 3).values()["value"].tolist()
            return values

    whole = run()
    for path in (tmp_path / "out").rglob("0002/*.parquet"):
        damage(path)
    assert run() == whole
    assert fake.calls() == called("a", [2])


def test_damage_that_shows_only_when_it_is_read_is_named_and_mended_by_the_same_command(tmp_path: Path) -> None:
    fake = FakePoints(tmp_path / "calls")
    with PointRunner(tmp_path / "out", SERIAL, replicate=fake) as runner:
        runner.run(points(1.0), 2)
    path = next((tmp_path / "out").rglob("0002/values.parquet"))
    content = path.read_bytes()
    path.write_bytes(content[:4] + bytes(len(content) - 8) + content[-4:])
    with (
        PointRunner(tmp_path / "out", SERIAL, replicate=fake) as runner,
        pytest.raises(InputError, match=r"0002: the results of this task were lost or damaged"),
    ):
        runner.run(points(1.0), 2).values()
    with PointRunner(tmp_path / "out", SERIAL, replicate=fake) as runner:
        assert len(runner.run(points(1.0), 2).values()) == 2
    assert path.read_bytes() == content


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_a_disk_that_takes_nothing_ends_the_run_with_nothing_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    written: list[Path] = []

    def full(path: Path, content: bytes) -> None:
        written.append(path)
        if len(written) > 6:
            path.write_bytes(content[: len(content) // 2])
            raise OSError(number, os.strerror(number), str(path))
        path.write_bytes(content)

    monkeypatch.setattr(point_store, "write_bytes", full)
    fake = FakePoints(tmp_path / "calls")
    with (
        PointRunner(tmp_path / "out", SERIAL, replicate=fake, strict=False) as runner,
        pytest.raises(CannotGoOnError, match=f"out: results cannot be kept: {os.strerror(number)}"),
    ):
        runner.run(points(1.0, 2.0), 3)
    assert fake.calls() == ["a 1", "b 1"]
    kept = list((tmp_path / "out").rglob("*.parquet"))
    assert len(kept) == 4
    assert all(read(path).num_rows > 0 for path in kept)
    assert list((tmp_path / "out").rglob(".0*")) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out").chmod(0o500)
    with (
        PointRunner(tmp_path / "out", SERIAL, replicate=FakePoints(tmp_path / "calls")) as runner,
        pytest.raises(CannotGoOnError, match="Permission denied"),
    ):
        runner.run(points(1.0), 1)


def test_what_an_interrupted_run_left_half_written_is_not_used_and_removed_later(store: PointStore) -> None:
    store.keep(DIGEST, 1, FILES)
    old, new = store.place(DIGEST, 2).with_name(".0002-old"), store.place(DIGEST, 2).with_name(".0002-new")
    for left in (old, new):
        shutil.copytree(store.place(DIGEST, 1), left)
    os.utime(old, (0.0, 0.0))
    assert store.finished(DIGEST) == {1}
    store.tidy()
    assert not old.exists()
    # Perhaps another run is at it.
    assert new.exists()
