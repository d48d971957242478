"""``smw sweep`` through kills: nothing that was finished is lost or done again, and the tables stay the same."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.dask_cluster import dask_cluster

ROOT = Path(__file__).parents[2]
OWN = ROOT / "tests" / "data" / "own_configs"
GRID = ["grid.funding.scale=[0,1,2]"]
SWEEP = ["sweep", "--no-report", "--config-dir", str(OWN), "scenario=tiny", "engine=simpy", *GRID, "replications=8"]
TASKS = 24
NEEDS_PROC = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds the workers by /proc")


def start(output: Path, *words: str, hash_seed: str = "2") -> subprocess.Popen[str]:
    """Start the sweep as the head of a group of processes, as a terminal does; who waits for it goes first."""
    return subprocess.Popen(
        ["nice", "-n", "5", sys.executable, "-m", "sim", *SWEEP, *words, f"output={output}"],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def end(process: subprocess.Popen[str]) -> str:
    """Wait for the end of a sweep that has to succeed, and return what it said of its progress."""
    _, err = process.communicate(timeout=300)
    assert process.returncode == 0, err
    assert "Traceback" not in err
    return err


def results(output: Path) -> dict[str, bytes]:
    """Return every table of the sweep and of its tasks."""
    paths = [*(output / "tables").iterdir(), *output.glob("tasks/*/*/*/[0-9]*/*.parquet")]
    return {str(path.relative_to(output)): path.read_bytes() for path in sorted(paths)}


def finished(output: Path) -> dict[Path, int]:
    """Return the finished tasks, and when each was finished."""
    found = {}
    for place in output.glob("tasks/*/*/*/[0-9]*"):
        found[place.relative_to(output)] = place.stat().st_mtime_ns
    return found


def wait_until(ready: Callable[[], bool], process: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + 120
    while not ready():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.01)


def workers(process: subprocess.Popen[str]) -> list[int]:
    """Return the numbers of the worker processes."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return [int(child) for child in children if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What a sweep in one process comes to that nobody disturbed."""
    output = tmp_path_factory.mktemp("undisturbed") / "out"
    said = end(start(output, "workers=1", hash_seed="1"))
    assert f"{TASKS} replications\n" in said
    assert len(finished(output)) == TASKS
    return results(output)


@NEEDS_PROC
def test_a_killed_worker_costs_no_result(undisturbed: dict[str, bytes], tmp_path: Path) -> None:
    output = tmp_path / "out"
    process = start(output, "workers=2")
    wait_until(lambda: len(finished(output)) >= 3, process)
    before = workers(process)
    os.kill(before[0], signal.SIGKILL)
    wait_until(lambda: len(set(workers(process)) - set(before)) == 1, process)
    end(process)
    assert results(output) == undisturbed


def test_after_control_c_and_after_kill_9_the_same_command_goes_on(
    undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    output = tmp_path / "out"
    process = start(output, "workers=2")
    wait_until(lambda: len(finished(output)) >= 3, process)
    assert_refused(start(output, "workers=1"), process, output)
    os.killpg(process.pid, signal.SIGINT)
    kept = assert_says_how_to_go_on(process, output)

    process = start(output, "workers=2")
    wait_until(lambda: len(finished(output)) >= len(kept) + 3, process)
    os.killpg(process.pid, signal.SIGKILL)
    _, said = process.communicate(timeout=60)
    assert f"{TASKS} replications ({len(kept)} finished before)\n" in said
    assert_goes_on(output, "workers=2", undisturbed)


def assert_refused(second: subprocess.Popen[str], first: subprocess.Popen[str], output: Path) -> None:
    """A second command in the folder is refused while the first stands still."""
    os.killpg(first.pid, signal.SIGSTOP)
    _, err = second.communicate(timeout=120)
    os.killpg(first.pid, signal.SIGCONT)
    assert second.returncode == 2
    assert f"output={output}: another command is at work in this folder (process {first.pid})" in err


def assert_says_how_to_go_on(process: subprocess.Popen[str], output: Path) -> dict[Path, int]:
    """The command ended by Ctrl-C names the folder and the command; return what is finished."""
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert "Traceback" not in err
    assert f"what is finished is kept in {output}" in err
    assert isinstance(process.args, list)
    words = process.args[process.args.index("sim") + 1 :]
    assert f"to go on, give the same command again: smw {shlex.join(words)}\n" in err
    kept = finished(output)
    assert 0 < len(kept) < TASKS
    return kept


def assert_goes_on(output: Path, workers: str, undisturbed: dict[str, bytes]) -> None:
    """The same command does what is left, and nothing else, and ends with the tables of an undisturbed one."""
    kept = _settled(output)
    said = end(start(output, workers))
    assert f"{TASKS} replications" + (f" ({len(kept)} finished before)" if kept else "") + "\n" in said
    assert {place: when for place, when in finished(output).items() if place in kept} == kept
    assert results(output) == undisturbed


@pytest.mark.slow
@pytest.mark.parametrize("whom", ["group", "head"])
@pytest.mark.parametrize("moment", [0, 1, 9, 17, TASKS])
def test_after_kill_9_at_any_moment_the_same_command_goes_on(
    undisturbed: dict[str, bytes], tmp_path: Path, moment: int, whom: str
) -> None:
    output = tmp_path / "out"
    process = start(output, "workers=2")
    wait_until(lambda: (output / "manifest.json").exists() and len(finished(output)) >= moment, process)
    (os.killpg if whom == "group" else os.kill)(process.pid, signal.SIGKILL)
    process.communicate(timeout=60)
    assert_goes_on(output, "workers=2", undisturbed)


@pytest.mark.slow
def test_after_control_c_in_one_process_the_same_command_goes_on(
    undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    output = tmp_path / "out"
    process = start(output, "workers=1")
    wait_until(lambda: len(finished(output)) >= 5, process)
    os.killpg(process.pid, signal.SIGINT)
    assert_says_how_to_go_on(process, output)
    assert_goes_on(output, "workers=1", undisturbed)


def _settled(output: Path) -> dict[Path, int]:
    """Wait until nobody is at work any more: workers whose head was killed finish the task they are at."""
    kept, before = finished(output), None
    while kept != before:
        time.sleep(0.5)
        kept, before = finished(output), kept
    return kept


def test_a_killed_dask_worker_costs_no_result(undisturbed: dict[str, bytes], tmp_path: Path) -> None:
    pytest.importorskip("distributed")
    output = tmp_path / "out"
    with dask_cluster(tmp_path, workers=2) as cluster:
        pids = cluster.wait_for_workers(2)
        process = start(output, "backend=dask", f"scheduler={cluster.address}")
        wait_until(lambda: len(finished(output)) >= 5, process)
        os.kill(pids[0], signal.SIGKILL)
        said = end(process)
    assert said.splitlines()[-1] == f"{TASKS} replications"
    assert results(output) == undisturbed
