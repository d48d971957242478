"""The model still shows what it showed when the baseline was written.

A difference is not a fault by itself: a change of the model changes its numbers. When the change is meant, renew the
baseline and commit it with the change:

    ./smw test tests/back --refresh-baseline
"""

from __future__ import annotations

import pytest

from tests.back.key_numbers import key_numbers, read_baseline, write_baseline


def test_key_numbers_are_those_of_the_baseline(request: pytest.FixtureRequest) -> None:
    found = key_numbers()
    if request.config.getoption("--refresh-baseline"):
        write_baseline(found)
        pytest.skip("the baseline is renewed")
    baseline = read_baseline()
    changed = {
        key: (baseline.get(key), found.get(key))
        for key in baseline.keys() | found.keys()
        if baseline.get(key) != pytest.approx(found.get(key), rel=1e-6)
    }
    assert changed == {}, "first the baseline, then now; see the top of this file for how to renew it"


def test_everything_that_can_happen_happens_in_the_baseline() -> None:
    baseline = read_baseline()
    happened = {(quantity, name) for (_, quantity, name), value in baseline.items() if value > 0.0}
    assert {key[1:] for key in baseline} - happened == set()
