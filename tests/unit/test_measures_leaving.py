"""Early leaving as a risk: of all students, and of those whom SMW helps, on histories told by hand."""

from __future__ import annotations

import numpy as np
import pytest
from factories import AOC_B, PO_A, ROC_A, VO_B, YEAR_1, YEAR_2, Story, mbo_region, shares, small_world, value
from worlds import all_sectors, by_group, by_kind, lively, run_world, world_of

from sim.measures.leaving import read_risk
from sim.measures.replication import read_replication
from sim.records import Event, State

# VO: 0.05 a year without a problem, and twice that with a light internalising one.
DAY = 0.05 / 365.25


def mbo_story(years: int = 1) -> Story:
    return Story(small_world(years=years, region=mbo_region()))


def test_early_leavers_in_total_are_the_risk_that_students_with_and_without_a_problem_run() -> None:
    # 200 students; one has a problem (kind x 2) for 73 days and leaves early.
    story = Story()
    case = story.student(VO_B)
    story.enter(case, (400, State.HIDDEN))
    story.log(case, 473, Event.LEFT_EARLY, State.HIDDEN)
    story.enter(case, (473, State.LEFT_EARLY))
    story.enter(story.student(PO_A), (400, State.HIDDEN))
    measured = story.measured()
    assert value(measured, "early_leavers") == 1.0
    expected = DAY * (2 * 73 + 200 * 365 - 73)
    assert value(measured, "early_leavers_total") == pytest.approx(expected)
    assert shares(measured, "early_leavers_total", "sector") == pytest.approx({"po": 0.0, "vo": expected})
    assert shares(measured, "early_leavers_total", "municipality") == pytest.approx({"a": 0.0, "b": expected})
    assert shares(measured, "early_leavers_total", "school")["po_b"] == 0.0
    assert shares(measured, "early_leaving_rate", "sector") == pytest.approx({"po": 0.0, "vo": expected / 200})
    assert value(measured, "early_leaving_rate") == pytest.approx(expected / 400)


def test_the_risk_of_a_case_follows_severity_state_frailty_and_stacking_and_ends_with_school() -> None:
    # Of the base rate: x 2 (kind) x 5 (stacked) x 0.8 (frailty) = 8; x 3 when moderate; x 0.5 in SMW contact.
    story = Story()
    case = story.student(VO_B, frailty=0.8, stacked=True)
    story.enter(case, (400, State.HIDDEN))
    story.log(case, 410, Event.ESCALATED, 1)
    story.enter(case, (430, State.SMW_CARE))
    story.log(case, 460, Event.LEFT_SCHOOL, State.SMW_CARE)
    story.enter(case, (460, State.LEFT_SCHOOL))
    risk = 8 * (10 + 3 * 20 + 3 * 0.5 * 30)
    assert value(story.measured(), "early_leavers_total") == pytest.approx(DAY * (risk + 200 * 365 - 60))


def test_keeping_in_touch_lowers_the_risk_from_the_first_contact_until_help_begins() -> None:
    # 30 days on the way, of which 20 in touch, 50 on the list in touch, 40 helped (factor 1): bridging x 0.6.
    story = Story()
    case = story.student(VO_B)
    story.enter(case, (400, State.REFERRED))
    story.log(case, 410, Event.IN_TOUCH, 1)
    story.enter(case, (430, State.GATEWAY_WAIT), (480, State.GATEWAY_HELP), (520, State.RECOVERED))
    risk = 2 * (10 + 0.6 * 20 + 0.6 * 50 + 40)
    assert value(story.measured(), "early_leavers_total") == pytest.approx(DAY * (risk + 200 * 365 - 120))
    assert value(story.measured(), "in_touch") == 1.0


def test_after_early_leaving_the_case_goes_on_without_any_risk() -> None:
    story = Story()
    case = story.student(VO_B)
    story.enter(case, (400, State.HIDDEN))
    story.log(case, 420, Event.LEFT_EARLY, State.HIDDEN)
    story.log(case, 420, Event.NOTICED, 4)
    story.enter(case, (420, State.LEERPLICHT), (450, State.REFERRED), (460, State.GATEWAY_WAIT))
    measured = story.measured()
    assert value(measured, "early_leavers_total") == pytest.approx(DAY * (2 * 20 + 200 * 365 - 20))
    assert value(measured, "rmc_reached") == 1.0


def test_every_level_of_the_mbo_has_its_own_base_rate() -> None:
    # 300, 200 and 500 students at 0.1, 0.04 and 0.02 a year; one of level 2 has a problem for 100 days.
    story = mbo_story()
    story.enter(story.student(ROC_A, level=1), (400, State.HIDDEN), (500, State.RECOVERED))
    measured = story.measured()
    year = 365 / 365.25
    more = 0.1 / 365.25 * 100
    expected = {"mbo_2": 30 * year + more, "mbo_3": 8 * year, "mbo_4": 10 * year}
    assert shares(measured, "early_leavers_total", "group") == pytest.approx(expected)
    students = {"mbo_2": 300, "mbo_3": 200, "mbo_4": 500}
    rates = {group: expected[group] / number for group, number in students.items()}
    assert shares(measured, "early_leaving_rate", "group") == pytest.approx(rates)
    # Type: the AOC has 100 at level 2 and 200 at level 4.
    assert shares(measured, "early_leaving_rate", "type")["aoc"] == pytest.approx(14 / 300 * year)
    assert value(measured, "early_leavers_total") == pytest.approx(sum(expected.values()))


def talk(story: Story, case: int, *days: float) -> None:
    for number, day in enumerate(days, 1):
        story.log(case, day, Event.CONVERSATION, number)


def test_a_helped_student_runs_the_risk_of_the_problem_and_after_recovery_the_base_risk() -> None:
    story = Story(small_world(years=3))
    case = story.student(VO_B)
    story.enter(case, (390, State.SMW_WAIT), (400, State.SMW_CARE), (500, State.RECOVERED))
    talk(story, case, 400, 420, 600)
    # Helped at 400 and followed for 365 days: 100 in contact (2 x 0.5), the others at the base rate.
    risk = DAY * (2 * 0.5 * 100 + 265)
    measured = story.measured()
    assert value(measured, "early_leaving_helped") == pytest.approx(risk)
    average = shares(measured, "early_leaving_rate", "sector")["vo"]
    ratio = shares(measured, "early_leaving_ratio", "sector")["vo"]
    assert ratio == pytest.approx(risk / 365 * (1096 / 3) / average, rel=1e-3)
    assert np.isnan(shares(measured, "early_leaving_helped", "sector")["po"])


def test_two_problems_of_a_helped_student_add_up_and_count_from_the_first_conversation() -> None:
    story = Story(small_world(years=2))
    first = story.student(VO_B)
    second = story.student(VO_B, student=first)
    story.enter(first, (380, State.SMW_CARE), (500, State.RECOVERED))
    story.enter(second, (450, State.HIDDEN), (1000, State.RECOVERED))
    talk(story, first, 380, 400)
    talk(story, second, 460)
    # Followed from 380 to 745: SMW contact of the first for 120 days, the second hidden from 450 on.
    risk = DAY * (2 * 0.5 * 120 + 2 * 295)
    assert value(story.measured(), "early_leaving_helped") == pytest.approx(risk)


def test_who_leaves_school_is_followed_no_longer() -> None:
    story = Story(small_world(years=2))
    early, normal = story.student(VO_B), story.student(VO_B, leaves_school=YEAR_2)
    for case in (early, normal):
        story.enter(case, (400, State.SMW_CARE))
        talk(story, case, 400)
    story.log(early, 450, Event.LEFT_EARLY, State.SMW_CARE)
    story.enter(early, (450, State.LEFT_EARLY))
    story.log(normal, YEAR_2, Event.LEFT_SCHOOL, State.SMW_CARE)
    story.enter(normal, (YEAR_2, State.LEFT_SCHOOL))
    days = 50 + YEAR_2 - 400
    measured = story.measured()
    assert value(measured, "early_leaving_helped") == pytest.approx(DAY * days / 2)
    # In contact the risk is that of anybody, per year at school.
    assert shares(measured, "early_leaving_ratio", "sector")["vo"] == pytest.approx(1.0)


def test_those_followed_to_the_end_stand_for_those_whom_the_end_of_the_run_cut_off() -> None:
    story = Story(small_world(years=2))
    horizon = story.world.horizon
    whole, cut = story.student(VO_B), story.student(VO_B)
    story.enter(whole, (400, State.HIDDEN))
    story.enter(cut, (horizon - 100, State.SMW_CARE))
    talk(story, whole, 400)
    talk(story, cut, horizon - 100)
    # Per student: 100 days of both, then 265 days of the first, who counts for two.
    share = DAY * (2 * 100 + 2 * 0.5 * 100 + 2 * 2 * 265) / 2
    assert value(story.measured(), "early_leaving_helped") == pytest.approx(share)


def test_the_share_is_unknown_if_nobody_can_be_followed_for_a_year() -> None:
    story = Story()
    case = story.student(VO_B)
    story.enter(case, (400, State.SMW_CARE))
    talk(story, case, 400)
    measured = story.measured()
    assert np.isnan(value(measured, "early_leaving_helped"))
    assert value(measured, "early_leaving_ratio") > 0.0


def test_only_first_conversations_in_the_measuring_period_count() -> None:
    story = Story(small_world(warm_up=1, years=2))
    before, on_day_0, other_case = story.student(VO_B), story.student(VO_B, received=2, stock=True, onset=0.0), None
    other_case = story.student(VO_B, student=on_day_0)
    for case in (before, on_day_0, other_case):
        story.enter(case, (0, State.SMW_CARE))
    talk(story, before, YEAR_1 - 1, YEAR_1 + 20)
    talk(story, on_day_0, 10)
    talk(story, other_case, 400)
    measured = story.measured()
    assert value(measured, "helped_per_year") > 0.0
    assert np.isnan(value(measured, "early_leaving_ratio"))


def test_the_ratio_is_one_if_helped_students_run_the_risk_of_all() -> None:
    story = mbo_story(years=3)
    for school, level in ((ROC_A, 1), (ROC_A, 3), (AOC_B, 3)):
        case = story.student(school, level=level)
        story.enter(case, (395, State.SMW_CARE), (400, State.RECOVERED))
        talk(story, case, 400)
    measured = story.measured()
    same_level = shares(measured, "early_leaving_ratio.same_level", "group")
    assert same_level == pytest.approx({"mbo_2": 1.0, "mbo_3": np.nan, "mbo_4": 1.0}, rel=1e-3, nan_ok=True)
    assert shares(measured, "early_leaving_ratio", "group") == pytest.approx(same_level, nan_ok=True)
    assert value(measured, "early_leaving_ratio.same_level") == pytest.approx(1.0, rel=1e-3)


def test_the_ratio_to_the_average_student_holds_the_mix_of_levels_and_that_of_the_same_level_does_not() -> None:
    # Only students of level 2 are helped: 0.1 a year, where the average of all levels is 48 of 1000.
    story = mbo_story(years=3)
    case = story.student(ROC_A, level=1)
    story.enter(case, (395, State.SMW_CARE), (400, State.RECOVERED))
    talk(story, case, 400)
    measured = story.measured()
    assert value(measured, "early_leaving_ratio.same_level") == pytest.approx(1.0, rel=1e-3)
    assert value(measured, "early_leaving_ratio") == pytest.approx(0.1 / 0.048, rel=1e-3)
    assert shares(measured, "early_leaving_ratio", "sector")["mbo"] == value(measured, "early_leaving_ratio")


def test_without_early_leaving_there_is_no_ratio() -> None:
    story = Story(small_world(years=2))
    case = story.student(PO_A)
    story.enter(case, (400, State.SMW_CARE))
    talk(story, case, 400)
    measured = story.measured()
    assert shares(measured, "early_leaving_helped", "sector")["po"] == 0.0
    assert np.isnan(shares(measured, "early_leaving_ratio", "sector")["po"])


def test_the_model_lets_as_many_students_leave_early_as_the_risk_says() -> None:
    # Counts less their risk are a martingale, so over replications they differ by chance only: 4 standard deviations.
    leaving = {
        "demand.early_leaving.base_per_year": by_group(0.0, 0.3, 0.6, 0.4, 0.3, 0.2),
        "demand.early_leaving.kind_ratio": by_kind(1.0, 2.0, 1.5, 1.5),
        "demand.early_leaving.stacked_ratio": 2.0,
        "horizon.warm_up_years": 0,
        "horizon.measure_years": 2,
    }
    world = world_of(lively().changed(**leaving), all_sectors(400))
    counted, risk = 0, 0.0
    for replication in range(4):
        table, history = run_world(world, seed=7, replication=replication)
        run = read_replication(world, table, history)
        everybody = read_risk(run)
        counted += run.rows(Event.LEFT_EARLY).size
        risk += float((everybody.rate * (run.open_time.end - run.open_time.start)).sum())
    assert counted > 300
    assert counted == pytest.approx(risk, abs=4 * np.sqrt(risk))
