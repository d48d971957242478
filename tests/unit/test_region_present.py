"""Today's waiting lists and caseloads from a table: what is read, and which tables are refused."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.cli.compose import compose_one
from sim.errors import InputError
from sim.region.build import MunicipalityRow, SchoolRow, make_region
from sim.region.present import read_present
from sim.region.reader import load_region, read_region
from sim.region.region import PRESENT_STATES, Present, Region
from sim.runs.digest import scenario_digest
from sim.scenario import RegionSettings

ROOT = Path(__file__).parents[2]
TABLE = """\
# counted on the first of August
place,state,number
po-1,smw_wait,4
po-1,smw_care,3
vo-1,team_wait,0
weesp,gateway_wait,12
hilversum,gateway_help,30
region,youth_care_wait,15
region,ggz,80
"""


@pytest.fixture(scope="module")
def region() -> Region:
    towns = [
        MunicipalityRow("hilversum", "Hilversum", "toegang", 300),
        MunicipalityRow("weesp", "Weesp", "wijkteam", 0),
    ]
    schools = [
        SchoolRow("po-1", "First", "po", "", "hilversum", 100),
        SchoolRow("vo-1", "Second", "vo", "b", "hilversum", 200),
    ]
    return make_region("test", towns, schools)


def read(folder: Path, region: Region, text: str | bytes = TABLE) -> Present:
    path = folder / "today.csv"
    path.write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
    return read_present(path, "mine.csv", region)


def test_each_row_is_a_number_at_a_place(tmp_path, region):
    present = read(tmp_path, region)
    assert present.state == (
        "smw_wait",
        "smw_care",
        "team_wait",
        "gateway_wait",
        "gateway_help",
        "youth_care_wait",
        "ggz",
    )
    assert present.kind == ("school", "school", "school", "municipality", "municipality", "region", "region")
    assert present.place.tolist() == [0, 0, 1, 1, 0, 0, 0]
    assert present.number.tolist() == [4, 3, 0, 12, 30, 15, 80]
    assert present.given("gateway_wait") == {1: 12}
    assert present.given("team_wait") == {1: 0}
    assert present.given("ggz_wait") == {}


MISTAKES = [
    ("po-1,smw_wait", "po-2,smw_wait", ["row 3, column place", "'po-2'; did you mean 'po-1'?", "po-1, vo-1"]),
    ("po-1,smw_wait", "weesp,smw_wait", ["row 3, column place", "unknown school for smw_wait 'weesp'"]),
    ("weesp,gateway", "wesp,gateway", ["row 6, column place", "'wesp'; did you mean 'weesp'?", "hilversum, weesp"]),
    ("weesp,gateway", "region,gateway", ["row 6, column place", "unknown municipality for gateway_wait 'region'"]),
    ("region,ggz", "weesp,ggz", ["row 9, column place", "unknown place for ggz 'weesp'", "allowed: region"]),
    ("smw_wait", "smw_wiat", ["row 3, column state", "'smw_wiat'; did you mean 'smw_wait'?", "youth_care_wait"]),
    ("smw_wait", "hidden", ["row 3, column state", "'hidden'"]),
    (",4", ",-4", ["row 3, column number", "-4", "0 to"]),
    (",4", ",4.5", ["row 3, column number", "'4.5'", "no decimals"]),
    (",4", ",", ["row 3, column number", "found nothing"]),
    (",4", ",four", ["row 3, column number", "'four'"]),
    ("po-1,smw_care", "po-1,smw_wait", ["row 4, column place", "'po-1' with 'smw_wait' again", "row 3"]),
    (",4", ",98", ["column number", "found 101 students of 'po-1'", "at most its 100 students"]),
    ("place,state", "place,stat", ["row 2", "unknown column 'stat'; did you mean 'state'?"]),
]


@pytest.mark.parametrize(("right", "wrong", "parts"), MISTAKES)
def test_a_mistake_is_named_with_file_row_and_column(right, wrong, parts, tmp_path, region):
    assert right in TABLE
    with pytest.raises(InputError) as caught:
        read(tmp_path, region, TABLE.replace(right, wrong, 1))
    assert str(caught.value).startswith("mine.csv")
    for part in parts:
        assert part in str(caught.value)


def test_a_missing_table_is_named(tmp_path, region):
    with pytest.raises(InputError, match=r"mine\.csv: there is no such file"):
        read_present(tmp_path / "nowhere.csv", "mine.csv", region)


def test_a_scenario_reads_the_table_of_its_own_config_folder_and_its_contents_count_for_its_results(tmp_path):
    table = tmp_path / "lists" / "today.csv"
    table.parent.mkdir()
    table.write_text("place,state,number\nvo-01,smw_wait,7\n", encoding="utf-8")
    (scenario,) = compose_one(["start.table=lists/today.csv"], tmp_path).scenarios.values()
    present = read_region(scenario, ROOT).present
    assert present is not None
    assert present.given("smw_wait") == {85: 7}
    before = scenario_digest(scenario, 1, ROOT)
    table.write_text("place,state,number\nvo-01,smw_wait,8\n", encoding="utf-8")
    assert scenario_digest(scenario, 1, ROOT) != before


def test_without_a_table_nothing_is_given():
    (scenario,) = compose_one([]).scenarios.values()
    assert read_region(scenario, ROOT).present is None


def test_the_example_that_ships_fits_its_region_and_says_that_it_is_made_up():
    settings = RegionSettings(**yaml.safe_load((ROOT / "configs/region/gooi_en_vechtstreek.yaml").read_text()))
    start = yaml.safe_load((ROOT / "configs/start/today.yaml").read_text(encoding="utf-8"))
    path = ROOT / start["table"]
    present = read_present(path, start["table"], load_region(settings, ROOT))
    assert set(present.state) == set(PRESENT_STATES)
    assert "MADE UP" in path.read_text(encoding="utf-8").splitlines()[0]


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    raw = TABLE.encode()
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(raw)))
        end = draw(st.integers(start, min(len(raw), start + 10)))
        patch = draw(st.sampled_from([b"", b",", b";", b"\n", b"-", b"0", b"region", b"weesp", b"ggz", b"_wait"]))
        raw = raw[:start] + (patch if draw(st.booleans()) else draw(st.binary(max_size=3))) + raw[end:]
    return raw


@settings(max_examples=200, deadline=None)
@given(raw=damaged())
def test_a_damaged_table_is_an_input_error_or_says_what_its_rows_say(raw, tmp_path_factory, region):
    try:
        present = read(tmp_path_factory.getbasetemp(), region, raw)
    except InputError as error:
        refused = str(error)
    else:
        refused = ""
        assert_says_what_the_rows_say(present, region, raw)
    assert not refused or refused.startswith("mine.csv")


def assert_says_what_the_rows_say(present: Present, region: Region, raw: bytes) -> None:
    names = {"school": region.school_ids, "municipality": region.municipality_ids, "region": ("region",)}
    lines = raw.decode("utf-8-sig").replace("\r", "\n").split("\n")
    keys = list(zip(present.state, present.place.tolist(), strict=True))
    assert len(set(keys)) == len(keys)
    for state, kind, place, number in zip(present.state, present.kind, present.place, present.number, strict=True):
        assert kind == PRESENT_STATES[state]
        assert number >= 0
        assert any(names[kind][place] in line and state in line and str(number) in line for line in lines)
