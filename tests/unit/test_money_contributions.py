"""The published table of contributions: exact parts, and where the printed ones are off."""

from __future__ import annotations

import numpy as np
import pytest

from sim.money.contributions import contributions, parts_by_pupils
from sim.money.contributions_text import contributions_text
from sim.region.build import MunicipalityRow, SchoolRow, make_region
from sim.region.region import Region

EXACT = {
    "blaricum": (1455, 3607.74, 3608),
    "gooise_meren": (10111, 25070.67, 25100),
    "eemnes": (1602, 3972.23, 3972),
    "hilversum": (12903, 31993.55, 31994),
    "huizen": (6455, 16005.45, 16005),
    "laren": (1666, 4130.92, 4131),
    "weesp": (2530, 6273.25, 6273),
    "wijdemeren": (3608, 8946.19, 8946),
}


def gooi(**changed: int) -> Region:
    pupils = {key: row[0] for key, row in EXACT.items()} | changed
    return make_region(
        "gooi",
        [MunicipalityRow(key, key.replace("_", " ").title(), "toegang", number) for key, number in pupils.items()],
        [SchoolRow(f"s-{key}", key, "po", "", key, number) for key, number in pupils.items()],
    )


def test_exact_and_published_parts_of_every_municipality():
    table = contributions(gooi(), 100_000)
    assert {row.municipality: (row.pupils, round(row.exact, 2), row.printed) for row in table.rows} == EXACT


def test_only_the_part_of_gooise_meren_is_off_and_by_29_euros():
    off = {row.municipality: row.off for row in contributions(gooi(), 100_000).rows if row.off}
    assert off == {"gooise_meren": 29}


def test_whole_euros_add_up_to_the_amount_and_the_published_parts_do_not():
    table = contributions(gooi(), 100_000)
    assert (table.pupils, table.euros, table.printed) == (40_330, 100_000, 100_029)


@pytest.mark.parametrize(("region", "amount"), [(gooi(), 50_000), (gooi(laren=1665), 100_000)])
def test_published_parts_stand_only_beside_the_amount_and_pupils_they_were_published_for(region, amount):
    table = contributions(region, amount)
    assert table.printed is None
    assert all(row.printed is None and row.off is None for row in table.rows)


def test_parts_are_in_proportion_to_pupils_and_add_up():
    parts = parts_by_pupils(90.0, np.array([10, 20, 0]))
    np.testing.assert_allclose(parts, [30, 60, 0])


def test_the_english_text_says_which_part_is_off():
    lines = contributions_text(contributions(gooi(), 100_000)).splitlines()
    assert lines[0] == "Contributions of the municipalities to 100,000 euros a year, in proportion to pupils"
    assert lines[3].split() == ["Gooise", "Meren", "10,111", "25,070.67", "25,071", "25,100", "+29"]
    assert lines[10].split() == ["total", "40,330", "100,000.00", "100,000", "100,029", "+29"]
    assert lines[11] == "The published part of Gooise Meren is 29 euros too high."
    assert lines[12] == "The published parts add up to 100,029 euros, not to 100,000."
    assert len({len(line) for line in lines[1:11]}) == 1


def test_the_dutch_text_has_dutch_numbers():
    lines = contributions_text(contributions(gooi(), 100_000), "nl").splitlines()
    assert lines[3].split() == ["Gooise", "Meren", "10.111", "25.070,67", "25.071", "25.100", "+29"]
    assert lines[11] == "Het gepubliceerde bedrag van Gooise Meren is 29 euro te hoog."


def test_without_published_parts_the_text_has_no_such_columns():
    text = contributions_text(contributions(gooi(), 50_000))
    assert "published" not in text
    assert text.splitlines()[-1].split() == ["total", "40,330", "50,000.00", "50,000"]
