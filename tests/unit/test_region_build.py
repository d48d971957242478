"""A region from rows given in Python: what it holds, and which rows are refused."""

from __future__ import annotations

import numpy as np
import pytest

from sim.errors import InputError
from sim.region.build import MunicipalityRow, SchoolRow, make_region
from sim.region.residence import residence_shares

TOWNS = [
    MunicipalityRow("a", "Aa", "toegang", 300),
    MunicipalityRow("b", "Bee", "wijkteam", 100),
    MunicipalityRow("c", "Cee", "toegang", 200),
]
SCHOOLS = [
    SchoolRow("po-1", "First", "po", "", "a", 100),
    SchoolRow("vo-1", "Second", "vo", "b", "a", 200),
    SchoolRow("po-2", "Third", "po", "", "b", 100),
    SchoolRow("vo-2", "Fourth", "vo", "c", "c", 200),
]


def test_rows_become_arrays_in_the_order_of_the_rows():
    region = make_region("test", TOWNS, SCHOOLS)
    assert region.municipality_ids == ("a", "b", "c")
    assert region.municipality_names == ("Aa", "Bee", "Cee")
    assert region.gateway_type.tolist() == [1, 0, 1]
    assert region.pupils.tolist() == [300, 100, 200]
    assert region.school_ids == ("po-1", "vo-1", "po-2", "vo-2")
    assert region.school_names == ("First", "Second", "Third", "Fourth")
    assert region.sector.tolist() == [0, 1, 0, 1]
    assert region.sector_names == ("po", "vo", "po", "vo")
    assert region.school_type.tolist() == [0, 2, 0, 3]
    assert region.municipality.tolist() == [0, 0, 1, 2]
    assert region.students.tolist() == [100, 200, 100, 200]
    assert region.area.tolist() == [0, 0, 0]
    assert region.level_students.tolist() == [[100, 0, 0, 0], [200, 0, 0, 0], [100, 0, 0, 0], [200, 0, 0, 0]]
    assert region.low_level_students.tolist() == [0, 0, 0, 0]


def test_students_from_elsewhere_live_in_the_other_municipalities_in_proportion_to_pupils():
    region = make_region("test", TOWNS, SCHOOLS, own_municipality_share=(0.9, 0.4, 1.0))
    expected = [
        [0.9, 0.1 / 3, 0.2 / 3],
        [0.4, 0.2, 0.4],
        [0.06, 0.9, 0.04],
        [0.45, 0.15, 0.4],
    ]
    np.testing.assert_allclose(region.residence, expected, rtol=0, atol=1e-12)


def test_all_students_live_in_a_single_municipality():
    region = make_region("test", TOWNS[:1], SCHOOLS[:2], own_municipality_share=(0.9, 0.4, 1.0))
    assert region.residence.tolist() == [[1.0], [1.0]]


MBO_TOWNS = [
    MunicipalityRow("core", "Core", "toegang", 1000, "east", 600),
    MunicipalityRow("near", "Near", "wijkteam", 0, "east", 100),
    MunicipalityRow("nearer", "Nearer", "wijkteam", 0, "east", 300),
    MunicipalityRow("far", "Far", "wijkteam", 500, "west", 50),
    MunicipalityRow("farther", "Farther", "toegang", 0, "west", 150),
]
MBO = [
    SchoolRow("roc", "ROC", "mbo", "roc_small", "core", 1000, (100, 200, 300, 400)),
    SchoolRow("aoc", "AOC", "mbo", "aoc", "far", 500, (0, 100, 200, 200)),
]


def test_students_of_the_mbo_live_in_their_town_in_its_area_and_beyond_by_inhabitants():
    region = make_region("mbo", MBO_TOWNS, MBO, (1.0, 1.0, 0.3), (0.0, 0.0, 0.3))
    assert region.area.tolist() == [0, 0, 0, 1, 1]
    expected = [[0.3, 0.1, 0.3, 0.075, 0.225], [0.18, 0.03, 0.09, 0.3, 0.4]]
    np.testing.assert_allclose(region.residence, expected, rtol=0, atol=1e-12)
    np.testing.assert_allclose(region.residents, [390, 115, 345, 225, 425], rtol=0, atol=1e-9)


def test_an_mbo_institution_has_its_students_by_level():
    region = make_region("mbo", MBO_TOWNS, MBO)
    assert region.sector_names == ("mbo", "mbo")
    assert region.school_type.tolist() == [4, 6]
    assert region.level_students.tolist() == [[100, 200, 300, 400], [0, 100, 200, 200]]
    assert region.low_level_students.tolist() == [300, 100]


@pytest.mark.parametrize(
    ("area", "weight", "expected"),
    [
        ([0, 0, 1], [10, 10, 10], [0.5, 0.3, 0.2]),
        ([0, 0, 0], [10, 10, 30], [0.5, 0.125, 0.375]),
        ([0, 0, 1], [10, 10, 0], [0.5, 0.5, 0.0]),
        ([0, 0, 1], [10, 0, 10], [0.8, 0.0, 0.2]),
        ([0, 0, 1], [10, 0, 0], [1.0, 0.0, 0.0]),
        ([0, 1, 2], [10, 30, 10], [0.8, 0.15, 0.05]),
        ([0, 1, 2], [0, 0, 0], [1.0, 0.0, 0.0]),
    ],
)
def test_a_part_without_anywhere_to_live_goes_to_the_next(area, weight, expected):
    own, beyond = np.array([0.5]), np.array([0.2])
    shares = residence_shares(own, beyond, np.array([0]), np.array(area), np.array(weight, dtype=np.float64))
    np.testing.assert_allclose(shares, [expected], rtol=0, atol=1e-12)


def _town(index: int = 0, **changes: object) -> list[MunicipalityRow]:
    return [row._replace(**changes) if place == index else row for place, row in enumerate(TOWNS)]  # type: ignore[arg-type]


def _school(index: int = 0, **changes: object) -> list[SchoolRow]:
    return [row._replace(**changes) if place == index else row for place, row in enumerate(SCHOOLS)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("towns", "schools", "parts"),
    [
        (_town(2, municipality="a"), SCHOOLS, ["municipality 3, column municipality", "'a' again", "municipality 1"]),
        (_town(municipality="A a"), SCHOOLS, ["municipality 1, column municipality", "'A a'", "lower-case"]),
        (_town(municipality=""), SCHOOLS, ["municipality 1, column municipality", "''"]),
        (_town(municipality="all"), SCHOOLS, ["municipality 1, column municipality", "all of them"]),
        (_town(name=""), SCHOOLS, ["municipality 1, column name", "found nothing"]),
        (_town(gateway="wijkteem"), SCHOOLS, ["column gateway", "'wijkteem'", "did you mean 'wijkteam'", "toegang"]),
        (_town(pupils=-300), SCHOOLS, ["municipality 1, column pupils", "-300", "0 to"]),
        (_town(pupils=10**12), SCHOOLS, ["municipality 1, column pupils", "1000000000000"]),
        (_town(pupils=301), SCHOOLS, ["municipality 1, column pupils", "301", "300 students", "(-1)"]),
        (TOWNS, _school(3, school="po-1"), ["school 4, column school", "'po-1' again", "school 1"]),
        (TOWNS, _school(school="po/1"), ["school 1, column school", "'po/1'"]),
        (TOWNS, _school(name=""), ["school 1, column name"]),
        (TOWNS, _school(sector="mbi"), ["school 1, column sector", "'mbi'", "mbo, po, vo"]),
        (TOWNS, _school(sector="mbo"), ["school 1, column type", "nothing for a mbo school", "roc_small, roc_large"]),
        (TOWNS, _school(sector="mbo", type="a"), ["school 1, column type", "'a'", "aoc, roc_large, roc_small"]),
        (TOWNS, _school(1, type="aoc"), ["school 2, column type", "'aoc'", "a, b, c"]),
        (TOWNS, _school(sector="mbo", type="aoc"), ["school 1, columns level_1 to level_4", "found nothing"]),
        (TOWNS, _school(levels=(100, 0, 0, 0)), ["school 1, columns level_1", "100, 0, 0, 0 for a po school"]),
        (
            TOWNS,
            _school(sector="mbo", type="aoc", levels=(10, 20, 30, 41)),
            ["school 1, column students: found 100", "10, 20, 30, 41, 101 together"],
        ),
        (
            TOWNS,
            _school(sector="mbo", type="aoc", levels=(-10, 20, 40, 50)),
            ["school 1, column level_1: found -10", "0 to"],
        ),
        (_town(area="east"), SCHOOLS, ["municipality 2, column area", "found nothing", "every row"]),
        (_town(inhabitants=-1), SCHOOLS, ["municipality 1, column inhabitants", "-1"]),
        (TOWNS, _school(type="a"), ["school 1, column type", "'a' for a po school"]),
        (TOWNS, _school(1, type=""), ["school 2, column type", "nothing for a vo school", "a, b, c"]),
        (TOWNS, _school(1, type="d"), ["school 2, column type", "'d'", "a, b, c"]),
        (TOWNS, _school(municipality="d"), ["school 1, column municipality", "unknown municipality 'd'", "a, b, c"]),
        (TOWNS, _school(students=-1), ["school 1, column students", "-1"]),
        (TOWNS, [], ["region 'test'", "no schools"]),
        ([], SCHOOLS, ["region 'test'", "no municipalities"]),
        ([TOWNS[0]._replace(pupils=0)], [SCHOOLS[0]._replace(students=0)], ["no students"]),
    ],
)
def test_a_wrong_row_is_an_error_that_says_where_and_what(towns, schools, parts):
    with pytest.raises(InputError) as caught:
        make_region("test", towns, schools)
    for part in parts:
        assert part in str(caught.value)


def test_at_most_five_municipalities_that_do_not_add_up_are_listed():
    towns = [MunicipalityRow(f"m{number}", "name", "toegang", 5) for number in range(8)]
    with pytest.raises(InputError, match="and 2 more municipalities") as caught:
        make_region("test", towns, [SchoolRow("s", "name", "po", "", "m0", 5)])
    assert str(caught.value).count("column pupils") == 5


def test_a_long_list_of_allowed_names_is_shortened():
    towns = [MunicipalityRow(f"town-{number}", "name", "toegang", 0) for number in range(100)]
    with pytest.raises(InputError, match=r"town-0, town-1, town-2 \.\.\. town-99 \(100 in all\)"):
        make_region("test", towns, [SchoolRow("s", "name", "po", "", "elsewhere", 5)])
