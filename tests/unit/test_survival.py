"""Kaplan-Meier and Aalen-Johansen: textbook figures, hand-made examples, and what must hold for any data."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.compiling import Compiled
from sim.measures.readings import (
    area_until,
    first_down_to,
    incidence_at,
    quantile,
    read_at,
    restricted_mean,
)
from sim.measures.survival import Curves, Observed, follow, observe, sort_by_group
from sim.measures.survival import aalen_johansen as estimate
from sim.measures.survival import kaplan_meier as estimate_one

# Freireich et al. (1963), weeks in remission: the example of most textbooks.
TREATED = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
RELAPSED = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]


def days(*values: float) -> np.ndarray:
    return np.array(values, dtype=np.float64)


def aalen_johansen(duration: np.ndarray, exit_: np.ndarray, exits: int) -> Curves:
    return estimate(observe(duration, exit_), exits)


def kaplan_meier(duration: np.ndarray, event: np.ndarray) -> Curves:
    return estimate_one(observe(duration, event))


def survival_at(curve: Curves, times: np.ndarray) -> np.ndarray:
    """Return the share without an exit where there is one exit only."""
    return 1.0 - incidence_at(curve, 1, times)[0]


def test_kaplan_meier_gives_the_textbook_values_of_the_treated_group() -> None:
    curve = kaplan_meier(days(*TREATED), np.array(RELAPSED, dtype=bool))
    expected = {6: 0.8571, 7: 0.8067, 10: 0.7529, 13: 0.6902, 16: 0.6275, 22: 0.5378, 23: 0.4482}
    found = survival_at(curve, days(*expected))
    assert found == pytest.approx(list(expected.values()), abs=5e-5)
    assert quantile(curve, 0.5) == 23.0


def test_kaplan_meier_gives_the_textbook_values_of_the_placebo_group() -> None:
    curve = kaplan_meier(days(*PLACEBO), np.ones(21, dtype=bool))
    assert survival_at(curve, days(1, 5, 8, 12, 23)) == pytest.approx([19 / 21, 12 / 21, 8 / 21, 4 / 21, 0.0])
    assert quantile(curve, 0.5) == 8.0
    assert restricted_mean(curve) == pytest.approx(182 / 21)


def test_censored_times_count_as_at_risk_for_the_events_of_the_same_time() -> None:
    curve = kaplan_meier(days(5, 5, 9), np.array([False, True, True]))
    assert survival_at(curve, days(4.9, 5, 9)).tolist() == pytest.approx([1.0, 2 / 3, 0.0])


def test_aalen_johansen_by_hand() -> None:
    # Four people: one served at 1, one leaves at 2, one still waits at 3, one served at 4.
    curve = aalen_johansen(days(1, 2, 3, 4), np.array([1, 2, 0, 1]), 2)
    assert curve.survival.tolist() == pytest.approx([3 / 4, 1 / 2, 1 / 2, 0.0])
    assert curve.incidence[0].tolist() == pytest.approx([1 / 4, 1 / 4, 1 / 4, 3 / 4])
    assert curve.incidence[1].tolist() == pytest.approx([0.0, 1 / 4, 1 / 4, 1 / 4])


def test_leaving_the_list_is_not_the_same_as_being_censored() -> None:
    # Two leave, two are served later: half are ever served, though everyone who stays is.
    duration, outcome = days(1, 2, 3, 4), np.array([2, 2, 1, 1])
    competing = aalen_johansen(duration, outcome, 2)
    offered = kaplan_meier(duration, outcome == 1)
    assert incidence_at(competing, 1, days(4))[0, 0] == pytest.approx(0.5)
    assert survival_at(offered, days(4))[0] == 0.0


def test_nothing_is_said_beyond_the_longest_time_when_somebody_still_waits() -> None:
    curve = aalen_johansen(days(2, 10), np.array([1, 0]), 1)
    assert not curve.complete
    assert incidence_at(curve, 1, days(10))[0, 0] == 0.5
    assert np.isnan(incidence_at(curve, 1, days(10.5))[0, 0])
    assert np.isnan(survival_at(curve, days(10.5))[0])
    assert np.isnan(restricted_mean(curve, 11.0))


def test_everything_is_known_beyond_the_longest_time_when_nobody_is_left() -> None:
    curve = aalen_johansen(days(2, 10), np.array([0, 1]), 1)
    assert curve.complete
    assert incidence_at(curve, 1, days(1000))[0, 0] == 1.0
    assert restricted_mean(curve, 1000.0) == 10.0


def test_a_quantile_that_is_not_reached_is_unknown() -> None:
    curve = kaplan_meier(days(1, 2, 3, 4), np.array([True, True, False, False]))
    assert quantile(curve, 0.5) == 2.0
    assert np.isnan(quantile(curve, 0.9))


def test_a_mean_is_restricted_at_the_longest_time_or_at_a_limit() -> None:
    curve = kaplan_meier(days(2, 6), np.array([True, False]))
    assert restricted_mean(curve) == 2.0 + 0.5 * 4.0
    assert restricted_mean(curve, 4.0) == 2.0 + 0.5 * 2.0
    assert restricted_mean(curve, 1.0) == 1.0


def test_served_at_once_is_a_time_of_zero() -> None:
    curve = kaplan_meier(days(0, 0, 4), np.ones(3, dtype=bool))
    assert survival_at(curve, days(0))[0] == pytest.approx(1 / 3)
    assert quantile(curve, 0.5) == 0.0


def test_without_anybody_everything_is_unknown() -> None:
    curve = aalen_johansen(days(), np.empty(0, dtype=np.int64), 2)
    assert np.isnan(incidence_at(curve, 2, days(0, 7))).all()
    assert np.isnan(quantile(curve, 0.5))
    assert np.isnan(restricted_mean(curve))


@pytest.mark.parametrize("wrong", [-1.0, np.nan])
def test_a_negative_or_unknown_time_is_refused(wrong: float) -> None:
    with pytest.raises(ValueError, match="durations"):
        kaplan_meier(days(1, wrong), np.array([True, True]))


TIMES = st.lists(st.integers(0, 30).map(float), min_size=1, max_size=40)
OBSERVED = st.lists(st.tuples(st.integers(0, 30).map(float), st.integers(0, 3)), min_size=1, max_size=40)


@given(TIMES)
def test_without_censoring_the_curve_is_the_share_with_a_longer_time(times: list[float]) -> None:
    duration = np.array(times)
    curve = kaplan_meier(duration, np.ones(len(times), dtype=bool))
    longer = [(duration > time).mean() for time in curve.time]
    assert curve.survival == pytest.approx(longer, abs=1e-12)
    assert restricted_mean(curve) == pytest.approx(duration.mean(), abs=1e-9)


@given(TIMES, st.floats(0.01, 1.0))
def test_without_censoring_a_quantile_is_the_ordered_value(times: list[float], share: float) -> None:
    curve = kaplan_meier(np.array(times), np.ones(len(times), dtype=bool))
    assert quantile(curve, share) == np.quantile(times, share, method="inverted_cdf")


@given(OBSERVED)
def test_incidences_and_survival_add_up_to_one(observed: list[tuple[float, int]]) -> None:
    duration, exits = (np.array(column) for column in zip(*observed, strict=True))
    curve = aalen_johansen(duration, exits, 3)
    assert curve.incidence.sum(axis=0) + curve.survival == pytest.approx(np.ones(curve.time.size), abs=1e-12)
    assert (np.diff(curve.incidence, axis=1) >= 0.0).all()


@given(OBSERVED, st.randoms(use_true_random=False))
def test_the_order_of_the_data_does_not_matter(observed: list[tuple[float, int]], random: object) -> None:
    shuffled = list(observed)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    first, second = (
        aalen_johansen(*(np.array(column) for column in zip(*data, strict=True)), 3) for data in (observed, shuffled)
    )
    assert (first.time == second.time).all()
    assert (first.incidence == second.incidence).all()


@given(OBSERVED)
def test_an_offered_wait_is_never_shorter_than_leaving_out_those_still_waiting(
    observed: list[tuple[float, int]],
) -> None:
    duration, exits = (np.array(column) for column in zip(*observed, strict=True))
    event = exits == 1
    if event.any():
        curve = kaplan_meier(duration, event)
        served_only = kaplan_meier(duration[event], event[event])
        assert (survival_at(curve, served_only.time) >= served_only.survival - 1e-12).all()


GROUPED = st.lists(st.tuples(st.integers(0, 8).map(float), st.integers(0, 2), st.integers(0, 3)), max_size=40)
Grouped = list[tuple[float, int, int]]
TIMES_READ = days(0, 1, 3.5, 8, 9)


def many(observed: Grouped) -> Observed:
    table = np.array(observed, dtype=np.float64).reshape(-1, 3)
    return observe(table[:, 0], table[:, 1].astype(np.int64), table[:, 2].astype(np.int64), 4)


def of_group(observed: Grouped, group: int) -> tuple[np.ndarray, np.ndarray]:
    rows = [(duration, exit_) for duration, exit_, mine in observed if mine == group]
    table = np.array(rows, dtype=np.float64).reshape(-1, 2)
    return table[:, 0], table[:, 1].astype(np.int64)


def readings(curves: Curves) -> np.ndarray:
    """Return everything that is read of curves, by group."""
    figures = (restricted_mean(curves), restricted_mean(curves, 3.5), quantile(curves, 0.5), curves.complete)
    return np.column_stack([*figures, incidence_at(curves, 1, TIMES_READ)])


@given(GROUPED)
def test_many_groups_in_one_call_have_the_curves_that_each_has_alone(observed: Grouped) -> None:
    together = estimate(many(observed), 2)
    for group in range(4):
        alone = aalen_johansen(*of_group(observed, group), 2)
        part = slice(*together.bounds[group : group + 2])
        assert together.time[part].tolist() == alone.time.tolist()
        assert together.survival[part].tolist() == alone.survival.tolist()
        assert together.incidence[:, part].tolist() == alone.incidence.tolist()
        assert readings(together)[group].tolist() == pytest.approx(readings(alone)[0].tolist(), nan_ok=True)


@given(GROUPED, st.integers(0, 4))
def test_the_first_groups_are_read_as_before(observed: Grouped, groups: int) -> None:
    curves = estimate(many(observed), 2)
    np.testing.assert_array_equal(readings(curves.first_groups(groups)), readings(curves)[:groups])


@given(GROUPED)
def test_one_exit_alone_is_kaplan_meier_with_all_else_censored(observed: Grouped) -> None:
    curves = estimate(many(observed), 2)
    for exit_ in (1, 2):
        only = [(duration, int(other == exit_), group) for duration, other, group in observed]
        expected, found = estimate(many(only), 1), curves.only(exit_)
        assert found.survival.tolist() == expected.survival.tolist()
        np.testing.assert_allclose(readings(found), readings(expected), atol=1e-12)


def by_hand(duration: np.ndarray, exit_: np.ndarray, time: float) -> tuple[float, float]:
    """Return the share without an exit just after ``time``, and the share that left by exit 1, as defined."""
    share, first = 1.0, 0.0
    for now in sorted(set(duration[duration <= time])):
        at_risk, leaves = (duration >= now).sum(), (duration == now) & (exit_ > 0)
        first += share * (leaves & (exit_ == 1)).sum() / at_risk
        share *= 1.0 - leaves.sum() / at_risk
    return share, first


@given(GROUPED)
def test_curves_follow_the_definition(observed: Grouped) -> None:
    curves = estimate(many(observed), 2)
    for group in range(4):
        duration, exit_ = of_group(observed, group)
        for place in range(*curves.bounds[group : group + 2]):
            found = (curves.survival[place], curves.incidence[0, place])
            assert found == pytest.approx(by_hand(duration, exit_, curves.time[place]), abs=1e-12)


@given(GROUPED)
def test_divisions_side_by_side_have_the_curves_that_each_has_alone(observed: Grouped) -> None:
    table = np.array(observed, dtype=np.float64).reshape(-1, 3)
    duration, exit_, group = table[:, 0], table[:, 1].astype(np.int64), table[:, 2].astype(np.int64)
    # Group 3 does not count in the first division; the second has two groups, of which the last is empty.
    divisions = np.vstack([np.where(group == 3, -1, group), np.full(group.size, 3)])
    together = estimate(observe(duration, exit_, divisions, 5), 2)
    for number, chosen in enumerate([*(group == one for one in range(3)), group >= 0, group < 0]):
        alone = aalen_johansen(duration[chosen], exit_[chosen], 2)
        part = slice(*together.bounds[number : number + 2])
        assert together.time[part].tolist() == alone.time.tolist()
        assert together.incidence[:, part].tolist() == alone.incidence.tolist()


def assert_same_compiled_or_not(function: Compiled[..., Any], *arguments: Any) -> None:
    fast, plain = (run(*arguments) for run in (function, function.function))
    for one, other in zip(
        *((found if isinstance(found, tuple) else (found,)) for found in (fast, plain)), strict=True
    ):
        assert one.dtype == other.dtype
        np.testing.assert_array_equal(one, other)


@given(GROUPED)
def test_compiled_or_not_the_curves_and_what_is_read_of_them_are_the_same(observed: Grouped) -> None:
    data = many(observed)
    group = np.array([[row[2] for row in observed]], dtype=np.int32).reshape(1, -1) - 1
    duration, exit_ = (np.array([row[column] for row in observed]) for column in (0, 1))
    order = np.argsort(duration.astype(np.float64))
    assert_same_compiled_or_not(sort_by_group, order, duration.astype(np.float64), exit_.astype(np.int8), group, 3)
    for exits in (1, 2):
        assert_same_compiled_or_not(follow, data.duration, data.exit_, data.bounds, exits)
    curves = estimate(data, 2)
    columns = (curves.time, curves.survival)
    assert_same_compiled_or_not(read_at, *columns, curves.incidence[0], curves.bounds, TIMES_READ)
    assert_same_compiled_or_not(first_down_to, *columns, curves.bounds, 0.5)
    assert_same_compiled_or_not(area_until, *columns, curves.bounds, 3.5)
