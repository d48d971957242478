"""Reports made by several processes: the same files, the same errors, and no part lost."""

from __future__ import annotations

import gc
import math
import os
import pickle
from pathlib import Path

import pytest
from report_views import one_scenario, view_of

from sim.report.build import write_report
from sim.report.crew import Crew
from sim.report.figures import gallery
from sim.report.parts import CSV, WORKBOOK, few_collections, parts_of


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_report_has_the_same_bytes_whatever_the_number_of_processes(tmp_path: Path) -> None:
    study = one_scenario()
    write_report(tmp_path / "alone", study)
    with Crew(2) as crew:
        write_report(tmp_path / "together", study, crew)
    alone = files(tmp_path / "alone")
    assert alone == files(tmp_path / "together")
    assert {"report.html", "tables_nl.xlsx", "figures/en/weeks.png", "tables/nl/maten.csv"} <= set(alone)


def test_every_part_is_made_once_and_the_small_ones_come_in_the_middle() -> None:
    views = {code: view_of(one_scenario(), code) for code in ("nl", "en")}
    parts = parts_of(views)
    keys = (CSV, WORKBOOK, *gallery.pictures(views["nl"]))
    assert sorted((part.code, part.key) for part in parts) == sorted((code, key) for code in views for key in keys)
    assert [part.key for part in (parts[0], parts[-1])] == [WORKBOOK, WORKBOOK]


def test_a_study_arrives_in_another_process_as_it_was() -> None:
    study = one_scenario()
    study.once("anything", lambda: 1)
    arrived = pickle.loads(pickle.dumps(study))
    assert arrived.scenarios == study.scenarios
    assert arrived.values.equals(study.values)
    assert arrived.once("anything", lambda: 2) == 2
    assert study.once("anything", lambda: 2) == 1


@pytest.mark.parametrize("size", [0, 1])
def test_results_come_in_the_order_of_the_items(size: int) -> None:
    with Crew(size) as crew:
        assert crew.share([4.0, 9.0, 16.0, 25.0, 36.0], math.sqrt, math.sqrt) == [2.0, 3.0, 4.0, 5.0, 6.0]
        assert crew.share([], math.sqrt, math.sqrt) == []


@pytest.mark.parametrize("bad", [0, 7])
def test_an_error_in_any_process_comes_out_and_the_crew_goes_on(bad: int) -> None:
    items = [-1.0 if place == bad else 4.0 for place in range(8)]
    with Crew(1) as crew:
        with pytest.raises(ValueError, match=r"math domain error|nonnegative"):
            crew.share(items, math.sqrt, math.sqrt)
        assert crew.share([4.0, 9.0], math.sqrt, math.sqrt) == [2.0, 3.0]


def test_an_error_leaves_nothing_to_do_whatever_its_kind() -> None:
    done = []

    def here(item: int) -> int:
        done.append(item)
        return [10, 20][item]

    with pytest.raises(IndexError), Crew(0) as crew:
        crew.share([0, 1, 2, 1], here, here)
    assert done == [1, 2]


def test_what_a_killed_process_had_taken_is_done_here() -> None:
    def here(item: int) -> int:
        return 10 * item

    with Crew(1) as crew:
        assert crew.share([1, 2, 3, 4], here, os._exit) == [10, 20, 30, 40]
        assert crew.share([5, 6], here, os._exit) == [50, 60]


def test_a_crew_of_nobody_starts_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.report.crew.ProcessPoolExecutor", None)
    with Crew(0) as crew:
        assert crew.share([1, 2], abs, abs) == [1, 2]


def test_garbage_is_collected_as_before_after_a_report() -> None:
    before = gc.get_threshold()
    with few_collections():
        assert gc.get_threshold()[0] > before[0]
    assert gc.get_threshold() == before
