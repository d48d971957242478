"""The user's own table of hours: read right with what people write, and every mistake named with its place."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sim.cli.compose import compose_one
from sim.errors import InputError
from sim.money.hours import plan_hours
from sim.offered_load import offered_load
from sim.region.own_table import read_own_table
from sim.region.reader import read_region
from sim.region.region import FloatArray
from sim.runs.digest import scenario_digest
from sim.runs.tasks import ROOT
from sim.scenario import Scenario
from sim.world import build_world

OWN = Path(__file__).parents[1] / "data" / "own_configs"
FULL = "school,weight\npo-a,30\npo-b,10\nvo-a,2.5\nvo-b,1\n"


def one(*texts: str, own: Path | None = OWN) -> Scenario:
    return next(iter(compose_one(texts, own).scenarios.values()))


def hours(scenario: Scenario) -> FloatArray:
    return plan_hours(scenario, read_region(scenario, ROOT)).yearly_hours


def read(tmp_path: Path, text: str, sectors: tuple[int, ...] = (0, 1)) -> FloatArray:
    path = tmp_path / "mine.csv"
    path.write_text(text, encoding="utf-8")
    return read_own_table(path, "mine.csv", read_region(one("scenario=tiny"), ROOT), sectors)


def refused(tmp_path: Path, text: str) -> str:
    with pytest.raises(InputError) as caught:
        read(tmp_path, text)
    return str(caught.value)


def test_hours_follow_the_table_that_a_folder_of_own_configs_names() -> None:
    plain, own = one("scenario=tiny"), one("scenario=tiny", "spreading=tiny_table")
    found, before = hours(own), hours(plain)
    np.testing.assert_allclose(found[:2], before[:2].sum() * np.array([0.75, 0.25]))
    np.testing.assert_allclose(found[2:], before[2:].sum() * np.array([2.5, 1.0]) / 3.5)


def test_only_the_sectors_with_the_rule_follow_the_table() -> None:
    plain = one("scenario=tiny", "spreading=per_student")
    own = one("scenario=tiny", "spreading=tiny_table", "spreading.rule.po=per_student")
    np.testing.assert_allclose(hours(own)[:2], hours(plain)[:2])
    assert hours(own)[2] > hours(plain)[2]


def test_a_table_is_found_from_the_folder_where_the_command_is_given(tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "mine.csv").write_text("school,weight\nvo-a,1\nvo-b,0\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    own = one("scenario=tiny", "spreading.rule.vo=own_table", "spreading.table=mine.csv")
    assert own.spreading.table == str(tmp_path / "mine.csv")
    assert hours(own)[3] == 0.0
    assert hours(own)[2] > 0.0


def test_another_table_is_another_result_with_another_digest(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(FULL, encoding="utf-8")
    own = one("scenario=tiny", "spreading=tiny_table", f"spreading.table={path}")
    before, digest = hours(own), scenario_digest(own, 1, ROOT)
    path.write_text(FULL.replace("po-a,30", "po-a,10"), encoding="utf-8")
    assert hours(own)[0] < before[0]
    assert scenario_digest(own, 1, ROOT) != digest


@pytest.mark.parametrize(
    "text",
    [
        FULL,
        "school;weight\npo-a;30\npo-b;10,0\nvo-a;2,5\nvo-b;1\n",
        "weight,school\n1,vo-b\n2.5,vo-a\n# a remark\n10,po-b\n\n30,po-a\n",
    ],
)
def test_tables_as_people_save_them_are_read_the_same(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, text).tolist() == [30.0, 10.0, 2.5, 1.0]


def test_schools_of_another_sector_may_be_left_out_of_the_table(tmp_path: Path) -> None:
    assert read(tmp_path, "school,weight\npo-a,1\npo-b,0\n", (0,)).tolist() == [1.0, 0.0, 0.0, 0.0]


@pytest.mark.parametrize(
    ("old", "new", "parts"),
    [
        ("po-b,10", "po-bb,10", ["mine.csv, row 3, column school", "'po-bb'", "did you mean 'po-b'?"]),
        ("po-b,10\n", "", ["mine.csv, column school", "no row for po-b"]),
        ("po-b,10", "po-a,10", ["mine.csv, row 3, column school", "'po-a' again", "row 2"]),
        ("po-b,10", "po-b,-1", ["mine.csv, row 3, column weight", "'-1'", "0 or more"]),
        ("po-b,10", "po-b,", ["mine.csv, row 3, column weight", "found nothing"]),
        ("po-b,10", "po-b,nan", ["mine.csv, row 3, column weight", "'nan'"]),
        ("po-b,10", "po-b,1.250", ["mine.csv, row 3, column weight", "two ways", "1250"]),
        ("school,weight", "school,wieght", ["mine.csv, row 1", "'wieght'", "did you mean 'weight'?"]),
        ("2.5\nvo-b,1", "0\nvo-b,0", ["mine.csv, column weight", "only 0 for vo"]),
    ],
)
def test_a_mistake_is_told_with_its_place_and_what_is_allowed(
    tmp_path: Path, old: str, new: str, parts: list[str]
) -> None:
    assert FULL.count(old) == 1
    told = refused(tmp_path, FULL.replace(old, new))
    for part in parts:
        assert part in told


def test_a_missing_file_is_told_with_its_path() -> None:
    own = one("scenario=tiny", "spreading=tiny_table", "spreading.table=nowhere.csv")
    with pytest.raises(InputError, match=r"nowhere\.csv: there is no such file"):
        read_region(own, ROOT)


def test_the_rule_without_a_table_is_told_before_anything_is_read() -> None:
    with pytest.raises(InputError, match=r"needs spreading\.table.*found null"):
        one("scenario=tiny", "spreading.rule.po=own_table")


def test_by_expected_need_makes_the_load_of_primary_schools_more_equal_than_per_student() -> None:
    def loads(choice: str) -> FloatArray:
        scenario = one(f"spreading={choice}", own=None)
        world = build_world(scenario, read_region(scenario, ROOT))
        return np.log(offered_load(world).load[world.region.sector == 0])

    assert loads("by_expected_need").std() < 0.5 * loads("per_student").std()


def test_by_expected_need_spreads_the_same_hours_and_favours_intensive_schools() -> None:
    by_student, needed = (
        one("scenario=tiny", "spreading=per_student"),
        one("scenario=tiny", "spreading=by_expected_need"),
    )
    assert hours(needed).sum() == pytest.approx(hours(by_student).sum())
    assert hours(needed)[2] > hours(by_student)[2]
    assert hours(needed)[0] > hours(by_student)[0]
