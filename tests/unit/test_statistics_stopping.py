"""How many replications are enough: projections that can be checked, and when to stop."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim.statistics.stopping import more_replications, replications_needed, running_half_widths


def width(sd: float, n: int) -> float:
    return float(stats.t.ppf(0.975, n - 1)) * sd / math.sqrt(n)


@given(st.floats(0.1, 10.0), st.integers(2, 60), st.floats(0.2, 20.0))
def test_the_projection_is_the_first_number_that_is_enough(sd: float, n: int, target: float) -> None:
    needed = replications_needed(width(sd, n), n, target)
    assert width(sd, needed) <= target * (1 + 1e-6)
    assert needed == 2 or width(sd, needed - 1) > target * (1 - 1e-6)


def test_the_projection_of_what_is_enough_already_is_not_more() -> None:
    assert replications_needed(width(3.0, 20), 20, width(3.0, 20)) == 20
    assert replications_needed(0.0, 5, 1.0) == 2


@pytest.mark.parametrize(
    ("half_width", "n", "target"), [(1.0, 1, 1.0), (1.0, 5, 0.0), (math.inf, 5, 1.0), (math.nan, 5, 1.0)]
)
def test_a_projection_from_nothing_is_refused(half_width: float, n: int, target: float) -> None:
    with pytest.raises(ValueError, match="cannot project"):
        replications_needed(half_width, n, target)


@given(st.lists(st.floats(-1e3, 1e3), min_size=2, max_size=20))
def test_running_half_widths_are_those_of_the_first_values(values: list[float]) -> None:
    found = running_half_widths(np.array(values))
    assert np.isnan(found[0])
    expected = [width(float(np.std(values[:n], ddof=1)), n) for n in range(2, len(values) + 1)]
    assert found[1:] == pytest.approx(expected, abs=1e-3)


def study(reference: list[float], **others: list[float]) -> pd.DataFrame:
    parts = [
        pd.DataFrame(
            {
                "scenario": name,
                "replication": range(1, len(values) + 1),
                "measure": "reach",
                "level": "total",
                "unit": "all",
                "value": np.array(values, dtype=np.float64),
            }
        )
        for name, values in ({"now": reference} | others).items()
    ]
    return pd.concat(parts, ignore_index=True)


def test_too_few_replications_are_filled_up_first() -> None:
    assert more_replications(study([1.0], new=[2.0]), "now", "reach", 0.1) == 2


def test_what_is_missing_is_projected_from_the_widest_scenario() -> None:
    base = [0.0] * 10
    near, far = [0.1, -0.1] * 5, [3.0, -3.0] * 5
    sd = float(np.std(far, ddof=1))
    needed = replications_needed(width(sd, 10), 10, 0.5)
    assert more_replications(study(base, near=near, far=far), "now", "reach", 0.5) == needed - 10


def test_precise_once_is_not_enough_it_has_to_stay_so() -> None:
    wide, narrow = [4.0, -4.0], [0.0]
    for length in range(3, 40):
        values = wide + narrow * (length - 2)
        widths = running_half_widths(np.array(values))
        precise = int((widths[2:] <= 1.5).sum())
        more = more_replications(study([0.0] * length, new=values), "now", "reach", 1.5)
        if precise:
            assert more == max(0, 6 - precise)
        else:
            assert more >= 1
    assert more == 0


def test_without_looking_ahead_the_first_precise_half_width_stops() -> None:
    values = study([0.0] * 4, new=[1.0, 1.0, 1.0, 1.0])
    assert more_replications(values, "now", "reach", 0.5, look_ahead=0) == 0


def test_a_half_width_that_got_wide_again_starts_anew() -> None:
    values = [1.0] * 8 + [30.0]
    assert more_replications(study([0.0] * 8, new=values[:8]), "now", "reach", 1.0) == 0
    assert more_replications(study([0.0] * 9, new=values), "now", "reach", 1.0) > 5


def test_above_a_hundred_replications_it_looks_further_ahead() -> None:
    generator = np.random.default_rng(2)
    values = generator.normal(0.0, 1.0, 250)
    target = float(running_half_widths(values)[-6:].max())
    # Small enough for the last 6 replications; at 250 it has to be for 1 + 12.
    steady = int((running_half_widths(values)[::-1] > target).argmax())
    assert more_replications(study([0.0] * 250, new=values.tolist()), "now", "reach", target) == max(0, 13 - steady)


def test_missing_values_never_look_precise() -> None:
    values = study([0.0] * 8, new=[1.0] * 7 + [math.nan])
    assert more_replications(values, "now", "reach", 10.0) == 1


def test_the_reference_alone_is_judged_by_its_own_mean() -> None:
    values = study([1.0, 2.0, 3.0] * 5)
    needed = replications_needed(width(float(np.std([1, 2, 3] * 5, ddof=1)), 15), 15, 0.1)
    assert more_replications(values, "now", "reach", 0.1) == needed - 15
