"""Stories of linking: which team outside the care team a student is referred to, and how the student gets there."""

from __future__ import annotations

from typing import Any

import pytest

from sim.cases.draws import Choice, Duration
from sim.records import Event, History, Route, State
from sim.region.build import MunicipalityRow, make_region
from sim.region.region import Region
from tests.histories import minutes_of, path, story, times_of
from tests.timelines.stage import WEEKLY_HOUR, at_gateway_of, at_jeugdteam_of, play
from tests.worlds import Changes, by_group, hours, outsider, person, quiet, rhythm, school_row, world_of

TOWN, VILLAGE, CITY = range(3)
REFERS: Changes = {"care.smw.referral_share": 1.0, "care.smw.warm_handover": True}
ASKED, WAITS_AT_GATEWAY = int(State.SMW_WAIT), int(State.GATEWAY_WAIT)


def region() -> Region:
    """Return a region of a town with two schools, a village beside it, and a city in another area."""
    return make_region(
        "test",
        [
            MunicipalityRow("town", "Town", "wijkteam", 2000, area="here"),
            MunicipalityRow("village", "Village", "wijkteam", 0, area="here"),
            MunicipalityRow("city", "City", "wijkteam", 0, area="far"),
        ],
        [school_row("one", "vo", "town", 1000), school_row("two", "vo", "town", 1000)],
    )


def referred_from(municipality: int, **columns: Any) -> Changes:
    """Return a student of school one who lives in a municipality and is sent outside by a school without SMW."""
    return person(start=ASKED, municipality=municipality, choice={Choice.WITHOUT_SMW: 0.1}, **columns)


def send_outside(*people: Changes, **changes: Any) -> History:
    """Let a school without SMW send people to the gateway."""
    world = world_of(quiet(), region(), care__without_smw__outside_share=1.0, **changes)
    return play(*people, world=world, rhythms=rhythm() * 2)


def test_students_go_to_the_gateway_of_where_they_live() -> None:
    """Every gateway has one slot; of three students of a school two live in the town and one in the village.

    The second of the town has to wait until the first is done, on day 10.
    """
    people = [referred_from(place, duration={Duration.GATEWAY: 10.0}) for place in (TOWN, VILLAGE, TOWN)]
    history = send_outside(*people, **at_gateway_of(0, slots_per_1000=0.5))
    assert [path(history, case)[3][0] for case in range(3)] == [0.0, 0.0, 10.0]


@pytest.mark.parametrize(
    ("place", "luck", "arrives"),
    [(TOWN, 0.7, True), (VILLAGE, 0.7, True), (CITY, 0.7, False), (CITY, 0.39, True), (TOWN, 0.81, False)],
)
def test_fewer_arrive_who_live_outside_the_area_of_the_school(place: int, luck: float, arrives: bool) -> None:
    """Of those referred by letter .8 arrive, and half of that from beyond the area."""
    student = person(start=ASKED, municipality=place, choice={Choice.WITHOUT_SMW: 0.1, Choice.ARRIVE: luck})
    history = send_outside(
        student,
        care__referral={"arrival_warm": 1.0, "arrival_letter": 0.8, "mean_days": 5.0},
        care__linking__beyond_arrival_factor=0.5,
        **at_gateway_of(0),
    )
    assert path(history, 0)[-1] == (5.0, State.GATEWAY_WAIT if arrives else State.MONITORED)


def test_a_municipal_jeugdteam_serves_all_students_of_its_schools_wherever_they_live() -> None:
    """One jeugdteam with one slot for both schools of the town; students who live in the city arrive as others do.

    The first is helped until day 10. The second, of the other school, waits for that although the gateway of the city
    is idle; a person from the city who comes by herself is helped there at once.
    """
    first = referred_from(CITY, duration={Duration.GATEWAY: 10.0})
    second = referred_from(TOWN, school=1)
    history = send_outside(
        first,
        second,
        outsider(start=WAITS_AT_GATEWAY, municipality=CITY),
        care__linking__beyond_arrival_factor=0.0,
        **at_gateway_of(1),
        **{"care.linking.model": by_group("municipal_youth_team")},
        **_jeugdteam(slots_per_1000=0.5),
    )
    assert path(history, 0)[1:] == [
        (0.0, State.REFERRED),
        (0.0, State.GATEWAY_WAIT),
        (0.0, State.GATEWAY_HELP),
        (10.0, State.MONITORED),
    ]
    assert path(history, 1)[-2][0] == 10.0
    assert path(history, 2)[1] == (0.0, State.GATEWAY_HELP)


def _jeugdteam(**settings: Any) -> Changes:
    changed = at_jeugdteam_of(1, "municipal_youth_team", **settings)
    return {"care.gateway.jeugdteam": changed["care.gateway.jeugdteam"]}


def test_a_jeugdteam_in_the_school_needs_no_hand_over_and_no_way_to_it() -> None:
    """SMW has its only conversation on day 1 and refers, warmly where that has to be: an hour on the visit of day 8.

    With the gateway of residence the student is handed over on day 8, is on the way for five days and may not arrive
    (luck .9). With a jeugdteam in the school help begins on day 1, and the hour of day 8 goes to somebody else.
    """
    student = person(start=ASKED, choice={Choice.ARRIVE: 0.9, Choice.REFER: 0.1}, duration={Duration.GATEWAY: 10.0})
    referral = {"arrival_warm": 0.75, "arrival_letter": 0.45, "mean_days": 5.0}
    shared = {**REFERS, **at_gateway_of(1), "care.referral": referral, "visits": (1.0, 8.0)}
    home = play(student, **shared)
    assert path(home, 0) == [
        (0.0, State.SMW_WAIT),
        (1.0, State.SMW_CARE),
        (1.0, State.SMW_HANDOVER),
        (8.0, State.REFERRED),
        (13.0, State.MONITORED),
    ]
    assert minutes_of(home, "handovers") == [0.0, 60.0]
    school = play(student, person(start=ASKED), **shared, **at_jeugdteam_of(1, "school_as_neighbourhood"))
    assert story(school, 0)[2:] == [
        (1.0, Event.CONVERSATION, 1),
        (1.0, Event.REQUEST_GATEWAY, Route.SMW),
        (1.0, Event.ENTER, State.GATEWAY_WAIT),
        (1.0, Event.ENTER, State.GATEWAY_HELP),
        (11.0, Event.ENTER, State.MONITORED),
    ]
    assert minutes_of(school, "handovers") == [0.0, 0.0]
    assert times_of(school, Event.CONVERSATION, 1) == [8.0]


def test_every_school_has_a_jeugdteam_of_its_own() -> None:
    """Each school has one slot: two students of different schools are helped at once, a third waits for the first."""
    people = [referred_from(CITY, school=school, duration={Duration.GATEWAY: 10.0}) for school in (0, 1, 0)]
    history = send_outside(
        *people, **at_gateway_of(0), **at_jeugdteam_of(1, "school_as_neighbourhood", slots_per_1000=1.0)
    )
    assert [path(history, case)[2][0] for case in range(3)] == [0.0, 0.0, 10.0]


def test_a_jeugdteam_has_its_own_help_and_passes_on_its_own_share() -> None:
    """The wijkteam would help two days and pass everybody on; the jeugdteam helps three and passes on nobody."""
    wijkteam = at_gateway_of(1, onward=dict.fromkeys(("light", "moderate", "severe"), 1.0))
    student = person(start=WAITS_AT_GATEWAY, stock=True, duration={Duration.GATEWAY: 2.0})
    history = play(student, **wijkteam, **at_jeugdteam_of(1, "municipal_youth_team", help_weeks=1.5 / 7.0))
    assert path(history, 0)[1:] == [(0.0, State.GATEWAY_HELP), (3.0, State.MONITORED)]


def test_a_student_who_leaves_school_keeps_the_jeugdteam() -> None:
    """On the list of the school's jeugdteam since day 5, a student leaves on day 8; the slot is free on day 20."""
    first = person(start=int(State.GATEWAY_HELP), stock=True, duration={Duration.GATEWAY: 20.0})
    second = person(start=WAITS_AT_GATEWAY, onset=5.0, leaves_school=8.0)
    history = play(first, second, **at_gateway_of(5), **at_jeugdteam_of(1, "school_as_neighbourhood"))
    assert path(history, 1) == [
        (5.0, State.GATEWAY_WAIT),
        (20.0, State.GATEWAY_HELP),
        (21.0, State.LEFT_SCHOOL),
    ]


def test_a_slot_goes_back_to_the_team_that_gave_it() -> None:
    """A student in the only slot of the jeugdteam leaves school on day 8; the next one gets that slot on day 20."""
    first = person(start=WAITS_AT_GATEWAY, stock=True, leaves_school=8.0, duration={Duration.GATEWAY: 20.0})
    people = (first, person(start=WAITS_AT_GATEWAY, onset=1.0), outsider(start=WAITS_AT_GATEWAY, onset=1.0))
    history = play(*people, **at_gateway_of(0), **at_jeugdteam_of(1, "school_as_neighbourhood"))
    assert path(history, 1)[1] == (20.0, State.GATEWAY_HELP)
    assert path(history, 2) == [(1.0, State.GATEWAY_WAIT)]


def test_the_model_can_differ_by_group_of_students() -> None:
    """Levels 1 and 2 of an mbo are linked to a jeugdteam in the school, the others to the gateway of residence."""
    mbo = make_region(
        "test",
        [MunicipalityRow("town", "Town", "wijkteam", 2000)],
        [school_row("roc", "mbo", "town", 2000, levels=(500, 500, 500, 500))],
    )
    model = by_group("own_neighbourhood") | dict.fromkeys(("mbo_1", "mbo_2"), "school_as_neighbourhood")
    world = world_of(
        quiet(),
        mbo,
        **(WEEKLY_HOUR | hours(mbo=50.0) | at_jeugdteam_of(1, "") | {"care.linking.model": model} | REFERS),
    )
    people = [person(sector=2, level=level, start=ASKED, choice={Choice.REFER: 0.1}) for level in range(4)]
    history = play(*people, world=world, visits=(1.0,), minutes=240.0)
    after_smw = [path(history, case)[2][1] for case in range(4)]
    assert after_smw == [State.GATEWAY_WAIT, State.GATEWAY_WAIT, State.SMW_HANDOVER, State.SMW_HANDOVER]
