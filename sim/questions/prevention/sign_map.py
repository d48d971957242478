"""The sign map: whether SMW brings more or fewer requests, by strength of prevention and of case-finding.

Strength is a place on a scale that means the same for every setting behind it: 0 switches it off, 1 is the value of
the scenario, 2 is the strong end of the plausible range in the register; in between it goes in a straight line.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING, Annotated

import numpy as np
from pydantic import Field

from sim.parameters.register import load_register
from sim.questions.prevention.mechanisms import MECHANISMS, Mechanism, setting
from sim.questions.prevention.paired_worlds import MEASURES, SERVED, measured, students_of, totals_runner, two_worlds
from sim.questions.prevention.sign_map_tables import TABLES, labelled, stacked, tables_of_map
from sim.scenario import Scenario
from sim.scenario.base import Frozen, PositiveCount, Share
from sim.statistics.intervals import FloatArray

if TYPE_CHECKING:
    import pandas as pd

    from sim.runs.points import PointRunner
    from sim.runs.tasks import Task
    from sim.runs.workers import Failure

FOR = ("group_prevention", "helping", "no_escalation")
AGAINST = ("case_finding",)
OUTSIDE_SHARE = "care.without_smw.outside_share"
STRONGEST = 2.0


class MapSettings(Frozen):
    """How fine the map is, and for which answers to what schools do without SMW it is drawn."""

    steps: Annotated[int, Field(ge=3, le=21)] = 5
    replications: PositiveCount = 10
    outside_shares: tuple[Share, ...] = (0.0, 0.3, 1.0)


@dataclass(frozen=True)
class SignMap:
    """Tidy tables of the map; numbers per 1,000 students and year, with SMW less without, 95% intervals.

    Attributes
    ----------
    cells
        Columns region, outside_share, place, what, prevention, case_finding, mean, low, high, verdict, n.
    surface
        A surface through the cells, with an edge at strength 1, on a finer grid: the same columns without verdict
        and n.
    lines
        The zero line: region, outside_share, place, what, prevention, and case_finding where the surface is zero
        (NaN if nowhere on the map), low and high (what cannot be told from zero, cut off at the edge).
    fits
        Region, outside_share, place, what, and of the map: less, more (shares where the interval lies below or above
        zero), unclear, and misfit (largest distance between a cell and the surface).
    per_case
        Region, outside_share, place, what, mean, low, high: what a student helped by SMW brings outside, at the
        scenario's own strengths; NaN where it has no interval.
    failures
        Tasks that could not be done, and why.
    """

    cells: pd.DataFrame
    surface: pd.DataFrame
    lines: pd.DataFrame
    fits: pd.DataFrame
    per_case: pd.DataFrame
    failures: Mapping[Task, Failure] = field(default_factory=dict)

    def tables(self) -> dict[str, pd.DataFrame]:
        """Return the tables by file name."""
        return {
            "sign_map": self.cells,
            "sign_map_surface": self.surface,
            "sign_map_zero_line": self.lines,
            "sign_map_fit": self.fits,
            "per_smw_case": self.per_case,
        }


def at_strength(scenario: Scenario, strength: Mapping[str, float]) -> dict[str, float]:
    """Return the settings of mechanisms at other strengths.

    Parameters
    ----------
    scenario
        The scenario, which has strength 1.
    strength
        Strengths from 0 to 2 by mechanism.

    Returns
    -------
    dict
        Values by dotted key.
    """
    chosen = [one for one in MECHANISMS if one.name in strength]
    return {
        key: float(np.interp(strength[one.name], (0.0, 1.0, STRONGEST), _ends(scenario, one, key)))
        for one in chosen
        for key in one.keys
    }


def _ends(scenario: Scenario, mechanism: Mechanism, key: str) -> tuple[float, float, float]:
    """Return the value of a setting when it is off, as it is, and at its strong end."""
    off, now = float(mechanism.neutral[key]), float(setting(scenario, key))
    known = load_register()[key]
    assert known.low is not None, key
    assert known.high is not None, key
    # A setting that does nothing at 1 works by being lower, one that does nothing at 0 by being higher.
    strong = min(known.low, now) if off == 1.0 else max(known.high, now)
    return off, now, strong


def sign_map(runner: PointRunner, scenarios: Mapping[str, Scenario], settings: MapSettings) -> SignMap:
    """Run the map and fit its zero line.

    Parameters
    ----------
    runner
        Runs the points, in its folder.
    scenarios
        Scenarios with SMW by the name of their region; each is compared with the same place without any.
    settings
        Of the map.

    Raises
    ------
    InputError
        If a scenario starts from today's lists.
    """
    parts: dict[str, list[pd.DataFrame]] = {key: [] for key in TABLES}
    failures: dict[Task, Failure] = {}
    with totals_runner(runner) as own:
        for region, scenario in scenarios.items():
            run = own.run(_points(scenario, settings), settings.replications)
            failures |= run.failures
            students = students_of(own, scenario)
            for share in settings.outside_shares:
                values = measured(run, _names(share, settings), [*MEASURES.values(), SERVED])
                found = tables_of_map(values, _cells(settings), students)
                for key, table in found.items():
                    parts[key].append(labelled(table, region=region, outside_share=share))
    return SignMap(**{key: stacked(parts[key]) for key in TABLES}, failures=failures)


def _strengths(settings: MapSettings) -> FloatArray:
    return np.linspace(0.0, STRONGEST, settings.steps)


def _cells(settings: MapSettings) -> list[tuple[float, float]]:
    """Return the pairs of strengths: of prevention, and of case-finding."""
    strengths = [float(one) for one in _strengths(settings)]
    return list(product(strengths, strengths))


def _points(scenario: Scenario, settings: MapSettings) -> dict[str, Scenario]:
    there, absent = two_worlds(scenario)
    points: dict[str, Scenario] = {}
    for share in settings.outside_shares:
        outside = {OUTSIDE_SHARE: share}
        points[_without(share)] = absent.changed(**outside)
        for cell in [(1.0, 1.0), *_cells(settings)]:
            strength = dict.fromkeys(FOR, cell[0]) | dict.fromkeys(AGAINST, cell[1])
            points[_with(share, cell)] = there.changed(**outside, **at_strength(there, strength))
    return points


def _without(share: float) -> str:
    return f"without SMW, {share:g} outside"


def _with(share: float, cell: tuple[float, float]) -> str:
    return f"with SMW, {share:g} outside, prevention {cell[0]:g}, case-finding {cell[1]:g}"


def _names(share: float, settings: MapSettings) -> list[str]:
    """Return the points of one share: without SMW, with SMW as it is, and the cells of the map."""
    return [_without(share), _with(share, (1.0, 1.0)), *(_with(share, cell) for cell in _cells(settings))]
