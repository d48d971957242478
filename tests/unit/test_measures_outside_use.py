"""Requests and starts outside school, by year and by student: what counts, and whose it is."""

from __future__ import annotations

import pandas as pd
from factories import VO_B, YEAR_1, YEAR_2, Story, small_world

from sim.measures.outside_use import USES, outside_by_student, outside_by_year
from sim.records import Event, Route, State

LIGHT, MODERATE, SEVERE = range(3)


def by_year(story: Story) -> pd.DataFrame:
    table = pd.DataFrame(outside_by_year(story.read()))
    return table.set_index(["people", "place", "what", "year"])["number"]


def by_student(story: Story) -> pd.DataFrame:
    return pd.DataFrame(outside_by_student(story.read())).set_index("student")


def to_youth_care(story: Story, case: int, asked: float, started: float) -> None:
    story.enter(case, (asked - 1, State.MONITORED))
    story.log(case, asked, Event.REQUEST_YOUTH_CARE, Route.GP)
    story.enter(case, (asked, State.YOUTH_CARE_WAIT), (started, State.YOUTH_CARE))


def test_a_request_counts_in_its_own_year_and_the_start_in_the_year_of_the_start() -> None:
    story = Story(small_world(warm_up=1, years=2))
    to_youth_care(story, story.student(), YEAR_2 - 20, YEAR_2 + 20)
    table = by_year(story)
    assert table["students", "youth_care", "requests", 1] == 1
    assert table["students", "youth_care", "starts", 2] == 1
    assert table.sum() == 2


def test_what_happened_in_the_warm_up_does_not_count() -> None:
    story = Story(small_world(warm_up=1, years=2))
    to_youth_care(story, story.student(onset=10), YEAR_1 - 50, YEAR_1 - 20)
    assert by_year(story).sum() == 0


def test_background_people_are_counted_apart_and_ggz_is_youth_care_too() -> None:
    story = Story(small_world(warm_up=1, years=2))
    case = story.background()
    story.enter(case, (YEAR_1 + 5, State.GGZ_WAIT), (YEAR_1 + 9, State.GGZ))
    story.log(case, YEAR_1 + 5, Event.REQUEST_GGZ, Route.BACKGROUND)
    table = by_year(story)
    assert table["background", "ggz", "starts", 1] == table["background", "youth_care", "starts", 1] == 1
    assert table["students"].sum() == 0


def test_every_place_and_year_has_a_row_even_without_anybody() -> None:
    story = Story(small_world(warm_up=1, years=2))
    story.student()
    assert len(by_year(story)) == len(USES) * 2 * 2


def test_two_problems_of_one_student_are_one_row_with_the_worst_of_them() -> None:
    story = Story()
    light, severe = (story.student(student=7, severity=severity) for severity in (LIGHT, SEVERE))
    story.enter(light, (400, State.HIDDEN))
    to_youth_care(story, severe, 410, 420)
    table = by_student(story)
    assert list(table.index) == [7]
    assert table.loc[7, ["severity", "youth_care_requests", "youth_care_starts"]].tolist() == [SEVERE, 1, 1]


def test_getting_worse_changes_what_was_reached_and_not_how_it_began() -> None:
    story = Story()
    case = story.student(severity=LIGHT)
    story.enter(case, (400, State.HIDDEN))
    story.log(case, 450, Event.ESCALATED, MODERATE)
    assert by_student(story).loc[0, ["severity", "reached"]].tolist() == [LIGHT, MODERATE]


def test_student_whose_problem_was_over_before_the_period_has_no_row() -> None:
    story = Story()
    case = story.student(onset=10)
    story.enter(case, (10, State.HIDDEN))
    story.log(case, YEAR_1 - 1, Event.RECOVERED)
    story.enter(case, (YEAR_1 - 1, State.RECOVERED))
    assert by_student(story).empty


def test_student_with_a_problem_and_no_care_has_a_row_of_zeros() -> None:
    story = Story()
    story.enter(story.student(VO_B), (400, State.HIDDEN))
    assert by_student(story).filter(regex="requests|starts").to_numpy().sum() == 0


def test_background_people_are_no_students() -> None:
    story = Story()
    to_youth_care(story, story.background(), 410, 420)
    assert by_student(story).empty
