"""A region of one's own, from files as DUO publishes them to a simulated year."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from sim.cli.main import main
from sim.region import duo_folder
from tests.unit.duo_files import write_duo


def words(folder: Path, *more: str) -> list[str]:
    po, vo = write_duo(folder)
    named = ["name=my_region", f"output={folder / 'own'}", "municipalities=aadorp,beestad", "wijkteam=aadorp"]
    return ["region", "import", f"po={po}", f"vo={vo}", *named, *more]


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_region_is_imported_checked_and_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = tmp_path / "own"
    assert main(words(tmp_path)) == 0
    said = capsys.readouterr().out
    listed = (own / "region" / "my_region" / "assumptions.txt").read_text(encoding="utf-8")
    assumed = [line[4:] for line in said.splitlines() if line.startswith("  - ")]
    assert len(assumed) > 5
    assert all(f"- {line}\n" in listed for line in assumed)
    assert "docs/fit.md" in said

    assert main(["region", "check", "region=my_region", "--config-dir", str(own)]) == 0
    table = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["Aadorp", "wijkteam", "vo", "2", "302"] in [line[:5] for line in table]
    (vo,) = (line for line in table if line[:2] == ["all", "vo"])
    assert vo[2:4] == ["3", "902"]
    assert float(vo[-1]) == pytest.approx(float(vo[-3]) / float(vo[-2]), rel=0.05)

    out = tmp_path / "out"
    short = ["horizon.warm_up_years=0", "horizon.measure_years=1", "replications=2", "workers=1", f"output={out}"]
    assert main(["run", "scenario=my_region", "--config-dir", str(own), *short, "--quiet", "--no-report"]) == 0
    values = pd.read_csv(out / "tables" / "values.csv")
    asked = values.query("measure == 'asked' and level == 'total'")["value"]
    assert (asked > 0).all()


def test_a_folder_is_overwritten_only_when_asked_and_only_an_earlier_import(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "own"
    assert main(words(tmp_path)) == 0
    (own / "notes.txt").write_text("mine", encoding="utf-8")
    before = contents(own)
    assert main(words(tmp_path)) == 2
    assert "overwrite=true" in capsys.readouterr().err
    assert contents(own) == before
    assert main([*words(tmp_path), "overwrite=true"]) == 0
    assert contents(own) == before
    (own / "region" / "my_region" / "assumptions.txt").unlink()
    assert main([*words(tmp_path), "overwrite=true"]) == 2
    assert "holds no earlier import" in capsys.readouterr().err


def test_a_folder_that_cannot_be_finished_is_not_there_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Path) -> None:
        raise OSError("no room")

    monkeypatch.setattr(duo_folder, "_put_in_place", fail)
    with pytest.raises(OSError, match="no room"):
        main(words(tmp_path))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["po.csv", "vo.csv"]


@pytest.mark.parametrize(
    ("more", "part"),
    [
        (["mbo=mbo.csv"], "mbo, which is not in the model yet"),
        (["municipality=aadorp"], "did you mean 'municipalities'"),
        (["overwrite=ja"], "unknown value 'ja'"),
        (["name=twice"], "given twice"),
        (["aadorp"], "key=value"),
        (["--config-dir", "x"], "output=FOLDER"),
    ],
)
def test_wrong_words_end_with_status_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], more: list[str], part: str
) -> None:
    assert main([*words(tmp_path), *more]) == 2
    assert part in capsys.readouterr().err
    assert not (tmp_path / "own").exists()


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("gooi_en_vechtstreek", "another name"),
        ("My Region", "lower-case"),
        ("null", "none of"),
        ("", "name is missing"),
    ],
)
def test_a_name_that_cannot_be_a_region_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, part: str
) -> None:
    given = [f"name={name}" if word.startswith("name=") else word for word in words(tmp_path)]
    assert main(given) == 2
    assert part in capsys.readouterr().err


def test_an_output_below_a_file_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = words(tmp_path)
    given = [f"output={tmp_path / 'po.csv' / 'own'}" if word.startswith("output=") else word for word in given]
    assert main(given) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_check_needs_a_region_that_exists(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["region", "check"]) == 2
    assert "region=NAME" in capsys.readouterr().err
    assert main(["region", "check", "region=gooi"]) == 2
    assert "gooi_en_vechtstreek" in capsys.readouterr().err
