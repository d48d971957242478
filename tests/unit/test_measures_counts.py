"""How often things happened, a year: what counts, whose it is, and by which route."""

from __future__ import annotations

import pytest
from factories import PO_A, PO_B, TOWN_A, VO_B, YEAR_1, YEAR_2, Story, shares, small_world, value

from sim.records import Cause, Event, Route, State


def test_events_count_from_the_first_day_of_the_period_to_the_day_before_the_horizon() -> None:
    story = Story()
    for day in (YEAR_1 - 0.01, YEAR_1, 500, YEAR_2 - 0.01, YEAR_2):
        case = story.student()
        story.enter(case, (300, State.HIDDEN))
        story.log(case, day, Event.ASKED)
    assert value(story.measured(), "asked") == 3.0


def test_counts_are_a_year() -> None:
    story = Story(small_world(warm_up=1, years=2))
    for day in (400, 500, 800):
        story.log(story.student(), day, Event.CRISIS)
    assert value(story.measured(), "crises") == 1.5


@pytest.mark.parametrize(
    ("measure", "event"),
    [
        ("noticed", Event.NOTICED),
        ("in_touch", Event.IN_TOUCH),
        ("hours_stopped", Event.HOURS_STOPPED),
        ("asked", Event.ASKED),
        ("balked", Event.BALKED),
        ("refused", Event.REFUSED),
        ("escalated", Event.ESCALATED),
        ("crises", Event.CRISIS),
        ("recovered", Event.RECOVERED),
        ("early_leavers", Event.LEFT_EARLY),
    ],
)
def test_events_are_counted_by_sector_municipality_and_school(measure: str, event: Event) -> None:
    story = Story()
    for case in (story.student(PO_A), story.student(VO_B), story.student(VO_B), story.student(PO_B, municipality=0)):
        story.log(case, 400, event)
    story.log(story.background(), 400, event)
    measured = story.measured()
    assert value(measured, measure) == 4.0
    assert shares(measured, measure, "sector") == {"po": 2.0, "vo": 2.0}
    assert shares(measured, measure, "municipality") == {"a": 2.0, "b": 2.0}
    assert shares(measured, measure, "school") == {"po_a": 1.0, "vo_b": 2.0, "po_b": 1.0}


def test_ways_of_being_noticed_are_told_apart() -> None:
    story = Story()
    for way in (0, 1, 1, 2, 3, 3, 3, 4):
        story.log(story.student(PO_A), 400, Event.NOTICED, way)
    story.log(story.student(VO_B), 400, Event.NOTICED, 4)
    measured = story.measured()
    assert shares(measured, "noticed", "way") == {
        "first_time": 1.0,
        "again": 2.0,
        "walked_in": 1.0,
        "absence": 3.0,
        "rmc": 2.0,
    }
    assert value(measured, "noticed") == 9.0
    assert value(measured, "reported_absent") == 3.0
    assert shares(measured, "rmc_reached", "sector") == {"po": 1.0, "vo": 1.0}


def test_giving_up_counts_for_the_smw_list_only() -> None:
    story = Story()
    for state in (State.SMW_WAIT, State.GATEWAY_WAIT, State.YOUTH_CARE_WAIT):
        story.log(story.student(), 400, Event.GAVE_UP, state)
    assert value(story.measured(), "gave_up") == 1.0


def test_recovery_is_told_apart_by_cause_and_background_people_do_not_count() -> None:
    story = Story()
    for cause in (Cause.NATURAL, Cause.NATURAL, Cause.SMW):
        story.log(story.student(), 400, Event.RECOVERED, cause)
    story.log(story.background(), 400, Event.RECOVERED, Cause.YOUTH_CARE)
    measured = story.measured()
    assert value(measured, "recovered") == 3.0
    causes = shares(measured, "recovered", "cause")
    assert causes == {cause.name.lower(): 0.0 for cause in Cause} | {"natural": 2.0, "smw": 1.0}


def test_who_had_recovered_on_day_0_did_not_recover_in_the_run() -> None:
    story = Story(small_world(warm_up=0))
    for start in (State.YOUTH_CARE, State.AFTER_CARE):
        case = story.student(onset=0.0, stock=True, start=start)
        story.enter(case, (0, start))
        story.log(case, 0, Event.RECOVERED, Cause.NATURAL)
    story.log(story.student(onset=0.0, stock=True, start=State.HIDDEN), 1, Event.RECOVERED, Cause.NATURAL)
    measured = story.measured()
    assert value(measured, "recovered") == 1.0
    assert sum(shares(measured, "recovered", "cause").values()) == 1.0


def test_a_case_that_comes_back_to_smw_is_served_twice_and_new_once() -> None:
    story = Story()
    back = (State.SMW_WAIT, State.SMW_CARE, State.MONITORED, State.SMW_WAIT, State.SMW_CARE)
    in_period, before = story.student(), story.student()
    story.enter(in_period, *zip((400, 410, 420, 430, 440), back, strict=True))
    story.enter(before, *zip((300, 310, 320, 430, 440), back, strict=True))
    measured = story.measured()
    assert value(measured, "served") == 3.0
    assert value(measured, "served_new") == 1.0


def test_who_is_in_care_on_day_0_was_not_served_in_the_run() -> None:
    story = Story(small_world(warm_up=0))
    story.enter(story.student(onset=0.0, stock=True, start=State.SMW_CARE), (0, State.SMW_CARE))
    story.enter(story.student(onset=0.0, stock=True, start=State.YOUTH_CARE), (0, State.YOUTH_CARE))
    measured = story.measured()
    assert value(measured, "served") == 0.0
    assert value(measured, "youth_care_starts") == 0.0


def to_youth_care(story: Story, case: int, day: float, route: Route, start: float | None = None) -> None:
    story.log(case, day, Event.REQUEST_YOUTH_CARE, route)
    story.enter(case, (day, State.YOUTH_CARE_WAIT))
    if start is not None:
        story.enter(case, (start, State.YOUTH_CARE))


def test_requests_and_starts_are_told_apart_by_route_and_people() -> None:
    story = Story()
    to_youth_care(story, story.student(PO_A), 400, Route.GP, 410)
    to_youth_care(story, story.student(), 400, Route.SMW)
    to_youth_care(story, story.background(), 400, Route.REPEAT, 410)
    to_youth_care(story, story.background(), 300, Route.BACKGROUND, 410)
    measured = story.measured()
    assert value(measured, "youth_care_requests") == 2.0
    assert value(measured, "youth_care_starts") == 1.0
    assert shares(measured, "youth_care_requests", "sector") == {"po": 1.0, "vo": 1.0}
    assert shares(measured, "youth_care_requests", "people") == {"students": 2.0, "background": 1.0}
    assert shares(measured, "youth_care_starts", "people") == {"students": 1.0, "background": 2.0}
    none = {route.name.lower(): 0.0 for route in Route}
    assert shares(measured, "youth_care_requests", "route") == none | {"gp": 1.0, "smw": 1.0, "background": 1.0}
    assert shares(measured, "youth_care_starts", "route") == none | {"gp": 1.0, "background": 2.0}


def test_requests_for_and_starts_of_ggz_are_those_of_youth_care_too() -> None:
    story = Story()
    to_youth_care(story, story.student(PO_A), 400, Route.GP, 410)
    for route, start in ((Route.SCHOOL, 420.0), (Route.LEERPLICHT, None)):
        case = story.student()
        story.log(case, 400, Event.REQUEST_GGZ, route)
        story.enter(case, (400, State.GGZ_WAIT))
        if start is not None:
            story.enter(case, (start, State.GGZ))
    measured = story.measured()
    assert value(measured, "youth_care_requests") == 3.0
    assert value(measured, "youth_care_starts") == 2.0
    assert value(measured, "ggz_requests") == 2.0
    assert value(measured, "ggz_starts") == 1.0
    none = {route.name.lower(): 0.0 for route in Route}
    assert shares(measured, "youth_care_starts", "route") == none | {"gp": 1.0, "school": 1.0}
    assert shares(measured, "ggz_requests", "route") == none | {"school": 1.0, "leerplicht": 1.0}


def test_a_start_has_the_route_of_the_last_request_before_it() -> None:
    story = Story()
    case = story.student()
    story.enter(case, (380, State.HIDDEN))
    to_youth_care(story, case, 400, Route.OZA)
    story.log(case, 420, Event.REQUEST_YOUTH_CARE, Route.CRISIS)
    story.enter(case, (420, State.YOUTH_CARE), (600, State.AFTER_CARE))
    to_youth_care(story, case, 700, Route.REPEAT, 710)
    routes = shares(story.measured(), "youth_care_starts", "route")
    assert {route for route, starts in routes.items() if starts} == {"crisis", "repeat"}


def test_a_start_does_not_take_the_route_of_another_case_or_of_another_station() -> None:
    story = Story(small_world(warm_up=0))
    to_youth_care(story, story.student(onset=10.0), 10, Route.GP)
    waiting = story.student(onset=0.0, stock=True, start=State.YOUTH_CARE_WAIT)
    story.log(waiting, 1, Event.REQUEST_GATEWAY, Route.SCHOOL)
    story.enter(waiting, (0, State.YOUTH_CARE_WAIT), (50, State.YOUTH_CARE))
    measured = story.measured()
    assert value(measured, "youth_care_starts") == 1.0
    assert sum(shares(measured, "youth_care_starts", "route").values()) == 0.0


def test_waiting_on_day_0_is_not_a_request() -> None:
    story = Story(small_world(warm_up=0))
    waiting = story.student(onset=0.0, stock=True, start=State.GATEWAY_WAIT)
    later = story.student(onset=0.0, stock=True, start=State.MONITORED)
    story.log(waiting, 0, Event.REQUEST_GATEWAY, Route.SCHOOL)
    story.enter(waiting, (0, State.GATEWAY_WAIT), (30, State.GATEWAY_HELP))
    story.enter(later, (0, State.MONITORED))
    story.log(later, 5, Event.REQUEST_GATEWAY, Route.SCHOOL)
    measured = story.measured()
    assert value(measured, "gateway_requests") == 1.0
    assert value(measured, "gateway_starts") == 1.0


def test_a_case_that_never_came_to_be_counts_nowhere() -> None:
    story = Story()
    story.student()
    story.enter(story.student(), (400, State.SMW_WAIT), (410, State.SMW_CARE))
    story.background(TOWN_A)
    measured = story.measured()
    assert value(measured, "served") == 1.0
    assert value(measured, "problem_weeks") == pytest.approx((YEAR_2 - 400) / 7)
