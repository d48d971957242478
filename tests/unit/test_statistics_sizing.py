"""The search for the smallest amount that meets a target, on functions whose answer is known."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.statistics.attainment import Bound, Observed, Rule, share_met
from sim.statistics.intervals import FloatArray
from sim.statistics.sizing import SIDES, Found, Ladder, found

RUNGS, MANY, FEW = 97, 200, 20
Look = Callable[[int, int], FloatArray]


def climb(
    look: Look, rule: Rule, size: int = RUNGS, start: int = 40, replications: int = MANY
) -> tuple[Found, Ladder]:
    """Search as the question does: the ends first, then with few replications, then with all."""
    ladder = Ladder(size, start, rule)
    for rung in (0, start, size - 1):
        ladder.add(rung, seen(look(rung, FEW)))
    for n in (FEW, replications):
        while (rung := ladder.next_rung(n, SIDES)) is not None:
            assert rung not in ladder.rungs(n), "a rung is looked at once"
            ladder.add(rung, seen(look(rung, n)))
    return found(ladder, replications), ladder


def seen(values: FloatArray) -> Observed:
    return Observed(values, np.ones(values.size, dtype=np.bool_))


def at_most(value: float, probability: float = 0.8) -> Rule:
    return Rule(Bound("at_most", value), "replications", probability)


def luck(n: int, spread: float = 1.0, seed: int = 3) -> FloatArray:
    return np.random.default_rng(seed).normal(size=MANY)[:n] * spread


def test_without_noise_the_answer_is_the_first_amount_below_the_bound() -> None:
    for bound in (1.5, 30.2, 77.9):
        answer, ladder = climb(lambda rung, n: np.full(n, 96.0 - rung), at_most(bound))
        assert answer.rung == int(np.ceil(96.0 - bound))
        # The shares jump from none to all there, so that its interval is the amount itself.
        assert answer.early == answer.late == answer.rung
        assert len(ladder.looks) < 15


def test_with_noise_the_answer_is_where_the_share_of_replications_reaches_the_probability() -> None:
    noise = luck(MANY, 8.0)
    answer, _ = climb(lambda rung, n: 100.0 - rung + noise[:n], at_most(50.0))
    # 100 - rung + noise <= 50 in 80% of the replications.
    enough = int(np.ceil(50.0 + np.quantile(noise, 0.8, method="inverted_cdf")))
    assert answer.rung == enough
    assert answer.early is not None
    assert answer.late is not None
    assert answer.early < enough < answer.late
    # The normal distribution of the noise has its 80th percentile between them.
    assert answer.early <= 50.0 + 0.8416 * 8.0 <= answer.late


def test_noise_of_each_amount_apart_is_smoothed_and_the_search_ends() -> None:
    generator = np.random.default_rng(5)
    answer, _ = climb(lambda rung, n: 100.0 - rung + 8.0 * generator.normal(size=n), at_most(50.0))
    assert answer.rung is not None
    assert abs(answer.rung - (50.0 + 0.8416 * 8.0)) <= 4.0


def test_a_measure_that_stops_falling_before_the_bound_is_met_by_no_amount() -> None:
    noise = luck(MANY)
    answer, ladder = climb(lambda rung, n: np.maximum(96.0 - rung, 20.0) + noise[:n], at_most(15.0))
    assert answer.rung is None
    assert answer.late is None
    assert max(ladder.rungs(MANY)) == RUNGS - 1


def test_an_amount_that_meets_it_in_too_few_replications_is_not_enough() -> None:
    noise = luck(MANY, 3.0)
    answer, ladder = climb(lambda rung, n: np.maximum(96.0 - rung, 20.0) + noise[:n], at_most(20.0))
    assert answer.rung is None
    assert 0.3 < max(ladder.score(rung).estimate for rung in ladder.rungs(MANY)) < 0.7
    assert answer.last_met is None


def test_a_target_that_the_smallest_amount_meets_is_said_to_be_met_already() -> None:
    answer, _ = climb(lambda _, n: np.zeros(n), at_most(1.0))
    assert answer.rung == 0
    assert answer.lowest_meets


def test_a_value_that_was_not_reached_does_not_meet_the_bound() -> None:
    rule = at_most(5.0)
    values = np.array([1.0, np.nan, 2.0, np.nan])
    assert share_met(rule.bound, seen(values))[0] == 0.5
    # Where nobody asked there is nothing to wait for, and such a replication says nothing.
    asked = Observed(values, np.array([True, False, True, True]))
    assert share_met(rule.bound, asked)[0] == pytest.approx(2.0 / 3.0)
    assert share_met(rule.bound, Observed(values, np.zeros(4, dtype=np.bool_))) == (0.0, 0.0, 1.0)


def test_where_nobody_asks_for_nothing_the_answer_is_the_amount_from_which_on_it_is_met() -> None:
    """Nobody gives up where there are no hours, many where there are few, and few where there are many."""
    noise = luck(MANY)

    def gave_up(rung: int, n: int) -> FloatArray:
        return np.zeros(n) if rung == 0 else np.maximum(90.0 - rung + noise[:n], 0.0)

    answer, ladder = climb(gave_up, at_most(30.0))
    assert answer.rung is not None
    assert abs(answer.rung - 61) <= 1
    assert any(low == 0 for low, _ in answer.falls)
    assert 0 not in ladder.fitted("estimate", FEW)


def test_a_curve_that_only_rises_with_noise_is_not_said_to_fall() -> None:
    generator = np.random.default_rng(9)
    answer, _ = climb(lambda rung, n: 100.0 - rung + 8.0 * generator.normal(size=n), at_most(50.0))
    assert answer.falls == ()


def test_on_the_mean_the_answer_is_where_the_interval_of_the_mean_is_on_the_good_side() -> None:
    noise = luck(MANY, 10.0)
    rule = Rule(Bound("at_most", 50.0), "mean")
    answer, ladder = climb(lambda rung, n: 100.0 - rung + noise[:n], rule)
    high = noise.mean() + 1.972 * noise.std(ddof=1) / np.sqrt(MANY)
    assert answer.rung == answer.late == int(np.ceil(50.0 + high))
    assert answer.early is not None
    assert answer.early < answer.rung
    assert ladder.score(answer.rung).low >= 0.0


def test_on_the_mean_an_amount_with_an_unknown_value_is_not_enough() -> None:
    def partly(rung: int, n: int) -> FloatArray:
        values = np.full(n, 100.0 - rung)
        values[:2] = np.nan if rung < 70 else 30.0
        return values

    assert climb(partly, Rule(Bound("at_most", 50.0), "mean"))[0].rung == 70


def test_at_least_turns_the_bound_around() -> None:
    rule = Rule(Bound("at_least", 60.0))
    assert climb(lambda rung, n: np.full(n, float(rung)), rule)[0].rung == 60


@settings(max_examples=40)
@given(
    slope=st.floats(0.2, 3.0),
    spread=st.floats(0.0, 20.0),
    bounds=st.tuples(st.floats(0.0, 120.0), st.floats(0.0, 120.0)),
    probability=st.sampled_from([0.5, 0.8, 0.95]),
)
def test_a_tighter_target_never_needs_less(
    slope: float, spread: float, bounds: tuple[float, float], probability: float
) -> None:
    noise = luck(60, spread)

    def wait(rung: int, n: int) -> FloatArray:
        return 100.0 - slope * rung + noise[:n]

    tight, loose = (climb(wait, at_most(bound, probability), replications=60)[0] for bound in sorted(bounds))
    if loose.rung is None:
        assert tight.rung is None
    else:
        assert tight.rung is None or tight.rung >= loose.rung


@settings(max_examples=25)
@given(probabilities=st.tuples(st.floats(0.05, 0.99), st.floats(0.05, 0.99)))
def test_more_certainty_never_needs_less(probabilities: tuple[float, float]) -> None:
    noise = luck(60, 12.0)
    low, high = sorted(probabilities)
    rungs = [
        climb(lambda rung, n: 100.0 - rung + noise[:n], at_most(50.0, share), replications=60)[0].rung
        for share in (low, high)
    ]
    assert rungs[0] is not None
    assert rungs[1] is None or rungs[1] >= rungs[0]
