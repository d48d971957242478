"""The Ishigami function, whose indices are known, through the same code as the model; with noise of replications too.

Sobol and Levitan (1999), Computer Physics Communications 117:52: a = 7, b = 0.1.
"""

from __future__ import annotations

import numpy as np
import pytest
from SALib.analyze import sobol

from sim.designs.saltelli import unit_saltelli
from sim.errors import InputError
from sim.questions.sensitivity.stages import Evaluate, FloatArray, Outputs, decompose, ranking, screen
from sim.statistics.sobol_indices import sobol_indices

A, B = 7.0, 0.1
NAMES = ["x1", "x2", "x3"]
VARIANCE = A**2 / 8 + B * np.pi**4 / 5 + B**2 * np.pi**8 / 18 + 0.5
ALONE = np.array([0.5 * (1 + B * np.pi**4 / 5) ** 2, A**2 / 8, 0.0]) / VARIANCE
BOTH = B**2 * np.pi**8 * (1 / 18 - 1 / 50) / VARIANCE
TOTAL = ALONE + np.array([BOTH, 0.0, BOTH])
OUTPUT = ("function", "ishigami")


def ishigami(points: FloatArray) -> FloatArray:
    x = np.pi * (2.0 * points - 1.0)
    return np.asarray(np.sin(x[:, 0]) + A * np.sin(x[:, 1]) ** 2 + B * x[:, 2] ** 4 * np.sin(x[:, 0]))


def noisy(own: float, shared: float, replications: int, seed: int) -> Evaluate:
    """Return the function with noise of its own at each point, and luck that all points of a replication share."""

    def evaluate(points: FloatArray) -> Outputs:
        generator = np.random.default_rng(seed)
        noise = own * generator.standard_normal((len(points), replications))
        luck = shared * generator.standard_normal((1, replications))
        return {OUTPUT: ishigami(points)[:, None] + noise + luck}

    return evaluate


def test_the_known_indices_are_those_of_the_literature() -> None:
    np.testing.assert_allclose(ALONE, [0.3139, 0.4424, 0.0], atol=5e-5)
    np.testing.assert_allclose(TOTAL, [0.5576, 0.4424, 0.2437], atol=5e-5)


def test_the_indices_are_found() -> None:
    found = decompose(noisy(0.0, 0.0, 2, 1), NAMES, samples=2048, seed=1)
    np.testing.assert_allclose(found.indices["first"], ALONE, atol=0.06)
    np.testing.assert_allclose(found.indices["total"], TOTAL, atol=0.06)
    assert found.variances["variance"].item() == pytest.approx(VARIANCE, rel=0.02)
    assert found.variances["noise_share"].item() == pytest.approx(0.0, abs=1e-9)


def test_the_intervals_hold_the_truth() -> None:
    indices = decompose(noisy(2.0, 5.0, 3, 2), NAMES, samples=1024, seed=2).indices
    for part, truth in (("first", ALONE), ("total", TOTAL)):
        assert (indices[f"{part}_low"] - 0.03 < truth).all()
        assert (truth < indices[f"{part}_high"] + 0.03).all()
        assert (indices[f"{part}_low"] < indices[f"{part}_high"]).all()


@pytest.mark.parametrize(("replications", "own"), [(2, 3.0), (5, 4.0)])
def test_noise_is_taken_off_the_indices_and_reported(replications: int, own: float) -> None:
    found = decompose(noisy(own, 20.0, replications, 3), NAMES, samples=2048, seed=3)
    noise = own**2 / replications
    np.testing.assert_allclose(found.indices["first"], ALONE, atol=0.06)
    np.testing.assert_allclose(found.indices["total"], TOTAL, atol=0.06)
    assert found.variances["noise_share"].item() == pytest.approx(noise / (noise + VARIANCE), abs=0.02)
    uncorrected = (TOTAL * VARIANCE + noise) / (VARIANCE + noise)
    np.testing.assert_allclose(found.indices["total_raw"], uncorrected, atol=0.06)
    assert (uncorrected - TOTAL).max() > 0.1


def test_luck_that_hangs_together_between_points_does_not_pass_for_an_effect() -> None:
    points = unit_saltelli(3, 2048, seed=4)
    # In one replication luck follows the third factor, in the other not: common random numbers do such things.
    luck = 12.0 * (points[:, [2]] - 0.5) * np.array([[1.0, 0.0]])
    found = sobol_indices(ishigami(points)[:, None] + luck, 3, np.random.default_rng(4))
    np.testing.assert_allclose(found.first, ALONE, atol=0.06)
    np.testing.assert_allclose(found.total, TOTAL, atol=0.06)
    assert found.first_raw[2] > 0.1


def test_without_noise_the_indices_are_those_of_salib() -> None:
    output = ishigami(unit_saltelli(3, 256, seed=5))
    problem = {"num_vars": 3, "names": NAMES, "bounds": [[0.0, 1.0]] * 3}
    theirs = sobol.analyze(problem, output, calc_second_order=False, num_resamples=2, seed=1)
    ours = sobol_indices(output[:, None], 3, np.random.default_rng(5))
    np.testing.assert_allclose(ours.first, theirs["S1"], atol=1e-9)
    np.testing.assert_allclose(ours.total, theirs["ST"], atol=1e-9)


def test_nothing_but_noise_has_no_indices() -> None:
    output = np.random.default_rng(6).standard_normal((256 * 5, 3))
    found = sobol_indices(output, 3, np.random.default_rng(6))
    assert np.isnan(found.total).all()
    assert found.noise_share > 0.8


def test_a_block_with_an_unknown_value_is_left_out_and_counted() -> None:
    output = np.repeat(ishigami(unit_saltelli(3, 64, seed=7))[:, None], 2, axis=1)
    whole = sobol_indices(output[5:], 3, np.random.default_rng(7))
    output[3, 0] = np.nan
    found = sobol_indices(output, 3, np.random.default_rng(7))
    assert (found.n, found.n_missing) == (63, 1)
    np.testing.assert_allclose(found.total, whole.total)


def test_too_few_blocks_say_nothing() -> None:
    output = np.repeat(ishigami(unit_saltelli(3, 4, seed=8))[:, None], 2, axis=1)
    assert np.isnan(sobol_indices(output, 3, np.random.default_rng(8)).first).all()


def test_screening_sees_all_three_and_knows_noise_from_an_effect() -> None:
    def with_a_fourth(points: FloatArray) -> Outputs:
        return noisy(0.5, 9.0, 3, 9)(points[:, :3])

    found = screen(with_a_fourth, [*NAMES, "nothing"], trajectories=30, seed=9)
    by_name = found.effects.set_index("assumption")
    assert (by_name.loc[NAMES, "verdict"] == "effect").all()
    assert by_name.loc["nothing", "verdict"] == "cannot tell"
    order = ranking(found.effects, "function")
    assert (set(order.clear), order.others) == (set(NAMES), ("nothing",))


def test_the_same_seed_gives_the_same_tables_and_another_does_not() -> None:
    first, again, other = (decompose(noisy(1.0, 1.0, 2, 10), NAMES, 64, seed).indices for seed in (1, 1, 2))
    assert first.equals(again)
    assert not first.equals(other)


def test_samples_are_a_power_of_two() -> None:
    with pytest.raises(InputError, match="power of two"):
        unit_saltelli(3, 100, seed=1)
