"""Functions that are compiled where Numba is installed: the same numbers, and a cache that is never in the way."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sim import compiling
from sim.compiling import CACHE_VARIABLE, UNUSED_DAYS, Compiled, cache_folder, compiled, has_numba
from sim.rules import hazards
from sim.rules.hazards import NOTICE, first_own_event, use_up

FloatArray = npt.NDArray[np.float64]
needs_numba = pytest.mark.skipif(not has_numba(), reason="Numba is not installed")
DAY = 86400.0


def one_by_one(left: FloatArray, rate: FloatArray, until: float, times: FloatArray) -> int:
    """Let hazards fire one after another, at most as often as there are places for their times."""
    now, fired = 0.0, 0
    while fired < times.size:
        when, what = first_own_event(now, until, np.inf, left, rate)
        if when == until:
            break
        use_up(left, rate, when - now)
        left[what] = 1.0 + 0.1 * fired
        now = times[fired] = when
        fired += 1
    return fired


thresholds = arrays(np.float64, NOTICE, elements=st.floats(0.0, 50.0))
rates = arrays(np.float64, NOTICE, elements=st.just(0.0) | st.floats(1e-6, 3.0))


@pytest.mark.parametrize("named", [(hazards,), (first_own_event, use_up)], ids=["as a module", "one by one"])
def test_compiled_and_plain_give_the_same_to_the_last_bit(named: tuple[Any, ...]) -> None:
    fast = compiled(*named)(one_by_one)

    @given(left=thresholds, rate=rates, until=st.floats(0.0, 100.0))
    def agree(left: FloatArray, rate: FloatArray, until: float) -> None:
        told = []
        for function in (fast, fast.function):
            own, times = left.copy(), np.full(40, -1.0)
            told.append((function(own, rate, until, times), own.tobytes(), times.tobytes()))
        assert told[0] == told[1]

    agree()


def test_without_numba_the_function_runs_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiling, "has_numba", lambda: False)
    calls: list[FloatArray] = []

    def keep(values: FloatArray) -> int:
        """Keep them, which no compiler could do."""
        calls.append(values)
        return len(calls)

    plain = compiled()(keep)
    assert plain.__doc__ == keep.__doc__
    assert [plain(np.zeros(2)), plain(np.zeros(2))] == [1, 2]


def test_numba_is_not_imported_before_it_is_needed() -> None:
    code = "import sys, sim.compiling, sim.measures.arrays, sim.engine; sys.exit('numba' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


HELPER = "def twice(value):\n    return 2.0 * value\n"
LOOPS = """from {helper} import twice


def total(values):
    result = 0.0
    for value in values:
        result += twice(value)
    return result
"""
MakeModules = Callable[[str], ModuleType]


@pytest.fixture
def make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MakeModules]:
    """Write a module with a loop that uses a helper in another module, and import it."""
    source = tmp_path / "source"
    source.mkdir()
    monkeypatch.syspath_prepend(source)
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "cache"))
    made: list[str] = []

    def write(name: str) -> ModuleType:
        (source / f"{name}_helper.py").write_text(HELPER, encoding="utf-8")
        (source / f"{name}.py").write_text(LOOPS.format(helper=f"{name}_helper"), encoding="utf-8")
        made.extend((name, f"{name}_helper"))
        return importlib.import_module(name)

    yield write
    compiling._digest.cache_clear()
    for name in made:
        del sys.modules[name]


def total_of(module: ModuleType) -> Compiled[[FloatArray], float]:
    """Return the loop, to be compiled at its next call."""
    function: Compiled[[FloatArray], float] = compiled(module.twice)(module.total)
    return function


VALUES = np.array([0.1, 0.2, 0.7])


def test_the_cache_folder_is_the_one_that_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path))
    assert cache_folder() == tmp_path / "compiled"
    monkeypatch.delenv(CACHE_VARIABLE)
    assert "smw-sim" in cache_folder().parts


@needs_numba
def test_compiled_code_is_kept_in_the_cache_folder_and_nowhere_else(make: MakeModules, tmp_path: Path) -> None:
    module = make("kept")
    function = total_of(module)
    assert not function.is_at_hand
    assert function(VALUES) == module.total(VALUES)
    assert function.is_at_hand
    written = [path for path in tmp_path.rglob("*") if path.suffix in (".nbi", ".nbc")]
    assert written
    assert all((tmp_path / "cache" / "compiled") in path.parents for path in written)


@needs_numba
def test_what_is_in_the_cache_is_not_compiled_again(make: MakeModules) -> None:
    module = make("again")
    for hits in (0, 1):
        function = total_of(module)
        assert function.is_at_hand == (hits == 1)
        assert function(VALUES) == module.total(VALUES)
        assert sum(function._fast.stats.cache_hits.values()) == hits  # type: ignore[union-attr]


@needs_numba
def test_a_changed_helper_makes_other_compiled_code(make: MakeModules, tmp_path: Path) -> None:
    """Numba itself would look at the age of the file with the loop only, and go on with the old helper."""
    module = make("changed")
    assert total_of(module)(np.ones(3)) == 6.0
    helper = tmp_path / "source" / "changed_helper.py"
    helper.write_text(HELPER.replace("2.0", "5.00"), encoding="utf-8")
    compiling._digest.cache_clear()
    importlib.invalidate_caches()
    importlib.reload(sys.modules["changed_helper"])
    function = total_of(importlib.reload(module))
    assert not function.is_at_hand
    assert function(np.ones(3)) == 15.0
    assert len(list((tmp_path / "cache" / "compiled").iterdir())) == 2


@needs_numba
@pytest.mark.parametrize("beside", ["a file", "no permission"])
def test_without_a_cache_folder_it_compiles_and_keeps_nothing(
    beside: str, make: MakeModules, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module, folder = make("unkept"), tmp_path / "blocked"
    if beside == "a file":
        folder.write_text("no folder")
    else:
        monkeypatch.setattr(compiling.os, "access", lambda path, mode: False)
    monkeypatch.setenv(CACHE_VARIABLE, str(folder))
    function = total_of(module)
    assert function(VALUES) == module.total(VALUES)
    assert not function.is_at_hand
    assert not [path for path in tmp_path.rglob("*") if path.suffix in (".nbi", ".nbc")]


@needs_numba
def test_the_folder_of_the_package_need_not_be_writable(make: MakeModules, tmp_path: Path) -> None:
    module = make("readonly")
    source = tmp_path / "source"
    source.chmod(0o555)
    before = sorted(source.rglob("*"))
    try:
        function = total_of(module)
        assert function(VALUES) == module.total(VALUES)
        assert function.is_at_hand
        assert sorted(source.rglob("*")) == before
    finally:
        source.chmod(0o755)


def age(path: Path, days: float) -> Path:
    then = time.time() - days * DAY
    os.utime(path, (then, then))
    return path


@needs_numba
def test_old_versions_are_forgotten_and_nothing_else(make: MakeModules, tmp_path: Path) -> None:
    module = make("old")
    function = total_of(module)
    cache = tmp_path / "cache" / "compiled"
    places = {name: cache / name for name in ("unused", "used", "note.txt")}
    for name in ("unused", "used"):
        places[name].mkdir(parents=True)
        (places[name] / "code.nbc").write_bytes(b"code")
    places["note.txt"].write_text("not ours")
    own, other = function._folder(), tmp_path / "cache" / "other"
    own.mkdir()
    other.mkdir()
    for path in (places["unused"], places["note.txt"], own, other):
        age(path, UNUSED_DAYS + 1.0)
    age(places["used"], UNUSED_DAYS - 1.0)
    assert function(VALUES) == module.total(VALUES)
    assert not places["unused"].exists()
    assert (places["used"] / "code.nbc").exists()
    assert places["note.txt"].exists()
    assert other.exists()
    assert function.is_at_hand


@needs_numba
def test_many_threads_that_come_first_compile_once(make: MakeModules, monkeypatch: pytest.MonkeyPatch) -> None:
    module = make("threads")
    function, made = total_of(module), []
    compile_it = Compiled._compile

    def counted(self: Compiled[..., Any]) -> Callable[..., Any]:
        made.append(self)
        return compile_it(self)

    monkeypatch.setattr(Compiled, "_compile", counted)
    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(function, [VALUES] * 16))
    assert told == [module.total(VALUES)] * 16
    assert len(made) == 1


@needs_numba
def test_the_settings_of_numba_are_left_as_they_were(make: MakeModules) -> None:
    from numba import config

    before = config.CACHE_DIR
    total_of(make("settings"))(VALUES)
    assert before == config.CACHE_DIR
