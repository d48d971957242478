"""The dozen lines of Python that the README promises."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import sim
from sim import compare, load_comparison, load_scenario, simulate
from sim.errors import InputError

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


def test_scripts_without_a_guard_can_use_more_processes(tmp_path: Path) -> None:
    script = tmp_path / "study.py"
    script.write_text(
        "from sim import compare, load_scenario\n"
        f"base = load_scenario('tiny', config_dir={str(OWN)!r})\n"
        "study = compare({'a': base, 'b': base.changed(care__smw__gap_days=21)}, replications=2, workers=2)\n"
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
