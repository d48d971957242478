"""``smw size`` as a person types it, on a made-up region of four schools."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from sim.cli.main import main

ROOT = Path(__file__).parents[2]
TINY = ["--config-dir", str(ROOT / "tests" / "data" / "own_configs"), "scenario=tiny", "workers=1", "--quiet"]
QUICK = ["replications=10", "step=0.4", "highest=8"]
TARGET = "target=smw_wait.median <= 21"


def answers(folder: Path) -> pd.DataFrame:
    return pd.read_csv(folder / "tables" / "answers.csv")


def test_size_writes_an_answer_its_tables_and_a_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "out"
    assert main(["size", *TINY, *QUICK, TARGET, f"output={folder}"]) == 0
    printed = capsys.readouterr().out
    assert "smw_wait.median <= 21" in printed
    one = answers(folder).iloc[0]
    assert one["status"] == "found"
    assert one["hours_year"] > one["hours_year_now"]
    assert one["probability"] >= 0.8
    assert one["confirmed_replications"] == 10
    assert f"{one['hours_year']:,.0f}" in printed
    tried = pd.read_csv(folder / "tables" / "amounts.csv")
    assert len(tried) > 4
    assert (tried.loc[tried["probability"] >= 0.8, "amount"] >= one["amount"]).all()
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert "hours a year are enough" in page
    assert "uur per jaar is genoeg" in page
    assert {path.name for path in (folder / "figures" / "nl").iterdir()} == {
        "sizing_chance.png",
        "sizing_measure.png",
    }
    assert (folder / "findings.md").read_text(encoding="utf-8").startswith("- All schools:")


def test_every_school_gets_its_own_hours_and_two_processes_give_the_same_tables(tmp_path: Path) -> None:
    by_school = ["size", *TINY, "by=school", "replications=5", "step=1", TARGET, "--no-report"]
    one, two = tmp_path / "one", tmp_path / "two"
    assert main([*by_school, f"output={one}"]) == 0
    assert main([*by_school, "workers=2", f"output={two}"]) == 0
    assert answers(one)["unit"].tolist() == ["po-a", "po-b", "vo-a", "vo-b"]
    for name in ("answers.csv", "amounts.csv"):
        assert (one / "tables" / name).read_bytes() == (two / "tables" / name).read_bytes()


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["target=smw_wait.p95 <= 14"], "did you mean 'smw_wait.p90'"),
        (["target=smw_wait.p90 < 14"], "MEASURE <= NUMBER"),
        (["sector=mbo"], "the region has students in: po, vo"),
        (["key=care.youth_care.slotz"], "did you mean 'care.youth_care.slots'"),
        (["probability=1.5"], "probability"),
        (["by=town"], "by"),
        (["replications=2"], "replications"),
    ],
)
def test_what_is_wrong_is_said_before_anything_is_made(
    words: list[str], part: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "out"
    assert main(["size", *TINY, *words, f"output={folder}"]) == 2
    assert part in capsys.readouterr().err
    assert not folder.exists()
