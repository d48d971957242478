"""The region that ships: published totals, and a made-up list of schools that anybody can make again."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from sim.region.reader import load_region
from sim.region.region import GATEWAY_TYPES, Region
from sim.scenario import Label, RegionSettings
from sim.scenario.base import BySector

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "configs" / "region" / "gooi_en_vechtstreek"
PUPILS = {
    "blaricum": 1455,
    "gooise_meren": 10111,
    "eemnes": 1602,
    "hilversum": 12903,
    "huizen": 6455,
    "laren": 1666,
    "weesp": 2530,
    "wijdemeren": 3608,
}


@pytest.fixture(scope="module")
def region() -> Region:
    settings = RegionSettings(
        name="gooi_en_vechtstreek",
        folder="configs/region/gooi_en_vechtstreek",
        label=Label(en="Gooi", nl="Gooi"),
        made_up=True,
        own_municipality_share=BySector[float](po=0.95, vo=0.70, mbo=0.30),
        beyond_share=BySector[float](po=0.0, vo=0.0, mbo=0.30),
    )
    return load_region(settings, ROOT)


def test_the_municipalities_have_the_published_pupils(region):
    assert dict(zip(region.municipality_ids, region.pupils.tolist(), strict=True)) == PUPILS
    assert region.pupils.sum() == 40_330


def test_three_municipalities_have_a_wijkteam(region):
    wijkteam = GATEWAY_TYPES.index("wijkteam")
    named = [key for key, kind in zip(region.municipality_ids, region.gateway_type, strict=True) if kind == wijkteam]
    assert named == ["eemnes", "weesp", "wijdemeren"]


def test_primary_and_secondary_schools_have_their_numbers_and_pupils(region):
    primary = region.sector == 0
    assert (primary.sum(), (~primary).sum()) == (85, 22)
    assert (region.students[primary].sum(), region.students[~primary].sum()) == (22_181, 18_149)
    assert region.school_ids[0] == "po-001"
    assert region.school_ids[-1] == "vo-22"


def test_school_sizes_are_plausible(region):
    primary = region.students[region.sector == 0]
    secondary = region.students[region.sector == 1]
    assert 50 <= primary.min() < 150
    assert 450 < primary.max() <= 900
    assert 200 <= secondary.min() < 500
    assert 1200 < secondary.max() <= 2500
    assert 0.3 < primary.std() / primary.mean() < 0.7


def test_all_three_types_of_secondary_school_occur(region):
    assert np.bincount(region.school_type, minlength=4).tolist() == [85, 8, 8, 6]


def test_the_region_is_one_area_without_mbo(region):
    assert not region.area.any()
    assert not region.low_level_students.any()
    assert region.residents.sum() == pytest.approx(40_330)


def test_the_list_says_that_it_is_made_up(region):
    assert "MADE UP" in (FOLDER / "schools.csv").read_text(encoding="utf-8").splitlines()[0]
    assert all(name.split()[-1].isdigit() for name in region.school_names)


def test_the_script_makes_the_committed_list_byte_for_byte(tmp_path):
    for name in ("municipalities.csv", "make_schools.py"):
        shutil.copy(FOLDER / name, tmp_path / name)
    subprocess.run([sys.executable, str(tmp_path / "make_schools.py")], check=True, cwd="/")
    assert (tmp_path / "schools.csv").read_bytes() == (FOLDER / "schools.csv").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "make_schools.py",
        "municipalities.csv",
        "schools.csv",
    ]
