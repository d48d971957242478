"""A region of one's own, from files as DUO publishes them to a simulated year."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
import yaml

from sim.cli.compose import compose_one
from sim.cli.main import main
from sim.region import duo_folder
from tests.unit.duo_files import MBO, PO, VO, write_duo


def words(folder: Path, *more: str) -> list[str]:
    files = write_duo(folder, po=PO, vo=VO)
    named = ["name=my_region", f"output={folder / 'own'}", "municipalities=aadorp,beestad", "wijkteam=aadorp"]
    return ["region", "import", *(f"{sector}={path}" for sector, path in files.items()), *named, *more]


def mbo_words(folder: Path, **others: str) -> list[str]:
    files = write_duo(folder, mbo=MBO, **others)
    named = ["name=my_mbo", f"output={folder / 'own'}"]
    return ["region", "import", *(f"{sector}={path}" for sector, path in files.items()), *named]


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

    asked = run(tmp_path, "my_region").query("measure == 'asked' and level == 'total'")["value"]
    assert (asked > 0).all()


def run(folder: Path, name: str) -> pd.DataFrame:
    out = folder / "out"
    short = ["horizon.warm_up_years=0", "horizon.measure_years=1", "replications=2", "workers=1", f"output={out}"]
    own = ["--config-dir", str(folder / "own")]
    assert main(["run", f"scenario={name}", *own, *short, "--quiet", "--no-report"]) == 0
    return pd.read_csv(out / "tables" / "values.csv")


def test_mbo_is_imported_checked_and_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(mbo_words(tmp_path)) == 0
    said = capsys.readouterr().out
    assert "the state's subsidy (15,000,000 euros" in said
    assert "rule of thumb 30-40-30" in said
    assert "slots and onset come from Mbo in the Netherlands" in said

    assert main(["region", "check", "region=my_mbo", "--config-dir", str(tmp_path / "own")]) == 0
    said = capsys.readouterr().out
    table = [line.split() for line in said.splitlines()]
    assert ["roc_large", "1", "10,000", "300", "2,100", "2,600", "5,000"] in [line[:7] for line in table]
    assert ["all", "2", "11,002", "300", "2,500", "2,602", "5,600"] in [line[:7] for line in table]
    assert "mbo students live: 30% in the municipality of their institution, 40% elsewhere in its area" in said

    asked = run(tmp_path, "my_mbo").query("measure == 'asked' and level == 'total'")["value"]
    assert (asked > 0).all()


def test_a_region_with_all_sectors_takes_each_from_the_scenario_of_that_sector(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(mbo_words(tmp_path, po=PO, vo=VO)) == 0
    assert "slots and onset come from Gooi en Vechtstreek and Mbo in the Netherlands" in capsys.readouterr().out
    own = ["--config-dir", str(tmp_path / "own")]
    sources = yaml.safe_load((tmp_path / "own/funding/my_mbo.yaml").read_text(encoding="utf-8"))["sources"]
    assert {source["sector"] for source in sources} == {"po", "vo", "mbo"}
    scenario, together = compose_one(["scenario=my_mbo"], tmp_path / "own"), {}
    for name in ("s1_before_2016", "mbo_current_mix"):
        (together[name],) = compose_one([f"scenario={name}"]).scenarios.values()
    (found,) = scenario.scenarios.values()
    school, mbo = together.values()
    slots = school.care.youth_care.slots * 1404 / 40_330 + mbo.care.youth_care.slots * 11_002 / 486_569
    assert found.care.youth_care.slots == pytest.approx(slots, abs=1)
    assert found.demand.onset_per_year.vo == school.demand.onset_per_year.vo
    assert found.demand.onset_per_year.mbo_2 == mbo.demand.onset_per_year.mbo_2
    assert main(["region", "check", "region=my_mbo", *own]) == 0
    assert run(tmp_path, "my_mbo").query("measure == 'asked' and level == 'sector' and value > 0").shape[0] > 0


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
        (["mbo=nowhere.csv"], "nowhere.csv: there is no such file"),
        (["mbo="], "mbo=: found nothing"),
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


@pytest.mark.parametrize(
    ("name", "scenario", "schools"),
    [
        ("gooi_en_vechtstreek", "s1_before_2016", ["all", "po", "85", "22,181"]),
        ("mbo_nederland", "mbo_current_mix", ["all", "mbo", "65", "486,569"]),
        ("mbo_institution", "mbo_institution", ["all", "mbo", "1", "10,400"]),
    ],
)
def test_a_region_that_ships_is_checked_with_its_own_scenario(
    capsys: pytest.CaptureFixture[str], name: str, scenario: str, schools: list[str]
) -> None:
    assert main(["region", "check", f"region={name}"]) == 0
    said = capsys.readouterr().out
    assert said.splitlines()[0].endswith(f"scenario {scenario}")
    assert schools in [line.split()[:4] for line in said.splitlines()]
    assert "the schools of this region are made up" in said


def test_check_needs_a_region_that_exists(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["region", "check"]) == 2
    assert "region=NAME" in capsys.readouterr().err
    assert main(["region", "check", "region=gooi"]) == 2
    assert "gooi_en_vechtstreek" in capsys.readouterr().err
