"""Each spreading rule by hand-made numbers, and what holds for all of them whatever the numbers."""

from __future__ import annotations

from typing import get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from pydantic import ValidationError

from sim.errors import InputError
from sim.money.plan import SCHOOL_WEEKS
from sim.money.spread import SpreadSchools, fill, type_weights
from sim.money.spreading import (
    base_plus_flexible,
    by_expected_need,
    by_level_1_2_share,
    by_school_type,
    equal,
    own_table,
    per_student,
    pooled,
    spread_hours,
)
from sim.region.region import FloatArray, IntArray
from sim.scenario.base import BySector, ByType
from sim.scenario.money import Rule, Spreading

STUDENTS = np.array([100.0, 300.0, 0.0, 600.0])
RULES = get_args(Rule)


WEIGHTS = ByType[float](po=1.0, a=1.0, b=1.5, c=2.5, roc_small=1.0, roc_large=2.0, aoc=3.0, vakinstelling=0.5)


def spreading(base_share: float = 0.5, most: float = 8.0) -> Spreading:
    return Spreading(
        rule=BySector[Rule](po="equal", vo="equal", mbo="equal"),
        base_share=base_share,
        max_weekly_hours=most,
        reassign_weeks=8,
        type_weights=WEIGHTS,
    )


def schools(students: FloatArray, kinds: IntArray, meetings: float = 5.0, **columns: FloatArray) -> SpreadSchools:
    """Schools of which half of the students are at levels 1 and 2, with problems as they have students."""
    found = {
        "low_level_students": students / 2.0,
        "need": students,
        "given": np.zeros_like(students),
        "own_weight": np.arange(1.0, len(students) + 1.0),
    }
    weight = type_weights(WEIGHTS.values(), kinds)
    return SpreadSchools(students=students, type_weight=weight, meeting_hours=meetings, **found | columns)


def test_per_student_follows_students():
    spread = per_student(50.0, STUDENTS)
    np.testing.assert_allclose(spread.hours, [5, 15, 0, 30])
    assert spread.flexible.tolist() == [0, 0, 0, 0]
    assert spread.unspread == 0


def test_equal_gives_every_school_with_students_the_same():
    np.testing.assert_allclose(equal(60.0, STUDENTS).hours, [20, 20, 0, 20])


def test_by_school_type_weighs_students():
    spread = by_school_type(59.0, STUDENTS, np.array([1.0, 1.5, 1.5, 2.5]))
    np.testing.assert_allclose(spread.hours, 59 * np.array([100, 450, 0, 1500]) / 2050)


def test_base_plus_flexible_gives_a_base_and_the_rest_by_need():
    spread = base_plus_flexible(120.0, STUDENTS, base_share=0.5, maximum=1000.0)
    np.testing.assert_allclose(spread.hours, [20 + 6, 20 + 18, 0, 20 + 36])
    np.testing.assert_allclose(spread.flexible, [6, 18, 0, 36])


def test_what_a_school_cannot_take_is_passed_on_to_the_others():
    # Base 20 each. Of 40 flexible hours the last would get 24, takes 16; then the second would get 18, takes 16.
    spread = base_plus_flexible(100.0, STUDENTS, base_share=0.6, maximum=36.0)
    np.testing.assert_allclose(spread.hours, [28, 36, 0, 36])
    np.testing.assert_allclose(spread.flexible, [8, 16, 0, 16])
    assert spread.unspread == 0


def test_hours_that_just_fit_leave_nothing_unspread():
    spread = base_plus_flexible(120.0, STUDENTS, base_share=0.5, maximum=40.0)
    np.testing.assert_allclose(spread.hours, [40, 40, 0, 40])
    assert spread.unspread == 0


def test_hours_above_every_maximum_stay_unspread():
    spread = base_plus_flexible(200.0, STUDENTS, base_share=0.5, maximum=40.0)
    np.testing.assert_allclose(spread.hours, [40, 40, 0, 40])
    assert spread.unspread == pytest.approx(80.0)


def test_a_base_above_the_maximum_is_cut_to_it():
    spread = base_plus_flexible(200.0, STUDENTS, base_share=1.0, maximum=40.0)
    np.testing.assert_allclose(spread.hours, [40, 40, 0, 40])
    assert spread.flexible.tolist() == [0, 0, 0, 0]
    assert spread.unspread == pytest.approx(80.0)


@pytest.mark.parametrize("rule", RULES)
def test_hours_without_a_school_to_take_them_stay_unspread(rule):
    spread = spread_hours(rule, 30.0, schools(np.zeros(3), np.array([1, 2, 3])), spreading())
    assert spread.hours.tolist() == [0, 0, 0]
    assert spread.unspread == 30.0


@pytest.mark.parametrize("rule", RULES)
def test_no_hours_give_no_hours(rule):
    spread = spread_hours(rule, 0.0, schools(STUDENTS, np.array([1, 2, 3, 3])), spreading())
    assert spread.hours.tolist() == [0, 0, 0, 0]
    assert spread.unspread == 0


def test_the_rule_is_chosen_by_name_with_its_settings():
    kinds = schools(STUDENTS, np.array([1, 2, 3, 3]))
    chosen = spread_hours("by_school_type", 59.0, kinds, spreading())
    np.testing.assert_allclose(chosen.hours, 59 * np.array([100, 450, 0, 1500]) / 2050)
    weekly = spread_hours("base_plus_flexible", 4000.0, kinds, spreading(most=20.0)).hours / SCHOOL_WEEKS
    assert weekly.max() == pytest.approx(20.0)
    by_student = spread_hours("per_student", 50.0, kinds, spreading()).hours
    np.testing.assert_allclose(by_student, [5, 15, 0, 30])
    np.testing.assert_allclose(spread_hours("equal", 60.0, kinds, spreading()).hours, [20, 20, 0, 20])


def test_primary_schools_without_a_type_all_weigh_the_same():
    spread = spread_hours("by_school_type", 50.0, schools(STUDENTS, np.zeros(4, dtype=np.int64)), spreading())
    np.testing.assert_allclose(spread.hours, [5, 15, 0, 30])


def test_by_expected_need_pays_meetings_first_and_spreads_the_rest_by_need():
    # 3 meetings of 10 hours; of the other 100 hours 10, 30 and 60 by need.
    spread = by_expected_need(130.0, STUDENTS, meeting_hours=10.0)
    np.testing.assert_allclose(spread.hours, [20, 40, 0, 70])
    assert spread.flexible.tolist() == [0, 0, 0, 0]
    assert spread.unspread == 0


@pytest.mark.parametrize("meetings", [40.0, np.inf])
def test_by_expected_need_gives_all_the_same_where_hours_do_not_pay_the_meetings(meetings):
    np.testing.assert_allclose(by_expected_need(60.0, STUDENTS, meetings).hours, [20, 20, 0, 20])


def test_by_expected_need_without_meetings_follows_students_and_the_weight_of_their_type():
    kinds = np.array([1, 2, 3, 3])
    found = spread_hours("by_expected_need", 59.0, schools(STUDENTS, kinds, 0.0), spreading())
    np.testing.assert_allclose(found.hours, 59 * np.array([100, 450, 0, 1500]) / 2050)


def test_by_expected_need_gives_small_schools_more_for_each_student_than_per_student_does():
    kinds = schools(STUDENTS, np.zeros(4, dtype=np.int64), 10.0)
    needed = spread_hours("by_expected_need", 130.0, kinds, spreading()).hours
    by_student = spread_hours("per_student", 130.0, kinds, spreading()).hours
    assert needed[0] > by_student[0]
    assert needed[3] < by_student[3]
    assert needed[0] < needed[1] < needed[3]


def test_an_own_table_spreads_by_its_weights_and_skips_schools_without_students():
    spread = own_table(80.0, STUDENTS, np.array([3.0, 1.0, 9.0, 0.0]))
    np.testing.assert_allclose(spread.hours, [60, 20, 0, 0])


def test_an_own_table_that_was_not_read_is_an_error():
    without = schools(STUDENTS, np.zeros(4, dtype=np.int64), own_weight=None)
    with pytest.raises(InputError, match=r"spreading\.rule\.vo: found own_table.*read without spreading\.table"):
        spread_hours("own_table", 80.0, without, spreading(), "spreading.rule.vo")


def test_by_level_1_2_share_follows_students_at_these_levels_and_the_weight_of_their_type():
    low = np.array([100.0, 0.0, 50.0])
    np.testing.assert_allclose(by_level_1_2_share(50.0, low, np.ones(3)).hours, [100 / 3, 0, 50 / 3])
    small, large, aoc = 4, 5, 6
    found = schools(np.array([400.0, 300.0, 50.0]), np.array([small, large, aoc]), low_level_students=low)
    spread = spread_hours("by_level_1_2_share", 50.0, found, spreading())
    np.testing.assert_allclose(spread.hours, [20, 0, 30])
    assert spread.flexible.tolist() == [0, 0, 0]


@pytest.mark.parametrize("hours", [0.0, 50.0])
def test_by_level_1_2_share_without_such_students_is_told_with_its_key(hours):
    none = schools(STUDENTS, np.zeros(4, dtype=np.int64), low_level_students=np.zeros(4))
    with pytest.raises(
        InputError, match=r"spreading\.rule\.po: found by_level_1_2_share.*no students at levels 1 and 2"
    ):
        spread_hours("by_level_1_2_share", hours, none, spreading(), "spreading.rule.po")


def test_by_school_type_weighs_the_types_of_mbo_institutions():
    found = schools(np.array([100.0, 100.0, 100.0, 100.0]), np.array([4, 5, 6, 7]))
    np.testing.assert_allclose(spread_hours("by_school_type", 65.0, found, spreading()).hours, [10, 20, 30, 5])


def test_pooled_hours_are_all_flexible_and_begin_per_student_without_a_maximum():
    spread = pooled(50.0, STUDENTS)
    np.testing.assert_allclose(spread.hours, [5, 15, 0, 30])
    np.testing.assert_array_equal(spread.flexible, spread.hours)
    kinds = schools(STUDENTS, np.array([1, 2, 3, 3]))
    np.testing.assert_allclose(spread_hours("pooled", 5e4, kinds, spreading(most=1.0)).hours, [5e3, 15e3, 0, 30e3])


def test_expected_need_and_flexible_hours_follow_problems_where_these_are_not_as_students_are():
    found = schools(STUDENTS, np.zeros(4, dtype=np.int64), 0.0, need=np.array([30.0, 30.0, 0.0, 60.0]))
    np.testing.assert_allclose(spread_hours("by_expected_need", 40.0, found, spreading()).hours, [10, 10, 0, 20])
    spread = spread_hours("base_plus_flexible", 240.0, found, spreading(most=100.0))
    np.testing.assert_allclose(spread.flexible, [30, 30, 0, 60])


def test_hours_that_schools_have_already_count_for_the_maximum_and_pay_their_meetings():
    kinds = np.zeros(4, dtype=np.int64)
    given_hours = np.array([0.0, 300.0, 0.0, 400.0])
    found = schools(STUDENTS, kinds, 10.0, given=given_hours)
    spread = spread_hours("base_plus_flexible", 1000.0, found, spreading(most=8.0))
    np.testing.assert_allclose(spread.hours, [320, 20, 0, 0])
    assert spread.unspread == pytest.approx(660.0)
    needed = spread_hours("by_expected_need", 110.0, schools(STUDENTS, kinds, 310.0, given=given_hours), spreading())
    np.testing.assert_allclose(needed.hours, [110 * 110 / 120, 110 * 10 / 120, 0, 0])
    needed = spread_hours("by_expected_need", 420.0, schools(STUDENTS, kinds, 310.0, given=given_hours), spreading())
    np.testing.assert_allclose(needed.hours, [310 + 10, 10 + 30, 0, 60])


def test_the_rule_own_table_needs_a_table():
    rule = {"po": "equal", "vo": "own_table", "mbo": "equal"}
    plain = spreading().model_dump() | {"rule": rule}
    with pytest.raises(ValidationError, match=r"needs spreading\.table"):
        Spreading.model_validate(plain)
    assert Spreading.model_validate(plain | {"table": "mine.csv"}).own_table == "mine.csv"


def test_other_rules_leave_the_table_alone():
    assert Spreading.model_validate(spreading().model_dump() | {"table": "mine.csv"}).own_table is None


COUNTS = arrays(np.int64, st.integers(1, 12), elements=st.integers(0, 3000))
HOURS = st.floats(0.0, 1e5)


@settings(deadline=None)
@given(
    rule=st.sampled_from(RULES),
    hours=HOURS,
    students=COUNTS,
    base_share=st.floats(0.0, 1.0),
    most=st.floats(0.01, 60.0),
    kind=st.integers(0, 7),
    meetings=st.floats(0.0, 100.0),
    already=st.floats(0.0, 500.0),
)
def test_every_rule_conserves_hours_and_gives_none_without_students(
    rule, hours, students, base_share, most, kind, meetings, already
):
    kinds = (np.arange(len(students)) + kind) % 8
    given_hours = already * (np.arange(len(students)) % 2)
    found = schools(students.astype(float), kinds, meetings, given=given_hours)
    spread = spread_hours(rule, hours, found, spreading(base_share, most))
    assert spread.hours.sum() + spread.unspread == pytest.approx(hours, rel=1e-9, abs=1e-9)
    assert (spread.hours >= 0).all()
    assert (spread.flexible >= 0).all()
    assert (spread.flexible <= spread.hours + 1e-9).all()
    assert (spread.hours[students == 0] == 0).all()
    if rule == "base_plus_flexible":
        assert (spread.hours <= np.maximum(most * SCHOOL_WEEKS - given_hours, 0.0) + 1e-9 * hours).all()
    if rule == "pooled":
        np.testing.assert_array_equal(spread.flexible, spread.hours)


@settings(deadline=None)
@given(hours=HOURS, students=COUNTS, base_share=st.floats(0.0, 1.0), most=st.floats(0.01, 60.0))
def test_hours_stay_unspread_only_when_every_school_is_at_the_maximum(hours, students, base_share, most):
    spread = base_plus_flexible(hours, students.astype(float), base_share, most * SCHOOL_WEEKS)
    if spread.unspread > 0:
        np.testing.assert_allclose(spread.hours[students > 0], most * SCHOOL_WEEKS)


@settings(deadline=None)
@given(hours=HOURS, weights=COUNTS, data=st.data())
def test_below_their_maximum_schools_share_in_proportion_and_nobody_at_it_gets_more_than_its_proportion(
    hours, weights, data
):
    room = data.draw(arrays(np.float64, len(weights), elements=st.floats(0.0, 5000.0)))
    given_hours, left = fill(hours, weights.astype(float), room)
    assert given_hours.sum() + left == pytest.approx(hours, rel=1e-9, abs=1e-9)
    assert (given_hours <= room * (1 + 1e-12)).all()
    below = (weights > 0) & (given_hours < room * (1 - 1e-9))
    if below.any() and hours > 1e-6:
        level = given_hours[below] / weights[below]
        np.testing.assert_allclose(level, level[0], rtol=1e-6)
        full = (weights > 0) & ~below
        assert (room[full] <= level[0] * weights[full] * (1 + 1e-6)).all()
