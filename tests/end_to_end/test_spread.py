"""``smw spread`` as a person types it, on a made-up region of four schools."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from sim.cli.main import main

OWN = Path(__file__).parents[1] / "data" / "own_configs"
TINY = ["spread", "--config-dir", str(OWN), "--quiet", "scenario=tiny"]
SMALL = ["replications=10", "rules=[equal,pooled]", "marginal=sector", "workers=1"]


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("spread") / "out"
    assert main([*TINY, *SMALL, f"output={folder}"]) == 0
    return folder


def read(folder: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(folder / "tables" / f"{name}.csv")


def test_everything_is_written(asked: Path) -> None:
    names = {path.stem for path in (asked / "tables").glob("*.csv")}
    assert names == {"rules", "rules_left_out", "schools", "sectors", "tasks", "moves"}
    page = (asked / "report.html").read_text(encoding="utf-8")
    assert "Where should the hours of school social work go?" in page
    assert "Waar kunnen de uren schoolmaatschappelijk werk het best heen?" in page
    for language in ("nl", "en"):
        pictures = {path.stem for path in (asked / "figures" / language).glob("*.png")}
        assert {"rules", "places", "values"} <= pictures
    assert (asked / "findings.md").read_text(encoding="utf-8").startswith("- **The best way of spreading")


def test_rules_are_compared_on_the_same_replications(asked: Path) -> None:
    rules = read(asked, "rules").query("measure == 'helped_per_year'").set_index("option")
    assert list(rules.index) == ["own", "equal", "pooled"]
    assert (rules["verdict"] == "best").sum() == 1
    same = rules["n"] == rules["n"].max()
    best = rules.loc[rules["verdict"] == "best", "mean"].iloc[0]
    assert rules.loc[same, "difference"].tolist() == pytest.approx((rules.loc[same, "mean"] - best).tolist())


def test_moves_leave_the_sum_of_the_hours(asked: Path) -> None:
    moves = read(asked, "moves")
    assert {"sectors", "tasks"} <= set(moves["kind"])
    assert moves.query("measure == 'hours_funded'")["change"].abs().max() < 1e-6


def test_hours_at_sectors_are_worth_something_and_tasks_add_up(asked: Path) -> None:
    sectors = read(asked, "sectors").query("measure == 'helped_per_year'").set_index("name")
    assert (sectors["value"] > 0.0).any()
    tasks = read(asked, "tasks").query("measure == 'helped_per_year'").set_index("name")["value"]
    assert tasks["overhead"] == tasks["coordination"] == 0.0
    assert tasks["cases"] > 0.0


def test_tables_do_not_hang_on_processes_or_on_what_was_done_before(
    asked: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = [*SMALL[:-1], "workers=2", f"output={tmp_path / 'two'}"]
    assert main([*TINY, *words, "--no-report"]) == 0
    for table in (asked / "tables").glob("*.csv"):
        assert table.read_bytes() == (tmp_path / "two" / "tables" / table.name).read_bytes()
    first = capsys.readouterr().out
    assert "The best way of spreading: " in first
    assert "helped" in first


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("measure=asked", "neither more nor less is better"),
        ("measure=smw_wait.p9", "did you mean 'smw_wait.p90'"),
        ("rules=[equall]", "did you mean 'equal'"),
        ("rules=[by_level_1_2_share]", "no students at levels 1 and 2"),
        ("replications=5", "replications: found 5"),
        ("funding.scale.po=0 funding.scale.vo=0", "no hours of SMW to spread"),
    ],
)
def test_wrong_input_is_named_before_anything_runs(
    word: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*TINY, *word.split(), f"output={tmp_path / 'out'}"]) == 2
    assert message in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
