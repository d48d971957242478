"""Reading a region from CSV files: dialects that are read, and mistakes that are named."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sim.errors import InputError
from sim.region.build import MunicipalityRow, SchoolRow, make_region
from sim.region.reader import load_region
from sim.region.region import Region
from sim.scenario import Label, RegionSettings
from sim.scenario.base import BySector

MUNICIPALITIES = """\
# where these come from, "quoted and not closed
municipality,name,gateway,pupils
hilversum,Hilversum,toegang,300
weesp,Weesp,wijkteam,100
"""
SCHOOLS = """\
school,name,sector,type,municipality,students
po-1,First,po,,hilversum,100
vo-1,"Second, the other",vo,b,hilversum,200

po-2,Third,po,,weesp,100
"""


def settings(folder: str) -> RegionSettings:
    return RegionSettings(
        name="test",
        folder=folder,
        label=Label(en="Test", nl="Test"),
        made_up=True,
        own_municipality_share=BySector[float](po=0.9, vo=0.6, mbo=0.3),
        beyond_share=BySector[float](po=0.0, vo=0.0, mbo=0.3),
    )


def write(folder: Path, municipalities: str | bytes = MUNICIPALITIES, schools: str | bytes = SCHOOLS) -> None:
    folder.mkdir(exist_ok=True)
    for name, text in (("municipalities.csv", municipalities), ("schools.csv", schools)):
        (folder / name).write_bytes(text.encode("utf-8") if isinstance(text, str) else text)


def load(root: Path) -> Region:
    return load_region(settings("my_region"), root)


def message(root: Path) -> str:
    with pytest.raises(InputError) as caught:
        load(root)
    return str(caught.value)


def assert_same(found: Region, expected: Region) -> None:
    for field, value in vars(expected).items():
        if isinstance(value, np.ndarray):
            np.testing.assert_array_equal(getattr(found, field), value)
        else:
            assert getattr(found, field) == value


@pytest.fixture
def expected() -> Region:
    towns = [
        MunicipalityRow("hilversum", "Hilversum", "toegang", 300),
        MunicipalityRow("weesp", "Weesp", "wijkteam", 100),
    ]
    schools = [
        SchoolRow("po-1", "First", "po", "", "hilversum", 100),
        SchoolRow("vo-1", "Second, the other", "vo", "b", "hilversum", 200),
        SchoolRow("po-2", "Third", "po", "", "weesp", 100),
    ]
    return make_region("test", towns, schools, (0.9, 0.6, 0.3), (0.0, 0.0, 0.3))


def semicolons(text: str) -> str:
    return text.replace(", the", "\0").replace(",", ";").replace("\0", ", the")


DIALECTS = {
    "as written": (MUNICIPALITIES, SCHOOLS),
    "semicolons": (semicolons(MUNICIPALITIES), semicolons(SCHOOLS)),
    "byte-order mark": ("\ufeff" + MUNICIPALITIES, "\ufeff" + SCHOOLS),
    "Windows line ends": (MUNICIPALITIES.replace("\n", "\r\n"), SCHOOLS.replace("\n", "\r\n")),
    "old Macintosh line ends": (MUNICIPALITIES.replace("\n", "\r"), SCHOOLS.replace("\n", "\r")),
    "no line end at the end": (MUNICIPALITIES.rstrip(), SCHOOLS.rstrip()),
    "empty cells and rows at the end, as a spreadsheet leaves them": (
        MUNICIPALITIES.replace("\n", ",,\n") + ",,,,,\n",
        SCHOOLS.replace("\n", ",,\n"),
    ),
    "a comment that a spreadsheet quoted": ('"# where, these come from"\n' + MUNICIPALITIES, SCHOOLS),
    "spaces around cells": (MUNICIPALITIES.replace("weesp,Weesp", " weesp , Weesp "), SCHOOLS),
    "columns in another order": (
        "pupils,municipality,gateway,name\n300,hilversum,toegang,Hilversum\n100,weesp,wijkteam,Weesp\n",
        SCHOOLS,
    ),
}


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_common_dialect_gives_the_same_region(dialect, tmp_path, expected):
    write(tmp_path / "my_region", *DIALECTS[dialect])
    assert_same(load(tmp_path), expected)


def test_a_folder_may_be_absolute(tmp_path, expected):
    write(tmp_path / "my_region")
    assert_same(load_region(settings(str(tmp_path / "my_region")), Path("/nowhere")), expected)


def test_a_missing_folder_is_named_with_the_nearest_one(tmp_path):
    (tmp_path / "my_regoin").mkdir()
    text = message(tmp_path)
    assert "region.folder" in text
    assert "'my_region'; did you mean 'my_regoin'?" in text


def test_a_missing_file_is_named_with_the_nearest_one(tmp_path):
    write(tmp_path / "my_region")
    (tmp_path / "my_region" / "schools.csv").rename(tmp_path / "my_region" / "school.csv")
    assert message(tmp_path) == "my_region/schools.csv: there is no such file; did you mean 'school.csv'?"


def test_a_folder_in_place_of_a_file_is_an_input_error(tmp_path):
    write(tmp_path / "my_region")
    (tmp_path / "my_region" / "schools.csv").unlink()
    (tmp_path / "my_region" / "schools.csv").mkdir()
    assert "my_region/schools.csv: cannot be read" in message(tmp_path)


TOWN_MISTAKES = [
    ("gateway,pupils", "gatewey,pupils", ["row 2", "unknown column 'gatewey'; did you mean 'gateway'?", "pupils"]),
    ("gateway,pupils", "gateway", ["row 2: column 'pupils' is missing", "found: municipality, name, gateway"]),
    ("gateway,pupils", "gateway,gateway", ["row 2", "'gateway' 2 times"]),
    ("hilversum,", "weesp,", ["row 4, column municipality", "'weesp' again", "row 3"]),
    ("toegang,300", "toegang,many", ["row 3, column pupils", "'many'", "whole number"]),
    ("toegang,300", "toegang,", ["row 3, column pupils", "found nothing"]),
    ("toegang,300", 'toegang,"300,0"', ["row 3, column pupils", "'300,0'", "no decimals"]),
    ("toegang,300", "toegang,300.5", ["row 3, column pupils", "'300.5'", "no decimals"]),
    ("toegang,300", "toegang,1.300", ["row 3, column pupils", "'1.300'", "between thousands"]),
    ("toegang,300", "toegang,-300", ["row 3, column pupils", "-300", "0 to"]),
    ("toegang,300", "toegang,³", ["row 3, column pupils", "'³'"]),
    ("toegang,300", "toegang," + "9" * 5000, ["row 3, column pupils", "999"]),
    ("toegang,300", "toegang,300,5", ["row 3: found 5 cells", "allowed: 4"]),
    ("toegang,300", "toegang", ["row 3: found 3 cells", "allowed: 4"]),
    ("toegang,300", "toegang,299", ["row 3, column pupils", "299", "2 schools", "300 students", "(+1)"]),
    ("toegang", "toegan", ["row 3, column gateway", "did you mean 'toegang'?", "wijkteam"]),
    ("hilversum,Hil", '"hilversum,Hil', ["row 3: cannot be split"]),
    ("municipality,name,gateway,pupils", "municipality\tname\tgateway\tpupils", ["row 2", "unknown column"]),
]


@pytest.mark.parametrize(("right", "wrong", "parts"), TOWN_MISTAKES)
def test_a_mistake_in_municipalities_is_named_with_file_row_and_column(right, wrong, parts, tmp_path):
    assert right in MUNICIPALITIES
    write(tmp_path / "my_region", municipalities=MUNICIPALITIES.replace(right, wrong, 1))
    text = message(tmp_path)
    assert text.startswith("my_region/municipalities.csv")
    for part in parts:
        assert part in text


SCHOOL_MISTAKES = [
    ("students", "pupils", ["row 1", "unknown column 'pupils'", "students"]),
    (
        ",po,,weesp",
        ",po,,weezp",
        ["row 5, column municipality", "'weezp'; did you mean 'weesp'?", "hilversum, weesp"],
    ),
    (",po,,weesp", ",mbi,,weesp", ["row 5, column sector", "'mbi'; did you mean 'mbo'?", "mbo, po, vo"]),
    (",po,,weesp", ",mbo,aoc,weesp", ["row 5, columns level_1 to level_4", "nothing for an mbo institution"]),
    (",po,,weesp", ",PO,,weesp", ["row 5, column sector", "'PO'"]),
    (",po,,weesp", ",po,a,weesp", ["row 5, column type", "only schools of vo and mbo"]),
    (",vo,b,", ",vo,,", ["row 3, column type", "nothing for a vo school"]),
    (",vo,b,", ",vo,e,", ["row 3, column type", "'e'", "a, b, c"]),
    ("weesp,100", "weesp,-100", ["row 5, column students", "-100"]),
    ("weesp,100", "weesp,ten", ["row 5, column students", "'ten'"]),
    ("po-2", "po-1", ["row 5, column school", "'po-1' again", "row 2"]),
]


@pytest.mark.parametrize(("right", "wrong", "parts"), SCHOOL_MISTAKES)
def test_a_mistake_in_schools_is_named_with_file_row_and_column(right, wrong, parts, tmp_path):
    assert right in SCHOOLS
    write(tmp_path / "my_region", schools=SCHOOLS.replace(right, wrong, 1))
    text = message(tmp_path)
    assert text.startswith("my_region/schools.csv")
    for part in parts:
        assert part in text


MBO_MUNICIPALITIES = """\
municipality,name,gateway,pupils,area,inhabitants
core,Core,toegang,300,east,600
near,Near,wijkteam,0,east,400
far,Far,wijkteam,0,west,100
"""
MBO_SCHOOLS = """\
school,name,sector,type,municipality,students,level_1,level_2,level_3,level_4
roc,ROC,mbo,roc_small,core,200,10,40,50,100
vo-1,Second,vo,b,core,100,,,,
"""


def test_areas_weights_and_levels_are_read(tmp_path):
    write(tmp_path / "my_region", MBO_MUNICIPALITIES, MBO_SCHOOLS)
    found = load(tmp_path)
    assert found.area.tolist() == [0, 0, 1]
    assert found.level_students.tolist() == [[10, 40, 50, 100], [100, 0, 0, 0]]
    np.testing.assert_allclose(found.residence, [[0.3, 0.4, 0.3], [0.6, 0.4, 0.0]], rtol=0, atol=1e-12)


MBO_MISTAKES = [
    ("10,40", "11,40", ["schools.csv, row 2, column students", "found 200", "11, 40, 50, 100, 201 together"]),
    ("10,40", ",40", ["schools.csv, row 2, column level_1", "found nothing"]),
    ("10,40", "-10,60", ["schools.csv, row 2, column level_1", "-10", "0 to"]),
    ("10,40", "x,40", ["schools.csv, row 2, column level_1", "'x'"]),
    ("10,40,50,100", ",,,", ["schools.csv, row 2, columns level_1 to level_4", "nothing for an mbo"]),
    ("100,,,,", "100,0,0,0,100", ["schools.csv, row 3, columns level_1", "0, 0, 0, 100 for a vo school"]),
    ("level_4", "level_5", ["schools.csv, row 1", "unknown column 'level_5'; did you mean 'level_"]),
    ("east,600", ",600", ["municipalities.csv, row 2, column area", "found nothing"]),
    ("east,600", "east,", ["municipalities.csv, row 2, column inhabitants", "found nothing"]),
    ("east,600", "east,-6", ["municipalities.csv, row 2, column inhabitants", "-6"]),
]


@pytest.mark.parametrize(("right", "wrong", "parts"), MBO_MISTAKES)
def test_a_mistake_in_areas_weights_or_levels_is_named_with_file_row_and_column(right, wrong, parts, tmp_path):
    texts = [MBO_MUNICIPALITIES, MBO_SCHOOLS]
    assert sum(right in text for text in texts) == 1
    write(tmp_path / "my_region", *(text.replace(right, wrong, 1) for text in texts))
    text = message(tmp_path)
    for part in parts:
        assert part in text


def test_levels_need_all_their_columns(tmp_path):
    schools = "\n".join(line.rsplit(",", 1)[0] for line in MBO_SCHOOLS.splitlines())
    write(tmp_path / "my_region", MBO_MUNICIPALITIES, schools)
    assert "row 2: there is no column 'level_4'" in message(tmp_path)


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "\ufeff"])
def test_an_empty_file_is_named(text, tmp_path):
    write(tmp_path / "my_region", schools=text)
    assert "my_region/schools.csv: found no header" in message(tmp_path)


def test_a_region_without_schools_is_named(tmp_path):
    write(tmp_path / "my_region", schools=SCHOOLS.split("\n")[0])
    assert "my_region/schools.csv: found no rows" in message(tmp_path)


def test_text_in_another_encoding_is_named_with_its_row(tmp_path):
    write(tmp_path / "my_region", schools=SCHOOLS.replace("Third", "Één").encode("latin-1"))
    assert "my_region/schools.csv, row 5: found text that is not UTF-8" in message(tmp_path)


def test_the_row_of_an_error_counts_comments_and_empty_lines(tmp_path):
    write(tmp_path / "my_region", schools="# one\n\n# three\n" + SCHOOLS.replace("weesp,100", "weesp,x"))
    assert message(tmp_path).startswith("my_region/schools.csv, row 8, column students: found 'x'")
