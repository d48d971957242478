"""Targets as people write them."""

from __future__ import annotations

import numpy as np
import pytest

from sim.errors import InputError
from sim.questions.sizing.target import read_target
from sim.report.catalogue import MEASURES
from sim.statistics.attainment import Bound

KINDS = {name: measure.kind for name, measure in MEASURES.items()}


@pytest.mark.parametrize(
    ("text", "measure", "over", "bound"),
    [
        ("smw_wait.p90 <= 14", "smw_wait.p90", "", Bound("at_most", 14.0)),
        ("smw_wait.p90<=14.5", "smw_wait.p90", "", Bound("at_most", 14.5)),
        ("smw_wait.within_norm >= 80%", "smw_wait.within_norm", "", Bound("at_least", 0.8)),
        ("smw_wait.within_norm ≥ .8", "smw_wait.within_norm", "", Bound("at_least", 0.8)),
        ("gave_up/asked <= 5%", "gave_up", "asked", Bound("at_most", 0.05)),
        (" gave_up / asked <= 0.05 ", "gave_up", "asked", Bound("at_most", 0.05)),
        ("gave_up <= 12", "gave_up", "", Bound("at_most", 12.0)),
        ("crises <= 0.5", "crises", "", Bound("at_most", 0.5)),
    ],
)
def test_a_target_is_read(text: str, measure: str, over: str, bound: Bound) -> None:
    target = read_target(text, KINDS, "here")
    assert (target.measure, target.over, target.bound, target.note) == (measure, over, bound, "")


@pytest.mark.parametrize("text", ["gave_up <= 0.05", "gave_up <= 5%"])
def test_a_bound_below_one_on_who_gave_up_is_read_as_a_share_of_the_requests_and_says_so(text: str) -> None:
    target = read_target(text, KINDS, "here")
    assert target.text == "gave_up/asked <= 0.05"
    assert "gave_up/asked" in target.note


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("smw_wait.p95 <= 14", "did you mean 'smw_wait.p90'"),
        ("gave_up/askd <= 5%", "did you mean 'asked'"),
        ("smw_wait.p90 < 14", "MEASURE <= NUMBER"),
        ("smw_wait.p90 <= two weeks", "found 'smw_wait.p90 <= two weeks'"),
        ("smw_wait.within_norm >= 80", "0 to 1"),
        ("crises <= 5%", "no share"),
        ("", "found ''"),
    ],
)
def test_what_cannot_be_read_is_named_with_what_is_allowed(text: str, part: str) -> None:
    with pytest.raises(InputError, match=part) as error:
        read_target(text, KINDS, "command line, target")
    assert str(error.value).startswith("command line, target")


def test_nothing_to_divide_by_is_not_known() -> None:
    target = read_target("gave_up/asked <= 5%", KINDS, "here")
    found = target.values({"gave_up": np.array([1.0, 0.0]), "asked": np.array([20.0, 0.0])})
    assert found[0] == 0.05
    assert np.isnan(found[1])
    assert target.about_requests
