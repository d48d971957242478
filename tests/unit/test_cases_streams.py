"""Numbers of units under each other: each unit from its own place in a stream, and counts and shares of uniforms."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import poisson

from sim.cases.blocks import AT_ONCE, Blocks, Columns, Luck, draw_columns, draw_rows, exponential, normal, uniform
from sim.cases.draws import lognormal_residual, lognormal_service, poisson_bounds, poisson_inverse
from sim.cases.lookup import Lookup, bounds_of
from sim.cases.streams import PERIOD, Purpose, place_of, stream

LUCK = Luck(3, 1)


def fills(sizes: list[int], width: int, fill=uniform):
    first = np.cumsum([0, *sizes]).tolist()
    blocks = Blocks([place_of(f"unit {number}") for number in range(len(sizes))], first)
    return blocks, draw_rows(fill, LUCK.streams(Purpose.CASE_CHOICE), blocks, width)


def test_a_stream_begins_as_many_jumps_from_the_start_as_the_checksum_of_the_name():
    bits = np.random.PCG64DXSM(np.random.SeedSequence(5, spawn_key=(2, int(Purpose.PHASE))))
    expected = np.random.Generator(bits.jumped(0x414FA339)).random(8)
    # The standard example of a CRC-32.
    name = "The quick brown fox jumps over the lazy dog"
    np.testing.assert_array_equal(stream(5, 2, Purpose.PHASE, name).random(8), expected)


@given(name=st.text(min_size=1), other=st.text(min_size=1))
def test_streams_of_two_units_are_too_far_apart_to_meet(name, other):
    apart = (place_of(name) - place_of(other)) % PERIOD
    assert apart == 0 if name == other else min(apart, PERIOD - apart) > 2**94


@given(sizes=st.lists(st.integers(0, 40), min_size=1, max_size=6), more=st.integers(0, 30))
@pytest.mark.parametrize("fill", [uniform, exponential, normal])
def test_rows_do_not_depend_on_rows_that_follow_or_on_other_units(fill, sizes, more):
    blocks, rows = fills(sizes, 3, fill)
    _, longer = fills([size + more for size in sizes], 3, fill)
    for number, (begin, end) in enumerate(blocks.spans()):
        begins = begin + number * more
        np.testing.assert_array_equal(rows[begin:end], longer[begins : begins + end - begin])


@pytest.mark.parametrize("size", [1, AT_ONCE - 1, AT_ONCE, AT_ONCE + 1, 3 * AT_ONCE + 7])
@pytest.mark.parametrize("fill", [uniform, exponential, normal])
def test_columns_are_filled_as_an_array_of_their_own_would_be(fill, size):
    blocks, rows = fills([5, size, 0, 3], 4, fill)
    whole = np.full((blocks.rows, 9), np.nan)
    draw_columns(blocks, Columns(fill, LUCK.streams(Purpose.CASE_CHOICE), whole[:, 2:6]))
    np.testing.assert_array_equal(whole[:, 2:6], rows)
    assert np.isnan(np.delete(whole, range(2, 6), axis=1)).all()


@given(means=st.lists(st.floats(0.0, 60.0), min_size=1, max_size=30), seed=st.integers(0, 2**32))
def test_counts_are_quantiles_of_the_poisson_distribution(means, seed):
    mean = np.array(means)
    uniforms = np.random.default_rng(seed).random(mean.size)
    counts = poisson_inverse(uniforms, mean)
    np.testing.assert_array_equal(counts, np.where(uniforms < np.exp(-mean), 0, poisson.ppf(uniforms, mean)))
    for number, value in enumerate(means):
        assert poisson_inverse(uniforms[number : number + 1], mean[number : number + 1])[0] == counts[number]
        assert poisson_bounds(value).searchsorted(uniforms[number], "right") == counts[number]


def test_a_count_ends_also_where_the_probabilities_add_up_to_less_than_the_uniform():
    counts = poisson_inverse(np.full(3, np.nextafter(1.0, 0.0)), np.array([0.0, 0.3, 800.0]))
    assert counts[0] == 0
    assert 5 < counts[1] <= 53
    assert 800 < counts[2] <= 8050


@given(
    rows=st.lists(st.lists(st.floats(0.0, 1.0), max_size=12).map(sorted), min_size=1, max_size=5),
    seed=st.integers(0, 2**32),
)
def test_a_lookup_finds_what_a_search_in_each_row_finds(rows, seed):
    bounds, generator = [np.array(row, dtype=np.float64) for row in rows], np.random.default_rng(seed)
    # Uniforms that lie on a bound exactly are among them.
    uniforms = np.concatenate([generator.random(50), *bounds, np.arange(256) / 256])
    uniforms = uniforms[uniforms < 1.0]
    row = generator.integers(0, len(rows), uniforms.size).astype(np.int32)
    expected = [bounds[here].searchsorted(value, "right") for here, value in zip(row, uniforms, strict=True)]
    np.testing.assert_array_equal(Lookup.of(bounds).find(uniforms, row), expected)


def test_shares_are_laid_end_to_end():
    np.testing.assert_allclose(bounds_of(np.array([[0.2, 0.3, 0.5], [1.0, 0.0, 0.0]])), [[0.2, 0.5], [1.0, 1.0]])


def test_services_of_no_spread_are_fixed_and_what_is_left_of_them_is_uniform():
    normals, uniforms = np.array([-2.0, 0.0, 3.0]), np.array([0.1, 0.5, 0.9])
    np.testing.assert_array_equal(lognormal_service(normals, 0.0), 1.0)
    np.testing.assert_array_equal(lognormal_residual(normals, uniforms, 0.0), uniforms)
