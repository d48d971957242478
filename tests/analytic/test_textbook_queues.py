"""With all else off, each station is the queue of the textbook and each hazard its closed form."""

from __future__ import annotations

import pytest

from tests.analytic.textbook import COMPARISONS, EXPERIMENTS, Experiment


@pytest.mark.parametrize(
    "experiment",
    [
        pytest.param(
            experiment,
            id=f"{experiment.name} at {experiment.station}",
            marks=[pytest.mark.slow] if experiment.slow else [],
        )
        for experiment in EXPERIMENTS
    ],
)
def test_the_model_agrees_with_theory(experiment: Experiment) -> None:
    for quantity, verdict in experiment.verdicts(COMPARISONS).items():
        assert verdict.can_fail, f"{quantity}: {verdict} is too wide to see a deviation"
        assert verdict.agrees, f"{quantity}: {verdict}"
