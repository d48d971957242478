"""The commands as a person types them, on a made-up region of four schools."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest

from sim.cli.main import main
from sim.compiling import has_numba

ROOT = Path(__file__).parents[2]
OWN = ROOT / "tests" / "data" / "own_configs"
TINY = ["--config-dir", str(OWN), "scenario=tiny"]
TWO = ["--config-dir", str(OWN), "scenarios=[tiny,tiny_capped]"]
PAIR = [*TWO, "--no-report", "range.key=null", "range.values=[]"]
NEEDS_NUMBA = pytest.mark.skipif(not has_numba(), reason="Numba is not installed")
HEAVY = ("hydra", "matplotlib", "numba", "numpy", "omegaconf", "pandas", "pyarrow", "pydantic", "scipy", "simpy")


def start(*arguments: str, **variables: str) -> subprocess.Popen[str]:
    """Start ``python -m sim`` as the head of a group of processes, as a terminal does."""
    return subprocess.Popen(
        [sys.executable, "-m", "sim", *arguments],
        cwd=ROOT,
        env={**os.environ, **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def call(*arguments: str, **variables: str) -> tuple[int, str, str]:
    process = start(*arguments, **variables)
    out, err = process.communicate(timeout=300)
    return process.returncode, out, err


def tables(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((folder / "tables").glob("*.csv"))}


def finished(folder: Path) -> list[Path]:
    return sorted(folder.glob("replications/*/[0-9]*"))


def wait_for(folder: Path, count: int, process: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + 120
    while len(finished(folder)) < count:
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A comparison that was never disturbed, in one process."""
    folder = tmp_path_factory.mktemp("compared") / "out"
    code, _, err = call("compare", *PAIR, "replications=6", "workers=1", f"output={folder}", PYTHONHASHSEED="1")
    assert code == 0, err
    return folder


def test_help_answers_without_loading_anything_heavy() -> None:
    program = "import sys; from sim.cli.main import main; main(sys.argv[1:]); print('|', *sys.modules)"
    for words in (["--help"], ["compare", "--help"], ["verify", "engines", "--help"]):
        done = subprocess.run(
            [sys.executable, "-c", program, *words], cwd=ROOT, capture_output=True, text=True, check=True
        )
        text, _, modules = done.stdout.rpartition("|")
        assert set(HEAVY) & set(modules.split()) == set()
        assert "care.smw.limits.max_conversations" in text
        assert f"smw {words[0]}" in text or "compare scenarios" in text


@pytest.mark.parametrize("command", ["run", "compare", "show", "sweep", "region", "report", "verify"])
def test_every_command_has_examples_that_can_be_read(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, "--help"]) == 0
    assert f"smw {command}" in capsys.readouterr().out.split("Examples:")[1]


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["compare", "care.smw.limits.max_convs=5"], "care.smw.limits.max_conversations"),
        (["run", "costs.smw_hour_hired=-80"], "found -80; allowed: more than 0"),
        (["run", "care.smw.intake_share=1.2"], "found 1.2; allowed: at most 1"),
        (["run", "costs.smw_hour_hired=82,5"], "costs.smw_hour_hired=82.5"),
        (["run", "scenario=s1_propsal_2016"], "s1_proposal_2016"),
        (["run", "funding.opt_out=[vo-99]"], "vo-99"),
        (["show", "hours", "region.folder=nowhere"], "nowhere"),
        (["show", "parameters", "care.smw.limits.max_conversation_number"], "nothing about"),
        (["show", "hours", "po-001"], "key=value"),
        (["show", "contributions", "much"], "an amount in euros"),
        (["show", "model", "diagramm"], "did you mean 'diagram'"),
        (["sweep", "design=lhs"], "nothing is varied"),
        (["sweep", "grid.care.smw.gap_days=[7,14]", "measures=[raech]"], "'reach'"),
        (["report", "no/such/folder"], "no run here"),
        (["run", "engine=compield"], "did you mean 'compiled'"),
        (["verify", "engines", "scenario=no_sm"], "did you mean 'no_smw'"),
        (["verify", "engines", "scenario=no_smw", "scenarios=all"], "not both"),
        (["verify", "engins"], "invalid choice: 'engins'"),
        (["run", "--fast"], "unknown option --fast"),
        (["runn"], "invalid choice: 'runn'"),
    ],
)
def test_wrong_words_end_with_status_2_and_say_what_is_wrong(
    words: Sequence[str],
    part: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(words) == 2
    said = capsys.readouterr().err
    assert part in said
    assert "Traceback" not in said


def _broken(tmp_path: Path, file: str, old: str, new: str) -> Path:
    own = tmp_path / "own"
    shutil.copytree(OWN, own)
    path = own / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return own


@pytest.mark.parametrize(
    ("file", "old", "new", "parts"),
    [
        ("region/tiny/schools.csv", "po,,bee,300", "po,,bea,300", ["schools.csv", "municipality", "'bea'", "'bee'"]),
        ("region/tiny/schools.csv", "bee,600", "bee,601", ["pupils", "found 900", "901"]),
        ("region/tiny/schools.csv", ",students", "", ["schools.csv", "students"]),
        ("region/tiny/schools.csv", "aa,200", "aa,many", ["schools.csv", "students", "'many'"]),
        ("region/tiny/schools.csv", "aa,200", 'aa,"200,5"', ["schools.csv", "students", "200,5"]),
        (
            "region/tiny/municipalities.csv",
            "aa,Aadorp,wijkteam,500\nbee,Beestad,toegang,900\n",
            "",
            ["municipalities"],
        ),
        ("funding/tiny.yaml", "    sector: vo\n", "", ["funding/tiny.yaml", "sector: missing", "po, vo"]),
        ("funding/tiny.yaml", "10000", "-1", ["funding/tiny.yaml", "funding.sources.partnership.amount", "found -1"]),
        ("funding/tiny.yaml", "10000", "10,5", ["funding/tiny.yaml", "'10,5'", "10.5"]),
        (
            "scenario/tiny.yaml",
            "slots: 60",
            "slotss: 60",
            ["scenario/tiny.yaml", "care.youth_care.slotss", "'slots'"],
        ),
    ],
)
def test_a_mistake_in_a_file_ends_with_status_2_and_names_the_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], file: str, old: str, new: str, parts: Sequence[str]
) -> None:
    own = _broken(tmp_path, file, old, new)
    out = tmp_path / "out"
    assert (
        main(["run", "--config-dir", str(own), "scenario=tiny", "replications=2", "workers=1", f"output={out}"]) == 2
    )
    said = capsys.readouterr().err.split("smw: ")[-1]
    assert len(said.splitlines()) <= 6
    for part in parts:
        assert part in said
    assert not (out / "tables").exists()


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        (["scenarios"], ["s1_proposal_2016: Proposal 2016", "euros a year: municipality 100,000"]),
        (["scenarios", "--language", "nl"], ["Voorstel 2016"]),
        (["parameters", "care.smw.limits.max"], ["care.smw.limits.max_conversations = null", "source:", "grade"]),
        (["hours", *TINY], ["po-a", "Basisschool Aadorp", "hours a year"]),
        (["load", *TINY], ["load", "hours funded", "above 1"]),
        (["load", "scenario=no_smw"], ["no hours"]),
        (["model"], ["smw_wait", "smw_care (first conversation)", "escalate", "conversations", "reach"]),
        (["model", "diagram"], ["flowchart LR", "SMW_WAIT -->|first conversation| SMW_CARE"]),
        (["contributions"], ["25,071", "29 euros too high", "100,029"]),
        (["contributions", "200000"], ["200,000"]),
    ],
)
def test_show_tells_what_goes_in(
    words: Sequence[str], parts: Sequence[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["show", *words]) == 0
    out = capsys.readouterr().out
    for part in parts:
        assert part in out


def test_one_scenario_is_run_and_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    code = main(["run", *TINY, "replications=3", "workers=1", "event_log=true", f"output={out}", "--quiet"])
    said = capsys.readouterr().out
    assert code == 0
    assert (out / "report.html").stat().st_size > 10_000
    assert f"report: {out / 'report.html'}" in said
    assert "smw_wait.median" in said
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["status"] == "finished"
    assert manifest["settings"]["tiny"]["region"]["name"] == "tiny"
    assert manifest["command"].startswith("smw run")
    events = pd.read_parquet(out / "replications" / "tiny" / "0001" / "events.parquet")
    assert {"entity_id", "event_type", "event", "time", "resource_id"} <= set(events.columns)
    assert events["time"].is_monotonic_increasing
    uses, ends = (events[events["event_type"] == kind] for kind in ("resource_use", "resource_use_end"))
    assert 0 < len(ends) <= len(uses)


@pytest.mark.parametrize("engine", ["simpy", pytest.param("compiled", marks=NEEDS_NUMBA)])
def test_tables_are_the_same_with_either_engine_any_number_of_workers_and_any_hash_seed(
    compared: Path, tmp_path: Path, engine: str
) -> None:
    out = tmp_path / "out"
    words = [*PAIR, "replications=6", f"engine={engine}", "workers=2", f"output={out}"]
    code, said, err = call("compare", *words, PYTHONHASHSEED="2")
    assert code == 0, err
    assert tables(out) == tables(compared)
    assert json.loads((out / "manifest.json").read_text(encoding="utf-8"))["engine"]["engine"] == engine
    assert "tiny_capped" in said
    assert "reference" in said


def test_after_control_c_the_same_command_goes_on(compared: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    words = ["compare", *PAIR, "replications=6", "engine=simpy", "workers=2", f"output={out}"]
    process = start(*words)
    wait_for(out, 3, process)
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in err
    assert "finished replications are kept" in err
    assert "to go on" in err
    kept = {path: path.stat().st_mtime_ns for path in finished(out)}
    assert 3 <= len(kept) < 12
    code, _, err = call(*words)
    assert code == 0, err
    assert {path: path.stat().st_mtime_ns for path in kept} == kept
    assert tables(out) == tables(compared)


@NEEDS_NUMBA
def test_control_c_stops_threads_after_the_replications_they_are_at(tmp_path: Path) -> None:
    out = tmp_path / "out"
    process = start("compare", *PAIR, "replications=400", "engine=compiled", "workers=2", f"output={out}")
    wait_for(out, 3, process)
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in err
    assert "finished replications are kept" in err
    assert 3 <= len(finished(out)) < 800
    assert list(out.glob("replications/*/.*")) == []


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds the workers by /proc")
def test_a_killed_worker_loses_nothing(compared: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    process = start("compare", *PAIR, "replications=6", "engine=simpy", "workers=2", f"output={out}")
    wait_for(out, 1, process)
    for child in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split():
        if b"multiprocessing.spawn" in Path(f"/proc/{child}/cmdline").read_bytes():
            os.kill(int(child), signal.SIGKILL)
            break
    _, err = process.communicate(timeout=300)
    assert process.returncode == 0, err
    assert tables(out) == tables(compared)


def test_another_run_is_not_overwritten_without_the_flag(
    compared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    shutil.copytree(compared, out)
    words = ["compare", *PAIR, "replications=2", "workers=1", f"output={out}", "seed=2"]
    before = tables(out)
    assert main(words) == 2
    said = capsys.readouterr().err
    assert "holds another run" in said
    assert "seed: there 1, now 2" in said
    assert tables(out) == before
    assert main([*words, "overwrite=true"]) == 0
    assert tables(out) != before


def test_a_report_can_be_written_again_only_from_results(compared: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    shutil.copy(compared / "manifest.json", empty)
    assert main(["report", str(empty)]) == 2


def test_a_comparison_shows_what_other_values_of_the_main_assumption_do(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    code, _, err = call("compare", *TWO, "replications=3", "range.replications=2", f"output={folder}")
    assert code == 0, err
    found = pd.read_csv(folder / "tables" / "range.csv")
    asked = found.query("measure == 'asked'").set_index("assumption")
    assert asked.index.tolist() == [0.0, 0.3, 1.0]
    assert asked["n"].tolist() == [2, 3, 2]
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert "What if schools without SMW do otherwise?" in page
    assert "Wat als scholen zonder SMW iets anders doen?" in page


def test_a_range_of_something_that_is_no_setting_ends_with_status_2(tmp_path: Path) -> None:
    output = f"output={tmp_path / 'out'}"
    code, _, err = call("compare", *TWO, "replications=2", "range.key=care.smw.limits.max_conversation", output)
    assert code == 2
    assert "range.key" in err
    assert "care.smw.limits.max_conversation" in err
    assert "care.smw.limits.max_conversations" in err.split("did you mean")[1]


def test_a_range_with_a_value_that_is_not_allowed_ends_with_status_2_before_anything_runs(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    code, _, err = call("compare", *TWO, "replications=2", "range.values=[0,2]", f"output={folder}")
    assert code == 2
    assert "range.values: found 2 for care.without_smw.outside_share" in err
    assert "Traceback" not in err
    assert not folder.exists()
