"""``smw sensitivity`` as a person types it, on a made-up region of four schools."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from sim.cli.main import main

ROOT = Path(__file__).parents[2]
OWN = ["--config-dir", str(ROOT / "tests" / "data" / "own_configs"), "workers=1"]
PAIR = [*OWN, "scenarios=[tiny,tiny_capped]"]
LITTLE = ["trajectories=2", "bars=2", "top=1", "samples=8", "end_replications=2", "measures=[served]"]
KEYS = "keys=[care.smw.conversation_minutes,care.smw.referral_share]"


def tables(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((folder / "tables").glob("*.csv"))}


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sensitivity") / "out"
    assert main(["sensitivity", *PAIR, *LITTLE, KEYS, f"output={folder}", "--quiet"]) == 0
    return folder


def test_the_command_writes_tables_pictures_and_a_page_in_both_languages(answered: Path) -> None:
    screening = pd.read_csv(answered / "tables" / "screening.csv")
    assert set(screening["of"]) == {"tiny", "tiny_capped", "difference"}
    assert set(screening["assumption"]) == {"care.smw.conversation_minutes.*", "care.smw.referral_share"}
    assert set(screening["measure"]) == {"served"}
    page = (answered / "report.html").read_text(encoding="utf-8")
    assert "What decides the answer?" in page
    assert "Wat bepaalt het antwoord?" in page
    assert {path.name for path in (answered / "figures" / "nl").glob("ends-*.png")} >= {"ends-served.png"}
    assert "assumptions were varied" in (answered / "findings.md").read_text(encoding="utf-8")
    assert json.loads((answered / "manifest.json").read_text(encoding="utf-8"))["status"] == "finished"


def test_longer_conversations_reach_fewer_students(answered: Path) -> None:
    ends = pd.read_csv(answered / "tables" / "ends.csv", keep_default_na=False)
    mine = ends[(ends["of"] == "tiny") & (ends["measure"] == "served")].set_index(["assumption", "end"])
    short, long = (mine.loc[("care.smw.conversation_minutes.*", end), "mean"] for end in ("low", "high"))
    assert float(short) > float(long)


def test_the_same_command_simulates_nothing_again_and_writes_the_same(
    answered: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = tables(answered)
    times = {path: path.stat().st_mtime_ns for path in (answered / "tasks").rglob("*.parquet")}
    assert main(["sensitivity", *PAIR, *LITTLE, KEYS, f"output={answered}", "--quiet", "--no-report"]) == 0
    assert tables(answered) == before
    assert {path: path.stat().st_mtime_ns for path in (answered / "tasks").rglob("*.parquet")} == times
    assert "stands out from noise" in capsys.readouterr().out


def test_one_scenario_with_choices(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = [*OWN, "scenario=tiny", *LITTLE, "keys=[care.smw.order,care.smw.intake_share]", "exclude=[]"]
    folder = tmp_path / "out"
    assert main(["sensitivity", *words, "choices=true", f"output={folder}", "--no-report", "--quiet"]) == 0
    varied = pd.read_csv(folder / "tables" / "assumptions.csv").set_index("assumption")
    assert tuple(varied.loc["care.smw.order", ["low_end", "high_end"]]) == ("arrival", "severity")
    assert not (folder / "tables" / "deciding.csv").exists()
    assert "grade D" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["measures=[reech]"], "unknown measure 'reech'; did you mean 'reach'"),
        (["keys=[care.smv]"], "keys: no setting 'care.smv'; did you mean 'care.smw'"),
        (["samples=100"], "samples: found 100; a power of two is needed"),
        (["samples=4"], "samples: found 4"),
        (["ranges={care.smw.referral_share:[-1,0.5]}"], "ranges: care.smw.referral_share=[-1,0.5]"),
        (["replications=1"], "replications: found 1; allowed: 2 or more"),
        (["size=huge"], "size: found 'huge'"),
        (["trajectorys=3"], "trajectorys"),
    ],
)
def test_a_wrong_setting_is_explained_before_anything_runs(
    words: list[str], message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "out"
    assert main(["sensitivity", *PAIR, *words, f"output={folder}"]) == 2
    assert message in capsys.readouterr().err
    assert not folder.exists()


def test_three_scenarios_are_too_many(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["scenarios=[s1_before_2016,s1_proposal_2016,no_smw]", f"output={tmp_path / 'out'}"]
    assert main(["sensitivity", *words]) == 2
    assert "found 3; allowed: one, or two that are compared" in capsys.readouterr().err


def test_without_salib_one_line_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sim.designs.salib.find_spec", lambda name: None)
    assert main(["sensitivity", *PAIR]) == 2
    assert "smw sensitivity needs SALib; install it with" in capsys.readouterr().err
