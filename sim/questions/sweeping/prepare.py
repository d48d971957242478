"""Before a sweep runs: every point is tried, and wrong values are refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sim.designs.design import Design, Point
from sim.errors import InputError
from sim.region.reader import read_region
from sim.runs.tasks import ROOT
from sim.scenario import Scenario
from sim.world import World, build_world

ScenarioOf = Callable[[Point], Scenario]


@dataclass(frozen=True)
class Prepared:
    """What is known about the points of a design before anything runs.

    Attributes
    ----------
    points
        The points that can be run, in order.
    failed
        Why a point cannot be run, by its name.
    student_years
        Students times years of one replication, the mean over the points.
    """

    points: tuple[Point, ...]
    failed: Mapping[str, str]
    student_years: float


def prepare(design: Design, scenario_of: ScenarioOf, root: Path = ROOT) -> Prepared:
    """Try every point.

    Parameters
    ----------
    design
        The points.
    scenario_of
        Makes the scenario of a point; an ``InputError`` if that cannot be.
    root
        Folder that the regions' folders are relative to.

    Returns
    -------
    Prepared
        With the points that cannot be run because of how their values are combined.

    Raises
    ------
    InputError
        If a value is wrong by itself: it cannot be run alone, and no point with it can; or if no point can be run.
    """
    good: list[Point] = []
    years: list[float] = []
    wrong: dict[str, InputError] = {}
    for point in design.points:
        try:
            world = _world(scenario_of(point), root)
        except InputError as error:
            wrong[point.name] = error
            continue
        good.append(point)
        years.append(_student_years(world))
    if wrong:
        _refuse_wrong_values(design, wrong, scenario_of, root)
    return Prepared(tuple(good), {name: str(error) for name, error in wrong.items()}, float(np.mean(years)))


def _world(scenario: Scenario, root: Path) -> World:
    return build_world(scenario, read_region(scenario, root))


def _student_years(world: World) -> float:
    horizon = world.scenario.horizon
    return float(world.region.students.sum()) * (horizon.warm_up_years + horizon.measure_years)


def _refuse_wrong_values(
    design: Design, wrong: Mapping[str, InputError], scenario_of: ScenarioOf, root: Path
) -> None:
    """Raise for the first value that is wrong whatever it is combined with."""
    good = {(key, point.text(key)) for point in design.points if point.name not in wrong for key in point.values}
    if not good:
        raise next(iter(wrong.values()))
    tried: set[tuple[str, str]] = set()
    for point in design.points:
        pairs = {(key, point.text(key)) for key in point.values} if point.name in wrong else set()
        for key, text in sorted(pairs - good - tried):
            tried.add((key, text))
            _world(scenario_of(Point(point.name, {key: point.values[key]}, point.where)), root)
