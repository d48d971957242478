"""The dozen lines of Python that the README promises."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import get_args

import pandas as pd
import pytest

import sim
from sim import api, compare, load_comparison, load_scenario, simulate
from sim.cli.compose import compose_study
from sim.compiling import has_numba
from sim.engine import Engine
from sim.errors import InputError
from sim.runs.settings import RunSettings

OWN = Path(__file__).parents[1] / "data" / "own_configs"


def test_load_change_simulate_compare_and_plot(tmp_path: Path) -> None:
    base = load_scenario("tiny", config_dir=OWN)
    capped = base.changed(**{"care.smw.limits.max_conversations": 2})
    tables = simulate(base, replication=1, seed=1)
    assert set(tables) == {"values", "weekly", "curves", "flows"}

    study = compare({"base": base, "at_most_two": capped}, replications=4, output=tmp_path / "out", progress=False)
    first = study.values.query("scenario == 'base' and replication == 1").reset_index(drop=True)
    assert first["value"].equals(tables["values"]["value"])
    difference = study.differences().query("measure == 'reach' and level == 'total'").iloc[0]
    assert difference["scenario"] == "at_most_two"
    assert difference["mean"] > 0

    figure = study.plot("smw_wait.mean")
    figure.savefig(tmp_path / "wait.png")
    assert (tmp_path / "wait.png").stat().st_size > 1000
    with pytest.raises(InputError, match="'reach'"):
        study.plot("raech")
    assert load_comparison(tmp_path / "out").summary().equals(study.summary())


@pytest.mark.skipif(not has_numba(), reason="Numba is not installed")
def test_both_engines_give_the_same_tables() -> None:
    base = load_scenario("tiny", config_dir=OWN)
    one, other = (simulate(base, replication=2, seed=3, engine=engine) for engine in get_args(Engine))
    for name, table in one.items():
        pd.testing.assert_frame_equal(table, other[name], check_exact=True)


def test_an_engine_that_is_not_there_is_named_before_anything_runs() -> None:
    base = load_scenario("tiny", config_dir=OWN)
    for call in (lambda: simulate(base, engine="compield"), lambda: compare({"a": base}, engine="compield")):  # type: ignore[arg-type]
        with pytest.raises(InputError, match="did you mean 'compiled'"):
            call()


def test_as_many_replications_as_the_command_unless_told(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def run_study(scenarios: object, settings: RunSettings, **_: object) -> None:
        asked.append(settings.replications)
        raise InterruptedError

    monkeypatch.setattr(api, "run_study", run_study)
    for replications in (None, 7):
        with pytest.raises(InterruptedError):
            compare({"a": load_scenario("tiny", config_dir=OWN)}, replications)
    assert asked == [compose_study([]).settings.replications, 7]


def test_scripts_without_a_guard_can_use_more_processes(tmp_path: Path) -> None:
    script = tmp_path / "study.py"
    script.write_text(
        "from sim import compare, load_scenario\n"
        f"base = load_scenario('tiny', config_dir={str(OWN)!r})\n"
        "scenarios = {'a': base, 'b': base.changed(care__smw__gap_days=21)}\n"
        "study = compare(scenarios, replications=2, workers=2, engine='simpy')\n"
        "print(len(study.replications), 'done')\n",
        encoding="utf-8",
    )
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, str(script)],
        cwd=tmp_path,
        env={"PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == "2 done\n"


def test_an_unknown_name_of_the_package_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'comparee'"):
        sim.comparee  # noqa: B018
