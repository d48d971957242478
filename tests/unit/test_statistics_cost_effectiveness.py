"""What an effect costs: ratio, net benefit, acceptability, and the frontier of several options."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim.statistics.cost_effectiveness import (
    Pairs,
    chance_for_one,
    ellipse_of_mean,
    estimate,
    icer,
    net_benefit,
    pairs_of,
    quadrants,
    read_pairs,
    standing,
    sureness_of_mean,
)
from sim.statistics.efficient_frontier import best_options, efficient_frontier, price_of_step
from sim.statistics.ratio import fieller

WORTHS = np.array([0.0, 1.0, 10.0, 1000.0])
NOISE = np.array([-1.0, 1.0, 0.5, -0.5, 0.2, -0.2])


def pairs(effect: float, cost: float, spread: float = 0.1) -> Pairs:
    return Pairs(effect + spread * NOISE, cost + 10.0 * spread * NOISE[::-1])


def test_fieller_as_worked_out_by_hand() -> None:
    # Means 20 and 5, variances of the means 100/3 and 1/3, covariance 10/3, t = 4.3027 with 2 degrees of freedom.
    found = fieller(np.array([10.0, 20.0, 30.0]), np.array([4.0, 5.0, 6.0]))
    assert found is not None
    assert (found.value, found.low, found.high) == pytest.approx((4.0, -1.9243, 5.9914), abs=2e-3)


def test_at_the_bounds_of_fieller_the_net_benefit_is_at_the_bound_of_its_t_test() -> None:
    rng = np.random.default_rng(5)
    cost, effect = 900.0 + 300.0 * rng.normal(size=15), 3.0 + rng.normal(size=15)
    found = fieller(cost, effect)
    assert found is not None
    for bound in (found.low, found.high):
        benefit = net_benefit(Pairs(effect, cost), bound)
        assert abs(stats.ttest_1samp(benefit, 0.0).statistic) == pytest.approx(stats.t.ppf(0.975, 14))


def test_fieller_gives_the_ratio_of_a_sure_effect() -> None:
    rng = np.random.default_rng(1)
    cost, effect = 1000.0 + rng.normal(size=40), 10.0 + 0.1 * rng.normal(size=40)
    found = fieller(cost, effect)
    assert found is not None
    assert found.value == pytest.approx(100.0, rel=0.01)
    assert found.low < found.value < found.high
    assert found.high - found.low < 2.0


def test_fieller_holds_the_true_ratio_in_about_95_of_100_samples() -> None:
    rng = np.random.default_rng(2)
    held = 0
    for _ in range(400):
        found = fieller(200.0 + 60.0 * rng.normal(size=12), 2.0 + 0.8 * rng.normal(size=12))
        held += found is not None and found.low <= 100.0 <= found.high
    assert 0.92 <= held / 400 <= 0.98


def test_no_ratio_is_given_for_an_effect_that_may_be_zero() -> None:
    assert fieller(np.array([1.0, 2.0, 3.0]), np.array([-1.0, 0.1, 1.0])) is None
    assert fieller(np.array([1.0, 2.0, 3.0]), np.zeros(3)) is None
    assert icer(Pairs(np.array([2.0]), np.array([1.0]))) is None


def test_the_ratio_is_the_same_seen_from_the_other_side() -> None:
    one = pairs(2.0, 60.0)
    there, back = icer(one), icer(one.turned())
    assert there is not None
    assert back is not None
    assert (back.value, back.low, back.high) == pytest.approx((there.value, there.low, there.high))


@pytest.mark.parametrize(
    ("effect", "cost", "said", "turned"),
    [
        (2.0, 60.0, "better_dearer", "worse_cheaper"),
        (2.0, -60.0, "dominates", "dominated"),
        (2.0, 0.0, "better_cost_not_told", "worse_cost_not_told"),
        (0.0, 60.0, "not_told", "not_told"),
    ],
)
def test_changing_places_with_the_reference_turns_the_standing_round(
    effect: float, cost: float, said: str, turned: str
) -> None:
    one = pairs(effect, cost)
    assert (standing(one), standing(one.turned())) == (said, turned)


def test_nothing_that_differs_is_the_same_and_missing_pairs_tell_nothing() -> None:
    nothing = Pairs(np.zeros(5), np.zeros(5))
    assert standing(nothing) == "same"
    assert icer(nothing) is None
    assert sureness_of_mean(nothing, WORTHS).tolist() == [0.5] * 4
    assert chance_for_one(nothing, WORTHS).tolist() == [0.5] * 4
    gap = pairs_of(np.array([2.0, np.nan, 2.1, 2.2]), np.array([1.0, 1.0, 1.1, 0.9]))
    assert (gap.n, gap.missing, standing(gap), icer(gap)) == (3, 1, "not_told", None)
    none = pairs_of(np.full(3, np.nan), np.ones(3))
    assert (none.n, standing(none)) == (0, "not_told")
    assert np.isnan(chance_for_one(none, WORTHS)).all()
    assert np.isnan(list(quadrants(none).values())).all()
    assert np.isnan(estimate(none.effect).mean)
    assert ellipse_of_mean(none).shape == (0, 2)


def test_at_a_worth_of_zero_the_chance_is_that_of_saving() -> None:
    one = Pairs(np.array([1.0, -1.0, 0.0, 2.0]), np.array([-5.0, 3.0, -1.0, 4.0]))
    assert chance_for_one(one, np.array([0.0]))[0] == 0.5
    assert quadrants(one) == {
        "better_dearer": 0.25,
        "better_cheaper": 0.25,
        "worse_dearer": 0.25,
        "worse_cheaper": 0.0,
        "on_an_axis": 0.25,
    }
    assert chance_for_one(one, np.array([2.5]))[0] == 0.75


def test_the_sureness_is_the_level_of_a_one_sided_paired_t_test() -> None:
    one = pairs(2.0, 20.0, spread=3.0)
    for worth, sure in zip(WORTHS, sureness_of_mean(one, WORTHS), strict=True):
        assert sure == pytest.approx(1.0 - stats.ttest_1samp(net_benefit(one, worth), 0.0, alternative="greater")[1])
    certain = Pairs(np.full(4, 1.0), np.full(4, 5.0))
    assert sureness_of_mean(certain, np.array([0.0, 5.0, 10.0])).tolist() == [0.0, 0.5, 1.0]


@given(st.lists(st.tuples(st.integers(-9, 9), st.integers(-99, 99)), min_size=2, max_size=9))
def test_what_pays_for_one_does_not_pay_for_the_other(points: list[tuple[int, int]]) -> None:
    effect, cost = (np.array(part, dtype=np.float64) for part in zip(*points, strict=True))
    one = Pairs(effect, cost)
    for curve in (chance_for_one, sureness_of_mean):
        assert curve(one, WORTHS) + curve(one.turned(), WORTHS) == pytest.approx(np.ones(4))


def test_the_region_of_the_mean_has_one_distance_all_around_and_holds_the_truth_in_95_of_100_samples() -> None:
    rng = np.random.default_rng(3)
    held = 0
    for _ in range(300):
        effect = rng.normal(size=12)
        one = Pairs(effect, 1e5 * (effect + rng.normal(size=12)))
        points = np.column_stack([one.effect, one.cost])
        inverse = np.linalg.inv(np.cov(points.T))
        centre = points.mean(axis=0)
        edge = ellipse_of_mean(one) - centre
        distances = np.einsum("ij,jk,ik->i", edge, inverse, edge)
        assert distances == pytest.approx(distances[0])
        held += bool(centre @ inverse @ centre <= distances[0])
    assert 0.92 <= held / 300 <= 0.98


def test_the_region_of_a_cost_that_does_not_vary_is_a_line() -> None:
    outline = ellipse_of_mean(Pairs(2.0 + NOISE, np.full(6, 70.0)))
    assert set(outline[:, 1].tolist()) == {70.0}
    # Two dimensions at once: wider than the interval of one.
    assert outline[:, 0].max() > estimate(2.0 + NOISE).high


def test_effect_and_cost_are_read_as_what_is_avoided_and_what_is_paid_more() -> None:
    rows = [
        (name, replication, measure, "total", "all", value)
        for replication in (1, 2, 3)
        for name, measure, value in (
            ("a", "harm", 10.0),
            ("a", "cost", 100.0),
            ("b", "harm", 10.0 - replication),
            ("b", "cost", 100.0 + 7.0 * replication),
        )
    ]
    table = pd.DataFrame(rows, columns=["scenario", "replication", "measure", "level", "unit", "value"])
    (found,) = read_pairs(table, "a", "harm").values()
    assert (found.effect.tolist(), found.cost.tolist()) == ([1.0, 2.0, 3.0], [7.0, 14.0, 21.0])


def test_dominated_and_extendedly_dominated_options_fall_out() -> None:
    # By hand: c costs 300 for one more than b, and d 100 for one more than c, so a mixture of b and d beats c;
    # e costs more than d and does less.
    points = {"a": (0.0, 0.0), "e": (3.5, 900.0), "c": (3.0, 500.0), "b": (2.0, 200.0), "d": (4.0, 600.0)}
    found = efficient_frontier(points)
    assert found.options == ("a", "b", "d")
    assert (found.places["c"], found.places["e"]) == ("extendedly_dominated", "dominated")
    assert [(step.before, step.after, step.price) for step in found.steps] == [("a", "b", 100.0), ("b", "d", 200.0)]


def test_options_at_one_point_or_on_one_line() -> None:
    assert efficient_frontier({"a": (0.0, 0.0), "twin": (0.0, 0.0)}).options == ("a",)
    assert efficient_frontier({"best": (2.0, -1.0), "a": (0.0, 0.0)}).steps == ()
    assert efficient_frontier({"a": (0.0, 0.0), "b": (1.0, 5.0), "c": (2.0, 10.0)}).options == ("a", "b", "c")


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=8), st.integers(0, 40))
def test_the_best_at_any_worth_is_on_the_frontier(points: list[tuple[int, int]], worth: int) -> None:
    options = {str(place): (float(effect), float(cost)) for place, (effect, cost) in enumerate(points)}
    found = efficient_frontier(options)
    benefit = {name: worth * effect - cost for name, (effect, cost) in options.items()}
    assert max(benefit[name] for name in found.options) == max(benefit.values())
    prices = [step.price for step in found.steps]
    assert prices == sorted(prices)


def test_which_is_best_adds_up_to_one_and_follows_the_prices_of_the_frontier() -> None:
    options = {"a": Pairs(np.zeros(6), np.zeros(6)), "b": pairs(2.0, 200.0), "c": pairs(4.0, 800.0)}
    best = best_options(options, np.array([0.0, 90.0, 110.0, 290.0, 310.0]), seed=1)
    assert best.on_average.sum(axis=0) == pytest.approx(np.ones(5))
    assert best.for_one.sum(axis=0) == pytest.approx(np.ones(5))
    assert [best.names[place] for place in best.leader] == ["a", "a", "b", "b", "c"]
    assert best.on_average[0, 0] == 1.0
    step = efficient_frontier({"a": (0.0, 0.0), "b": (2.0, 200.0), "c": (4.0, 800.0)}).steps[1]
    price = price_of_step(step, options)
    assert price is not None
    assert price.value == pytest.approx(300.0)


def test_options_that_tie_share_the_chance_and_the_same_seed_gives_the_same() -> None:
    twins = {"a": pairs(1.0, 50.0), "b": pairs(1.0, 50.0)}
    best = best_options(twins, WORTHS, seed=1)
    assert best.on_average == pytest.approx(np.full((2, 4), 0.5))
    noisy = {"a": pairs(1.0, 50.0, 20.0), "b": pairs(1.0, 52.0, 19.0)}
    first, again = (best_options(noisy, WORTHS, seed=4).on_average for _ in range(2))
    assert np.array_equal(first, again)
