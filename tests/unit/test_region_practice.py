"""Which schools follow a practice: the right number by type, always the same ones."""

from __future__ import annotations

import pytest

from sim.region.build import MunicipalityRow, SchoolRow, make_region
from sim.region.practice import schools_with
from sim.region.region import Region
from sim.scenario.base import ByType

NONE = {"po": 0.0, "a": 0.0, "b": 0.0, "c": 0.0, "roc_small": 0.0, "roc_large": 0.0, "aoc": 0.0, "vakinstelling": 0.0}


def shares(**changed: float) -> ByType[float]:
    return ByType[float](**{**NONE, **changed})


def rows(large: int = 20, aoc: int = 12) -> list[SchoolRow]:
    levels = (10, 20, 30, 40)
    return [SchoolRow(f"large-{n}", "x", "mbo", "roc_large", "town", 100, levels) for n in range(large)] + [
        SchoolRow(f"aoc-{n}", "x", "mbo", "aoc", "town", 100, levels) for n in range(aoc)
    ]


def region(schools: list[SchoolRow]) -> Region:
    return make_region("test", [MunicipalityRow("town", "Town", "toegang", 100 * len(schools))], schools)


def chosen(by_type: ByType[float], schools: list[SchoolRow], name: str = "max") -> set[str]:
    world = region(schools)
    return {key for key, follows in zip(world.school_ids, schools_with(by_type, world, name), strict=True) if follows}


@pytest.mark.parametrize(
    ("share", "number"), [(0.0, 0), (0.02, 0), (0.025, 1), (0.3, 6), (0.94, 19), (0.975, 20), (1.0, 20)]
)
def test_the_share_of_the_schools_of_a_type_is_rounded(share, number):
    found = chosen(shares(roc_large=share), rows())
    assert len(found) == number
    assert all(key.startswith("large-") for key in found)


def test_each_type_has_its_own_share():
    found = chosen(shares(roc_large=0.5, aoc=0.25), rows())
    assert sum(key.startswith("large-") for key in found) == 10
    assert sum(key.startswith("aoc-") for key in found) == 3


def test_the_order_of_the_rows_and_the_other_types_change_nothing():
    found = chosen(shares(roc_large=0.4, aoc=0.5), rows())
    assert chosen(shares(roc_large=0.4, aoc=0.5), rows()[::-1]) == found
    assert chosen(shares(roc_large=0.4), rows(aoc=3)) == {key for key in found if key.startswith("large-")}


def test_a_larger_share_adds_schools_and_takes_none_away():
    before: set[str] = set()
    for share in (0.1, 0.3, 0.6, 1.0):
        found = chosen(shares(roc_large=share), rows())
        assert before < found
        before = found


def test_another_practice_is_found_at_other_schools():
    by_type = shares(roc_large=0.5)
    assert chosen(by_type, rows(), "max") != chosen(by_type, rows(), "age")


def test_the_choice_is_written_down_so_that_it_stays_the_same_for_ever():
    assert chosen(shares(aoc=0.25), rows(), "max") == {"aoc-2", "aoc-7", "aoc-9"}
