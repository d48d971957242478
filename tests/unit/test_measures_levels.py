"""The levels of reporting: which units there are, and what belongs to them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from factories import AOC_B, ROC_A, SMALL_ROC_B, TOWN_A, VO_B, Story, mbo_region, shares, small_world, value

from sim.records import Event, State


def mbo_story() -> Story:
    return Story(small_world(region=mbo_region()))


def talk(story: Story, case: int, day: float = 400.0) -> None:
    story.log(case, day, Event.CONVERSATION, 1)


def units(story: Story, level: str, measure: str = "asked") -> list[str]:
    table = story.measured().values
    return table.loc[(table["measure"] == measure) & (table["level"] == level), "unit"].tolist()


def test_only_sectors_types_and_groups_with_students_are_given() -> None:
    po_and_vo, mbo = Story(), mbo_story()
    for story in (po_and_vo, mbo):
        story.enter(story.student(), (400, State.HIDDEN))
    assert units(po_and_vo, "sector") == ["po", "vo"]
    assert units(po_and_vo, "type") == ["b"]
    assert units(po_and_vo, "group") == []
    assert units(mbo, "sector") == ["mbo"]
    assert units(mbo, "type") == ["roc_small", "roc_large", "aoc"]
    assert units(mbo, "group") == ["mbo_2", "mbo_3", "mbo_4"]
    weekly = mbo.measured().weekly
    assert set(weekly["sector"]) == {"all", "mbo", "background"}
    assert set(mbo.measured().curves["sector"]) == {"all", "mbo"}


def test_cases_belong_to_the_type_of_the_school_and_the_level_of_the_student() -> None:
    story = mbo_story()
    for school, level in ((ROC_A, 1), (ROC_A, 3), (ROC_A, 3), (AOC_B, 1), (AOC_B, 3), (SMALL_ROC_B, 1)):
        story.log(story.student(school, level=level), 400, Event.ASKED)
    measured = story.measured()
    assert shares(measured, "asked", "type") == {"roc_small": 1.0, "roc_large": 3.0, "aoc": 2.0}
    assert shares(measured, "asked", "group") == {"mbo_2": 3.0, "mbo_3": 0.0, "mbo_4": 3.0}


def test_po_has_no_type_and_no_level() -> None:
    story = Story()
    story.log(story.student(), 400, Event.ASKED)
    story.log(story.student(0), 400, Event.ASKED)
    assert shares(story.measured(), "asked", "type") == {"b": 1.0}


def test_reach_is_of_the_students_of_the_type_or_the_level() -> None:
    story = mbo_story()
    for school, level in ((ROC_A, 2), (ROC_A, 2), (AOC_B, 1), (SMALL_ROC_B, 1), (SMALL_ROC_B, 1)):
        talk(story, story.student(school, level=level))
    measured = story.measured()
    assert shares(measured, "reach", "type") == pytest.approx(
        {"roc_small": 2 / 100, "roc_large": 2 / 600, "aoc": 1 / 300}
    )
    assert shares(measured, "reach", "group") == pytest.approx({"mbo_2": 3 / 300, "mbo_3": 2 / 200, "mbo_4": 0.0})
    assert shares(measured, "helped_per_year", "group") == {"mbo_2": 3.0, "mbo_3": 2.0, "mbo_4": 0.0}
    assert value(measured, "helped_per_year") == 5.0


def test_the_mean_of_schools_counts_every_school_once() -> None:
    region = mbo_region()
    both_large = replace(region, school_type=np.array([5, 5, 4]))
    story = Story(small_world(region=both_large))
    for school, students in ((ROC_A, 6), (AOC_B, 9), (SMALL_ROC_B, 4)):
        for _ in range(students):
            talk(story, story.student(school, level=1))
    measured = story.measured()
    assert value(measured, "reach") == pytest.approx(19 / 1000)
    assert value(measured, "reach.mean_of_schools") == pytest.approx((0.01 + 0.03 + 0.04) / 3)
    assert shares(measured, "reach", "type")["roc_large"] == pytest.approx(15 / 900)
    assert shares(measured, "reach.mean_of_schools", "type") == pytest.approx({"roc_small": 0.04, "roc_large": 0.02})
    assert shares(measured, "spread.reach", "type") == pytest.approx({"roc_small": 0.0, "roc_large": 0.8 * 0.02})


def test_a_school_without_students_does_not_count_in_the_mean_of_schools() -> None:
    region = mbo_region()
    empty = region.level_students * np.array([[1], [0], [1]])
    story = Story(small_world(region=replace(region, students=empty.sum(axis=1), level_students=empty)))
    talk(story, story.student(ROC_A, level=3))
    measured = story.measured()
    assert value(measured, "reach.mean_of_schools") == pytest.approx(1 / 600 / 2)
    assert "aoc" not in shares(measured, "reach", "type")


def test_hours_are_divided_by_school_and_not_by_level_of_the_mbo() -> None:
    story = mbo_story()
    story.enter(story.student(level=1), (400, State.HIDDEN))
    story.visit(400, AOC_B, conversations=600)
    measured = story.measured()
    assert shares(measured, "hours_used", "type") == {"roc_small": 0.0, "roc_large": 0.0, "aoc": 10.0}
    assert shares(measured, "hours_funded", "type") == pytest.approx(
        {"roc_small": 0.0, "roc_large": 400.0, "aoc": 600.0}
    )
    assert shares(measured, "hours_used", "municipality") == {"a": 0.0, "b": 10.0}
    assert shares(measured, "hours_used", "group") == {}


def test_students_by_municipality_live_where_the_residence_says_whatever_their_level() -> None:
    region = mbo_region()
    residence = np.array([[0.5, 0.5], [0.0, 1.0], [1.0, 0.0]])
    story = Story(small_world(region=replace(region, residence=residence)))
    talk(story, story.student(AOC_B, level=3, municipality=TOWN_A))
    assert shares(story.measured(), "reach", "municipality") == pytest.approx({"a": 1 / 400, "b": 0.0})


def test_waits_are_given_by_type_and_level() -> None:
    story = mbo_story()
    for school, level, wait in ((ROC_A, 1, 10), (AOC_B, 1, 20), (AOC_B, 3, 40)):
        story.enter(story.student(school, level=level), (400, State.SMW_WAIT), (400 + wait, State.SMW_CARE))
    measured = story.measured()
    assert shares(measured, "smw_wait.mean", "type") == pytest.approx(
        {"roc_small": np.nan, "roc_large": 10.0, "aoc": 30.0}, nan_ok=True
    )
    assert shares(measured, "smw_wait.mean", "group") == pytest.approx(
        {"mbo_2": 15.0, "mbo_3": np.nan, "mbo_4": 40.0}, nan_ok=True
    )


def test_a_region_with_po_vo_and_mbo_has_all_levels() -> None:
    region = mbo_region()
    mixed = replace(
        region,
        sector=np.array([2, 0, 1]),
        school_type=np.array([5, 0, 2]),
        level_students=np.array([[0, 100, 200, 300], [300, 0, 0, 0], [100, 0, 0, 0]]),
    )
    story = Story(small_world(region=mixed))
    for school, level in ((0, 3), (1, 0), (2, 0)):
        case = story.student(school, level=level)
        story.enter(case, (400, State.SMW_CARE), (400, State.RECOVERED))
        talk(story, case)
    measured = story.measured()
    assert shares(measured, "reach", "sector") == pytest.approx({"po": 1 / 300, "vo": 1 / 100, "mbo": 1 / 600})
    assert shares(measured, "reach", "type") == pytest.approx({"b": 1 / 100, "roc_large": 1 / 600})
    assert shares(measured, "reach", "group") == pytest.approx({"mbo_2": 0.0, "mbo_3": 0.0, "mbo_4": 1 / 300})
    # VO: 0.05 a year; levels 2, 3 and 4: 0.1, 0.04 and 0.02; nobody has a problem.
    leaving = shares(measured, "early_leaving_rate", "sector")
    year = 365 / 365.25
    assert leaving == pytest.approx({"po": 0.0, "vo": 0.05 * year, "mbo": (10 + 8 + 6) / 600 * year})


def test_background_people_belong_to_no_level_but_that_of_people() -> None:
    story = Story()
    story.student(VO_B)
    story.log(story.background(), 400, Event.REQUEST_GATEWAY)
    story.enter(0, (300, State.HIDDEN))
    table = story.measured().values
    counted = table[(table["measure"] == "gateway_requests") & (table["value"] > 0)]
    assert set(counted["level"]) == {"people", "route"}
