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
from sim.money.spreading import (
    SpreadSchools,
    base_plus_flexible,
    by_expected_need,
    by_school_type,
    equal,
    fill,
    own_table,
    per_student,
    spread_hours,
)
from sim.region.region import FloatArray, IntArray
from sim.scenario.base import BySector
from sim.scenario.money import Rule, Spreading, TypeWeights

STUDENTS = np.array([100.0, 300.0, 0.0, 600.0])
RULES = get_args(Rule)


def spreading(
    base_share: float = 0.5, most: float = 8.0, a: float = 1.0, b: float = 1.5, c: float = 2.5
) -> Spreading:
    return Spreading(
        rule=BySector[Rule](po="equal", vo="equal"),
        base_share=base_share,
        max_weekly_hours=most,
        type_weights=TypeWeights(a=a, b=b, c=c),
    )


def schools(students: FloatArray, kinds: IntArray, meetings: float = 5.0) -> SpreadSchools:
    return SpreadSchools(students, kinds, meetings, np.arange(1.0, len(students) + 1.0))


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
    chosen = spread_hours("by_school_type", 59.0, kinds, spreading(a=1.0, b=1.5, c=2.5))
    np.testing.assert_allclose(chosen.hours, 59 * np.array([100, 450, 0, 1500]) / 2050)
    weekly = spread_hours("base_plus_flexible", 4000.0, kinds, spreading(most=20.0)).hours / SCHOOL_WEEKS
    assert weekly.max() == pytest.approx(20.0)
    by_student = spread_hours("per_student", 50.0, kinds, spreading()).hours
    np.testing.assert_allclose(by_student, [5, 15, 0, 30])
    np.testing.assert_allclose(spread_hours("equal", 60.0, kinds, spreading()).hours, [20, 20, 0, 20])


def test_primary_schools_without_a_type_all_weigh_the_same():
    spread = spread_hours("by_school_type", 50.0, schools(STUDENTS, np.zeros(4, dtype=np.int64)), spreading(b=0.0))
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
    found = spread_hours("by_expected_need", 59.0, schools(STUDENTS, kinds, 0.0), spreading(a=1.0, b=1.5, c=2.5))
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
    with pytest.raises(InputError, match=r"own_table.*read without spreading\.table"):
        spread_hours("own_table", 80.0, SpreadSchools(STUDENTS, np.zeros(4, dtype=np.int64)), spreading())


def test_the_rule_own_table_needs_a_table():
    rule = {"po": "equal", "vo": "own_table"}
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
    kind=st.integers(0, 3),
    meetings=st.floats(0.0, 100.0),
)
def test_every_rule_conserves_hours_and_gives_none_without_students(
    rule, hours, students, base_share, most, kind, meetings
):
    kinds = (np.arange(len(students)) + kind) % 4
    found = schools(students.astype(float), kinds, meetings)
    spread = spread_hours(rule, hours, found, spreading(base_share, most))
    assert spread.hours.sum() + spread.unspread == pytest.approx(hours, rel=1e-9, abs=1e-9)
    assert (spread.hours >= 0).all()
    assert (spread.flexible >= 0).all()
    assert (spread.flexible <= spread.hours + 1e-9).all()
    assert (spread.hours[students == 0] == 0).all()
    if rule == "base_plus_flexible":
        assert (spread.hours <= most * SCHOOL_WEEKS * (1 + 1e-9)).all()


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
