"""The mbo regions that ship: published numbers by type, made-up lists that anybody can make again."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import yaml

from sim.region.reader import load_region
from sim.region.region import GATEWAY_TYPES, SCHOOL_TYPES, Region
from sim.scenario import RegionSettings

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "configs" / "region" / "mbo_nederland"
TYPES = ("roc_small", "roc_large", "aoc", "vakinstelling")


def read(name: str) -> Region:
    settings = yaml.safe_load((ROOT / f"configs/region/{name}.yaml").read_text(encoding="utf-8"))
    return load_region(RegionSettings(**settings), ROOT)


@pytest.fixture(scope="module")
def region() -> Region:
    return read("mbo_nederland")


def of_type(region: Region, kind: str) -> np.ndarray:
    return region.school_type == SCHOOL_TYPES.index(kind)


def test_there_are_65_institutions_by_type_as_published(region):
    assert set(region.sector_names) == {"mbo"}
    assert [int(of_type(region, kind).sum()) for kind in TYPES] == [22, 20, 12, 11]


@pytest.mark.parametrize(
    ("kind", "helped", "reach", "smallest", "largest"),
    [
        ("roc_small", 509, 0.082, 2_500, 10_000),
        ("roc_large", 866, 0.061, 10_000, 25_000),
        ("aoc", 167, 0.048, 1_000, 9_000),
        ("vakinstelling", 157, 0.071, 700, 6_000),
    ],
)
def test_sizes_go_with_the_published_students_helped_and_their_share(region, kind, helped, reach, smallest, largest):
    students = region.students[of_type(region, kind)]
    assert students.mean() * reach == pytest.approx(helped, rel=0.001)
    assert smallest <= students.min() < students.mean() < students.max() <= largest
    assert 0.15 < students.std() / students.mean() < 0.7


def test_the_reach_by_type_would_help_about_32_000_students(region):
    reach = dict(zip(TYPES, (0.082, 0.061, 0.048, 0.071), strict=True))
    helped = sum(share * region.students[of_type(region, kind)].sum() for kind, share in reach.items())
    assert region.students.sum() == pytest.approx(486_000, rel=0.005)
    assert 30_000 < helped < 33_000


def test_levels_are_close_to_the_national_mix_and_differ_by_type(region):
    assert (region.level_students.sum(axis=1) == region.students).all()
    mix = region.level_students.sum(axis=0) / region.students.sum()
    np.testing.assert_allclose(mix, [0.03, 0.20, 0.26, 0.51], atol=0.01)
    low = {
        kind: region.low_level_students[of_type(region, kind)].sum() / region.students[of_type(region, kind)].sum()
        for kind in TYPES
    }
    assert low["vakinstelling"] < 0.5 * low["roc_small"]
    assert low["aoc"] > low["roc_large"]


def test_only_one_institution_has_no_levels_1_and_2(region):
    (without,) = np.flatnonzero(region.low_level_students == 0)
    assert SCHOOL_TYPES[region.school_type[without]] == "vakinstelling"


def test_about_38_areas_have_a_town_and_municipalities_around_it(region):
    areas = np.bincount(region.area)
    assert len(areas) == 38
    assert areas.min() >= 4
    assert areas.max() <= 6
    assert 160 <= len(region.municipality_ids) <= 200
    wijkteam = (region.gateway_type == GATEWAY_TYPES.index("wijkteam")).mean()
    assert 0.55 < wijkteam < 0.65


def test_students_live_30_40_30_in_the_town_its_area_and_beyond(region):
    for school, town in enumerate(region.municipality):
        lives, same = region.residence[school], region.area == region.area[town]
        assert lives[town] == pytest.approx(0.30)
        assert lives[same].sum() == pytest.approx(0.70)
        assert lives.sum() == pytest.approx(1.0)


def test_rotterdam_has_two_large_rocs_and_a_vakinstelling(region):
    here = region.municipality == region.municipality_ids.index("rotterdam")
    assert sorted(SCHOOL_TYPES[kind] for kind in region.school_type[here]) == [
        "roc_large",
        "roc_large",
        "vakinstelling",
    ]


def test_the_lists_say_that_they_are_made_up():
    for name in ("mbo_nederland", "mbo_institution"):
        for file in ("schools.csv", "municipalities.csv"):
            assert "MADE UP" in (FOLDER.parent / name / file).read_text(encoding="utf-8").splitlines()[0]


def test_the_script_makes_the_committed_lists_byte_for_byte(tmp_path):
    shutil.copy(FOLDER / "make_institutions.py", tmp_path)
    subprocess.run([sys.executable, str(tmp_path / "make_institutions.py")], check=True, cwd="/")
    for name in ("municipalities.csv", "schools.csv"):
        assert (tmp_path / name).read_bytes() == (FOLDER / name).read_bytes()
    assert len(list(tmp_path.iterdir())) == 3


def test_a_single_institution_is_a_region_of_its_own():
    single = read("mbo_institution")
    assert single.school_ids == ("roc",)
    assert single.students.tolist() == [10_400]
    assert np.bincount(single.area).tolist() == [5, 3]
    assert single.residence[0, 0] == pytest.approx(0.30)
    assert single.residence[0, 1:5].sum() == pytest.approx(0.40)
    assert single.residence[0, 5:].sum() == pytest.approx(0.30)
