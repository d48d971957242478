"""What all tests share: Hypothesis without a clock and without chance, and the option that renews the baseline."""

from __future__ import annotations

import pytest
from hypothesis import Phase, settings

PHASES = (Phase.explicit, Phase.generate, Phase.shrink)

# The same examples in every run and on every machine, however busy it is; a failure can be repeated.
settings.register_profile("steady", deadline=None, derandomize=True, database=None, phases=PHASES)
settings.load_profile("steady")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that renews the baseline of the back tests."""
    parser.addoption(
        "--refresh-baseline",
        action="store_true",
        help="write what the model shows now to tests/back/baseline.csv instead of comparing with it",
    )
