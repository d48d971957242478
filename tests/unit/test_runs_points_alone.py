"""One command at a time in an output folder, also after one was killed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sim.errors import InputError
from sim.runs.points.alone import FILE, alone_in
from sim.runs.points.manifest import make_free


def test_a_second_command_is_refused_and_names_the_first(tmp_path: Path) -> None:
    pytest.importorskip("fcntl")
    with alone_in(tmp_path / "out"):
        here = rf"at work in this folder \(process {os.getpid()}\)"
        with pytest.raises(InputError, match=here), alone_in(tmp_path / "out"):
            pass
        assert (tmp_path / "out" / FILE).exists()


def test_the_folder_is_free_again_at_the_end_also_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), alone_in(tmp_path / "out"):
        raise ZeroDivisionError
    with alone_in(tmp_path / "out"):
        pass
    assert list((tmp_path / "out").iterdir()) == []


def test_what_a_killed_command_left_keeps_nobody_out(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("12345", encoding="utf-8")
    (tmp_path / ".manifest.json-12345").touch()
    with alone_in(tmp_path):
        assert (tmp_path / FILE).read_text(encoding="utf-8") == str(os.getpid())
        make_free(tmp_path, "sweep", overwrite=False)


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for wrong in (tmp_path / "file", tmp_path / "file" / "out"):
        with pytest.raises(InputError, match="this is a file, or in a file; name a folder"), alone_in(wrong):
            pass
