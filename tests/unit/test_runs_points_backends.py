"""The same tables, byte for byte, whoever does the work; and a task that kills its worker is given up."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from fake_points import FakePoints, called, files, points

from sim.errors import InputError
from sim.runs.digest import source_digest
from sim.runs.points import PointRun, PointRunner, PointSettings, connection
from sim.runs.points.on_worker import packed, unpacked
from sim.runs.points.task import PointWork
from sim.runs.runner import MAX_TRIES
from sim.runs.tasks import ROOT, Task
from tests.dask_cluster import DaskCluster, dask_cluster

pytest.importorskip("distributed")

HERE = "SMW_TEST_OF_WORKERS"
FACTORS = (1.0, 2.0, 3.0)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DaskCluster]:
    with dask_cluster(tmp_path_factory.mktemp("dask"), workers=2) as started:
        yield started


@pytest.fixture
def fake(tmp_path: Path) -> FakePoints:
    return FakePoints(tmp_path / "calls")


def settings(backend: str, cluster: DaskCluster | None = None) -> PointSettings:
    changes = {
        "serial": {"workers": 1},
        "processes": {"workers": 2},
        "dask": {"backend": "dask", "scheduler": cluster and cluster.address},
    }
    return PointSettings.model_validate({"engine": "simpy", **changes[backend]})


def run(
    folder: Path, how: PointSettings, replicate: FakePoints, replications: int = 4, strict: bool = True
) -> PointRun:
    with PointRunner(folder, how, replicate=replicate, strict=strict) as runner:
        runner.run(points(*FACTORS), 1)
        return runner.run(points(*FACTORS), replications)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("serial")
    run(folder, settings("serial"), FakePoints(folder / "calls"))
    return folder


@pytest.mark.parametrize("backend", ["processes", "dask"])
def test_every_backend_makes_the_same_files_and_does_each_task_once(
    undisturbed: Path,
    tmp_path: Path,
    fake: FakePoints,
    cluster: DaskCluster,
    backend: str,
    capfd: pytest.CaptureFixture[str],
) -> None:
    found = run(tmp_path, settings(backend, cluster), fake)
    assert files(tmp_path) == files(undisturbed)
    assert fake.calls() == called("abc", (1, 2, 3, 4))
    assert found.replications == dict.fromkeys("abc", (1, 2, 3, 4))
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("backend", ["processes", "dask"])
def test_failures_are_the_same_with_every_backend(
    tmp_path: Path, fake: FakePoints, cluster: DaskCluster, backend: str
) -> None:
    bad = FakePoints(fake.log, raises=("b",), wrong=("c",))
    found = run(tmp_path, settings(backend, cluster), bad, replications=2, strict=False)
    assert {str(task): failure.reason for task, failure in sorted(found.failures.items())} == {
        "b, replication 1": "ZeroDivisionError: a mistake in the model",
        "b, replication 2": "ZeroDivisionError: a mistake in the model",
        "c, replication 1": "schools.csv, row 3: wrong",
        "c, replication 2": "schools.csv, row 3: wrong",
    }
    assert "fake_points.py" in found.failures[Task("b", 1)].details
    assert found.replications["a"] == (1, 2)


def test_wrong_input_on_a_worker_ends_a_strict_run(tmp_path: Path, fake: FakePoints, cluster: DaskCluster) -> None:
    bad = FakePoints(fake.log, wrong=("c",))
    with pytest.raises(InputError, match="row 3"):
        run(tmp_path, settings("dask", cluster), bad, replications=2)


def test_a_task_that_always_kills_its_process_is_given_up_and_the_others_are_done(
    tmp_path: Path, fake: FakePoints
) -> None:
    killer = FakePoints(fake.log, kills=("b",))
    found = run(tmp_path, settings("processes"), killer, replications=1)
    assert list(found.failures) == [Task("b", 1)]
    assert found.failures[Task("b", 1)].killed
    assert fake.calls().count("b 1") == MAX_TRIES
    assert found.replications == {"a": (1,), "b": (), "c": (1,)}


def test_results_arrive_on_disk_as_they_come_and_few_tasks_are_away_at_a_time(
    tmp_path: Path, fake: FakePoints, cluster: DaskCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sim.runs.points.flight import LEAST, Flight

    away: list[tuple[int, int]] = []
    send = Flight.send

    def watched(flight: Flight, tasks: list[object]) -> None:
        send(flight, tasks)  # type: ignore[arg-type]
        away.append((len(flight), len(list(tmp_path.rglob("values.parquet")))))

    monkeypatch.setattr(Flight, "send", watched)
    run(tmp_path, settings("dask", cluster), fake, replications=20)
    assert max(number for number, _ in away) == LEAST
    assert all(kept + LEAST >= 3 + 8 * i // 8 for i, (_, kept) in enumerate(away[1:]))
    assert away[-1][1] >= 60 - LEAST


def test_without_workers_it_waits_and_without_a_scheduler_it_ends_and_what_is_finished_is_kept(
    undisturbed: Path, tmp_path: Path, fake: FakePoints, capfd: pytest.CaptureFixture[str]
) -> None:
    slow = FakePoints(fake.log, slow=0.05)
    output = tmp_path / "out"
    with dask_cluster(tmp_path, workers=0) as lame, ThreadPoolExecutor(1) as pool:
        done = pool.submit(run, output, settings("dask", lame), slow, 200)
        said = ""
        while "no worker is connected" not in said and not done.done():
            time.sleep(0.05)
            said += capfd.readouterr().err
        lame.start_workers(1)
        while len(files(output)) < 20 and not done.done():
            time.sleep(0.05)
        lame.stop("scheduler")
        error = done.exception(timeout=120)
    assert isinstance(error, InputError)
    assert "does not answer any more" in str(error)
    assert (said + capfd.readouterr().err).count("no worker is connected") == 1
    kept = {path: content for path, content in files(output).items() if path in files(undisturbed)}
    assert kept
    fake.forget()
    run(output, settings("serial"), fake)
    assert len(fake.calls()) == 12 - len(kept) // 4
    assert {path: content for path, content in files(output).items() if path in files(undisturbed)} == files(
        undisturbed
    )


@pytest.mark.slow
def test_a_task_that_always_kills_its_dask_worker_is_given_up_and_the_others_are_done(
    undisturbed: Path, tmp_path: Path, fake: FakePoints, capfd: pytest.CaptureFixture[str]
) -> None:
    killer = FakePoints(fake.log, kills=("b",))
    with dask_cluster(tmp_path, workers=1) as cluster:
        found = run(tmp_path / "out", settings("dask", cluster), killer, replications=1)
    assert list(found.failures) == [Task("b", 1)]
    assert found.failures[Task("b", 1)].killed
    assert "4 workers of the cluster were killed" in found.failures[Task("b", 1)].reason
    assert found.replications == {"a": (1,), "b": (), "c": (1,)}
    assert "Traceback" not in capfd.readouterr().err


def test_an_address_without_a_scheduler_is_named(
    tmp_path: Path, fake: FakePoints, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(connection, "SECONDS_TO_CONNECT", 1)
    for address in ("tcp://127.0.0.1:9", "127.0.0.1:9", "nonsense://x", "no.such.host.invalid:1"):
        how = PointSettings(engine="simpy", backend="dask", scheduler=address)
        with pytest.raises(InputError, match=f"scheduler={address}: no Dask scheduler answers") as error:
            run(tmp_path, how, fake)
        assert "\n" not in str(error.value)
    assert capfd.readouterr().err == ""


def test_without_dask_it_says_what_to_install(
    tmp_path: Path, fake: FakePoints, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "find_spec", lambda name: None)
    with pytest.raises(InputError, match=r"not installed; install it with: pip install 'smw-sim\[dask\]'"):
        run(tmp_path, PointSettings(engine="simpy", backend="dask", scheduler="tcp://127.0.0.1:9"), fake)


def test_workers_with_another_source_of_the_model_are_refused(
    tmp_path: Path, fake: FakePoints, cluster: DaskCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(HERE, "1")
    monkeypatch.setattr(connection, "present", _other_source)
    with pytest.raises(
        InputError, match=r"the source of the model.*is [0-9a-f]{12} on worker tcp://.* and 1{12} here"
    ):
        run(tmp_path, settings("dask", cluster), fake)
    assert fake.calls() == []


def _other_source() -> tuple[str, bool]:
    """Tell the truth on a worker and another digest here."""
    return ("1" * 64 if HERE in os.environ else source_digest()), True


def test_a_worker_that_knows_no_root_of_ours_uses_its_own(tmp_path: Path, fake: FakePoints) -> None:
    there = packed(PointWork(fake, 1, ROOT))
    assert str(ROOT).encode() not in there
    assert unpacked(there).root == ROOT
    elsewhere = PointWork(fake, 1, tmp_path)
    assert unpacked(packed(elsewhere)) == elsewhere
    assert unpacked(there) is unpacked(there)
