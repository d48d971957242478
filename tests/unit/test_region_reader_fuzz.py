"""Damaged CSV files give either an error a user can mend or a region that says what the files say."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
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
    files = dict(FILES)
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
        shares = BySector[float](po=0.9, vo=0.6)
        label = Label(en="Test", nl="Test")
        choice = RegionSettings(name="t", folder=folder, label=label, made_up=True, own_municipality_share=shares)
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
    schools = files["schools.csv"].replace(b"\r", b"\n").decode()
    for key, number in zip(region.school_ids, region.students, strict=True):
        assert any(key in line and str(number) in line for line in schools.split("\n"))


@settings(max_examples=300, deadline=None)
@given(damaged())
def test_a_damaged_file_gives_an_input_error_or_a_right_region(files):
    result = region_or_error(files)
    if isinstance(result, InputError):
        assert ".csv" in str(result) or "region 't'" in str(result)
    else:
        assert_says_what_the_files_say(result, files)


def test_the_undamaged_files_give_a_region():
    result = region_or_error(FILES)
    assert isinstance(result, Region)
    assert_says_what_the_files_say(result, FILES)
