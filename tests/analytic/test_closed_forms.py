"""The closed forms themselves: known figures, and one reducing to the other where theory says so."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.analytic import theory
from tests.analytic.acceptance import compare

loads = st.floats(0.05, 0.95)
rates = st.floats(0.1, 10.0)
few_servers = st.integers(1, 30)


@pytest.mark.parametrize(
    ("arrivals", "service", "servers", "wait"),
    [(0.25, 1 / 3, 1, 9.0), (0.2, 0.1, 3, 4.44444), (0.8, 1.0, 1, 4.0), (0.95, 1.0, 1, 19.0)],
)
def test_waits_without_patience_are_the_known_figures(
    arrivals: float, service: float, servers: int, wait: float
) -> None:
    assert theory.mean_wait(arrivals, service, servers) == pytest.approx(wait, rel=1e-5)


@pytest.mark.parametrize(
    ("arrivals", "service", "servers", "patience", "wait", "left"),
    [
        (1.0, 1 / 0.7, 1, 0.2, 0.640198, 0.128040),
        (1.0, 1 / 2.1, 3, 0.3, 0.332368, 0.099710),
        (110.0, 1.0, 100, 1.0, 0.099192, 0.099192),
    ],
)
def test_waits_with_patience_are_the_known_figures(
    arrivals: float, service: float, servers: int, patience: float, wait: float, left: float
) -> None:
    rates_ = (arrivals, service, servers, patience)
    assert theory.mean_wait_with_patience(*rates_) == pytest.approx(wait, rel=1e-5)
    assert theory.abandonment(*rates_) == pytest.approx(left, rel=1e-4)


def test_priority_waits_are_the_known_figures() -> None:
    assert [wait + 1.0 for wait in theory.priority_waits((0.2, 0.6), 1.0)] == pytest.approx([2.0, 6.0])


@given(load=loads, service=rates, servers=few_servers)
def test_one_sum_of_birth_and_death_is_erlang_c(load: float, service: float, servers: int) -> None:
    arrivals = load * servers * service
    waiting = theory.mean_number(arrivals, service, servers) - arrivals / service
    assert waiting / arrivals == pytest.approx(theory.mean_wait(arrivals, service, servers), rel=1e-6, abs=1e-12)


@given(load=loads, service=rates, servers=few_servers)
def test_endless_patience_gives_erlang_c(load: float, service: float, servers: int) -> None:
    arrivals = load * servers * service
    patient = theory.mean_wait_with_patience(arrivals, service, servers, 1e-9 * service)
    assert patient == pytest.approx(theory.mean_wait(arrivals, service, servers), rel=1e-4, abs=1e-12)


@given(arrivals=rates, service=rates, servers=few_servers)
def test_patience_as_long_as_service_gives_unlimited_servers(arrivals: float, service: float, servers: int) -> None:
    assert theory.mean_number(arrivals, service, servers, service) == pytest.approx(arrivals / service, rel=1e-6)


@given(load=loads, share=st.floats(0.05, 0.95), service=rates)
def test_priority_moves_waits_between_classes_and_keeps_their_mean(load: float, share: float, service: float) -> None:
    arrivals = load * service
    urgent, other = theory.priority_waits((share * arrivals, (1.0 - share) * arrivals), service)
    assert urgent <= other
    assert share * urgent + (1.0 - share) * other == pytest.approx(theory.mean_wait(arrivals, service), rel=1e-9)


@given(load=loads, mean=rates)
def test_general_service_includes_exponential_and_fixed_service(load: float, mean: float) -> None:
    arrivals = load / mean
    exponential = theory.mean_wait(arrivals, 1.0 / mean)
    assert theory.mean_wait_general_service(arrivals, mean, 1.0) == pytest.approx(exponential)
    assert theory.mean_wait_general_service(arrivals, mean, 0.0) == pytest.approx(exponential / 2.0)


def test_the_wait_for_a_weekly_slot_follows_from_its_markov_chain() -> None:
    arrivals, most = 0.7, 60
    chance = [math.exp(-arrivals) * arrivals**n / math.factorial(n) for n in range(most)]
    moves = np.zeros((most, most))
    for now in range(most):
        for new in range(most - now):
            moves[now, max(now + new - 1, 0)] += chance[new]
    share = np.linalg.matrix_power(moves, 2000)[0]
    waiting = float((share * np.maximum(np.arange(most) - 1, 0)).sum())
    assert waiting / arrivals + 0.5 == pytest.approx(theory.mean_wait_weekly_slot(arrivals), rel=1e-6)


def test_without_swing_the_season_is_level() -> None:
    numbers = theory.seasonal_number(np.linspace(0.0, 10.0, 7), 4.0, 0.0, 1.0, 0.5)
    assert numbers == pytest.approx(8.0)


def test_a_mean_far_from_theory_does_not_agree() -> None:
    values = np.random.default_rng(1).normal(10.0, 0.5, 30)
    assert compare(values, 10.0, 30).agrees
    assert compare(values, 10.0, 30).can_fail
    assert not compare(values, 10.6, 30).agrees


def test_a_wide_interval_or_few_replications_cannot_fail() -> None:
    generator = np.random.default_rng(2)
    assert not compare(generator.normal(10.0, 5.0, 30), 10.0, 30).can_fail
    assert not compare(generator.normal(10.0, 0.1, 20), 10.0, 30).can_fail
