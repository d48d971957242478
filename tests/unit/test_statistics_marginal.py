"""What one unit more is worth at many places, and what may be chance."""

from __future__ import annotations

import numpy as np

from sim.statistics.marginal import estimates, from_average


def test_estimates_are_means_with_intervals_and_leave_out_what_is_not_known() -> None:
    found = estimates([np.array([1.0, 3.0, np.nan]), np.array([2.0]), np.array([np.nan]), np.array([4.0, 4.0])])
    assert found.n.tolist() == [2, 1, 0, 2]
    assert found.mean[:2].tolist() == [2.0, 2.0]
    assert np.isnan(found.mean[2])
    # Student's t with one degree of freedom at 0.975 is 12.706; the standard error is 1.
    assert np.isclose(found.half_width[0], 12.7062, atol=1e-3)
    assert np.isclose(found.standard_error[0], 1.0)
    assert np.isnan(found.half_width[1:3]).all()
    assert (found.low[3], found.high[3]) == (4.0, 4.0)


def test_places_that_differ_are_found_and_others_hardly_ever() -> None:
    random = np.random.default_rng([11, 1])
    called, wrongly = 0, 0
    for _ in range(60):
        true = np.concatenate([np.zeros(30), np.full(5, 3.0), np.full(5, -3.0)])
        found = from_average(estimates(list(true[:, None] + random.normal(size=(40, 10)))))
        said = np.array(found.verdicts)
        assert (said[30:35] == "above").mean() >= 0.6
        assert (said[35:] == "below").mean() >= 0.6
        called += int((said != "cannot tell").sum())
        wrongly += int((said[:30] != "cannot tell").sum())
    assert wrongly / called <= 0.05 + 3.0 * np.sqrt(0.05 * 0.95 / called)


def test_without_any_difference_correction_keeps_chance_out() -> None:
    random = np.random.default_rng([11, 2])
    several = [from_average(estimates(list(random.normal(size=(50, 8))))) for _ in range(100)]
    anything = np.mean([any(verdict != "cannot tell" for verdict in one.verdicts) for one in several])
    assert anything <= 0.05 + 3.0 * np.sqrt(0.05 * 0.95 / 100)
    uncorrected = np.mean([(one.p <= 0.05).mean() for one in several])
    assert 0.03 <= uncorrected <= 0.07
    assert all((one.q >= one.p - 1e-12).all() for one in several)


def test_places_without_any_spread_are_told_apart_exactly() -> None:
    found = from_average(estimates([np.full(4, 1.0), np.full(4, 2.0), np.full(4, 3.0)]))
    assert found.average == 2.0
    assert found.verdicts == ("below", "cannot tell", "above")
