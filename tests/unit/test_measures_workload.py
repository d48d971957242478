"""Caseloads, lists, full slots and hours, of cases and visits whose days are known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from factories import PO_A, TOWN_A, TOWN_B, VO_B, YEAR_1, YEAR_2, Story, shares, small_plan, small_world, value

from sim.money.capacity import CapacityProfile
from sim.records import State


def test_the_caseload_is_averaged_over_time_and_over_workers() -> None:
    story = Story()
    story.enter(story.student(PO_A), (300, State.SMW_WAIT), (310, State.SMW_CARE))
    story.enter(story.student(PO_A), (439, State.SMW_CARE), (500, State.SMW_HANDOVER))
    # Three days between two ends of a week: in the mean, but not in the weekly peak.
    story.enter(story.student(VO_B), (421, State.SMW_CARE), (424, State.MONITORED))
    measured = story.measured()
    po, vo = 1 + (YEAR_2 - 439) / 365, 3 / 365
    assert value(measured, "caseload.mean") == pytest.approx((po + vo) / 2)
    assert shares(measured, "caseload.mean", "sector") == pytest.approx({"po": po, "vo": vo})
    assert shares(measured, "caseload.peak", "sector") == {"po": 2.0, "vo": 0.0}
    assert value(measured, "caseload.peak") == 1.0


def test_the_peak_of_the_caseload_is_that_of_the_measuring_period() -> None:
    story = Story()
    for _ in range(5):
        story.enter(story.student(PO_A), (200, State.SMW_CARE), (YEAR_1, State.MONITORED))
    story.enter(story.student(PO_A), (500, State.SMW_CARE), (520, State.MONITORED))
    assert shares(story.measured(), "caseload.peak", "sector") == {"po": 1.0, "vo": 0.0}


def test_a_worker_carries_the_cases_of_all_schools_served() -> None:
    world = small_world()
    shared = replace(small_plan(), worker=np.array([0, 0, -1]))
    story = Story(replace(world, plan=shared))
    for school in (PO_A, VO_B):
        story.enter(story.student(school), (YEAR_1, State.SMW_CARE))
    measured = story.measured()
    assert value(measured, "caseload.mean") == 2.0
    assert shares(measured, "caseload.mean", "sector") == {"po": 2.0, "vo": 2.0}


def test_hours_that_are_cut_are_not_funded() -> None:
    # Half of the hours from the 73rd day of the measured year on, and one hour a week more at PO A.
    half = CapacityProfile(
        starts=np.array([0, int(YEAR_1) + 73]),
        factor=np.array([[1.0, 1.0, 1.0], [0.5, 0.5, 1.0]]),
        extra=np.array([[0.0, 0.0, 0.0], [1.0, 0.0, 0.0]]),
        stops=((), (), ()),
    )
    story = Story(replace(small_world(), profile=half))
    story.enter(story.student(), (400, State.HIDDEN))
    measured = story.measured()
    funded = shares(measured, "hours_funded", "school")
    assert funded == pytest.approx({"po_a": 240.0 + 292 / 5, "vo_b": 360.0, "po_b": 0.0})
    assert value(measured, "cost.smw") == pytest.approx(20_000 * funded["po_a"] / 400 + 60_000 * 0.6)


def test_a_team_shares_its_cases_among_its_workers() -> None:
    world = small_world()
    team = replace(small_plan(), workers_at=np.array([1.0, 2.5, 0.0]))
    story = Story(replace(world, plan=team))
    story.enter(story.student(PO_A), (YEAR_1, State.SMW_CARE))
    for _ in range(5):
        story.enter(story.student(VO_B), (YEAR_1, State.SMW_CARE))
    measured = story.measured()
    assert shares(measured, "caseload.mean", "sector") == pytest.approx({"po": 1.0, "vo": 2.0})
    assert shares(measured, "caseload.peak", "type") == pytest.approx({"b": 2.0})
    assert value(measured, "caseload.mean") == pytest.approx(6 / 3.5)


def test_without_workers_there_is_no_caseload_and_no_utilisation() -> None:
    nobody = replace(
        small_plan(),
        worker=np.array([-1, -1, -1]),
        workers_at=np.zeros(3),
        yearly_hours=np.zeros(3),
        cost_by_school=np.zeros((5, 3)),
    )
    story = Story(replace(small_world(), plan=nobody))
    story.enter(story.student(), (400, State.HIDDEN))
    measured = story.measured()
    assert np.isnan(value(measured, "caseload.mean"))
    assert np.isnan(value(measured, "caseload.peak"))
    assert np.isnan(value(measured, "utilisation"))
    assert np.isnan(value(measured, "cost_per_helped"))
    assert value(measured, "hours_funded") == 0.0


def test_the_mean_number_waiting_is_time_on_the_list_over_the_period() -> None:
    story = Story()
    story.enter(story.student(PO_A), (300, State.SMW_WAIT), (YEAR_1 + 73, State.SMW_CARE))
    story.enter(story.student(VO_B), (YEAR_2 - 146, State.SMW_WAIT))
    story.enter(story.student(VO_B), (400, State.OZA), (473, State.YOUTH_CARE_WAIT), (546, State.YOUTH_CARE))
    story.enter(story.background(TOWN_B), (400, State.GATEWAY_WAIT), (473, State.GATEWAY_HELP))
    measured = story.measured()
    assert value(measured, "waiting.smw") == pytest.approx(0.6)
    assert shares(measured, "waiting.smw", "sector") == pytest.approx({"po": 0.2, "vo": 0.4})
    assert value(measured, "waiting.youth_care") == pytest.approx(0.4)
    assert value(measured, "waiting.ggz") == 0.0
    assert value(measured, "waiting.gateway") == 0.0
    assert shares(measured, "waiting.gateway", "people") == pytest.approx({"students": 0.0, "background": 0.2})


def test_overflow_is_the_mean_number_above_the_slots() -> None:
    story = Story(small_world(slots=1))
    story.enter(story.student(), (300, State.YOUTH_CARE), (500, State.MONITORED))
    story.enter(story.background(TOWN_A), (450, State.YOUTH_CARE), (500, State.CARE_ENDED))
    story.enter(story.student(), (450, State.YOUTH_CARE), (473, State.MONITORED))
    # Two too many for 23 days, one too many for 27.
    assert value(story.measured(), "youth_care_overflow") == pytest.approx(73 / 365)


def test_overflow_of_ggz_is_above_its_own_slots_and_part_of_that_of_youth_care() -> None:
    story = Story(small_world(slots=1))
    story.enter(story.student(), (300, State.YOUTH_CARE))
    for _ in range(2):
        story.enter(story.student(), (400, State.GGZ), (473, State.MONITORED))
    story.enter(story.student(), (600, State.YOUTH_CARE), (673, State.MONITORED))
    measured = story.measured()
    assert value(measured, "ggz_overflow") == pytest.approx(0.2)
    assert value(measured, "youth_care_overflow") == pytest.approx(0.4)


def test_overflow_is_nothing_as_long_as_the_slots_suffice() -> None:
    story = Story(small_world(slots=2))
    story.enter(story.student(), (300, State.YOUTH_CARE))
    story.enter(story.student(), (400, State.YOUTH_CARE))
    assert value(story.measured(), "youth_care_overflow") == 0.0


def test_hours_are_told_apart_by_task_and_lost_hours_are_not_used() -> None:
    story = Story(small_world(warm_up=1, years=2))
    story.enter(story.student(), (400, State.HIDDEN))
    story.visit(YEAR_1 - 1, PO_A, conversations=6000)
    story.visit(400, PO_A, travel=60, conversations=1200, lost=120)
    story.visit(800, VO_B, meetings=240, conversations=4800)
    measured = story.measured()
    tasks = shares(measured, "hours_used", "task")
    assert {task: hours for task, hours in tasks.items() if hours} == {
        "travel": 0.5,
        "meetings": 2.0,
        "conversations": 50.0,
        "lost": 1.0,
    }
    assert value(measured, "hours_used") == pytest.approx(52.5)
    assert value(measured, "hours_funded") == 1000.0
    assert value(measured, "utilisation") == pytest.approx(0.0525)
    assert shares(measured, "hours_used", "school") == pytest.approx({"po_a": 10.5, "vo_b": 42.0, "po_b": 0.0})
    assert shares(measured, "hours_funded", "municipality") == pytest.approx({"a": 400.0, "b": 600.0})
    assert value(measured, "hours_unused") == pytest.approx(947.5)
    assert shares(measured, "hours_unused", "sector") == pytest.approx({"po": 389.5, "vo": 558.0})
    by_school = shares(measured, "utilisation", "school")
    assert by_school["po_a"] == pytest.approx(10.5 / 400)
    assert np.isnan(by_school["po_b"])
