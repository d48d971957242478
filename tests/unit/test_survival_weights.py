"""Weights of those still followed: against the estimates that they stand for, and the integral that they are."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_survival import (
    GROUPED,
    OBSERVED,
    TIMES_READ,
    Grouped,
    aalen_johansen,
    days,
    estimate_one,
    kaplan_meier,
    many,
    of_group,
)

from sim.measures.censoring import integral_at, inverse_of_censoring


@given(OBSERVED)
def test_shares_by_exit_are_means_weighted_by_the_inverse_of_the_share_not_censored(
    observed: list[tuple[float, int]],
) -> None:
    # Censored half a day later than exits of the same day, so that the order of the two at ties plays no part.
    duration, exits = (np.array(column) for column in zip(*observed, strict=True))
    duration = duration + np.where(exits == 0, 0.5, 0.0)
    curve = aalen_johansen(duration, exits, 3)
    censoring = kaplan_meier(duration, exits == 0)
    for exit_ in (1, 2, 3):
        left = duration[exits == exit_]
        # An exit that is spread over a moment: its weight is the integral over that moment, per length.
        moment = 1e-3
        weight = inverse_of_censoring(censoring, left) - inverse_of_censoring(censoring, left - moment)
        weight = np.where(left > 0.0, weight / moment, 1.0)
        assert weight.sum() / duration.size == pytest.approx(curve.incidence[exit_ - 1, -1], abs=1e-9)


def test_without_censoring_the_weight_is_one_and_the_integral_is_time() -> None:
    censoring = kaplan_meier(days(3, 7, 7, 20), np.zeros(4, dtype=bool))
    assert inverse_of_censoring(censoring, days(0, 2, 7, 13.5, 20)).tolist() == [0.0, 2.0, 7.0, 13.5, 20.0]


def test_those_still_followed_stand_for_those_who_were_censored_before() -> None:
    # Half are censored after 4 days: from then on every other one counts twice.
    censoring = kaplan_meier(days(4, 4, 10, 10), np.array([True, True, False, False]))
    assert inverse_of_censoring(censoring, days(4, 10)).tolist() == [4.0, 4.0 + 2 * 6.0]


@given(GROUPED, st.lists(st.tuples(st.floats(0.0, 9.0), st.integers(-1, 3)), max_size=20))
def test_the_weight_of_a_group_is_that_of_its_own_curve(observed: Grouped, asked: list[tuple[float, int]]) -> None:
    censored = [(duration, int(exit_ == 0), group) for duration, exit_, group in observed]
    together = estimate_one(many(censored))
    longest = np.append(np.nan_to_num(together.longest), 9.0)
    asked = [(min(time, float(longest[group])), group) for time, group in asked]
    times, groups = (np.array([row[column] for row in asked]) for column in (0, 1))
    found = inverse_of_censoring(together, times.astype(np.float64), groups.astype(np.int64))
    for time, group, integral in zip(times, groups, found, strict=True):
        duration, event = of_group(censored, group)
        alone = inverse_of_censoring(kaplan_meier(duration, event > 0), days(time))
        assert integral == (alone[0] if group >= 0 else 0.0)


def test_the_weight_is_the_area_under_the_inverse_of_the_share_not_censored() -> None:
    generator = np.random.default_rng(1)
    censoring = kaplan_meier(generator.uniform(0.0, 30.0, 200), generator.random(200) < 0.3)
    times = generator.uniform(0.0, censoring.time[-1], 50)
    knots = np.append(0.0, censoring.time)
    totals = np.append(0.0, np.cumsum(np.diff(knots) / np.append(1.0, censoring.survival[:-1])))
    np.testing.assert_allclose(inverse_of_censoring(censoring, times), np.interp(times, knots, totals), rtol=1e-12)


@given(GROUPED)
def test_compiled_or_not_the_weights_are_the_same(observed: Grouped) -> None:
    curves = estimate_one(many(observed))
    arguments = (curves.time, curves.survival, curves.bounds, TIMES_READ, np.array([0, 1, 2, 3, -1]))
    found = [run(*arguments) for run in (integral_at, integral_at.function)]
    np.testing.assert_array_equal(*found)
