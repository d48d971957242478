"""Decisions in the care chain: parts of the unit interval, laid end to end."""

from __future__ import annotations

import pytest

from sim.rules.decisions import (
    STAYS_AT_SCHOOL,
    TO_EDUCATION_CARE,
    TO_MUNICIPALITY,
    TO_OZA,
    TO_SMW,
    TO_TEAM,
    by_absence,
    leerplicht_route,
    team_route,
)


@pytest.mark.parametrize(
    ("uniform", "route"),
    [
        (0.0, TO_SMW),
        (0.39, TO_SMW),
        (0.41, TO_MUNICIPALITY),
        (0.69, TO_MUNICIPALITY),
        (0.71, TO_EDUCATION_CARE),
        (0.81, TO_OZA),
        (0.91, STAYS_AT_SCHOOL),
    ],
)
def test_the_care_team_decides_by_the_parts_of_the_unit_interval(uniform: float, route: int) -> None:
    assert team_route(uniform, smw=0.4, municipality=0.3, education_care=0.1, oza=0.1) == route


@pytest.mark.parametrize(
    ("uniform", "route"),
    [(0.0, TO_TEAM), (0.49, TO_TEAM), (0.51, TO_MUNICIPALITY), (0.74, TO_MUNICIPALITY), (0.76, STAYS_AT_SCHOOL)],
)
def test_leerplicht_decides_by_the_parts_of_the_unit_interval(uniform: float, route: int) -> None:
    assert leerplicht_route(uniform, team=0.5, municipality=0.25) == route


def test_leerplicht_without_shares_leaves_everything_as_it_was() -> None:
    assert leerplicht_route(0.0, team=0.0, municipality=0.0) == STAYS_AT_SCHOOL


@pytest.mark.parametrize(("absence", "mentor", "share"), [(1.0, 3.0, 0.25), (2.0, 0.0, 1.0), (0.0, 2.0, 0.0)])
def test_absence_is_noticed_first_in_proportion_to_its_rate(absence: float, mentor: float, share: float) -> None:
    uniforms = [number / 1000.0 for number in range(1000)]
    found = sum(by_absence(uniform, absence, absence + mentor) for uniform in uniforms)
    assert found / 1000.0 == pytest.approx(share)
