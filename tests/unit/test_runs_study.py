"""Studies: the same tables however they are run, going on where they stopped, and never over another run."""

from __future__ import annotations

import json
import shutil
import threading
from pathlib import Path

import numpy as np
import pytest
from fake_runs import Fake, scenario, settings, tables
from scipy import stats

from sim import engine as engine_module
from sim.cli.compose import compose_study
from sim.engine import COMPILING, FALLBACK
from sim.errors import InputError
from sim.measures.arrays import Columns
from sim.runs import manifest, replications
from sim.runs import study as study_module
from sim.runs.assumption_range import load_range
from sim.runs.settings import BATCH, FIRST_CHECK, Precision, RunSettings
from sim.runs.study import load_study, run_study
from sim.runs.tasks import Task
from sim.scenario import Scenario


class StopsAtTheFourth(Fake):
    """As if somebody pressed Ctrl-C during the fourth replication."""

    def __call__(self, name: str, scenario: Scenario, seed: int, replication: int) -> dict[str, Columns]:
        if len(self.calls()) == 3:
            raise KeyboardInterrupt
        return super().__call__(name, scenario, seed, replication)


class Given(Fake):
    """Every scenario has an effect that is given for each replication."""

    def __init__(self, effects: list[float]) -> None:
        super().__init__()
        self.effects = effects

    def __call__(self, name: str, scenario: Scenario, seed: int, replication: int) -> dict[str, Columns]:
        return tables(10.0 + (self.effects[replication - 1] if name == "b" else 0.0))


class NotesThreads(Fake):
    """Note the thread of each call."""

    def __init__(self) -> None:
        super().__init__()
        self.threads: list[threading.Thread] = []

    def __call__(self, name: str, scenario: Scenario, seed: int, replication: int) -> dict[str, Columns]:
        self.threads.append(threading.current_thread())
        return super().__call__(name, scenario, seed, replication)


@pytest.fixture(scope="module")
def scenarios() -> dict[str, Scenario]:
    one = scenario()
    return {"a": one, "b": one.changed(**{"horizon.measure_years": 4})}


def changed_settings(folder: Path, changes: dict[str, object]) -> RunSettings:
    return RunSettings.model_validate(settings(folder).model_dump() | changes)


def _tables(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((folder / "tables").iterdir())}


@pytest.fixture(params=[True, False], ids=["at hand", "to compile"])
def at_hand(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether compiled code is there before the run; Numba is."""
    monkeypatch.setattr(study_module, "choose", lambda name: "simpy" if name == "simpy" else "compiled")
    monkeypatch.setattr(study_module, "described", lambda engine: {"engine": engine})
    monkeypatch.setattr(replications, "has_to_compile", lambda engine: engine == "compiled" and not request.param)
    return bool(request.param)


def test_tables_are_the_same_bytes_for_any_number_of_workers_and_either_engine(
    tmp_path: Path, scenarios: dict[str, Scenario], at_hand: bool
) -> None:
    found = []
    for engine, workers in (("simpy", 1), ("simpy", 2), ("auto", 1), ("compiled", 2), ("auto", 5)):
        folder = tmp_path / f"{engine}-{workers}"
        run_study(scenarios, settings(folder, workers=workers, engine=engine), replicate=Fake())
        found.append(_tables(folder))
    names = ["curves", "differences", "flows", "schools", "summary", "values", "weekly"]
    assert list(found[0]) == [f"{name}.csv" for name in names]
    assert all(tables == found[0] for tables in found[1:])


def test_the_compiled_engine_works_in_threads_of_this_process(
    tmp_path: Path, scenarios: dict[str, Scenario], at_hand: bool
) -> None:
    fake = NotesThreads()
    run_study(scenarios, settings(None, workers=3, engine="compiled", replications=9), replicate=fake)
    here = threading.current_thread()
    assert 1 <= len(set(fake.threads) - {here}) <= 3
    assert [thread is here for thread in fake.threads].count(True) == (0 if at_hand else 1)


def test_it_is_said_once_that_the_engine_has_to_be_compiled_first(
    scenarios: dict[str, Scenario], at_hand: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    enough = Precision(measure="reach", half_width=1e-6, max_replications=20)
    run_study(scenarios, settings(None, engine="auto", precision=enough), replicate=Fake())
    said = capsys.readouterr().err.splitlines()
    assert said.count(COMPILING) == (0 if at_hand else 1)
    assert FALLBACK not in said


def test_nothing_is_compiled_for_what_is_finished(
    tmp_path: Path, scenarios: dict[str, Scenario], at_hand: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    run_study(scenarios, settings(tmp_path, engine="simpy"), replicate=Fake())
    fake = Fake(log=tmp_path / "log")
    run_study(scenarios, settings(tmp_path, engine="compiled"), replicate=fake)
    assert fake.calls() == []
    assert capsys.readouterr().err == ""
    assert manifest.read(tmp_path).engine == {"engine": "compiled"}


def test_where_the_compiler_is_missing_auto_says_so_and_asking_for_it_is_an_error(
    tmp_path: Path,
    scenarios: dict[str, Scenario],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(engine_module, "has_numba", lambda: False)
    run_study(scenarios, settings(tmp_path / "auto", engine="auto"), replicate=Fake())
    assert capsys.readouterr().err.splitlines() == [FALLBACK]
    assert manifest.read(tmp_path / "auto").engine == {"engine": "simpy"}
    run_study(scenarios, settings(None, engine="simpy"), replicate=Fake())
    assert capsys.readouterr().err == ""
    with pytest.raises(InputError, match="needs Numba"):
        run_study(scenarios, settings(tmp_path / "out", engine="compiled"), replicate=Fake())
    assert not (tmp_path / "out").exists()


def test_a_study_in_memory_equals_one_on_disk(tmp_path: Path, scenarios: dict[str, Scenario]) -> None:
    memory = run_study(scenarios, settings(None), replicate=Fake())
    disk = run_study(scenarios, settings(tmp_path / "out"), replicate=Fake())
    again = load_study(tmp_path / "out")
    for study in (disk, again):
        assert study.values.equals(memory.values)
        assert study.differences().equals(memory.differences())
        assert study.replications == (1, 2, 3)


def test_finished_replications_are_used_again_and_more_are_added(
    tmp_path: Path, scenarios: dict[str, Scenario]
) -> None:
    fake = Fake(log=tmp_path / "log")
    out = tmp_path / "out"
    run_study(scenarios, settings(out, replications=2), replicate=fake)
    run_study(scenarios, settings(out, replications=3), replicate=fake)
    assert fake.calls() == ["a 1", "a 2", "a 3", "b 1", "b 2", "b 3"]
    run_study(scenarios, settings(tmp_path / "fresh"), replicate=Fake())
    assert _tables(out) == _tables(tmp_path / "fresh")


def test_a_stopped_run_goes_on_with_what_is_missing(tmp_path: Path, scenarios: dict[str, Scenario]) -> None:
    out, log = tmp_path / "out", tmp_path / "log"
    with pytest.raises(KeyboardInterrupt):
        run_study(scenarios, settings(out), replicate=StopsAtTheFourth(log=log))
    assert json.loads((out / "manifest.json").read_text())["status"] == "running"
    assert not (out / "tables").exists()
    fake = Fake(log=log)
    run_study(scenarios, settings(out), replicate=fake)
    assert len(fake.calls()) == len(set(fake.calls())) == 6
    assert json.loads((out / "manifest.json").read_text())["status"] == "finished"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"seed": 2}, "seed: there 1, now 2"),
        ({"reference": "b"}, 'reference: there "a", now "b"'),
    ],
)
def test_another_run_is_not_overwritten_without_a_flag(
    tmp_path: Path, scenarios: dict[str, Scenario], change: dict[str, object], said: str
) -> None:
    run_study(scenarios, settings(tmp_path), replicate=Fake())
    before = _tables(tmp_path)
    with pytest.raises(InputError) as caught:
        run_study(scenarios, changed_settings(tmp_path, change), replicate=Fake())
    assert said in str(caught.value)
    assert "overwrite=true" in str(caught.value)
    assert _tables(tmp_path) == before
    run_study(scenarios, changed_settings(tmp_path, {**change, "overwrite": True}), replicate=Fake())
    assert _tables(tmp_path) != before


def test_another_setting_is_named_when_the_folder_is_refused(tmp_path: Path, scenarios: dict[str, Scenario]) -> None:
    run_study(scenarios, settings(tmp_path), replicate=Fake())
    changed = {**scenarios, "b": scenarios["b"].changed(**{"care.smw.gap_days": 21})}
    with pytest.raises(InputError, match=r"b: care\.smw\.gap_days: there 14, now 21"):
        run_study(changed, settings(tmp_path), replicate=Fake())


def test_replacing_a_run_takes_its_report_away_and_leaves_notes(
    tmp_path: Path, scenarios: dict[str, Scenario]
) -> None:
    run_study(scenarios, settings(tmp_path), replicate=Fake())
    report, notes = tmp_path / "report.html", tmp_path / "notes.txt"
    report.touch()
    notes.touch()
    run_study(scenarios, settings(tmp_path, replications=4), replicate=Fake())
    assert report.exists()
    run_study(scenarios, settings(tmp_path, seed=2, overwrite=True), replicate=Fake())
    assert not report.exists()
    assert notes.exists()


def test_a_folder_with_other_files_is_never_used(tmp_path: Path, scenarios: dict[str, Scenario]) -> None:
    precious = tmp_path / "thesis.docx"
    precious.touch()
    for overwrite in (False, True):
        with pytest.raises(InputError, match="holds other files"):
            run_study(scenarios, settings(tmp_path, overwrite=overwrite), replicate=Fake())
    assert list(tmp_path.iterdir()) == [precious]


def test_a_replication_that_failed_is_left_out_of_every_scenario(
    tmp_path: Path, scenarios: dict[str, Scenario]
) -> None:
    out = tmp_path / "out"
    study = run_study(scenarios, settings(out), replicate=Fake(raises=frozenset({Task("b", 2)})))
    assert study.replications == (1, 3)
    assert set(study.values["replication"]) == {1, 3}
    assert list(study.failures) == [Task("b", 2)]
    manifest = json.loads((out / "manifest.json").read_text())
    assert manifest["status"] == "incomplete"
    assert manifest["failed"] == ["b, replication 2: ZeroDivisionError: a mistake in the model"]
    assert run_study(scenarios, settings(out), replicate=Fake()).replications == (1, 2, 3)


def test_wrong_input_found_late_is_an_input_error(tmp_path: Path, scenarios: dict[str, Scenario]) -> None:
    with pytest.raises(InputError, match=r"schools\.csv, row 3"):
        run_study(scenarios, settings(tmp_path / "out"), replicate=Fake(wrong=frozenset({Task("a", 1)})))


def test_a_run_stops_when_the_difference_is_known_well_enough(scenarios: dict[str, Scenario]) -> None:
    enough = Precision(measure="reach", half_width=1000.0, max_replications=50)
    assert len(run_study(scenarios, settings(None, precision=enough), replicate=Fake()).replications) == FIRST_CHECK
    sharper = Precision(measure="reach", half_width=0.9, max_replications=200)
    study = run_study(scenarios, settings(None, precision=sharper), replicate=Fake())
    totals = study.differences().query("level == 'total'")
    assert totals["half_width"].item() <= 0.9
    n = len(study.replications)
    assert n > FIRST_CHECK
    assert (n - FIRST_CHECK) % BATCH == 0


def test_a_run_that_stays_unsure_stops_at_the_most_and_says_so(
    scenarios: dict[str, Scenario], capsys: pytest.CaptureFixture[str]
) -> None:
    never = Precision(measure="reach", half_width=1e-6, max_replications=12)
    study = run_study(scenarios, settings(None, precision=never), replicate=Fake())
    assert len(study.replications) == 12
    said = capsys.readouterr().err
    assert "not at most 1e-06 for long enough after 12 replications" in said
    assert int(said.split("at least ")[1].split(" ")[0]) > 1000


def test_a_half_width_that_is_small_for_the_first_time_has_to_stay_small(scenarios: dict[str, Scenario]) -> None:
    effects = [4.0, -4.0] + [0.0] * 30
    widths = [
        stats.t.ppf(0.975, n - 1) * np.std(effects[:n], ddof=1) / np.sqrt(n) for n in (FIRST_CHECK - 1, FIRST_CHECK)
    ]
    between = Precision(measure="reach", half_width=sum(widths) / 2, max_replications=50)
    study = run_study(scenarios, settings(None, precision=between), replicate=Given(effects))
    # Small from the first check on; six replications in a row are so at the second.
    assert len(study.replications) == FIRST_CHECK + BATCH


def test_a_range_that_is_not_finished_anywhere_is_left_out(tmp_path: Path, scenarios: dict[str, Scenario]) -> None:
    finished, begun = (tmp_path / "range" / f"care.x={value}" for value in ("0", "1"))
    for folder in (finished, begun):
        run_study(scenarios, settings(folder), replicate=Fake())
    for place in (begun / "replications").glob("b/*"):
        shutil.rmtree(place)
    assert list(load_range(tmp_path, "care.x")) == [0.0]


def test_what_is_known_is_kept_with_the_run(tmp_path: Path, scenarios: dict[str, Scenario]) -> None:
    targets = compose_study([]).settings.targets
    run_study(scenarios, settings(tmp_path, targets=targets), replicate=Fake())
    assert manifest.read(tmp_path).known() == targets
    assert len(targets.known) > 5


def test_an_unknown_measure_to_stop_on_is_named(scenarios: dict[str, Scenario]) -> None:
    wrong = Precision(measure="raech", half_width=1.0)
    with pytest.raises(InputError, match="did you mean 'reach'"):
        run_study(scenarios, settings(None, precision=wrong), replicate=Fake())


def test_a_folder_without_a_run_cannot_be_loaded(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"manifest\.json is missing"):
        load_study(tmp_path)
    (tmp_path / "manifest.json").write_text("{}", encoding="utf-8")
    with pytest.raises(InputError, match="cannot be read"):
        load_study(tmp_path)


def test_means_over_replications_count_an_absent_flow_as_nothing(scenarios: dict[str, Scenario]) -> None:
    study = run_study(scenarios, settings(None, replications=4), replicate=Fake())
    flows = study.flows[~((study.flows["scenario"] == "a") & (study.flows["replication"] > 1))]
    object.__setattr__(study, "flows", flows)
    shown = study.tables()["flows"].set_index("scenario")["value"]
    first = flows.query("scenario == 'a'")["value"].item()
    assert shown["a"] == pytest.approx(first / 4)
