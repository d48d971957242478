"""Waits of people whose days are known: served, gone in another way, or still waiting at the horizon."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from factories import (
    PO_A,
    PO_B,
    SUMMER_CLOSED,
    TOWN_A,
    TOWN_B,
    VO_B,
    YEAR_1,
    YEAR_2,
    Story,
    shares,
    small_world,
    value,
)

from sim.measures.waits import LEFT, SERVED, WAITING, Waits, all_waits
from sim.records import Event, Route, State


def ask(story: Story, case: int, day: float, then: float | None = None, state: State = State.SMW_CARE) -> None:
    story.log(case, day, Event.ASKED)
    story.enter(case, (day, State.SMW_WAIT))
    if then is not None:
        story.enter(case, (then, state))


def five_on_the_list() -> Story:
    """Two wait 10 and 20 days, one gives up after 5, one waits 30 days, one is still waiting after 20."""
    story = Story()
    ask(story, story.student(), 400, 410)
    ask(story, story.student(), 400, 420)
    ask(story, story.student(), 420, 425, State.MONITORED)
    ask(story, story.student(), 500, 530)
    ask(story, story.student(), YEAR_2 - 20)
    return story


def as_tuples(waits: Waits) -> list[tuple[int, float, int]]:
    return list(zip(waits.case.tolist(), waits.days.tolist(), waits.outcome.tolist(), strict=True))


def test_each_way_off_the_smw_list_is_told_apart() -> None:
    waits = all_waits(five_on_the_list().read())["smw_wait"]
    assert as_tuples(waits) == [
        (0, 10.0, SERVED),
        (1, 20.0, SERVED),
        (2, 5.0, LEFT),
        (3, 30.0, SERVED),
        (4, 20.0, WAITING),
    ]


def test_the_offered_wait_counts_those_still_waiting_and_those_who_left_as_censored() -> None:
    # Survival: 1 until 10, 3/4 until 20, 1/2 until 30.
    measured = five_on_the_list().measured()
    assert value(measured, "smw_wait.mean") == pytest.approx(10 + 10 * 3 / 4 + 10 / 2)
    assert value(measured, "smw_wait.median") == 20.0
    assert value(measured, "smw_wait.p90") == 30.0


def test_the_share_within_the_norm_counts_leaving_as_not_served() -> None:
    # One of five left at 5; one of the four others was served at 10, the norm.
    assert value(five_on_the_list().measured(), "smw_wait.within_norm") == pytest.approx(4 / 5 * 1 / 4)


def test_the_curve_rises_when_people_are_served() -> None:
    curves = five_on_the_list().measured().curves
    curve = curves[(curves["curve"] == "smw_wait") & (curves["sector"] == "all")].set_index("day")["share"]
    assert curve.loc[[0, 7, 14, 21, 28, 35, 364]].tolist() == pytest.approx([0, 0, 0.2, 0.4, 0.4, 0.8, 0.8])


def test_the_norm_of_smw_counts_school_days() -> None:
    monday = float((date(2016, 9, 5) - date(2015, 8, 1)).days)
    story = Story(small_world(SUMMER_CLOSED))
    ask(story, story.student(), monday, monday + 14)
    ask(story, story.student(), monday, monday + 15)
    # Two weekends: 10 and 11 school days, where the norm is 10.
    assert value(story.measured(), "smw_wait.within_norm") == 0.5


def test_waits_that_began_before_the_measuring_period_or_on_day_0_do_not_count() -> None:
    story = Story(small_world(warm_up=0))
    ask(story, story.student(onset=0.0, stock=True, start=State.SMW_WAIT), 0, 40)
    ask(story, story.student(onset=0.0), 0, 7)
    assert as_tuples(all_waits(story.read())["smw_wait"]) == [(1, 7.0, SERVED)]
    late = Story()
    ask(late, late.student(), YEAR_1 - 1, YEAR_1 + 50)
    ask(late, late.student(), YEAR_1, YEAR_1)
    assert as_tuples(all_waits(late.read())["smw_wait"]) == [(1, 0.0, SERVED)]


def test_waits_are_given_by_sector_municipality_and_school() -> None:
    story = Story()
    ask(story, story.student(PO_A), 400, 410)
    ask(story, story.student(VO_B), 400, 420)
    ask(story, story.student(PO_B, municipality=TOWN_A), 400, 430)
    measured = story.measured()
    assert shares(measured, "smw_wait.mean", "sector") == {"po": 20.0, "vo": 20.0}
    assert shares(measured, "smw_wait.mean", "school") == {"po_a": 10.0, "vo_b": 20.0, "po_b": 30.0}
    assert shares(measured, "smw_wait.mean", "municipality") == {"a": 20.0, "b": 20.0}


def test_where_nobody_asks_the_wait_is_unknown() -> None:
    measured = five_on_the_list().measured()
    assert np.isnan(value(measured, "smw_wait.mean", "sector", "po"))
    assert np.isnan(value(measured, "smw_wait.within_norm", "school", "po_a"))


def test_gateway_waits_of_students_and_background_people_are_kept_apart() -> None:
    story = Story()
    story.enter(story.student(), (400, State.GATEWAY_WAIT), (420, State.GATEWAY_HELP))
    story.enter(story.student(), (400, State.GATEWAY_WAIT), (410, State.RECOVERED))
    story.enter(story.background(TOWN_B), (400, State.GATEWAY_WAIT), (460, State.GATEWAY_HELP))
    measured = story.measured()
    assert value(measured, "gateway_wait.mean") == 20.0
    assert value(measured, "gateway_wait.within_norm") == 0.5
    assert shares(measured, "gateway_wait.mean", "people") == {"students": 20.0, "background": 60.0}
    assert shares(measured, "gateway_wait.within_norm", "people") == {"students": 0.5, "background": 0.0}


def test_oza_and_the_youth_care_list_are_one_wait() -> None:
    story = Story()
    story.enter(
        story.student(),
        (400, State.OZA),
        (450, State.YOUTH_CARE_WAIT),
        (480, State.YOUTH_CARE),
        (600, State.MONITORED),
    )
    story.enter(story.student(), (400, State.OZA), (420, State.YOUTH_CARE))
    story.enter(story.student(), (400, State.OZA), (490, State.RECOVERED))
    story.enter(story.student(), (700, State.YOUTH_CARE_WAIT))
    waits = all_waits(story.read())["youth_care_wait"]
    assert as_tuples(waits) == [(0, 80.0, SERVED), (1, 20.0, SERVED), (2, 90.0, LEFT), (3, 31.0, WAITING)]


def test_each_list_of_specialised_care_has_its_own_waits() -> None:
    story = Story()
    plain, in_oza, after_oza, other, crisis = (story.student() for _ in range(5))
    story.enter(plain, (400, State.GGZ_WAIT), (430, State.GGZ))
    story.log(in_oza, 400, Event.REQUEST_GGZ, Route.OZA)
    story.enter(in_oza, (400, State.OZA), (420, State.GGZ))
    story.log(after_oza, 400, Event.REQUEST_GGZ, Route.OZA)
    story.enter(after_oza, (400, State.OZA), (450, State.GGZ_WAIT), (480, State.GGZ))
    story.log(other, 400, Event.REQUEST_YOUTH_CARE, Route.OZA)
    story.enter(other, (400, State.OZA), (490, State.YOUTH_CARE))
    story.log(crisis, 400, Event.REQUEST_GGZ, Route.CRISIS)
    story.enter(crisis, (400, State.GGZ))
    waits = all_waits(story.read())
    assert as_tuples(waits["ggz_wait"]) == [(plain, 30.0, SERVED), (in_oza, 20.0, SERVED), (after_oza, 80.0, SERVED)]
    assert as_tuples(waits["youth_care_wait"]) == [(other, 90.0, SERVED)]
    assert as_tuples(waits["outside_wait"]) == [
        (in_oza, 20.0, SERVED),
        (after_oza, 80.0, SERVED),
        (other, 90.0, SERVED),
        (crisis, 0.0, SERVED),
    ]


def test_an_earlier_request_for_ggz_does_not_put_a_later_stay_in_oza_on_that_list() -> None:
    story = Story()
    case = story.student()
    story.log(case, 400, Event.REQUEST_GGZ, Route.GP)
    story.enter(case, (400, State.GGZ_WAIT), (410, State.MONITORED))
    story.log(case, 500, Event.REQUEST_YOUTH_CARE, Route.OZA)
    story.enter(case, (500, State.OZA), (520, State.YOUTH_CARE))
    waits = all_waits(story.read())
    assert as_tuples(waits["ggz_wait"]) == [(case, 10.0, LEFT)]
    assert as_tuples(waits["youth_care_wait"]) == [(case, 20.0, SERVED)]


def test_two_waits_of_one_case_are_two_waits() -> None:
    story = Story()
    story.enter(
        story.student(),
        (400, State.YOUTH_CARE_WAIT),
        (410, State.YOUTH_CARE),
        (500, State.AFTER_CARE),
        (600, State.YOUTH_CARE_WAIT),
        (630, State.YOUTH_CARE),
    )
    waits = all_waits(story.read())["youth_care_wait"]
    assert as_tuples(waits) == [(0, 10.0, SERVED), (0, 30.0, SERVED)]


def outside(story: Story, case: int, day: float, *stays: tuple[float, State]) -> None:
    story.log(case, day, Event.REQUEST_GATEWAY, Route.SCHOOL)
    story.enter(case, (day, State.GATEWAY_WAIT), *stays)


def test_the_outside_wait_runs_from_the_first_request_to_the_first_start() -> None:
    story = Story()
    helped, crisis, gone, recovered, waiting = (story.student() for _ in range(5))
    outside(story, helped, 400, (430, State.GATEWAY_HELP), (500, State.YOUTH_CARE_WAIT), (520, State.YOUTH_CARE))
    outside(story, crisis, 400)
    story.log(crisis, 415, Event.REQUEST_YOUTH_CARE, Route.CRISIS)
    story.enter(crisis, (415, State.YOUTH_CARE))
    outside(story, gone, 400, (410, State.MONITORED))
    outside(story, gone, 500, (520, State.GATEWAY_HELP))
    outside(story, recovered, 400, (405, State.RECOVERED))
    outside(story, waiting, 700)
    waits = all_waits(story.read())["outside_wait"]
    assert as_tuples(waits) == [
        (helped, 30.0, SERVED),
        (crisis, 15.0, SERVED),
        (gone, 10.0, LEFT),
        (recovered, 5.0, LEFT),
        (waiting, 31.0, WAITING),
    ]


def test_the_outside_wait_goes_on_when_the_student_leaves_school() -> None:
    story = Story()
    case = story.student()
    outside(story, case, 400)
    story.log(case, 410, Event.LEFT_SCHOOL, State.GATEWAY_WAIT)
    story.enter(case, (440, State.GATEWAY_HELP))
    assert as_tuples(all_waits(story.read())["outside_wait"]) == [(case, 40.0, SERVED)]


def test_the_outside_wait_is_of_students_who_were_not_outside_on_day_0() -> None:
    story = Story(small_world(warm_up=0))
    stock = story.student(onset=0.0, stock=True, start=State.YOUTH_CARE)
    story.enter(stock, (0, State.YOUTH_CARE), (100, State.AFTER_CARE))
    story.log(stock, 200, Event.REQUEST_YOUTH_CARE, Route.REPEAT)
    story.enter(stock, (200, State.YOUTH_CARE_WAIT), (250, State.YOUTH_CARE))
    person = story.background(onset=10.0)
    outside(story, person, 10, (20, State.GATEWAY_HELP))
    assert as_tuples(all_waits(story.read())["outside_wait"]) == []


def noticed(story: Story, case: int, day: float, *stays: tuple[float, State]) -> None:
    story.log(case, day, Event.NOTICED)
    story.enter(case, *stays)


def test_time_to_help_runs_from_first_noticed_to_the_first_help_but_base_care() -> None:
    story = Story()
    helped, alone, safe, waiting, early = (story.student() for _ in range(5))
    for case in (helped, alone, safe, waiting, early):
        story.enter(case, (300, State.HIDDEN))
    noticed(story, helped, 400, (400, State.BASE_CARE), (430, State.TEAM_WAIT), (440, State.SMW_WAIT))
    story.log(helped, 445, Event.NOTICED, 1)
    story.enter(helped, (450, State.SMW_CARE), (500, State.MONITORED))
    noticed(story, alone, 400, (400, State.BASE_CARE))
    story.log(alone, 420, Event.RECOVERED)
    story.enter(alone, (420, State.RECOVERED))
    noticed(story, safe, 400, (400, State.VEILIG_THUIS))
    noticed(story, waiting, 700, (700, State.BASE_CARE))
    noticed(story, early, YEAR_1 - 1, (YEAR_1 - 1, State.BASE_CARE), (YEAR_1 + 9, State.EDUCATION_CARE))
    waits = all_waits(story.read())["time_to_help"]
    assert as_tuples(waits) == [
        (helped, 50.0, SERVED),
        (alone, 20.0, LEFT),
        (safe, 0.0, SERVED),
        (waiting, 31.0, WAITING),
    ]


def test_leerplicht_notices_and_is_no_help_by_itself() -> None:
    story = Story()
    absent, reached = story.student(), story.student()
    for case in (absent, reached):
        story.enter(case, (300, State.HIDDEN))
    story.log(absent, 400, Event.NOTICED, 3)
    story.enter(absent, (400, State.LEERPLICHT), (420, State.REFERRED))
    outside(story, absent, 430, (460, State.GATEWAY_HELP))
    story.log(reached, 400, Event.LEFT_EARLY, State.HIDDEN)
    story.log(reached, 400, Event.NOTICED, 4)
    story.enter(reached, (400, State.LEERPLICHT), (410, State.REFERRED))
    outside(story, reached, 420, (430, State.GATEWAY_HELP))
    waits = all_waits(story.read())
    assert as_tuples(waits["time_to_help"]) == [(absent, 60.0, SERVED), (reached, 30.0, SERVED)]
    assert as_tuples(waits["outside_wait"]) == [(absent, 30.0, SERVED), (reached, 10.0, SERVED)]


def test_every_wait_has_its_statistics_and_time_to_help_has_no_norm() -> None:
    table = five_on_the_list().measured().values
    names = set(table.loc[table["measure"].str.contains("wait\\.|help\\."), "measure"])
    kinds = ("smw_wait", "gateway_wait", "youth_care_wait", "ggz_wait", "outside_wait", "time_to_help")
    expected = {f"{kind}.{what}" for kind in kinds for what in ("mean", "median", "p90", "within_norm")}
    assert names - {"spread.smw_wait"} == expected - {"time_to_help.within_norm"}
