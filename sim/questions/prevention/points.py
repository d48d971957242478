"""The points of the question whether prevention lowers demand: pairs of worlds with and without SMW."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, get_args

from sim.questions.prevention.introduction import with_open_capacity
from sim.questions.prevention.mechanisms import ALSO_WITHOUT_SMW, NAMES, switched
from sim.questions.prevention.paired_worlds import two_worlds
from sim.scenario import Scenario
from sim.statistics.shapley import subsets

Capacity = Literal["as_is", "open"]
CAPACITIES: tuple[Capacity, ...] = get_args(Capacity)
OUTSIDE_SHARE = "care.without_smw.outside_share"
ENDS_OF_SHARE = (0.0, 1.0)

Pair = tuple[str, str]
"""Names of the points with and without SMW."""


def main_points(scenario: Scenario) -> dict[str, Scenario]:
    """Return the scenario with and without SMW, with capacity as it is and open, by ``pair_of``."""
    points: dict[str, Scenario] = {}
    for capacity in CAPACITIES:
        there = with_open_capacity(scenario) if capacity == "open" else scenario
        points |= dict(zip(pair_of(capacity), two_worlds(there), strict=True))
    return points


def pair_of(capacity: str) -> Pair:
    """Return the names of the points with and without SMW at a capacity."""
    return f"with, {capacity}", f"without, {capacity}"


def range_points(scenario: Scenario) -> dict[str, Scenario]:
    """Return the points at the ends of what schools may do without SMW, by ``pair_at``."""
    points: dict[str, Scenario] = {}
    for share in ENDS_OF_SHARE:
        points |= dict(zip(pair_at(share), two_worlds(scenario.changed(**{OUTSIDE_SHARE: share})), strict=True))
    return points


def pair_at(share: float) -> Pair:
    """Return the names of the points with and without SMW where schools send such a share straight outside."""
    return f"with, outside_share {share:g}", f"without, outside_share {share:g}"


def mechanism_points(scenario: Scenario) -> dict[str, Scenario]:
    """Return the points with every set of mechanisms on, and those without SMW that they are compared with.

    Without SMW most mechanisms do nothing, so the sets share a few worlds without it.
    """
    points: dict[str, Scenario] = {}
    for on in subsets(NAMES):
        with_smw, without_smw = pair_with(on)
        points[with_smw] = two_worlds(switched(scenario, on))[0]
        if without_smw not in points:
            points[without_smw] = two_worlds(switched(scenario, _act_without(on)))[1]
    return points


def pair_with(on: tuple[str, ...]) -> Pair:
    """Return the names of the points with and without SMW with a set of mechanisms on."""
    return _named("with", on), _named("without", _act_without(on))


def pairs_of_all() -> Iterator[Pair]:
    """Yield the names of the points for every set of mechanisms, in the order of ``sim.statistics.shapley``."""
    return (pair_with(on) for on in subsets(NAMES))


def _act_without(on: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in on if name in ALSO_WITHOUT_SMW)


def _named(world: str, on: tuple[str, ...]) -> str:
    return f"{world}: {' + '.join(on) or 'nothing'}"


def first_of(points: Mapping[str, Scenario]) -> Scenario:
    """Return any one of the points: they share region, prices and years."""
    return next(iter(points.values()))
