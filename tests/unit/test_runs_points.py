"""Points: what is on disk is not done again, what changed is, and a bad point does not take the others along."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from fake_points import FakePoints, called, point, points

from sim.errors import InputError
from sim.runs.points import PointRun, PointRunner, PointSettings
from sim.runs.tasks import ROOT, Task
from sim.scenario import Scenario

SERIAL = PointSettings(engine="simpy", workers=1)


@pytest.fixture
def fake(tmp_path: Path) -> FakePoints:
    return FakePoints(tmp_path / "calls")


def run(
    folder: Path,
    fake: FakePoints,
    scenarios: dict[str, Scenario],
    replications: int | dict[str, range] = 3,
    strict: bool = True,
    seed: int = 1,
) -> PointRun:
    fake.forget()
    settings = SERIAL.model_copy(update={"seed": seed})
    with PointRunner(folder / "out", settings, replicate=fake, strict=strict) as runner:
        return runner.run(scenarios, replications)


def test_every_replication_of_every_point_is_done_once(tmp_path: Path, fake: FakePoints) -> None:
    found = run(tmp_path, fake, points(1.0, 2.0))
    assert fake.calls() == called("ab", (1, 2, 3))
    assert found.replications == {"a": (1, 2, 3), "b": (1, 2, 3)}
    assert found.failures == {}


def test_what_is_on_disk_is_not_done_again(tmp_path: Path, fake: FakePoints) -> None:
    first = run(tmp_path, fake, points(1.0, 2.0)).values()
    again = run(tmp_path, fake, points(1.0, 2.0)).values()
    assert fake.calls() == []
    pd.testing.assert_frame_equal(first, again)


def test_names_and_order_of_points_do_not_matter(tmp_path: Path, fake: FakePoints) -> None:
    first = run(tmp_path, fake, points(1.0, 2.0)).values().set_index(["scenario", "replication"])["value"]
    other = run(tmp_path, fake, {"x": point("x", 2.0), "y": point("y", 1.0)}).values()
    assert fake.calls() == []
    assert other["scenario"].unique().tolist() == ["x", "y"]
    value = other.set_index(["scenario", "replication"])["value"]
    assert value["x"].tolist() == first["b"].tolist()
    assert value["y"].tolist() == first["a"].tolist()


def test_only_the_point_whose_settings_changed_is_done_again(tmp_path: Path, fake: FakePoints) -> None:
    run(tmp_path, fake, points(1.0, 2.0, 3.0))
    run(tmp_path, fake, points(1.0, 2.5, 3.0))
    assert fake.calls() == called("b", (1, 2, 3))


def test_more_replications_and_more_points_are_added(tmp_path: Path, fake: FakePoints) -> None:
    run(tmp_path, fake, points(1.0, 2.0), 2)
    run(tmp_path, fake, points(1.0, 2.0, 3.0), 3)
    assert fake.calls() == sorted([*called("ab", [3]), *called("c", (1, 2, 3))])


def test_another_seed_is_another_result(tmp_path: Path, fake: FakePoints) -> None:
    one = run(tmp_path, fake, points(1.0), 2).values()["value"]
    two = run(tmp_path, fake, points(1.0), 2, seed=2).values()["value"]
    assert fake.calls() == called("a", (1, 2))
    assert one.tolist() != two.tolist()


def test_points_with_the_same_settings_are_done_once(tmp_path: Path, fake: FakePoints) -> None:
    found = run(tmp_path, fake, points(1.0, 1.0, 2.0))
    assert len(fake.calls()) == 6
    values = found.values().groupby("scenario")["value"].apply(list)
    assert values["a"] == values["b"] != values["c"]


def test_each_point_can_ask_for_its_own_replications(tmp_path: Path, fake: FakePoints) -> None:
    found = run(tmp_path, fake, points(1.0, 2.0), {"a": range(1, 3), "b": range(4, 5)})
    assert fake.calls() == ["a 1", "a 2", "b 4"]
    assert found.replications == {"a": (1, 2), "b": (4,)}


def test_other_source_of_the_model_does_everything_again(
    tmp_path: Path, fake: FakePoints, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(tmp_path, fake, points(1.0))
    for module in ("sim.runs.digest", "sim.runs.points.store"):
        monkeypatch.setattr(f"{module}.source_digest", lambda: "f" * 64)
    run(tmp_path, fake, points(1.0))
    assert fake.calls() == called("a", (1, 2, 3))
    assert [place.name for place in (tmp_path / "out" / "tasks").iterdir()] == ["f" * 12]


def test_files_that_change_while_it_runs_end_the_run_also_when_it_is_not_strict(
    tmp_path: Path, fake: FakePoints, monkeypatch: pytest.MonkeyPatch
) -> None:
    digests = iter(["1" * 64, "2" * 64])
    monkeypatch.setattr("sim.runs.points.runner.scenario_digest", lambda *of: next(digests))
    with pytest.raises(InputError, match="are not those with which the run started"):
        run(tmp_path, fake, points(1.0, 2.0), strict=False)
    assert fake.calls() == []


def test_a_task_that_raises_is_named_and_the_others_go_on(tmp_path: Path, fake: FakePoints) -> None:
    bad = FakePoints(fake.log, raises=("b",))
    found = run(tmp_path, bad, points(1.0, 2.0, 3.0), 2)
    assert [str(task) for task in found.failures] == ["b, replication 1", "b, replication 2"]
    assert found.failures[Task("b", 1)].reason == "ZeroDivisionError: a mistake in the model"
    assert found.replications == {"a": (1, 2), "b": (), "c": (1, 2)}
    assert set(found.values()["scenario"]) == {"a", "c"}


def test_wrong_input_ends_a_strict_run_and_is_one_failure_of_another(tmp_path: Path, fake: FakePoints) -> None:
    bad = FakePoints(fake.log, wrong=("b",))
    with pytest.raises(InputError, match="row 3"):
        run(tmp_path, bad, points(1.0, 2.0, 3.0), 1)
    found = run(tmp_path, bad, points(1.0, 2.0, 3.0), 1, strict=False)
    assert bad.calls() == ["b 1", "c 1"]
    assert [str(task) for task in found.failures] == ["b, replication 1"]


def test_a_failed_task_is_tried_again_by_the_next_run_and_not_by_this_one(tmp_path: Path, fake: FakePoints) -> None:
    bad = FakePoints(fake.log, raises=("b",))
    with PointRunner(tmp_path / "out", SERIAL, replicate=bad) as runner:
        runner.run(points(1.0, 2.0), 1)
        again = runner.run(points(1.0, 2.0), 2)
    assert bad.calls() == ["a 1", "a 2", "b 1", "b 2"]
    assert len(again.failures) == 2
    found = run(tmp_path, fake, points(1.0, 2.0), 2)
    assert fake.calls() == called("b", (1, 2))
    assert found.failures == {}


def test_values_are_those_of_the_measures_and_levels_that_are_asked_for(tmp_path: Path, fake: FakePoints) -> None:
    found = run(tmp_path, fake, points(1.0, 2.0), 2)
    total = found.values()
    assert list(total.columns) == ["scenario", "replication", "measure", "level", "unit", "value"]
    assert total[["scenario", "replication"]].to_numpy().tolist() == [["a", 1], ["a", 2], ["b", 1], ["b", 2]]
    assert set(total["level"]) == {"total"}
    both = found.values(["reach"], ("total", "sector"))
    assert both["unit"].tolist() == ["all", "po"] * 4
    pd.testing.assert_frame_equal(found.values(["reach"]), total)
    assert len(found.values(["gave_up"])) == 0


def test_other_tables_have_the_point_and_the_replication_in_front(tmp_path: Path, fake: FakePoints) -> None:
    weekly = run(tmp_path, fake, points(1.0, 2.0), 2).table("weekly")
    assert list(weekly.columns)[:3] == ["scenario", "replication", "week"]
    assert len(weekly) == 8


def test_a_table_of_one_replication_is_read_without_the_others(tmp_path: Path, fake: FakePoints) -> None:
    found = run(tmp_path, fake, points(1.0, 2.0), 3).table("weekly", only=2)
    assert found["scenario"].tolist() == ["a", "a", "b", "b"]
    assert set(found["replication"]) == {2}


def test_a_table_that_was_never_made_is_named_and_nothing_is_lost(tmp_path: Path, fake: FakePoints) -> None:
    found = run(tmp_path, fake, points(1.0), 1)
    with pytest.raises(InputError, match="no table weakly, only curves, flows, values, weekly"):
        found.table("weakly")
    assert len(found.table("weekly")) == 2


def test_no_point_is_no_row(tmp_path: Path, fake: FakePoints) -> None:
    assert len(run(tmp_path, fake, {}).values()) == 0


def test_the_settings_of_all_replications_of_a_point_are_one_text(tmp_path: Path, fake: FakePoints) -> None:
    runner = PointRunner(tmp_path / "out", SERIAL, replicate=fake)
    runner._done = {"x": set()}
    todo = runner._todo(points(1.0), {"a": range(1, 101)}, {"a": "x"})
    assert len({id(task.settings) for task in todo}) == 1


def test_a_search_that_asks_many_times_says_once_what_is_to_be_done(
    tmp_path: Path, fake: FakePoints, capsys: pytest.CaptureFixture[str]
) -> None:
    run(tmp_path, fake, points(1.0, 2.0), 2)
    with PointRunner(tmp_path / "out", SERIAL, replicate=fake, show=True) as runner:
        for n in range(1, 9):
            runner.run(points(1.0, 2.0), n)
    assert capsys.readouterr().err == "2 replications (2 finished before)\n"


def test_a_plan_counts_what_will_be_asked_for_later(
    tmp_path: Path, fake: FakePoints, capsys: pytest.CaptureFixture[str]
) -> None:
    run(tmp_path, fake, points(1.0), 2)
    with PointRunner(tmp_path / "out", SERIAL, replicate=fake, show=True) as runner:
        runner.plan(6)
        runner.run(points(1.0), 3)
        assert runner._progress is not None
        assert (runner._progress.total, runner._progress.done) == (6, 3)  # type: ignore[attr-defined]
        runner.run({"b": point("b", 2.0)}, 3)
        assert (runner._progress.total, runner._progress.done) == (6, 6)  # type: ignore[attr-defined]
    assert capsys.readouterr().err == "6 replications (2 finished before)\n"


def test_backend_and_scheduler_go_together() -> None:
    for wrong in ({"backend": "dask"}, {"scheduler": "tcp://127.0.0.1:8786"}):
        with pytest.raises(ValueError, match="go together"):
            PointSettings.model_validate(wrong)
    assert PointSettings(workers=1).chosen_backend == "serial"
    assert PointSettings(workers=2).chosen_backend == "processes"
    assert PointSettings(workers=8, backend="serial").chosen_backend == "serial"


def test_the_usual_root_is_the_checkout(tmp_path: Path) -> None:
    assert PointRunner(tmp_path, SERIAL).root == ROOT
