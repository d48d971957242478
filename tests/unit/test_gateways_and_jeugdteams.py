"""Which gateways and jeugdteams a world has, how large they are, and whom they serve."""

from __future__ import annotations

from typing import Any

import pytest

from sim.care.linking import Linking, link
from sim.region.build import MunicipalityRow, make_region
from sim.scenario.base import GROUPS
from sim.stations.gateways import OF_RESIDENCE
from tests.worlds import all_sectors, by_group, quiet, school_row, world_of

PO, VO, MBO_1, MBO_2 = (GROUPS.index(group) for group in ("po", "vo", "mbo_1", "mbo_2"))


def linking_of(model: Any, students: int = 400, **settings: Any) -> Linking:
    """Return the linking of two towns with three schools of so many students each."""
    changes = {"care.linking.model": model} | {
        f"care.gateway.{key.replace('__', '.')}": value for key, value in settings.items()
    }
    return link(world_of(quiet(), all_sectors(students), **changes))


def test_students_are_linked_to_the_gateway_of_residence_unless_the_model_says_otherwise() -> None:
    linking = linking_of(by_group("own_neighbourhood"))
    assert [gateway.slots.slots for gateway in linking.gateways] == [12, 12]
    assert {linked for school in linking.links.by_school for linked in school} == {OF_RESIDENCE}


def test_a_municipality_has_one_jeugdteam_for_all_the_students_of_its_schools_who_are_linked_to_it() -> None:
    """Of 1200 students in each town the 400 of PO are linked otherwise; ten slots for 1000 make 8 for the others."""
    linking = linking_of(by_group("own_neighbourhood", "municipal_youth_team"), jeugdteam__slots_per_1000=10.0)
    assert [gateway.slots.slots for gateway in linking.gateways] == [12, 12, 8, 8]
    assert not any(gateway.in_school for gateway in linking.gateways)
    assert [school[PO] for school in linking.links.by_school] == [OF_RESIDENCE] * 6
    north, south = linking.links.by_school[1][VO], linking.links.by_school[4][VO]
    assert (north, south) == (2, 3)
    assert linking.links.by_school[2][MBO_1:] == [north] * 4
    assert linking.links.by_school[5][MBO_1:] == [south] * 4


def test_a_school_has_one_jeugdteam_inside_for_its_students_who_are_linked_to_it() -> None:
    """Levels 1 and 2 are half of the 400 students of an institution: two slots with ten for 1000."""
    model = by_group("own_neighbourhood") | dict.fromkeys(("mbo_1", "mbo_2"), "school_as_neighbourhood")
    linking = linking_of(model, jeugdteam__slots_per_1000=10.0)
    assert [(gateway.slots.slots, gateway.in_school) for gateway in linking.gateways] == [
        (12, False),
        (12, False),
        (2, True),
        (2, True),
    ]
    assert linking.links.by_school[2][MBO_1:] == [2, 2, OF_RESIDENCE, OF_RESIDENCE]
    assert linking.links.by_school[5][MBO_2] == 3


@pytest.mark.parametrize(("per_1000", "slots"), [(0.0, 0), (0.1, 1), (2.0, 1), (3.0, 1), (4.0, 2)])
def test_a_team_has_at_least_one_slot_if_it_has_any(per_1000: float, slots: int) -> None:
    """A school of 400 students with a jeugdteam inside."""
    linking = linking_of(by_group("school_as_neighbourhood"), jeugdteam__slots_per_1000=per_1000)
    assert [gateway.slots.slots for gateway in linking.gateways[2:]] == [slots] * 6


def test_gateways_are_sized_by_the_students_who_live_there_and_not_by_the_schools() -> None:
    """All schools are in the town and half of the students live in the village."""
    region = make_region(
        "test",
        [
            MunicipalityRow("town", "Town", "wijkteam", 1000, inhabitants=5000),
            MunicipalityRow("village", "Village", "toegang", 0, inhabitants=3000),
        ],
        [school_row("school", "vo", "town", 1000)],
        own_municipality_share=(1.0, 0.5, 1.0),
    )
    linking = link(
        world_of(
            quiet(),
            region,
            care__gateway__wijkteam__slots_per_1000=20.0,
            care__gateway__toegang__slots_per_1000=8.0,
        )
    )
    assert [gateway.slots.slots for gateway in linking.gateways] == [10, 4]
