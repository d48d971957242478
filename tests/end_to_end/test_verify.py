"""``smw verify engines``: agreement ends with 0, a difference is shown and ends with 1."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from sim import engine
from sim.care.simulate import simulate
from sim.cli import verify as command
from sim.cli.main import main
from sim.records import History

OWN = Path(__file__).parents[1] / "data" / "own_configs"
TINY = ["--config-dir", str(OWN), "scenario=tiny"]

Engine = Callable[..., History]


def one_event_later(*world: object) -> History:
    """SimPy, but for the hundredth event."""
    history = simulate(*world)  # type: ignore[arg-type]
    time = history.time.copy()
    time[99] = np.nextafter(time[99], np.inf)
    return replace(history, time=time)


def stand_in(monkeypatch: pytest.MonkeyPatch, run: Engine, at_hand: bool = True) -> None:
    """Let ``run`` stand in for the compiled engine."""
    module = ModuleType("sim.compiled.simulate")
    module.simulate = run  # type: ignore[attr-defined]
    module.kernel_is_at_hand = lambda: at_hand  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "sim.compiled.simulate", module)
    monkeypatch.setattr(engine, "has_numba", lambda: True)


def test_agreement_is_told_for_every_replication(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stand_in(monkeypatch, simulate)
    assert main(["verify", "engines", *TINY, "replications=2", "seed=3"]) == 0
    said = capsys.readouterr()
    lines = said.out.splitlines()
    assert lines[0].startswith("1 of 2: tiny, replication 1: equal, ")
    assert lines[1].startswith("2 of 2: tiny, replication 2: equal, ")
    assert lines[2] == "the engines agree on 2 of 2 replications, event for event"
    assert said.err == ""


def test_a_difference_is_shown_with_the_case_on_both_sides(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stand_in(monkeypatch, one_event_later, at_hand=False)
    assert main(["verify", "engines", *TINY]) == 1
    said = capsys.readouterr()
    for part in ("1 of 1: tiny, replication 1: DIFFERENT", "event 100 is the first", "up to there, on both sides"):
        assert part in said.out
    assert said.out.splitlines()[-1] == "the engines DIFFER on 1 of 1 replications: tiny, replication 1"
    assert said.err.splitlines() == [engine.COMPILING]


def test_without_numba_it_is_an_error_that_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(engine, "has_numba", lambda: False)
    assert main(["verify", "engines"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("smw: smw verify engines: 'compiled' needs Numba")
    assert "./smw setup" in said


def test_scenarios_can_be_the_usual_ones_all_or_any(tmp_path: Path) -> None:
    every = sorted(path.stem for path in (OWN.parents[2] / "configs" / "scenario").glob("*.yaml"))
    assert set(command.USUAL) <= set(every)
    usual = f"scenarios=[{','.join(command.USUAL)}]"
    assert command.scenario_settings([], None) == [usual, "replications=1"]
    assert command.scenario_settings(["scenarios=all", "seed=2"], None) == [
        f"scenarios=[{','.join(every)}]",
        "replications=1",
        "seed=2",
    ]
    assert command.scenario_settings(["scenario=no_smw", "replications=3"], None) == [
        "scenarios=no_smw",
        "replications=3",
    ]
    assert "tiny" in command.scenario_settings(["scenarios=all"], OWN)[0]
