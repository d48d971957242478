"""Damaged CSV files give either an error a user can mend or a region that says what the files say."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.errors import InputError
from sim.region.reader import load_region
from sim.region.region import Region
from sim.scenario import Label, RegionSettings
from sim.scenario.base import BySector

FILES = {
    "municipalities.csv": b"# note\nmunicipality,name,gateway,pupils\nab,Aa,toegang,30\ncd,Bee,wijkteam,12\n",
    "schools.csv": (
        b"school,name,sector,type,municipality,students\n"
        b"po-1,First,po,,ab,10\nvo-1,Second,vo,b,ab,20\npo-2,Third,po,,cd,12\n"
    ),
}
MBO_FILES = {
    "municipalities.csv": (
        b"municipality,name,gateway,pupils,area,inhabitants\n"
        b"ab,Aa,toegang,30,east,500\ncd,Bee,wijkteam,0,east,70\nef,Cee,wijkteam,12,west,60\n"
    ),
    "schools.csv": (
        b"school,name,sector,type,municipality,students,level_1,level_2,level_3,level_4\n"
        b"roc-1,First,mbo,roc_small,ab,20,1,4,5,10\nvo-1,Second,vo,b,ab,10,,,,\naoc-2,Third,mbo,aoc,ef,12,0,5,4,3\n"
    ),
}
SPLINTERS = [b",", b";", b'"', b"\n", b"\r", b"#", b"-", b".", b"0", b"1", b" ", b"\x00", b"\xff", b"\xef\xbb\xbf"]
SPLINTERS += [
    b"all",
    b"po",
    b"vo",
    b"a",
    b"ab",
    b"\xe2\x80\xa8",
    b"\x1c",
    b"9" * 30,
    b"\nab,Aa,toegang,0\n",
    b"\n,,,\n",
]


@st.composite
def damaged(draw: st.DrawFn) -> dict[str, bytes]:
    files = dict(draw(st.sampled_from([FILES, MBO_FILES])))
    for _ in range(draw(st.integers(1, 3))):
        name = draw(st.sampled_from(sorted(files)))
        raw = files[name]
        start = draw(st.integers(0, len(raw)))
        end = draw(st.integers(start, min(len(raw), start + 12)))
        patch = draw(st.sampled_from([b"", *SPLINTERS]) | st.binary(max_size=4))
        files[name] = raw[:start] + patch + raw[end:]
    return files


def region_or_error(files: dict[str, bytes]) -> Region | InputError:
    with tempfile.TemporaryDirectory() as folder:
        for name, raw in files.items():
            (Path(folder) / name).write_bytes(raw)
        shares = BySector[float](po=0.9, vo=0.6, mbo=0.3)
        label = Label(en="Test", nl="Test")
        choice = RegionSettings(
            name="t",
            folder=folder,
            label=label,
            made_up=True,
            own_municipality_share=shares,
            beyond_share=BySector[float](po=0.0, vo=0.1, mbo=0.3),
        )
        try:
            return load_region(choice, Path())
        except InputError as error:
            return error


def assert_says_what_the_files_say(region: Region, files: dict[str, bytes]) -> None:
    sums = np.bincount(region.municipality, weights=region.students, minlength=len(region.pupils))
    np.testing.assert_array_equal(sums, region.pupils)
    np.testing.assert_allclose(region.residence.sum(axis=1), 1.0)
    assert (region.residence >= 0).all()
    assert (region.students >= 0).all()
    assert len(set(region.school_ids)) == len(region.school_ids) == len(region.students)
    assert (region.school_type[region.sector == 0] == 0).all()
    assert (region.school_type[region.sector == 1] > 0).all()
    assert (region.school_type[region.sector == 2] > 3).all()
    np.testing.assert_array_equal(region.level_students.sum(axis=1), region.students)
    assert (region.level_students >= 0).all()
    assert (region.level_students[region.sector != 2, 1:] == 0).all()
    assert set(region.area.tolist()) == set(range(region.area.max() + 1))
    schools = files["schools.csv"].replace(b"\r", b"\n").decode()
    for key, number, levels in zip(region.school_ids, region.students, region.level_students, strict=True):
        lines = [line for line in schools.split("\n") if key in line and str(number) in line]
        assert any(all(str(level) in line for level in levels if level) for line in lines)


@settings(max_examples=400, deadline=None)
@given(damaged())
def test_a_damaged_file_gives_an_input_error_or_a_right_region(files):
    result = region_or_error(files)
    if isinstance(result, InputError):
        assert ".csv" in str(result) or "region 't'" in str(result)
    else:
        assert_says_what_the_files_say(result, files)


@pytest.mark.parametrize("files", [FILES, MBO_FILES])
def test_the_undamaged_files_give_a_region(files):
    result = region_or_error(files)
    assert isinstance(result, Region)
    assert_says_what_the_files_say(result, files)
