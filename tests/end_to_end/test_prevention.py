"""``smw prevention`` as a person types it, on a made-up region of four schools."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim.cli.asking import take
from sim.cli.main import main
from sim.cli.own_words import words_of
from sim.cli.prevention import PreventionWords, gathered
from sim.questions.prevention.mechanisms import NAMES

OWN = Path(__file__).parents[1] / "data" / "own_configs"
TINY = ["prevention", "--config-dir", str(OWN), "--quiet", "scenario=tiny", "workers=1"]
SMALL = ["replications=2", "years=1", "map_steps=0", "box_points=0", "strength.helping=3"]


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("prevention") / "out"
    assert main([*TINY, *SMALL, "--no-report", f"output={folder}"]) == 0
    return folder


def read(folder: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(folder / "tables" / f"{name}.csv")


def test_shares_of_mechanisms_and_structure_add_up_to_the_total(asked: Path) -> None:
    for name in ("shapley", "shapley_of_scenario"):
        table = read(asked, name).pivot(index=["place", "what"], columns="mechanism", values="mean")
        assert np.allclose(table[[*NAMES, "structure"]].sum(axis=1), table["total"])


def test_total_of_what_the_scenario_assumes_is_the_net_change(asked: Path) -> None:
    net = (
        read(asked, "net").query("capacity == 'as_is' and people == 'students'").set_index(["place", "what"])["mean"]
    )
    shares = read(asked, "shapley_of_scenario").query("mechanism == 'total'").set_index(["place", "what"])["mean"]
    assert np.allclose(net, shares.reindex(net.index))
    without = read(asked, "switches").query("mechanism == 'group_prevention'").set_index(["place", "what"])["without"]
    assert np.allclose(net, without.reindex(net.index))


def test_years_groups_and_range_tell_the_same_story_as_the_net_change(asked: Path) -> None:
    net = read(asked, "net").query("people == 'students'").set_index(["capacity", "place", "what"])["mean"]
    years = read(asked, "years").groupby(["capacity", "place", "what"])["mean"].mean()
    assert np.allclose(net, years.reindex(net.index))
    ranges = read(asked, "ranges").query("outside_share == 0.3").set_index(["place", "what"])["mean"]
    assert np.allclose(ranges, net["as_is"].reindex(ranges.index))
    groups = read(asked, "groups").pivot_table(index=["place", "group"], columns="severity", values="mean")
    assert np.allclose(groups["all"], groups[["light", "moderate", "severe"]].sum(axis=1))


def test_background_people_are_not_touched_where_nobody_waits(asked: Path) -> None:
    open_to_all = read(asked, "net").query("capacity == 'open' and people == 'background'")
    assert (open_to_all["mean"] == 0.0).all()
    assert (open_to_all["with_smw"] > 0.0).any()


def test_settings_of_mechanisms_show_what_was_assumed_and_how_strong(asked: Path) -> None:
    table = read(asked, "mechanisms").set_index("key")
    assert table["assumed"].sum() == 1
    assert list(table.index[~table["has_time"]]) == ["care.smw.presence.class_notice_gain"]
    assert table.loc["care.smw.prevention.onset_reduction", "on"] == 0.1
    assert table.loc["care.smw.gain.internalising", "on"] == pytest.approx(0.39)


def test_smw_costs_what_the_scenario_pays(asked: Path) -> None:
    paid = read(asked, "break_even").query("cost_of == 'smw'")
    assert np.allclose(paid["cost"], 16_000.0)
    assert (paid["cost_per_avoided"].isna() == paid["reason"].notna()).all()


def test_strengths_of_a_settings_file_are_kept_beside_those_of_the_command_line(tmp_path: Path) -> None:
    file = tmp_path / "settings.yaml"
    file.write_text("strength: {helping: 2, linking: 0.5}\n", encoding="utf-8")
    words = [*words_of(file), "strength.linking=3", "workers=1"]
    own, rest = take(gathered(words), PreventionWords, "prevention")
    assert own.strength == {"helping": 2.0, "linking": 3.0}
    assert rest == ["workers=1"]


def test_an_experiment_names_its_own_scenarios(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prevention", "experiment=s1_budgets"]) == 2
    assert "scenario no_smw" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("strength.magic=2", "no such mechanism"),
        ("strength.helping=-1", "strength"),
        ("replications=1", "replications"),
        ("map_steps=2", "allowed: 0"),
        ("box_points=3", "allowed: 0"),
        ("funding=none", "found no money for SMW"),
        ("start=today", "start.table"),
        ("horizon.measure_years=3", "allowed: years"),
    ],
)
def test_wrong_word_is_refused_before_anything_runs(
    word: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "out"
    assert main([*TINY, word, f"output={folder}"]) == 2
    assert said in capsys.readouterr().err
    assert not folder.exists()
