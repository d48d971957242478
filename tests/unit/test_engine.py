"""The choice of engine: what runs, what is said, and what happens where the compiler is missing."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import get_args

import pytest

from sim import compiling, engine
from sim.engine import ENGINES, Engine, choose, described, has_to_compile, simulate
from sim.errors import InputError


@pytest.fixture(params=[True, False], ids=["with Numba", "without Numba"])
def installed(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    monkeypatch.setattr(engine, "has_numba", lambda: request.param)
    return bool(request.param)


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """A stand-in for the compiled engine."""
    module = ModuleType("sim.compiled.simulate")
    module.simulate = lambda world, table, rhythms: ("compiled", world, table, rhythms)  # type: ignore[attr-defined]
    module.kernel_is_at_hand = lambda: False  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "sim.compiled.simulate", module)
    return module


def test_auto_takes_the_compiled_engine_where_it_can(installed: bool) -> None:
    assert choose("auto") == ("compiled" if installed else "simpy")
    assert choose("simpy") == "simpy"


def test_the_compiled_engine_without_its_compiler_is_an_error_that_says_how_to_get_it(installed: bool) -> None:
    if installed:
        assert choose("compiled") == "compiled"
        return
    with pytest.raises(InputError) as caught:
        choose("compiled", "command line, engine")
    said = str(caught.value)
    assert said.startswith("command line, engine: ")
    assert len(said.splitlines()) == 1
    assert "pip install 'smw-sim[compiled]'" in said
    assert "./smw setup" in said


def test_an_unknown_engine_is_named_with_what_there_is() -> None:
    with pytest.raises(
        InputError, match=r"unknown engine 'compield'; did you mean 'compiled'\?\n.*auto, compiled, sim"
    ):
        choose("compield")


def test_whoever_can_be_asked_for_can_be_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "has_numba", lambda: True)
    assert {choose(name) for name in ENGINES} == set(get_args(Engine))


def test_only_the_compiled_engine_ever_waits_for_the_compiler(compiled: ModuleType) -> None:
    assert has_to_compile("compiled")
    assert not has_to_compile("simpy")
    compiled.kernel_is_at_hand = lambda: True  # type: ignore[attr-defined]
    assert not has_to_compile("compiled")


def test_an_engine_is_described_with_its_compiler() -> None:
    assert described("simpy") == {"engine": "simpy"}
    if compiling.has_numba():
        assert set(described("compiled")) == {"engine", "numba"}


def test_the_chosen_engine_simulates(compiled: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    from sim.care import simulate as simpy_engine

    monkeypatch.setattr(simpy_engine, "simulate", lambda *parts: ("simpy", *parts))
    for name in get_args(Engine):
        assert simulate(name, 1, 2, 3) == (name, 1, 2, 3)  # type: ignore[arg-type, comparison-overlap]
