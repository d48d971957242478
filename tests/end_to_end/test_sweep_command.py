"""``smw sweep`` as a person types it, on a made-up region of four schools."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest

from sim.cli.main import main

OWN = Path(__file__).parents[1] / "data" / "own_configs"
TINY = ["--config-dir", str(OWN), "scenario=tiny", "horizon.measure_years=1", "workers=1"]
CAPS = "grid.care.smw.limits.max_conversations=[2,null]"
MONEY = "grid.funding.sources.partnership.amount=[10000,20000]"
FEW = "measures=[reach,smw_wait.median]"


def sweep(*words: str) -> int:
    return main(["sweep", *TINY, "--quiet", *words])


def tables(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((folder / "tables").glob("*.csv"))}


def tasks(folder: Path) -> dict[Path, int]:
    """Return the finished tasks of a folder and when they were written."""
    return {path: path.stat().st_mtime_ns for path in sorted((folder / "tasks").glob("*/*/*/[0-9]*/values.parquet"))}


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sweep") / "out"
    assert sweep(CAPS, MONEY, FEW, "replications=3", f"output={folder}") == 0
    return folder


def test_a_sweep_gives_tidy_and_wide_tables_pictures_and_a_page(done: Path) -> None:
    found = pd.read_csv(done / "tables" / "sweep.csv")
    assert list(found.columns[:4]) == [
        "point",
        "care.smw.limits.max_conversations",
        "funding.sources.partnership.amount",
        "measure",
    ]
    assert len(found) == 8
    reach = found[found["measure"] == "reach"]
    assert (reach["low"] <= reach["mean"]).all()
    assert reach["verdict"].iloc[0] == "reference"
    assert (reach["offered_load_vo"].diff().iloc[[1, 3]] < 0).all()
    assert len(pd.read_csv(done / "tables" / "points.csv")) == 4
    for measure in ("reach", "smw_wait.median"):
        assert (done / "figures" / "nl" / f"heatmap-{measure}.png").read_bytes().startswith(b"\x89PNG")
    page = (done / "report.html").read_text(encoding="utf-8")
    assert "Het meeste voor het geld" in page
    assert "The most for the money" in page
    assert "cost of smw" in (done / "findings.md").read_text(encoding="utf-8").lower()


def test_the_same_command_runs_nothing_again_and_gives_the_same_bytes(done: Path) -> None:
    before, when = tables(done), tasks(done)
    assert sweep(CAPS, MONEY, FEW, "replications=3", f"output={done}", "--no-report") == 0
    assert tables(done) == before
    assert tasks(done) == when
    assert len(when) == 12


def test_tables_are_the_same_after_an_interruption_and_with_two_processes(done: Path, tmp_path: Path) -> None:
    folder = tmp_path / "again"
    words = (CAPS, MONEY, FEW, f"output={folder}", "--no-report")
    assert sweep(*words, "replications=2") == 0
    half = sorted(tasks(folder))
    # What an interruption leaves behind: some tasks are not there.
    for path in half[1::2]:
        path.unlink()
        for other in path.parent.iterdir():
            other.unlink()
        path.parent.rmdir()
    assert sweep(*words, "replications=3", "workers=2", "backend=processes") == 0
    assert tables(folder) == tables(done)
    assert set(half[::2]) < set(tasks(folder))


def test_another_value_and_another_measure_run_only_the_new_points(done: Path) -> None:
    when = tasks(done)
    words = ["grid.care.smw.limits.max_conversations=[2,4,null]", MONEY, "measures=[balked]", f"output={done}"]
    assert sweep(*words, "replications=3", "--no-report") == 0
    now = tasks(done)
    assert {path: now[path] for path in when} == when
    assert len(now) - len(when) == 6
    # The page of the other question is not left beside these tables.
    assert sorted(path.name for path in done.iterdir()) == ["manifest.json", "tables", "tasks"]


def test_a_page_about_the_mbo_alone_speaks_of_its_students_as_the_mbo_does(tmp_path: Path) -> None:
    words = ["scenario=mbo_institution", "horizon.measure_years=1", "horizon.warm_up_years=0", "workers=1", "--quiet"]
    grid = ["grid.care.smw.gap_days=[7,14]", "measures=[reach]", "replications=1", f"output={tmp_path / 'out'}"]
    assert main(["sweep", *words, *grid]) == 0
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "andere studenten" in page
    assert "leerling" not in page.split('lang="en"', maxsplit=1)[0]


def test_a_design_of_ones_own_groups_and_a_point_that_contradicts_itself(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "points.csv"
    file.write_text(
        "name;scenario;care.smw.visits.min_hours;care.smw.visits.max_hours\n"
        "as_is;;;\ncapped;tiny_capped;;\nlong;;5;6\nwrong;;5;3\nshort;;1;3\n",
        encoding="utf-8",
    )
    folder = tmp_path / "out"
    own = [word for word in TINY if not word.startswith("scenario")]
    words = [f"design={file}", FEW, "replications=2", f"output={folder}", "--no-report", "--quiet"]
    assert main(["sweep", *own, *words, "region=tiny", "funding=tiny", "spreading=s1", "calendar=nl_noord"]) == 0
    said = capsys.readouterr()
    assert "point wrong cannot be run" in said.err
    found = pd.read_csv(folder / "tables" / "sweep.csv").set_index(["point", "measure"])
    assert found.loc[("wrong", "reach"), "verdict"] == "failed"
    assert found.loc[("capped", "reach"), "n"] == 2
    assert pd.read_csv(folder / "tables" / "failed_points.csv")["point"].tolist() == ["wrong"]


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["grid.care.smw.gap_days=[7,14]", "measures=[raech]"], "did you mean 'reach'"),
        (["grid.care.smw.gap_days=[7,14]", "reference=gap_days=8"], "unknown point 'gap_days=8'"),
        (["grid.care.smw.gap_days=[7,-1]"], "command line, care.smw.gap_days: found -1; allowed: 0 or more"),
        (["grid.care.smw.gap_dys=[7,14]"], "did you mean 'care.smw.gap_days'"),
        (["grid.care.smw.gap_days=[7,14]", "care.smw.gap_days=7"], "also given a value of its own"),
        (["grid.seed=[1,2]"], "is a setting of the run"),
        (["grid.scenario=[tiny,tyni]"], "did you mean 'tiny'"),
        (["design=nowhere.csv"], "no such file"),
        (["varied=1"], "write grid.KEY"),
        (["grid.care.smw.gap_days=[7,14]", "replications=0"], "replications"),
        (["grid.care.smw.gap_days=[7,14]", "scenarios=[a,b]"], "scenario=name"),
        (["grid.care.smw.gap_days=[7,14]", "event_log=true"], "event_log: does nothing in smw sweep"),
        (["grid.care.smw.gap_days=[7,14]", "precision.measure=reach", "precision.half_width=1"], "precision.measure"),
    ],
)
def test_what_is_wrong_is_said_before_anything_runs(
    words: Sequence[str], part: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = TINY if not any(word.startswith("grid.scenario") for word in words) else [*TINY[:2], *TINY[3:]]
    folder = tmp_path / "out"
    assert main(["sweep", *given, *words, f"output={folder}"]) == 2
    said = capsys.readouterr().err
    assert part in said
    assert "Traceback" not in said
    assert not folder.exists()
