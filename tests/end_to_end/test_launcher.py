"""The launcher ``smw``: it makes the environment it needs, once, and leaves the rest to Python."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROGRAM = "import os, sys\nprint(os.getcwd(), sys.argv[1:], flush=True)\nsys.exit(7)\n"
MAKING = "making the Python environment"

pytestmark = pytest.mark.skipif(shutil.which("sh") is None, reason="the launcher is a shell script")


def _checkout(folder: Path) -> Path:
    """Make a checkout whose lock asks for nothing and whose program says where it runs."""
    (folder / "sim").mkdir(parents=True)
    (folder / "sim" / "__main__.py").write_text(PROGRAM, encoding="utf-8")
    (folder / "requirements.lock").write_text("# nothing\n", encoding="utf-8")
    shutil.copy(ROOT / "smw", folder / "smw")
    return folder


def _call(
    checkout: Path, *arguments: str, cwd: Path | None = None, **variables: str
) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "SMW_PYTHON": sys.executable, "PYTHONPATH": "/nowhere", **variables}
    return subprocess.run(
        [checkout / "smw", *arguments],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = _checkout(tmp_path_factory.mktemp("checkout") / "with a space")
    made = _call(folder, "setup")
    assert made.returncode == 0, made.stderr
    assert MAKING in made.stderr
    return folder


def _tool_folder(folder: Path, tools: Sequence[str]) -> Path:
    folder.mkdir()
    for tool in tools:
        (folder / tool).symlink_to(str(shutil.which(tool)))
    return folder


def test_a_made_environment_is_used_again_from_any_folder(checkout: Path, tmp_path: Path) -> None:
    (tmp_path / "sim").mkdir()
    (tmp_path / "sim" / "__main__.py").write_text("raise SystemExit('the wrong sim')\n", encoding="utf-8")
    link = tmp_path / "link"
    link.symlink_to(checkout / "smw")
    called = subprocess.run([link, "run", "a b"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert called.stdout == f"{tmp_path} ['run', 'a b']\n"
    assert called.stderr == ""
    assert called.returncode == 7


def test_another_lock_brings_the_environment_up_to_date_and_removes_nothing(checkout: Path) -> None:
    in_use = checkout / ".venv" / "in_use"
    in_use.touch()
    lock = checkout / "requirements.lock"
    lock.write_text(lock.read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")
    assert "up to date" in _call(checkout, "setup").stderr
    assert _call(checkout, "setup").stderr == ""
    assert in_use.exists()


def test_an_environment_of_ones_own_is_kept(tmp_path: Path) -> None:
    checkout = _checkout(tmp_path / "checkout")
    subprocess.run([sys.executable, "-m", "venv", checkout / ".venv"], check=True)
    own = checkout / ".venv" / "own"
    own.touch()
    assert _call(checkout, "run").returncode == 7
    assert own.exists()


def test_a_half_made_environment_is_not_used(tmp_path: Path) -> None:
    checkout = _checkout(tmp_path / "checkout")
    process = subprocess.Popen(
        [checkout / "smw", "setup"],
        env={**os.environ, "SMW_PYTHON": sys.executable},
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    deadline = time.monotonic() + 30
    while not (checkout / ".venv" / "bin").exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)
    assert process.wait(timeout=30) != 0
    assert (checkout / ".venv").exists()
    again = _call(checkout, "run")
    assert MAKING in again.stderr
    assert again.returncode == 7
    assert list(checkout.glob(".venv.building*")) == []


def test_a_python_without_venv_gets_the_command_that_mends_it(tmp_path: Path) -> None:
    tools = _tool_folder(tmp_path / "tools", ["cat", "cmp", "dirname", "ln", "readlink", "rm", "sh", "sleep"])
    python = tools / "python3"
    python.write_text(f'#!/bin/sh\ncase "$*" in *ensurepip*) exit 1 ;; esac\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    called = _call(_checkout(tmp_path / "checkout"), "run", PATH=str(tools), SMW_PYTHON="")
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert called.returncode == 1
    assert called.stderr.endswith(f"  sudo apt install python{version}-venv\n")


def test_no_python_is_said_in_one_line(tmp_path: Path) -> None:
    tools = _tool_folder(tmp_path / "tools", ["cat", "cmp", "dirname", "ln", "readlink", "rm", "sh", "sleep"])
    called = _call(_checkout(tmp_path / "checkout"), "run", PATH=str(tools), SMW_PYTHON="")
    assert called.returncode == 1
    assert called.stderr.count("\n") == 1
    assert "Python 3.11 or newer is needed" in called.stderr
